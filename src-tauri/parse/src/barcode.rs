//! What the barcodes of identity documents say.
//!
//! [`parse`] turns a payload into claims: the data elements of North American licences and identity
//! cards ([`aamva`]).

use jiff::civil::Date;
use model::{Check, DocumentType, Payload, Problem};

use crate::Claim;

pub mod aamva;

/// What kind of content a barcode has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A North American licence or identity card, AAMVA DL/ID Card Design Standard annex D.
    Aamva {
        /// Version of the standard: 1 for that of 2000 … 10 for that of 2020; 0 where no header tells.
        version: u8,
    },
}

/// What a barcode says.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Under which rules it was read.
    pub kind: Kind,
    /// The document it belongs to, where it tells.
    pub document_type: Option<DocumentType>,
    /// Who issued the document: ICAO code; `USA-VA` and `CAN-ON` for states and provinces.
    pub issuing_country: Option<String>,
    /// What it says, in the order a person would read it.
    pub claims: Vec<Claim>,
    /// Rules of the barcode itself, applied.
    pub checks: Vec<Check>,
    /// What is wrong with the barcode.
    pub problems: Vec<Problem>,
}

/// Understands a payload; none where it follows no rules known here.
///
/// `day` is the day of the reading, after which nobody is born.
pub fn parse(payload: &Payload, day: Date) -> Option<Content> {
    aamva::parse(payload, day)
}
