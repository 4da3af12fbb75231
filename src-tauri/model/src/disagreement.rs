//! Where the places of a document say different things about one field.

use serde::{Deserialize, Serialize};

use crate::{Evidence, FieldName, Personal, Zone};

/// How the statements about one field differ, from the harmless to the serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DisagreementClass {
    /// They say the same, but for case, spaces and punctuation.
    Equal,
    /// One is the other in the letters of the machine-readable zone (ICAO Doc 9303 part 3 section 6).
    Transliteration,
    /// One is the beginning of the other, cut where its field ends or abbreviated there.
    Truncation,
    /// They differ in characters that a reader mixes up, such as 8 and B.
    OcrConfusion,
    /// They name the same day of the year and the same two digits of the year in different centuries.
    CenturyAmbiguous,
    /// They cannot both be right.
    RealConflict,
}

impl DisagreementClass {
    /// The word used in answers and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Transliteration => "transliteration",
            Self::Truncation => "truncation",
            Self::OcrConfusion => "ocr_confusion",
            Self::CenturyAmbiguous => "century_ambiguous",
            Self::RealConflict => "real_conflict",
        }
    }
}

/// What one place says about a field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// The kind of place.
    pub zone: Zone,
    /// The value as that place has it, in the form of the record.
    pub value: Personal,
    /// Where it stands and what was seen there.
    pub evidence: Vec<Evidence>,
}

/// One field about which the places of a document do not say the very same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disagreement {
    /// The field.
    pub field: FieldName,
    /// The most serious difference between the proposed value and any other.
    pub class: DisagreementClass,
    /// Every statement, the one the proposed value rests on first.
    pub sources: Vec<Source>,
    /// Why the proposed value is proposed, in one sentence that names no personal value.
    pub reason: String,
    /// The value that the reading gives.
    pub proposed: Personal,
    /// Whether a person must decide, because what speaks against the proposed value is too likely to be
    /// set aside.
    pub undecided: bool,
}
