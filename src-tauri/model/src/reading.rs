//! What the machine read from a document: fields with their evidence, checks and problems.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{Disagreement, Homography, OutsideAnswer, Personal, Quad};

/// The family a document belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A passport booklet (ICAO document code P).
    Passport,
    /// A travel document that is not a national passport: refugee, stateless, alien, laissez-passer.
    TravelDocument,
    /// A visa sticker (MRV-A, MRV-B).
    Visa,
    /// A national identity card.
    IdCard,
    /// A residence permit.
    ResidencePermit,
    /// A driving licence.
    DrivingLicence,
    /// A vehicle registration certificate.
    VehicleRegistration,
    /// An identity document of no family above.
    OtherId,
}

impl DocumentKind {
    /// The word used in answers, requests and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passport => "passport",
            Self::TravelDocument => "travel_document",
            Self::Visa => "visa",
            Self::IdCard => "id_card",
            Self::ResidencePermit => "residence_permit",
            Self::DrivingLicence => "driving_licence",
            Self::VehicleRegistration => "vehicle_registration",
            Self::OtherId => "other_id",
        }
    }

    const ALL: [Self; 8] = [
        Self::Passport,
        Self::TravelDocument,
        Self::Visa,
        Self::IdCard,
        Self::ResidencePermit,
        Self::DrivingLicence,
        Self::VehicleRegistration,
        Self::OtherId,
    ];
}

/// A side of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The side with the portrait, as a rule.
    Front,
    /// The other one.
    Back,
}

/// Family and side of a document, written `passport`, `id_card`, `id_card_back`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DocumentType {
    /// The family.
    pub kind: DocumentKind,
    /// The side, where it is known.
    pub side: Option<Side>,
}

/// A text that names no document type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a document type")]
pub struct UnknownDocumentType(pub String);

impl DocumentType {
    /// A type whose side is not known or does not matter.
    pub const fn of(kind: DocumentKind) -> Self {
        Self { kind, side: None }
    }
}

impl std::fmt::Display for DocumentType {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.kind.as_str())?;
        match self.side {
            Some(Side::Front) => formatter.write_str("_front"),
            Some(Side::Back) => formatter.write_str("_back"),
            None => Ok(()),
        }
    }
}

impl std::str::FromStr for DocumentType {
    type Err = UnknownDocumentType;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, side) = if let Some(name) = text.strip_suffix("_front") {
            (name, Some(Side::Front))
        } else if let Some(name) = text.strip_suffix("_back") {
            (name, Some(Side::Back))
        } else {
            (text, None)
        };
        let kind = DocumentKind::ALL
            .into_iter()
            .find(|kind| kind.as_str() == name);
        kind.map(|kind| Self { kind, side })
            .ok_or_else(|| UnknownDocumentType(text.to_owned()))
    }
}

impl TryFrom<String> for DocumentType {
    type Error = UnknownDocumentType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DocumentType> for String {
    fn from(document_type: DocumentType) -> Self {
        document_type.to_string()
    }
}

/// The layouts of a machine-readable zone that Lectern knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum MrzFormat {
    /// Three lines of 30, ICAO Doc 9303 part 5.
    #[serde(rename = "TD1")]
    Td1,
    /// Two lines of 36, ICAO Doc 9303 part 6.
    #[serde(rename = "TD2")]
    Td2,
    /// Two lines of 44, ICAO Doc 9303 part 4.
    #[serde(rename = "TD3")]
    Td3,
    /// Visa of two lines of 44, ICAO Doc 9303 part 7.
    #[serde(rename = "MRVA")]
    MrvA,
    /// Visa of two lines of 36, ICAO Doc 9303 part 7.
    #[serde(rename = "MRVB")]
    MrvB,
    /// French national identity card 1988–2021, two lines of 36.
    #[serde(rename = "FRID")]
    FrenchId,
    /// French driving licence since 2013, one line of 30.
    #[serde(rename = "FRDL")]
    FrenchDrivingLicence,
    /// French vehicle registration certificate since 2009, two lines of 44.
    #[serde(rename = "FRVR")]
    FrenchVehicleRegistration,
    /// Swiss driving licence, a line of 9 and two of 30.
    #[serde(rename = "CHDL")]
    SwissDrivingLicence,
    /// A band of OCR-B of a layout that is not known: returned as read, parsed no further.
    #[serde(rename = "nonstandard")]
    Nonstandard,
}

