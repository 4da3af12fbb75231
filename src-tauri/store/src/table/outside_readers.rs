//! Readers outside of this machine.

use model::{Timestamp, UserId};

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutsideReader {
    /// What it is called.
    pub name: String,
    /// Where it is and how it is spoken to, as JSON.
    pub configuration: String,
    /// Its key, sealed.
    pub sealed_key: Option<String>,
    /// Who set it up.
    pub set_by: UserId,
    /// When.
    pub set_at: Timestamp,
    /// Who accepted what leaves the machine, if anybody has.
    pub accepted: Option<Acceptance>,
}

/// Somebody accepted what leaves the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acceptance {
    /// Version of the sentence.
    pub version: u32,
    /// Who.
    pub by: UserId,
    /// When.
    pub at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<OutsideReader, Error> {
    let accepted: Option<u32> = row.get("accepted")?;
    let accepted = match accepted {
        None => None,
        Some(version) => Some(Acceptance {
            version,
            by: row.parse("accepted_by")?,
            at: row.get("accepted_at")?,
        }),
    };
    Ok(OutsideReader {
        name: row.get("name")?,
        configuration: row.get("configuration")?,
        sealed_key: row.get("sealed_key")?,
        set_by: row.parse("set_by")?,
        set_at: row.get("set_at")?,
        accepted,
    })
}

/// All of them, by name.
pub fn all(snapshot: &Snapshot) -> Result<Vec<OutsideReader>, Error> {
    snapshot.all(
        "SELECT name, configuration, sealed_key, set_by, set_at, accepted, accepted_by, accepted_at
         FROM outside_readers ORDER BY name",
        values![],
        from_row,
    )
}

/// The one of this name.
pub fn get(snapshot: &Snapshot, name: &str) -> Result<Option<OutsideReader>, Error> {
    snapshot.first(
        "SELECT name, configuration, sealed_key, set_by, set_at, accepted, accepted_by, accepted_at
         FROM outside_readers WHERE name = ?",
        values![name],
        from_row,
    )
}

/// Keeps one as it is now.
pub fn put(transaction: &Transaction, reader: &OutsideReader) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO outside_readers
             (name, configuration, sealed_key, set_by, set_at, accepted, accepted_by, accepted_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (name) DO UPDATE SET configuration = excluded.configuration,
             sealed_key = excluded.sealed_key, set_by = excluded.set_by, set_at = excluded.set_at,
             accepted = excluded.accepted, accepted_by = excluded.accepted_by,
             accepted_at = excluded.accepted_at",
        values![
            reader.name.as_str(),
            reader.configuration.as_str(),
            reader.sealed_key.as_deref(),
            reader.set_by,
            reader.set_at,
            reader.accepted.map(|accepted| accepted.version),
            reader.accepted.map(|accepted| accepted.by),
            reader.accepted.map(|accepted| accepted.at),
        ],
    )?;
    Ok(())
}

/// Forgets one with its key; says whether it was there.
pub fn delete(transaction: &Transaction, name: &str) -> Result<bool, Error> {
    let deleted =
        transaction.execute("DELETE FROM outside_readers WHERE name = ?", values![name])?;
    Ok(deleted > 0)
}
