//! Barcodes on a page: PDF417, Data Matrix, QR, Aztec, and the linear codes of identity documents.
//!
//! [`find`] says what each barcode holds and where it lies. What the text means is decided by whoever
//! parses it.

use image::GrayImage;
use model::Payload;

mod decoder;

/// Every barcode on the page, quads in page pixels.
pub fn find(page: &GrayImage) -> Vec<Payload> {
    decoder::decode(page, decoder::Effort::High)
}
