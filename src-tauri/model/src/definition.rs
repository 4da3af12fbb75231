//! Document types as data.
//!
//! A [`TypeDefinition`] says how a kind of document is recognised, which fields it carries, how each
//! is labelled and shaped, how its sides belong together and which rules it obeys. The extraction, the
//! review form, the API's schema and the export columns all follow from it. Built-in types and those an
//! administrator adds are written in the same TOML, which this module's `serde` names define; reading
//! the TOML and saying what is wrong with it is `parse::types`.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::{DocumentKind, FieldName, MrzFormat, Side, Symbology};

/// A kind of document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeDefinition {
    /// Stable name, lower-case letters, digits and underscores, such as `fr_id_card_2021`.
    pub id: String,
    /// Counted up whenever the definition changes.
    #[serde(default = "one")]
    pub version: u32,
    /// The family it answers with.
    pub kind: DocumentKind,
    /// Issuing states it is for: ICAO codes, with a part of the country behind a hyphen
    /// (`USA-CA`); `USA-*` stands for every part and an empty list for every state.
    #[serde(default)]
    pub countries: Vec<String>,
    /// The side this definition describes, where each side has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// What people call it.
    pub names: Names,
    /// Size of the document, which card-relative boxes are measured on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<DocumentSize>,
    /// What it is recognised by.
    #[serde(default)]
    pub recognise: Recognition,
    /// Its fields, in the order a person would read them.
    pub fields: Vec<FieldDefinition>,
    /// How its sides belong together, where it has two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pairing: Option<Pairing>,
    /// The rules that apply to the document as a whole.
    #[serde(default)]
    pub checks: Vec<CheckRule>,
    /// How long it may be kept is decided by this class.
    #[serde(default)]
    pub retention: RetentionClass,
}

const fn one() -> u32 {
    1
}

impl TypeDefinition {
    /// The field of this name.
    pub fn field(&self, name: &str) -> Option<&FieldDefinition> {
        self.fields.iter().find(|field| field.name.as_str() == name)
    }

    /// Whether documents of this state (`FRA`, `USA-CA`) can be of this type.
    pub fn is_for(&self, country: &str) -> bool {
        self.countries.is_empty()
            || self.countries.iter().any(|pattern| {
                pattern.strip_suffix("-*").map_or_else(
                    || pattern == country,
                    |state| {
                        country
                            .strip_prefix(state)
                            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
                    },
                )
            })
    }
}

/// A text in the languages of the product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// English.
    pub en: String,
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
}

/// The sizes of ISO/IEC 7810 and ISO 216 that documents come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum DocumentSize {
    /// A card of 85.60 × 53.98 mm.
    #[serde(rename = "ID-1")]
    Id1,
    /// A card or sticker of 105 × 74 mm.
    #[serde(rename = "ID-2")]
    Id2,
    /// A booklet page of 125 × 88 mm.
    #[serde(rename = "ID-3")]
    Id3,
    /// A sheet of 210 × 297 mm.
    A4,
}

/// What a type is recognised by. Evidence adds up; a type is named only above a threshold.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Recognition {
    /// What is printed as the document's name, in any of its languages: each nearly decides by itself.
    pub titles: Vec<Clue>,
    /// Words and captions that speak for the type, or with a negative weight against it.
    pub keywords: Vec<Clue>,
    /// Layouts of the machine-readable zone it carries.
    pub mrz: Vec<MrzFormat>,
    /// Barcodes it carries.
    pub barcodes: Vec<Symbology>,
    /// How many of the printed codes of its fields (`4a`, `D.1`) make it likely by themselves; none
    /// where codes say nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub codes_needed: Option<u32>,
}

/// A text that speaks for a type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clue {
    /// The text as printed; case, accents and spaces do not matter.
    pub text: String,
    /// How much it speaks for the type: 1 is about what makes it certain.
    pub weight: f32,
    /// The state whose documents carry it, where it tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// The side that carries it, where it tells one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

/// A field of a type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldDefinition {
    /// Its name in records.
    pub name: FieldName,
    /// What people call it; empty for fields that every document shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Names>,
    /// The code printed before the value (`4a`, `D.1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The element of the barcode that holds it (`DAQ`, 2D-Doc `66`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub element: Option<String>,
    /// Labels printed beside the value, by language (ISO 639-1), besides those that all documents share.
    #[serde(default)]
    pub labels: IndexMap<String, Vec<String>>,
    /// Which of the label lists that all documents share it answers to besides its own labels; its own
    /// name where nothing is said, none where the list is empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shared_labels: Option<Vec<String>>,
    /// What its value looks like.
    #[serde(default)]
    pub shape: Shape,
    /// Arithmetic its value must satisfy.
    #[serde(default)]
    pub validators: Vec<Validator>,
    /// Whether a document without it is incomplete.
    #[serde(default)]
    pub required: bool,
    /// The side it stands on, where that is fixed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// How many lines its value may take.
    #[serde(default = "one")]
    pub lines: u32,
    /// Where the value may stand relative to its label, the likeliest first.
    #[serde(default = "anywhere")]
    pub place: Vec<Place>,
    /// Another field whose place this one shares and whose value comes first there: the place of birth
    /// behind the date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<FieldName>,
    /// Where it stands when the layout is fixed, as parts of the width and height of the document.
    #[serde(default)]
    pub boxes: Vec<LayoutBox>,
}

fn anywhere() -> Vec<Place> {
    vec![Place::Same, Place::Below, Place::Right]
}

impl FieldDefinition {
    /// The shared label lists it answers to.
    pub fn shared(&self) -> Vec<&str> {
        self.shared_labels.as_ref().map_or_else(
            || vec![self.name.as_str()],
            |names| names.iter().map(String::as_str).collect(),
        )
    }
}

