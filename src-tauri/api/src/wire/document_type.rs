//! Document types: what is read from which documents.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Field, Sentence, rfc3339};

/// Where a type comes from.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypeOrigin {
    /// It comes with the program.
    BuiltIn,
    /// An admin imported it.
    Imported,
}

impl From<app::types::Origin> for TypeOrigin {
    fn from(origin: app::types::Origin) -> Self {
        match origin {
            app::types::Origin::BuiltIn => Self::BuiltIn,
            app::types::Origin::Imported => Self::Imported,
        }
    }
}

/// A field of a type.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TypeField {
    /// Its name in records.
    pub name: String,
    /// What people call it, where the type says so.
    #[schema(required)]
    pub names: Option<Sentence>,
    /// The code printed before it.
    #[schema(required)]
    pub code: Option<String>,
    /// Whether a document without it is incomplete.
    pub required: bool,
}

/// A type of documents.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = DocumentType)]
pub struct DocumentTypeBody {
    /// Its id, such as `fr_id_card_2021`.
    pub id: String,
    /// The version shown.
    pub version: u32,
    /// The family it answers with, such as `id_card`.
    pub kind: String,
    /// What people call it.
    pub names: Sentence,
    /// Where it comes from.
    pub origin: TypeOrigin,
    /// Whether documents are read with this version.
    pub in_use: bool,
    /// Its fields, in reading order.
    pub fields: Vec<TypeField>,
}

impl From<model::definition::Names> for Sentence {
    fn from(names: model::definition::Names) -> Self {
        Self {
            en: names.en,
            fr: names.fr,
            ar: names.ar,
        }
    }
}

impl From<app::types::DocumentTypeInfo> for DocumentTypeBody {
    fn from(info: app::types::DocumentTypeInfo) -> Self {
        let definition = info.definition;
        let fields = definition.fields.into_iter();
        Self {
            id: definition.id,
            version: definition.version,
            kind: definition.kind.as_str().to_owned(),
            names: definition.names.into(),
            origin: info.origin.into(),
            in_use: info.in_use,
            fields: fields
                .map(|field| TypeField {
                    name: field.name.to_string(),
                    names: field.names.map(Sentence::from),
                    code: field.code,
                    required: field.required,
                })
                .collect(),
        }
    }
}

/// What people call a type that an admin imported, and its fields.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportedTypeNames {
    /// Its id.
    pub id: String,
    /// The version that was followed.
    pub version: u32,
    /// What people call it.
    pub names: Sentence,
    /// What people call its fields, by field, as far as the type says.
    #[schema(value_type = std::collections::BTreeMap<String, Sentence>)]
    pub fields: IndexMap<String, Sentence>,
}

impl From<model::TypeDefinition> for ImportedTypeNames {
    fn from(definition: model::TypeDefinition) -> Self {
        let fields = definition.fields.into_iter();
        Self {
            id: definition.id,
            version: definition.version,
            names: definition.names.into(),
            fields: fields
                .filter_map(|field| Some((field.name.to_string(), field.names?.into())))
                .collect(),
        }
    }
}

/// The types there are.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentTypeList {
    /// The built-in ones first.
    pub types: Vec<DocumentTypeBody>,
}

/// A version of an imported type.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TypeVersion {
    /// Its number.
    pub version: u32,
    /// Id of the user who imported it.
    pub by: Uuid,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

/// A type with its text.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentTypeDetail {
    /// The type.
    pub document_type: DocumentTypeBody,
    /// Its definition, in TOML.
    pub definition: String,
    /// Every version that was imported, oldest first.
    pub versions: Vec<TypeVersion>,
}

impl From<app::types::DocumentTypeInfo> for DocumentTypeDetail {
    fn from(info: app::types::DocumentTypeInfo) -> Self {
        let versions = info.versions.iter();
        Self {
            definition: info.source.clone(),
            versions: versions
                .map(|version| TypeVersion {
                    version: version.version,
                    by: version.by.0,
                    at: rfc3339(version.at),
                })
                .collect(),
            document_type: info.into(),
        }
    }
}

/// A definition to be taken into use.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocumentType {
    /// The definition, in TOML.
    pub definition: String,
}

/// What became of an imported definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// The type is new.
    New,
    /// It is the next version of a known type, or puts it into use again.
    NextVersion,
    /// It is what is in use already.
    Unchanged,
}

impl From<app::types::Outcome> for ImportOutcome {
    fn from(outcome: app::types::Outcome) -> Self {
        match outcome {
            app::types::Outcome::New => Self::New,
            app::types::Outcome::NextVersion => Self::NextVersion,
            app::types::Outcome::Unchanged => Self::Unchanged,
        }
    }
}

/// A definition that was taken into use.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ImportedDocumentType {
    /// What became of it.
    pub outcome: ImportOutcome,
    /// The type as it is in use now.
    pub document_type: DocumentTypeBody,
}

/// A definition to be looked at, and a stored document to try it on.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefinitionToCheck {
    /// The definition, in TOML.
    pub definition: String,
    /// Id of the document.
    #[serde(default)]
    pub document: Option<Uuid>,
}

/// A field of a definition and what would be read for it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TrialField {
    /// Its name.
    pub name: String,
    /// What would be read; null where nothing is, or no document was given.
    #[schema(required)]
    pub read: Option<Field>,
}

/// What a definition would do.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckedDefinition {
    /// Its id.
    pub id: String,
    /// Id of the type the document would be recognised as; null where none fits, or none was given.
    #[schema(required)]
    pub recognised_as: Option<String>,
    /// Whether that is this definition.
    pub is_recognised: bool,
    /// The values that would be read, as if the document were of this type.
    pub fields: Vec<TrialField>,
}

impl From<(model::TypeDefinition, Option<app::types::Trial>)> for CheckedDefinition {
    fn from((definition, trial): (model::TypeDefinition, Option<app::types::Trial>)) -> Self {
        let Some(trial) = trial else {
            let fields = definition.fields.into_iter();
            let fields = fields.map(|field| TrialField {
                name: field.name.to_string(),
                read: None,
            });
            return Self {
                id: definition.id,
                recognised_as: None,
                is_recognised: false,
                fields: fields.collect(),
            };
        };
        trial.into()
    }
}

impl From<app::types::Trial> for CheckedDefinition {
    fn from(trial: app::types::Trial) -> Self {
        let fields = trial.fields.iter().cloned();
        Self {
            is_recognised: trial.is_recognised(),
            fields: fields
                .map(|(name, read)| TrialField {
                    name: name.to_string(),
                    read: read.map(Field::from),
                })
                .collect(),
            id: trial.id,
            recognised_as: trial.recognised_as,
        }
    }
}
