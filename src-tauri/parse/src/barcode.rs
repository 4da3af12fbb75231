//! What the barcodes of identity documents say.
//!
//! [`parse`] turns a payload into claims: the data elements of North American licences and identity
//! cards ([`aamva`]), and the fields of signed French barcodes ([`two_d_doc`]). Who signed a payload
//! and whether that is proven tells [`signature`], by a [`TrustList`] that the caller hands in.

use jiff::civil::Date;
use model::{Check, DocumentType, Outcome, Payload, Problem};

use crate::Claim;

pub mod aamva;
mod alpha_code;
pub mod trust;
pub mod two_d_doc;

pub use trust::TrustList;

/// What kind of content a barcode has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A North American licence or identity card, AAMVA DL/ID Card Design Standard annex D.
    Aamva {
        /// Version of the standard: 1 for that of 2000 … 10 for that of 2020; 0 where no header tells.
        version: u8,
    },
    /// A signed French barcode, ANTS 2D-Doc.
    TwoDDoc {
        /// Version of its header, 1 to 4.
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
    two_d_doc::parse(payload, day).or_else(|| aamva::parse(payload, day))
}

/// Whether a signature is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The signer that the barcode names signed what it says.
    Valid,
    /// There is no signature, or it is not that of the signer the barcode names: the barcode was made up
    /// or changed.
    Invalid,
    /// Nothing can be said.
    CannotVerify(Obstacle),
}

/// Why a signature cannot be verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// Nobody handed in a trust list.
    NoTrustList,
    /// The list does not know the signer.
    UnknownSigner,
    /// The signature fits, but the list should have been replaced by now: the signer may have been
    /// struck off since.
    TrustListExpired,
    /// The signature fits, but was not made while the signer's certificate was valid.
    CertificateNotValid,
}

/// The signature of a barcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Certification authority, as the barcode names it.
    pub authority: String,
    /// Certificate, as the barcode names it.
    pub certificate: String,
    /// The day on which it says to have been signed.
    pub signed_on: Option<Date>,
    /// The day on which the trust list was issued that was asked.
    pub list_issued: Option<Date>,
    /// Whether the signature is proven.
    pub verdict: Verdict,
}

/// Who signed a payload, and whether that is proven; none where nobody claims to have signed it.
///
/// `day` is the day of the reading, on which the list may be out of date.
pub fn signature(payload: &Payload, list: Option<&TrustList>, day: Date) -> Option<Signature> {
    two_d_doc::signature(payload, list, day)
}

impl Signature {
    /// The rule that a signature must be valid, applied.
    pub fn check(&self) -> Check {
        let (outcome, mut message) = match self.verdict {
            Verdict::Valid => (Outcome::Passed, "The signature of the barcode is valid".to_owned()),
            Verdict::Invalid => (
                Outcome::Failed,
                "The signature of the barcode is not valid: the barcode was made up or changed".to_owned(),
            ),
            Verdict::CannotVerify(obstacle) => (
                Outcome::CouldNotRun,
                match obstacle {
                    Obstacle::NoTrustList => {
                        "The signature of the barcode cannot be verified: no trust list was imported"
                    }
                    Obstacle::UnknownSigner => {
                        "The signature of the barcode cannot be verified: its signer is not on the trust list"
                    }
                    Obstacle::TrustListExpired => {
                        "The signature of the barcode cannot be verified: the trust list is out of date"
                    }
                    Obstacle::CertificateNotValid => {
                        "The signature of the barcode cannot be verified: it was not made while the \
                         signer's certificate was valid"
                    }
                }
                .to_owned(),
            ),
        };
        if let Some(issued) = self.list_issued {
            message = format!("{message} (trust list of {issued})");
        }
        Check {
            code: "two_d_doc_signature".to_owned(),
            outcome,
            message,
            fields: Vec::new(),
        }
    }
}
