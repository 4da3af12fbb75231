//! Document types that admins added, appended.

use model::{Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// One version that was imported, or the act of taking a type out of use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeAct {
    /// Id of the type.
    pub type_id: String,
    /// Version that was imported, or the last one before the type went out of use.
    pub version: u32,
    /// The definition as its TOML was written; none where the type was taken out of use.
    pub definition: Option<String>,
    /// Who did it.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<TypeAct, Error> {
    Ok(TypeAct {
        type_id: row.get("type_id")?,
        version: row.get("version")?,
        definition: row.get("definition")?,
        by: row.parse("done_by")?,
        at: row.get("done_at")?,
    })
}

/// Appends an act.
pub fn append(transaction: &Transaction, act: &TypeAct) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO document_types (type_id, version, definition, done_by, done_at)
         VALUES (?, ?, ?, ?, ?)",
        values![
            act.type_id.as_str(),
            act.version,
            act.definition.as_deref(),
            act.by,
            act.at,
        ],
    )?;
    Ok(())
}

/// Every act, oldest first.
pub fn all(snapshot: &Snapshot) -> Result<Vec<TypeAct>, Error> {
    snapshot.all(
        "SELECT type_id, version, definition, done_by, done_at FROM document_types ORDER BY sequence",
        values![],
        from_row,
    )
}

/// Every act on one type, oldest first.
pub fn of(snapshot: &Snapshot, type_id: &str) -> Result<Vec<TypeAct>, Error> {
    snapshot.all(
        "SELECT type_id, version, definition, done_by, done_at FROM document_types
         WHERE type_id = ? ORDER BY sequence",
        values![type_id],
        from_row,
    )
}
