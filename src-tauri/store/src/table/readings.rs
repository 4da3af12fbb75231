//! What the machine read, whole and appended.

use model::{DocumentId, Reading, ReadingId, Timestamp};

use crate::{
    Error, Snapshot, Transaction,
    sql::{damaged, values},
};

/// A reading in the form in which it is kept.
#[derive(Clone)]
pub struct Written {
    id: ReadingId,
    engine: String,
    at: Timestamp,
    json: String,
}

impl Written {
    /// Writes a reading down.
    pub fn new(id: ReadingId, reading: &Reading, at: Timestamp) -> Result<Self, Error> {
        let json = serde_json::to_string(reading).map_err(|_| damaged("reading"))?;
        Ok(Self {
            id,
            engine: reading.engine.clone(),
            at,
            json,
        })
    }
}

impl std::fmt::Debug for Written {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Written")
    }
}

/// Appends a reading.
pub fn append(
    transaction: &Transaction,
    id: ReadingId,
    document: DocumentId,
    reading: &Reading,
    at: Timestamp,
) -> Result<(), Error> {
    let written = Written::new(id, reading, at)?;
    append_all_written(transaction, [(document, &written)])
}

/// Appends readings that were written down before the transaction, which others wait for.
pub fn append_all_written<'a>(
    transaction: &Transaction,
    readings: impl IntoIterator<Item = (DocumentId, &'a Written)>,
) -> Result<(), Error> {
    let row = |(document, written): (DocumentId, &Written)| {
        values![
            written.id,
            document,
            written.engine.as_str(),
            written.at,
            written.json.as_str(),
        ]
        .to_vec()
    };
    let rows: Vec<_> = readings.into_iter().map(row).collect();
    transaction.insert_all(
        "INSERT INTO readings (id, document_id, engine, read_at, reading) VALUES (?, ?, ?, ?, ?)",
        &rows,
    )
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
