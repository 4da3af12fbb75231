//! The log of who did what.

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{DatabaseName, count, rfc3339};

/// One entry of the audit log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditEntry {
    /// 1, 2, 3 …, without gaps.
    #[schema(schema_with = count)]
    pub sequence: u64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: String,
    /// Who, where somebody had signed in.
    pub user_id: Option<Uuid>,
    /// `desktop`, `network`, `command_line`, or `program` for what it does by itself.
    pub door: String,
    /// What was done, such as `field.corrected`.
    pub act: String,
    /// Id of what it was done to.
    pub subject: Option<String>,
    /// Words and numbers; personal values only as salted digests.
    #[schema(value_type = Object)]
    pub details: serde_json::Value,
    /// What the digests were salted with, until the person was forgotten.
    pub salt: Option<String>,
    /// Hash of this entry and of the one before it.
    pub hash: String,
}

impl From<app::audit::Entry> for AuditEntry {
    fn from(entry: app::audit::Entry) -> Self {
        Self {
            sequence: entry.sequence,
            at: rfc3339(entry.at),
            user_id: entry.user.map(|user| user.0),
            door: entry.door,
            act: entry.act,
            subject: entry.subject,
            // What cannot be read any more is shown as it stands.
            details: serde_json::from_str(&entry.details).unwrap_or(entry.details.into()),
            salt: entry.salt,
            hash: entry.hash,
        }
    }
}

/// One page of the audit log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// `before` of the next page; null on the last one.
    pub next: Option<u64>,
}

/// What is wrong with the audit log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AuditFault {
    /// An entry does not say what it said.
    Edited,
    /// An entry was taken out.
    Missing,
    /// An entry was put in, moved, or written anew without the keys.
    Forged,
    /// The newest entries were cut off.
    CutOff,
}

/// The outcome of verifying the audit log.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AuditVerification {
    /// Whether it is whole.
    pub ok: bool,
    /// The database whose acts the log is of.
    pub database: DatabaseName,
    /// Whether it is the copy in `logging`.
    pub is_copy: bool,
    /// How many entries were looked at before the first bad one.
    #[schema(schema_with = count)]
    pub entries: u64,
    /// Number of the first bad entry.
    pub first_bad: Option<u64>,
    /// What is wrong with it.
    pub fault: Option<AuditFault>,
    /// One sentence.
    pub message: String,
}

impl From<app::audit::Verification> for AuditVerification {
    fn from(found: app::audit::Verification) -> Self {
        use app::audit::Fault;
        let fault = found.first_bad.map(|(_, fault)| match fault {
            Fault::Edited => AuditFault::Edited,
            Fault::Missing => AuditFault::Missing,
            Fault::Forged => AuditFault::Forged,
            Fault::CutOff => AuditFault::CutOff,
        });
        Self {
            ok: fault.is_none(),
            database: found.chain.database.into(),
            is_copy: found.chain.is_copy,
            entries: found.entries,
            first_bad: found.first_bad.map(|(sequence, _)| sequence),
            fault,
            message: found.sentence(),
        }
    }
}
