//! How long documents are kept, and which must be kept longer.

use model::{DocumentId, DocumentType, Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// How long the documents of a family are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    /// The family, such as `passport`; empty for every family without a policy of its own.
    pub document_type: String,
    /// How long after the decision the pictures are kept, as an ISO 8601 duration.
    pub pictures: Option<String>,
    /// How long the record is kept.
    pub record: Option<String>,
    /// How long the proof of the check is kept, once the record is erased.
    pub proof: Option<String>,
    /// Who set it.
    pub set_by: UserId,
    /// When.
    pub set_at: Timestamp,
}

/// A document that must be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The document.
    pub document: DocumentId,
    /// Why.
    pub reason: String,
    /// Who said so.
    pub held_by: UserId,
    /// When.
    pub held_at: Timestamp,
}

/// Sets the policy of a family.
pub fn set_policy(transaction: &Transaction, policy: &Policy) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO retention_policies (document_type, pictures, record, proof, set_by, set_at)
         VALUES (?, ?, ?, ?, ?, ?)
         ON CONFLICT (document_type) DO UPDATE SET pictures = excluded.pictures,
             record = excluded.record, proof = excluded.proof,
             set_by = excluded.set_by, set_at = excluded.set_at",
        values![
            policy.document_type.as_str(),
            policy.pictures.as_deref(),
            policy.record.as_deref(),
            policy.proof.as_deref(),
            policy.set_by,
            policy.set_at
        ],
    )?;
    Ok(())
}

/// Drops the policy of a family; says whether it had one.
pub fn drop_policy(transaction: &Transaction, document_type: &str) -> Result<bool, Error> {
    let dropped = transaction.execute(
        "DELETE FROM retention_policies WHERE document_type = ?",
        values![document_type],
    )?;
    Ok(dropped > 0)
}

/// Every policy, by family.
pub fn policies(snapshot: &Snapshot) -> Result<Vec<Policy>, Error> {
    snapshot.all(
        "SELECT document_type, pictures, record, proof, set_by, set_at FROM retention_policies
         ORDER BY document_type",
        values![],
        |row| {
            Ok(Policy {
                document_type: row.get("document_type")?,
                pictures: row.get("pictures")?,
                record: row.get("record")?,
                proof: row.get("proof")?,
                set_by: row.parse("set_by")?,
                set_at: row.get("set_at")?,
            })
        },
    )
}

fn hold_from_row(row: &Row<'_>) -> Result<Hold, Error> {
    Ok(Hold {
        document: row.parse("document_id")?,
        reason: row.get("reason")?,
        held_by: row.parse("held_by")?,
        held_at: row.get("held_at")?,
    })
}

/// A document that waits for nobody, with what a policy asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its place among those that were settled at the same instant.
    pub number: i64,
    /// The document.
    pub document: DocumentId,
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// When it was settled.
    pub decided_at: Timestamp,
    /// Whether its pictures are erased.
    pub pictures_erased: bool,
}

fn settled_from_row(row: &Row<'_>) -> Result<Settled, Error> {
    let document_type = match row.get::<Option<String>>("document_type")? {
        Some(_) => Some(row.parse("document_type")?),
        None => None,
    };
    Ok(Settled {
        number: row.get("number")?,
        document: row.parse("id")?,
        document_type,
        decided_at: row.get("decided_at")?,
        pictures_erased: row
            .get::<Option<Timestamp>>("pictures_erased_at")?
            .is_some(),
    })
}

/// At most `limit` documents that were settled at an instant or before, wait for nobody and are not held,
/// the backs of cards left to their fronts, in the order in which they were settled; those after `after`.
pub fn settled(
    snapshot: &Snapshot,
    until: Timestamp,
    after: Option<&Settled>,
    limit: u32,
) -> Result<Vec<Settled>, Error> {
    let (decided_at, number) = after.map_or((Timestamp(i64::MIN), i64::MIN), |after| {
        (after.decided_at, after.number)
    });
    snapshot.all(
        "SELECT number, id, document_type, decided_at, pictures_erased_at FROM documents
         WHERE decided_at IS NOT NULL AND (decided_at, number) > (?, ?) AND decided_at <= ?
             AND side_of IS NULL
             AND NOT EXISTS (SELECT 1 FROM legal_holds WHERE legal_holds.document_id = documents.id)
         ORDER BY decided_at, number LIMIT ?",
        values![decided_at, number, until, limit],
        settled_from_row,
    )
}

/// Holds a document; a hold it is under gives way.
pub fn hold(transaction: &Transaction, hold: &Hold) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO legal_holds (document_id, reason, held_by, held_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (document_id) DO UPDATE SET reason = excluded.reason,
             held_by = excluded.held_by, held_at = excluded.held_at",
        values![
            hold.document,
            hold.reason.as_str(),
            hold.held_by,
            hold.held_at
        ],
    )?;
    Ok(())
}

/// Releases a document; says whether it was held.
pub fn release(transaction: &Transaction, document: DocumentId) -> Result<bool, Error> {
    let released = transaction.execute(
        "DELETE FROM legal_holds WHERE document_id = ?",
        values![document],
    )?;
    Ok(released > 0)
}

/// The hold a document is under.
pub fn hold_of(snapshot: &Snapshot, document: DocumentId) -> Result<Option<Hold>, Error> {
    snapshot.first(
        "SELECT document_id, reason, held_by, held_at FROM legal_holds WHERE document_id = ?",
        values![document],
        hold_from_row,
    )
}

/// Every hold.
pub fn holds(snapshot: &Snapshot) -> Result<Vec<Hold>, Error> {
    snapshot.all(
        "SELECT document_id, reason, held_by, held_at FROM legal_holds ORDER BY held_at, document_id",
        values![],
        hold_from_row,
    )
}
