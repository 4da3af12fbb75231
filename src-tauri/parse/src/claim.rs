//! One claim about one field, wherever outside the machine-readable zone it comes from.

use model::{FieldName, Personal, Quad};

/// "This place says that this field has this value."
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// The field.
    pub field: FieldName,
    /// Its value in the form of the record: dates in ISO 8601, codes without ornament, names as printed.
    pub value: Personal,
    /// The text as it was seen, before any reading of it.
    pub text: Personal,
    /// Where it stands, in pixels of the view or page the text or barcode was read on; the parts of a
    /// value on several lines each have their own.
    pub quads: Vec<Quad>,
    /// How much the claim is worth by itself, 0 to 1: the recogniser's estimate, lowered by whatever
    /// made the place or the shape of the value doubtful.
    pub confidence: f32,
    /// Whether two independent recognisers saw the same value.
    pub agreed: bool,
    /// Stable name of the rule that made the claim, such as `label`, `field_number`, `position`,
    /// `tagger`, `aamva:DAQ`.
    pub rule: String,
    /// Other values the same place may hold, likeliest first.
    pub alternatives: Vec<Personal>,
}
