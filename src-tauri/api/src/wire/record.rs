//! What is held to be true, and what people did to it.

use indexmap::IndexMap;
use model::Personal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Field, rfc3339};

/// What a person did to a field.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CorrectionKind {
    /// Looked at the value and found it right.
    Confirmed,
    /// Gave another value.
    Edited,
    /// Said that the document has no such value.
    Cleared,
}

impl From<model::CorrectionKind> for CorrectionKind {
    fn from(kind: model::CorrectionKind) -> Self {
        match kind {
            model::CorrectionKind::Confirmed => Self::Confirmed,
            model::CorrectionKind::Edited => Self::Edited,
            model::CorrectionKind::Cleared => Self::Cleared,
        }
    }
}

impl From<CorrectionKind> for model::CorrectionKind {
    fn from(kind: CorrectionKind) -> Self {
        match kind {
            CorrectionKind::Confirmed => Self::Confirmed,
            CorrectionKind::Edited => Self::Edited,
            CorrectionKind::Cleared => Self::Cleared,
        }
    }
}

/// A person's word on one field.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectionRequest {
    /// Name of the field, such as `surname`.
    pub field: String,
    /// What to do.
    pub kind: CorrectionKind,
    /// The new value; given when the kind is `edited`, and only then.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub value: Option<Personal>,
}

/// One act of a person on one field.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Correction {
    /// Its id.
    pub id: Uuid,
    /// Name of the field.
    pub field: String,
    /// What was done.
    pub kind: CorrectionKind,
    /// The value that holds from then on; empty when cleared.
    #[schema(value_type = String)]
    pub value: Personal,
    /// Id of the user who did it.
    pub by: Uuid,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
}

impl From<model::Correction> for Correction {
    fn from(correction: model::Correction) -> Self {
        Self {
            id: correction.id.0,
            field: correction.field.to_string(),
            kind: correction.kind.into(),
            value: correction.value,
            by: correction.by.0,
            at: rfc3339(correction.at),
        }
    }
}

/// Why a field stands as it does.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldState {
    /// A rule about it is broken.
    RuleFailed,
    /// The machine is not sure.
    ToCheck,
    /// The machine is sure.
    ConfirmedByRules,
    /// A person confirmed or entered it.
    ConfirmedByPerson,
}

impl From<model::FieldState> for FieldState {
    fn from(state: model::FieldState) -> Self {
        match state {
            model::FieldState::RuleFailed => Self::RuleFailed,
            model::FieldState::ToCheck => Self::ToCheck,
            model::FieldState::ConfirmedByRules => Self::ConfirmedByRules,
            model::FieldState::ConfirmedByPerson => Self::ConfirmedByPerson,
        }
    }
}

/// One field of the record.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RecordField {
    /// The value that holds.
    #[schema(value_type = String)]
    pub value: Personal,
    /// Why it stands as it does.
    pub state: FieldState,
    /// What the machine had read, if anything.
    #[schema(required)]
    pub read: Option<Field>,
    /// The correction that holds, if any.
    #[schema(required)]
    pub corrected: Option<Correction>,
}

impl From<model::RecordField> for RecordField {
    fn from(field: model::RecordField) -> Self {
        Self {
            value: field.value,
            state: field.state.into(),
            read: field.read.map(Field::from),
            corrected: field.corrected.map(Correction::from),
        }
    }
}

/// One value per field, each with its reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Record {
    /// Family and side, such as `passport` or `id_card_back`.
    #[schema(required)]
    pub document_type: Option<String>,
    /// Issuing state.
    #[schema(required)]
    pub issuing_country: Option<String>,
    /// The fields by name, in reading order.
    #[schema(value_type = std::collections::BTreeMap<String, RecordField>)]
    pub fields: IndexMap<String, RecordField>,
}

impl From<model::Record> for Record {
    fn from(record: model::Record) -> Self {
        let fields = record.fields.into_iter();
        Self {
            document_type: record.document_type.map(|kind| kind.to_string()),
            issuing_country: record.issuing_country,
            fields: fields
                .map(|(name, field)| (name.to_string(), field.into()))
                .collect(),
        }
    }
}
