//! Closed records, and those on their way.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DatabaseName, rfc3339};

/// Which records to close away or to open again.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArchiveRequest {
    /// Ids of the documents, 1 to 1000; all of them are moved, or none.
    pub ids: Vec<Uuid>,
}

/// What becomes of records that somebody wants elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ArchiveOutcome {
    /// They are there.
    Done,
    /// A job brings them there.
    OnTheirWay,
}

/// The answer to moving records.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArchiveAnswer {
    /// What becomes of them.
    pub outcome: ArchiveOutcome,
}

impl From<app::archive::Asked> for ArchiveAnswer {
    fn from(asked: app::archive::Asked) -> Self {
        let outcome = match asked {
            app::archive::Asked::Done => ArchiveOutcome::Done,
            app::archive::Asked::OnItsWay => ArchiveOutcome::OnTheirWay,
        };
        Self { outcome }
    }
}

/// A record on its way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArchiveMove {
    /// Its document.
    pub document_id: Uuid,
    /// Where it goes.
    pub towards: DatabaseName,
    /// Id of the user who asked for it.
    pub asked_by: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub asked_at: String,
}

impl From<app::archive::Move> for ArchiveMove {
    fn from(one: app::archive::Move) -> Self {
        Self {
            document_id: one.document.0,
            towards: one.towards.into(),
            asked_by: one.asked_by.0,
            asked_at: rfc3339(one.asked_at),
        }
    }
}

/// Records on their way.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ArchiveMoveList {
    /// Those asked for first before the others; 200 at most.
    pub moves: Vec<ArchiveMove>,
}
