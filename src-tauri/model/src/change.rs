//! What happened, for whoever listens: the window, a browser, a script.

use serde::{Deserialize, Serialize};

use crate::{DocumentId, DocumentStatus, Progress, Timestamp};

/// What kind of thing happened to a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was submitted.
    Submitted,
    /// Its status is another.
    Status {
        /// The status it has now.
        status: DocumentStatus,
    },
    /// A worker came further.
    Progress {
        /// How far.
        progress: Progress,
    },
    /// A person corrected or confirmed a field.
    Corrected,
    /// It is for somebody else to look at.
    Assigned,
    /// It was closed away.
    Archived,
    /// It was opened again.
    Restored,
    /// It was deleted.
    Deleted,
}

/// One announced change. It names the document but carries no personal value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Rises by one with every change this process announces; a listener that sees a gap asks anew.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// The document it happened to.
    pub document: DocumentId,
    /// What happened.
    #[serde(flatten)]
    pub kind: ChangeKind,
}