/// Where a value stands relative to its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// On the same line, right behind it.
    Same,
    /// To the right of it (to the left where the script runs from right to left), with a gap.
    Right,
    /// Under it, beginning at about the same edge.
    Below,
    /// Over it.
    Above,
}

/// What a value looks like. It judges between rivals and brings the value into the record's form.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Shape {
    /// Any text.
    #[default]
    Text,
    /// A person's name: letters, spaces, hyphens, apostrophes.
    Name,
    /// A whole name in one place, which is taken apart into `surname` and `given_names`.
    FullName {
        /// Which part comes first where no comma says so.
        first: NamePart,
    },
    /// A date in any printed form, to ISO 8601.
    Date,
    /// A number of one of the given patterns, or of the usual mix of digits and letters where none are.
    ///
    /// In a pattern `9` is a digit, `A` a letter, `*` either, and everything else itself; spaces do
    /// not count.
    Number {
        /// The patterns.
        #[serde(default)]
        patterns: Vec<String>,
    },
    /// One of some codes.
    Code {
        /// The codes.
        values: Vec<String>,
    },
    /// A state or nationality, to its ICAO code.
    Country,
    /// `M`, `F` or `X`.
    Sex,
    /// Classes of vehicles, to one string joined by `/`.
    Categories {
        /// The classes there are.
        values: Vec<String>,
    },
    /// The table on the back of a driving licence, with dates per class: claims
    /// `category_<class>_from`, `_until` and `_codes`.
    CategoryTable {
        /// The classes there are.
        values: Vec<String>,
    },
    /// A place, such as a town of birth.
    Location,
    /// A postal address.
    Address,
    /// The name of an authority.
    Authority,
    /// An amount of money.
    Money,
    /// A whole number.
    Integer,
    /// A number that may have decimals.
    Decimal,
    /// Height of a person.
    Height,
    /// Weight of a person.
    Weight,
    /// Colour of the eyes or the hair.
    Colour,
    /// A vehicle's registration number.
    Plate,
    /// A vehicle identification number, ISO 3779.
    Vin,
}

/// A part of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NamePart {
    /// The family name.
    Surname,
    /// The given names.
    GivenNames,
}

/// Arithmetic that a value must satisfy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Validator {
    /// The personal number of the issuing state, where its own check is documented.
    PersonalNumber,
    /// Plates of the French registration system.
    PlateFrance,
    /// Plates of Tunisia.
    PlateTunisia,
    /// Length and letters of ISO 3779.
    Vin,
    /// World manufacturer identifier of ISO 3780.
    Wmi,
    /// Eight digits of the Tunisian identity card.
    TunisianCard,
    /// The limits of the AAMVA standard.
    Aamva,
    /// The letters after the digits of the Spanish identity card.
    SpanishLetter,
}

/// A rule about a document as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckRule {
    /// Birth before issue before expiry.
    DateOrder,
    /// Not past its last day.
    Expiry,
    /// French cards of adults issued 2004–2013 are valid five years longer than printed.
    FrenchExtension,
    /// No date of birth or issue after the day of reading.
    FutureDates,
    /// The age that the policy asks for.
    Age,
    /// Names of all zones and sides agree.
    NameAgreement,
    /// The other side is there.
    BackPresent,
    /// Every required field is there.
    RequiredFields,
    /// No value is longer than its field allows.
    FieldLengths,
    /// Registration number of the issuing state.
    Plate,
    /// Vehicle identification number.
    Vin,
    /// Masses and dates of a vehicle agree with each other.
    VehicleFigures,
    /// The limits of the AAMVA standard.
    Aamva,
}

/// A place on a document whose layout is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayoutBox {
    /// The side, where the definition covers both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// Left edge, 0 to 1 across the document.
    pub left: f32,
    /// Top edge, 0 to 1 down the document.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Bottom edge.
    pub bottom: f32,
}

/// How the sides of a document belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pairing {
    /// Id of the definition of the other side; none where this definition covers both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<String>,
    /// Fields that stand on both sides, or in the zone of one, and must agree.
    pub agree: Vec<FieldName>,
}

/// Classes of documents for which an administrator sets how long they are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetentionClass {
    /// Proofs of who somebody is.
    #[default]
    Identity,
    /// Proofs of a right to stay or to enter.
    Residence,
    /// Proofs of a right to drive.
    Driving,
    /// Papers of vehicles.
    Vehicle,
    /// Everything else.
    Supporting,
}

#[cfg(test)]
mod tests {
    use super::{FieldDefinition, Shape, TypeDefinition};

    #[test]
    fn countries_are_patterns() {
        let definition: TypeDefinition = serde_json::from_value(serde_json::json!({
            "id": "us_driving_licence", "kind": "driving_licence", "countries": ["USA-*", "CAN-ON"],
            "names": {"en": "", "fr": "", "ar": ""}, "fields": []
        }))
        .unwrap();
        for (country, expected) in [
            ("USA-CA", true),
            ("USA", true),
            ("USAX", false),
            ("CAN-ON", true),
            ("CAN-QC", false),
            ("FRA", false),
        ] {
            assert_eq!(definition.is_for(country), expected, "{country}");
        }
    }

    #[test]
    fn a_field_answers_to_the_shared_labels_of_its_name() {
        let field: FieldDefinition =
            serde_json::from_value(serde_json::json!({"name": "surname", "shape": "name"}))
                .unwrap();
        assert_eq!(field.shared(), ["surname"]);
        assert_eq!(field.shape, Shape::Name);
        assert_eq!(field.lines, 1);
    }
}
