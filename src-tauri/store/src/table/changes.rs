//! What happened lately, for listeners in every process.

use model::{Change, ChangeKind, DocumentId, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{damaged, values},
};

/// How many entries are kept. A listener that is further behind asks for everything anew.
const KEPT: i64 = 10_000;

/// Notes a change.
///
/// The number is given out in the line of those who write, so numbers appear in their order: whoever has
/// seen one has seen all before it. On a server one is missing where a transaction was taken back.
pub fn append(
    transaction: &Transaction,
    at: Timestamp,
    document: DocumentId,
    kind: &ChangeKind,
) -> Result<(), Error> {
    let change = serde_json::to_string(kind).map_err(|_| damaged("change"))?;
    let sequence = transaction.one(
        "INSERT INTO changes (at, document_id, change) VALUES (?, ?, ?) RETURNING sequence",
        values![at, document, change],
        |row| row.get::<i64>("sequence"),
    )?;
    // Now and then is often enough, and costs nothing the rest of the time.
    if sequence % 1000 == 0 {
        transaction.execute(
            "DELETE FROM changes WHERE sequence <= ?",
            values![sequence - KEPT],
        )?;
    }
    Ok(())
}

/// Number of the latest change; 0 before the first.
pub fn latest(snapshot: &Snapshot) -> Result<u64, Error> {
    snapshot.one(
        "SELECT coalesce(max(sequence), 0) AS latest FROM changes",
        values![],
        |row| row.get("latest"),
    )
}

/// At most `limit` changes that followed the one of this number, in their order.
pub fn after(snapshot: &Snapshot, sequence: u64, limit: u32) -> Result<Vec<Change>, Error> {
    snapshot.all(
        "SELECT sequence, at, document_id, change FROM changes
         WHERE sequence > ? ORDER BY sequence LIMIT ?",
        values![sequence as i64, limit],
        |row| {
            Ok(Change {
                sequence: row.get("sequence")?,
                at: row.get("at")?,
                document: row.parse("document_id")?,
                kind: row.json("change")?,
            })
        },
    )
}
