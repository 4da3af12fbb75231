//! What the machine read, whole and appended.

use model::{DocumentId, Reading, ReadingId, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{damaged, values},
};

/// Appends a reading.
pub fn append(
    transaction: &Transaction,
    id: ReadingId,
    document: DocumentId,
    reading: &Reading,
    at: Timestamp,
) -> Result<(), Error> {
    let json = serde_json::to_string(reading).map_err(|_| damaged("reading"))?;
    transaction.execute(
        "INSERT INTO readings (id, document_id, engine, read_at, reading) VALUES (?, ?, ?, ?, ?)",
        values![id, document, reading.engine.as_str(), at, json],
    )?;
    Ok(())
}

/// The latest reading of a document.
pub fn latest(snapshot: &Snapshot, document: DocumentId) -> Result<Option<Reading>, Error> {
    snapshot.first(
        "SELECT reading FROM readings WHERE document_id = ? ORDER BY sequence DESC LIMIT 1",
        values![document],
        |row| row.json("reading"),
    )
}

/// How often a document was read.
pub fn count(snapshot: &Snapshot, document: DocumentId) -> Result<u64, Error> {
    snapshot.one(
        "SELECT count(*) AS readings FROM readings WHERE document_id = ?",
        values![document],
        |row| row.get("readings"),
    )
}
