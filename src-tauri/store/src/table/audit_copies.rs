//! The audit of every database once more, away from those who could alter it there. The table is used in
//! the database `logging`.

use crate::{
    Database, Error, Snapshot, Transaction,
    sql::{Row, values},
    table::audit::Entry,
};

const SELECT: &str = "SELECT sequence, at, user_id, door, act, subject, details, hash, seal
    FROM audit_copies";

fn from_row(row: &Row<'_>) -> Result<Entry, Error> {
    let user: Option<String> = row.get("user_id")?;
    Ok(Entry {
        sequence: row.get("sequence")?,
        at: row.get("at")?,
        user: match user {
            Some(_) => Some(row.parse("user_id")?),
            None => None,
        },
        door: row.get("door")?,
        act: row.get("act")?,
        subject: row.get("subject")?,
        details: row.get("details")?,
        salt: None,
        hash: row.get("hash")?,
        seal: row.get("seal")?,
    })
}

/// Keeps the copy of an entry of a database without its salt, unless there is one.
pub fn keep(transaction: &Transaction, origin: Database, entry: &Entry) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO audit_copies (origin, sequence, at, user_id, door, act, subject, details, hash,
                                   seal)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (origin, sequence) DO NOTHING",
        values![
            origin.as_str(),
            entry.sequence as i64,
            entry.at,
            entry.user,
            entry.door.as_str(),
            entry.act.as_str(),
            entry.subject.as_deref(),
            entry.details.as_str(),
            entry.hash.as_str(),
            entry.seal.as_str(),
        ],
    )?;
    Ok(())
}

/// Number of the newest entry of a database that was copied; 0 before the first.
pub fn latest(snapshot: &Snapshot, origin: Database) -> Result<u64, Error> {
    snapshot.one(
        "SELECT coalesce(max(sequence), 0) AS latest FROM audit_copies WHERE origin = ?",
        values![origin.as_str()],
        |row| row.get("latest"),
    )
}

/// At most `limit` copies of a database's entries in their order, those that follow `after`.
pub fn after(
    snapshot: &Snapshot,
    origin: Database,
    after: u64,
    limit: u32,
) -> Result<Vec<Entry>, Error> {
    let sql = format!("{SELECT} WHERE origin = ? AND sequence > ? ORDER BY sequence LIMIT ?");
    snapshot.all(
        &sql,
        values![origin.as_str(), after as i64, limit],
        from_row,
    )
}
