//! Records on their way between the default database and the archive. The table is used in the default
//! database, which decides which of two copies counts.

use model::{DocumentId, Timestamp, UserId};

use crate::{
    Database, Error, Snapshot, Transaction,
    sql::{Row, Value, damaged, values},
};

/// A record on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Whose record.
    pub document: DocumentId,
    /// Where it goes: to the archive, or back to the default database.
    pub towards: Database,
    /// Where the one is that counts.
    pub holder: Database,
    /// Who asked for it.
    pub asked_by: UserId,
    /// When.
    pub asked_at: Timestamp,
}

const SELECT: &str = "SELECT document_id, towards, holder, asked_by, asked_at FROM moves";

fn from_row(row: &Row<'_>) -> Result<Move, Error> {
    let database = |column: &str| {
        let name: String = row.get(column)?;
        name.parse::<Database>().map_err(|_| damaged(column))
    };
    Ok(Move {
        document: row.parse("document_id")?,
        towards: database("towards")?,
        holder: database("holder")?,
        asked_by: row.parse("asked_by")?,
        asked_at: row.get("asked_at")?,
    })
}

/// Notes that a record goes elsewhere; says no when it is on its way already.
pub fn insert(transaction: &Transaction, on_its_way: &Move) -> Result<bool, Error> {
    let inserted = transaction.execute(
        "INSERT INTO moves (document_id, towards, holder, asked_by, asked_at)
         VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        values![
            on_its_way.document,
            on_its_way.towards.as_str(),
            on_its_way.holder.as_str(),
            on_its_way.asked_by,
            on_its_way.asked_at
        ],
    )?;
    Ok(inserted > 0)
}

/// Whether and how a record is on its way.
pub fn get(snapshot: &Snapshot, document: DocumentId) -> Result<Option<Move>, Error> {
    let sql = format!("{SELECT} WHERE document_id = ?");
    snapshot.first(&sql, values![document], from_row)
}

/// At most `limit` records that are on their way, those asked for first before the others.
pub fn list(snapshot: &Snapshot, limit: u32) -> Result<Vec<Move>, Error> {
    let sql = format!("{SELECT} ORDER BY asked_at, document_id LIMIT ?");
    snapshot.all(&sql, values![limit], from_row)
}

/// Which of these documents are on their way with the copy that counts in the default database.
pub fn held_by_default(
    snapshot: &Snapshot,
    documents: &[DocumentId],
) -> Result<Vec<DocumentId>, Error> {
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; documents.len()].join(", ");
    let ids: Vec<Value> = documents.iter().map(|id| Value::from(*id)).collect();
    // A row of the document itself says so as well.
    let sql = format!(
        "SELECT document_id FROM moves WHERE holder = 'default' AND document_id IN ({marks})
         UNION SELECT id AS document_id FROM documents WHERE id IN ({marks})"
    );
    let twice = [ids.as_slice(), ids.as_slice()].concat();
    snapshot.all(&sql, &twice, |row| row.parse("document_id"))
}

/// Notes that the copy of the default database is the one that counts now.
pub fn hand_over(transaction: &Transaction, document: DocumentId) -> Result<(), Error> {
    transaction.execute(
        "UPDATE moves SET holder = 'default' WHERE document_id = ?",
        values![document],
    )?;
    Ok(())
}

/// Notes that a record is where it should be.
pub fn remove(transaction: &Transaction, document: DocumentId) -> Result<(), Error> {
    transaction.execute("DELETE FROM moves WHERE document_id = ?", values![document])?;
    Ok(())
}