impl MrzFormat {
    /// The name used in answers and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Td1 => "TD1",
            Self::Td2 => "TD2",
            Self::Td3 => "TD3",
            Self::MrvA => "MRVA",
            Self::MrvB => "MRVB",
            Self::FrenchId => "FRID",
            Self::FrenchDrivingLicence => "FRDL",
            Self::FrenchVehicleRegistration => "FRVR",
            Self::SwissDrivingLicence => "CHDL",
            Self::Nonstandard => "nonstandard",
        }
    }
}

/// The name of a field, such as `surname` or `date_of_birth`.
///
/// An open set, because document types are data; the names every part of the program shares are
/// constants here.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FieldName(Cow<'static, str>);

impl FieldName {
    /// Primary identifier: the family name or names.
    pub const SURNAME: Self = Self::constant("surname");
    /// Secondary identifier: the given names.
    pub const GIVEN_NAMES: Self = Self::constant("given_names");
    /// Number of the document.
    pub const DOCUMENT_NUMBER: Self = Self::constant("document_number");
    /// Nationality, ISO 3166-1 alpha-3 or an ICAO code.
    pub const NATIONALITY: Self = Self::constant("nationality");
    /// Birth, ISO 8601; unknown parts are left out (`1984`, `1984-05`).
    pub const DATE_OF_BIRTH: Self = Self::constant("date_of_birth");
    /// Sex: `M`, `F` or `X` (unspecified).
    pub const SEX: Self = Self::constant("sex");
    /// Last day of validity, ISO 8601.
    pub const DATE_OF_EXPIRY: Self = Self::constant("date_of_expiry");
    /// Day of issue, ISO 8601.
    pub const DATE_OF_ISSUE: Self = Self::constant("date_of_issue");
    /// Personal or national register number.
    pub const PERSONAL_NUMBER: Self = Self::constant("personal_number");
    /// Optional data of the machine-readable zone that no rule explains.
    pub const OPTIONAL_DATA: Self = Self::constant("optional_data");

    const fn constant(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// A name from outside; lower-case letters, digits and underscores are expected but not checked.
    pub fn new(name: impl Into<String>) -> Self {
        Self(Cow::Owned(name.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for FieldName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Where on a document a value was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    /// The machine-readable zone.
    Mrz,
    /// The printed, human-readable part.
    Visual,
    /// A barcode.
    Barcode,
    /// None: a reader outside of this machine said so.
    Outside,
}

/// The piece of the page that a value rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Which zone it stands in.
    pub zone: Zone,
    /// Page of the document, counted from 0.
    pub page: u32,
    /// Where on the page, in page pixels.
    pub quad: Quad,
    /// The text as read, before any repair.
    pub text: Personal,
    /// Stable name of the rule by which the value was taken from there, such as `mrz`, `label`,
    /// `field_number`, `position` or `aamva:DAQ`; empty in readings of before it was kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How sure the recogniser was of what it saw there, 0 to 1, before anything was compared; none
    /// where a check digit or error correction says more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certainty: Option<f32>,
    /// Whether two independent recognisers saw the same.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub agreed: bool,
}

/// One value the machine read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// The value: dates in ISO 8601, names as the document spells them.
    pub value: Personal,
    /// Estimated probability that the value is right, 0 to 1.
    pub confidence: f32,
    /// Whether a person should look at it.
    pub needs_review: bool,
    /// Whether arithmetic proves the value (a check digit covers it, passes, and no blind spot of
    /// the digit is a likely misreading here).
    #[serde(default)]
    pub proven: bool,
    /// Other readings worth offering, likeliest first, without the value itself.
    #[serde(default)]
    pub alternatives: Vec<Personal>,
    /// What the value rests on.
    pub evidence: Vec<Evidence>,
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The rule holds.
    Passed,
    /// The rule is broken.
    Failed,
    /// Something the rule needs is missing.
    CouldNotRun,
}

/// One rule applied to a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Check {
    /// Stable name of the rule, such as `check_digit_document_number`.
    pub code: String,
    /// How it ended.
    pub outcome: Outcome,
    /// One sentence for the person, naming no personal value.
    pub message: String,
    /// The fields it speaks about.
    #[serde(default)]
    pub fields: Vec<FieldName>,
}

/// Something that went wrong or is doubtful about the document as a whole or one page of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable name, such as `no_mrz_found`.
    pub code: String,
    /// One sentence for the person: what happened, to what, and what to do.
    pub message: String,
}

