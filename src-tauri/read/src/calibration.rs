//! How much a claim of the print or of a barcode is worth by itself.
//!
//! The figures are logistic regressions on drawn documents, see [`visual`]; `lectern bench
//! --calibration` shows on any manifest how well they hold.

use parse::Claim;

/// A barcode is protected by error correction, so that what it says was never misread; that the right
/// element was taken for the field is as good as certain.
pub(crate) const BARCODE: f32 = 0.99;

/// Nothing printed is surer by itself.
const MOST: f32 = 0.98;

/// The probability that a claim of the print is right.
pub(crate) fn visual(claim: &Claim) -> f32 {
    let agreement = if claim.agreed { 1.0 } else { 0.8 };
    (claim.confidence * agreement).clamp(0.01, MOST)
}
