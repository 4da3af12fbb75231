//! What a barcode says, before anyone asks what it means.

use serde::{Deserialize, Serialize};

use crate::{Personal, Quad};

/// The kinds of barcode that identity documents carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Symbology {
    /// PDF417, ISO/IEC 15438.
    Pdf417,
    /// Data Matrix ECC 200, ISO/IEC 16022.
    DataMatrix,
    /// QR Code, ISO/IEC 18004.
    QrCode,
    /// Aztec Code, ISO/IEC 24778.
    Aztec,
    /// Code 128, ISO/IEC 15417.
    Code128,
    /// Code 39, ISO/IEC 16388.
    Code39,
    /// Interleaved 2 of 5, ISO/IEC 16390.
    Interleaved2Of5,
}

/// A decoded barcode.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Payload {
    /// Its kind.
    pub symbology: Symbology,
    /// Its bytes as text: UTF-8 where they are, else one character a byte (ISO/IEC 8859-1).
    pub text: Personal,
    /// Where it stands, in pixels of the page or view it was read on.
    pub quad: Quad,
}