/// Size of a page of the document after its turn by EXIF orientation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageFacts {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Clockwise quarter turns (0–3) after which the text on the page stands upright.
    #[serde(default)]
    pub quarter_turns: u8,
}

/// Where on the pages of a file a document, or one side of it, lies.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// Page of the file, counted from 0.
    pub page: u32,
    /// Its corners in page pixels, clockwise from the top left one as its reader sees it.
    pub quad: Quad,
    /// Pixels across, once it is cut out, straightened and upright.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
}

impl Region {
    /// Where a point of the page lies on the picture that is cut out, both in pixels; none where the
    /// quad is flat.
    pub fn image_from_page(&self) -> Option<Homography> {
        let image = Quad::rectangle(0.0, 0.0, self.width as f32, self.height as f32);
        Homography::between(&self.quad, &image)
    }
}

/// All that the machine read from one document.
///
/// The same bytes, options and version give the same reading, so the time it took is not part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Version of the reading rules and recogniser, such as `1+mrz-4f2a`.
    pub engine: String,
    /// The day the reading took for today, ISO 8601: century and expiry depend on it.
    pub day: jiff::civil::Date,
    /// Family and side, or none where nothing told.
    pub document_type: Option<DocumentType>,
    /// Id and version of the type definition that explains the visual zone, such as
    /// `passport@1`, or none where no type was recognised.
    #[serde(default)]
    pub definition: Option<String>,
    /// Issuing state or organisation as coded on the document (ICAO Doc 9303 part 3 section 5).
    pub issuing_country: Option<String>,
    /// Layout of the machine-readable zone.
    pub mrz_format: Option<MrzFormat>,
    /// Its lines, after repair.
    pub mrz: Option<Vec<Personal>>,
    /// The fields, in the order a person would read them.
    pub fields: IndexMap<FieldName, Field>,
    /// Where the places of the document do not say the very same, the most serious first.
    #[serde(default)]
    pub disagreements: Vec<Disagreement>,
    /// The rules applied.
    pub checks: Vec<Check>,
    /// What went wrong.
    pub problems: Vec<Problem>,
    /// The pages, in order.
    pub pages: Vec<PageFacts>,
    /// What readers outside of this machine said, where some were asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<OutsideAnswer>,
    /// Where on them the document and its sides were found, where an outline or a page was taken for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regions: Vec<Region>,
}

#[cfg(test)]
mod tests {
    use super::DocumentType;

    #[test]
    fn document_types_keep_their_names() {
        for name in [
            "passport",
            "travel_document",
            "id_card_front",
            "driving_licence_back",
        ] {
            let parsed: DocumentType = name.parse().unwrap();
            assert_eq!(parsed.to_string(), name);
        }
        assert!("id_card_middle".parse::<DocumentType>().is_err());
    }
}
