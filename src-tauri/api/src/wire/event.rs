//! What the event stream carries.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DocumentStatus, Progress, rfc3339};

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The document was submitted.
    Submitted,
    /// Its status is another; `status` says which.
    Status,
    /// A worker came further; `progress` says how far.
    Progress,
    /// A person corrected or confirmed a field.
    Corrected,
    /// It is for somebody else to look at.
    Assigned,
    /// It was closed away, so lists have it no more.
    Archived,
    /// It was opened again.
    Restored,
    /// It was deleted.
    Deleted,
}

/// The data of an event named `change`. It carries no personal value.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Event {
    /// Rises by one with every change since the program started.
    #[schema(schema_with = super::count)]
    pub sequence: u64,
    /// When.
    #[schema(format = DateTime)]
    pub at: String,
    /// The document it happened to.
    pub document_id: Uuid,
    /// What happened.
    pub kind: ChangeKind,
    /// The status it has now, with kind `status`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<DocumentStatus>,
    /// How far the reading has come, with kind `progress`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
}

impl From<model::Change> for Event {
    fn from(change: model::Change) -> Self {
        let (kind, status, progress) = match change.kind {
            model::ChangeKind::Submitted => (ChangeKind::Submitted, None, None),
            model::ChangeKind::Status { status } => (ChangeKind::Status, Some(status.into()), None),
            model::ChangeKind::Progress { progress } => {
                (ChangeKind::Progress, None, Some(progress.into()))
            }
            model::ChangeKind::Corrected => (ChangeKind::Corrected, None, None),
            model::ChangeKind::Assigned => (ChangeKind::Assigned, None, None),
            model::ChangeKind::Archived => (ChangeKind::Archived, None, None),
            model::ChangeKind::Restored => (ChangeKind::Restored, None, None),
            model::ChangeKind::Deleted => (ChangeKind::Deleted, None, None),
        };
        Self {
            sequence: change.sequence,
            at: rfc3339(change.at),
            document_id: change.document.0,
            kind,
            status,
            progress,
        }
    }
}
