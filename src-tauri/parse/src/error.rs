//! What can be wrong with what people write for this crate. Reading documents never fails.

use thiserror::Error;

/// A definition of a document type that cannot be used.
#[derive(Debug, Error)]
pub enum DefinitionError {
    /// The text is no TOML, or a key or value in it is unknown.
    #[error("the definition cannot be read: {0}")]
    Unreadable(#[from] Box<toml::de::Error>),
    /// The id has letters it must not have.
    #[error("the id `{0}` must consist of lower-case letters, digits and underscores")]
    Id(String),
    /// There is nothing to read.
    #[error("the type `{0}` has no field")]
    NoField(String),
    /// Two fields share a name.
    #[error("the field `{0}` is defined twice")]
    FieldTwice(String),
    /// The name has letters it must not have.
    #[error("the field name `{0}` must consist of letters, digits and underscores")]
    FieldName(String),
    /// A label is empty, or the list of labels it points to is not there.
    #[error("the field `{field}` answers to the label `{label}`, which is empty or unknown")]
    Label {
        /// The field.
        field: String,
        /// The label or the name of the shared list.
        label: String,
    },
    /// A field is spoken of that is not defined.
    #[error("the field `{0}` is referred to but not defined")]
    UnknownField(String),
    /// A box lies outside the document or has no area.
    #[error(
        "a box of the field `{0}` does not lie within the document: 0 ≤ left < right ≤ 1, 0 ≤ top < bottom ≤ 1"
    )]
    LayoutBox(String),
    /// A weight that is no number between -1 and 1.
    #[error("the weight of the clue `{0}` must lie between -1 and 1")]
    Weight(String),
    /// A country pattern that is no ICAO code.
    #[error("`{0}` is not a country: write an ICAO code such as FRA, USA-CA or USA-*")]
    Country(String),
}

impl DefinitionError {
    /// Stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "definition_unreadable",
            Self::Id(_) => "definition_id",
            Self::NoField(_) => "definition_no_field",
            Self::FieldTwice(_) => "definition_field_twice",
            Self::FieldName(_) => "definition_field_name",
            Self::Label { .. } => "definition_label",
            Self::UnknownField(_) => "definition_unknown_field",
            Self::LayoutBox(_) => "definition_layout_box",
            Self::Weight(_) => "definition_weight",
            Self::Country(_) => "definition_country",
        }
    }
}

/// A list of certificates that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TrustListError {
    /// Nothing in the file is a certificate.
    #[error("the file holds no certificate: a trust list in XML, PEM or DER is expected")]
    NoCertificate,
}

impl TrustListError {
    /// Stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoCertificate => "trust_list_no_certificate",
        }
    }
}
