//! What a drawn specimen says: one line of a manifest.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::mrz::Format;

/// A corner or place in the picture, in pixels from the top left.
pub type Point = [f32; 2];

/// Four corners, clockwise from the top left one as the reader of the text sees it.
pub type Quad = [Point; 4];

/// The truth about one picture. The keys are those of a manifest of specimens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Truth {
    /// Unique within a manifest.
    pub id: String,
    /// Path of the picture, relative to the manifest.
    pub file: String,
    /// What the document is, with its side where only one is shown; empty where it is none.
    pub doc_type: String,
    /// The issuing state's code, without fillers; empty where nothing was issued.
    pub issuing_country: String,
    /// Form of the machine-readable zone; none where the picture shows none.
    pub mrz_format: Option<Format>,
    /// Its lines as printed.
    pub mrz: Option<Vec<String>>,
    /// Whether every check digit is right; drawn zones always are.
    pub mrz_valid_check_digits: bool,
    /// Check digits that are wrong as printed.
    pub mrz_failing_checks: Vec<String>,
    /// Whether the zone breaks the rules of its form; drawn zones never do.
    pub mrz_nonconforming: bool,
    /// The visual zone by field name; dates in ISO 8601.
    pub fields: BTreeMap<String, String>,
    /// Words for what was done to the picture.
    pub conditions: Vec<String>,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Pictures of one document share a group.
    pub group: String,
    /// `front` or `back` where only that side is shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<String>,
    /// The document's corners.
    pub quad: Option<Quad>,
    /// The corners of each line of the machine-readable zone, half a capital around the symbols.
    pub mrz_quads: Vec<Quad>,
    /// Anything a reader of the manifest should know.
    pub notes: String,
    /// The zone taken apart.
    pub mrz_parsed: Option<Parsed>,
    /// Each document of a picture that shows several.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub documents: Vec<Shown>,
}

/// One of several documents in a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// What it is, with its side.
    pub doc_type: String,
    /// The issuing state's code.
    pub issuing_country: String,
    /// `front` or `back` where only that side is shown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub side: Option<String>,
    /// Pictures of one document share a group.
    pub group: String,
    /// Its corners.
    pub quad: Quad,
    /// The lines of its zone.
    pub mrz: Option<Vec<String>>,
    /// Its visual zone by field name.
    pub fields: BTreeMap<String, String>,
}

/// A machine-readable zone taken apart; fillers are stripped, dates are `YYMMDD`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parsed {
    /// One or two symbols.
    pub document_code: String,
    /// Issuing state.
    pub issuer: String,
    /// Document number, whole even where it runs on into the optional data.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub document_number: String,
    /// Absent on the French identity card.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nationality: Option<String>,
    /// Date of birth.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub birth: String,
    /// `M`, `F` or `<`.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub sex: String,
    /// Absent on the French identity card.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub expiry: Option<String>,
    /// Optional data.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub optional: Option<String>,
    /// Second optional data, on TD1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub optional2: Option<String>,
    /// Number of a driving licence, where it is not called a document number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub licence_number: Option<String>,
    /// Issuing office, on the French identity card.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub office: Option<String>,
    /// Primary identifier.
    pub surname: String,
    /// Secondary identifier.
    #[serde(skip_serializing_if = "String::is_empty", default)]
    pub given_names: String,
}
