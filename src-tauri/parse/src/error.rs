//! What can be wrong with what people write for this crate. Reading documents never fails.

use thiserror::Error;

/// A definition of a document type that cannot be used, and where in its text.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{fault}", self.place())]
pub struct DefinitionError {
    /// The line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// The keys that lead there, joined by full stops (`fields.shape`), where they are known.
    pub key: Option<String>,
    /// What is wrong.
    pub fault: DefinitionFault,
}

impl DefinitionError {
    /// Stable name for programs.
    pub const fn code(&self) -> &'static str {
        self.fault.code()
    }

    fn place(&self) -> String {
        match (self.line, &self.key) {
            (Some(line), Some(key)) => format!("line {line}, `{key}`: "),
            (Some(line), None) => format!("line {line}: "),
            (None, Some(key)) => format!("`{key}`: "),
            (None, None) => String::new(),
        }
    }
}

/// What is wrong with a definition of a document type.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DefinitionFault {
    /// The text is no TOML, or a key or value in it is unknown.
    #[error("this cannot be read: {0}")]
    Unreadable(String),
    /// The id has letters it must not have.
    #[error("the id `{0}` must consist of lower-case letters, digits and underscores, at most 64")]
    Id(String),
    /// The version is none.
    #[error("a version is a whole number from 1")]
    Version,
    /// What people call the type or a field is blank in a language.
    #[error("a name in English, French and Arabic is needed, and none may be blank")]
    Name,
    /// There is nothing to read.
    #[error("the type `{0}` has no field")]
    NoField(String),
    /// Two fields share a name.
    #[error("the field `{0}` is defined twice")]
    FieldTwice(String),
    /// The name has letters it must not have.
    #[error("the field name `{0}` must consist of letters, digits and underscores, at most 64")]
    FieldName(String),
    /// The shape has nothing to choose from, or an empty pattern.
    #[error("the shape of the field `{0}` needs values or patterns, none of them blank")]
    Shape(String),
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
    #[error(
        "the weight of the clue `{0}` must lie between -1 and 1, and its text must not be blank"
    )]
    Weight(String),
    /// A country pattern that is no ICAO code.
    #[error("`{0}` is not a country: write an ICAO code such as FRA, USA-CA or USA-*")]
    Country(String),
    /// No document could ever be taken for one of this type.
    #[error(
        "the type `{0}` can never be recognised: its titles and keywords add up to less than {needed}, and it has neither codes nor a machine-readable zone",
        needed = crate::visual::ENOUGH
    )]
    NeverRecognised(String),
}

impl DefinitionFault {
    /// Stable name for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "definition_unreadable",
            Self::Id(_) => "definition_id",
            Self::Version => "definition_version",
            Self::Name => "definition_name",
            Self::NoField(_) => "definition_no_field",
            Self::FieldTwice(_) => "definition_field_twice",
            Self::FieldName(_) => "definition_field_name",
            Self::Shape(_) => "definition_shape",
            Self::Label { .. } => "definition_label",
            Self::UnknownField(_) => "definition_unknown_field",
            Self::LayoutBox(_) => "definition_layout_box",
            Self::Weight(_) => "definition_weight",
            Self::Country(_) => "definition_country",
            Self::NeverRecognised(_) => "definition_never_recognised",
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
