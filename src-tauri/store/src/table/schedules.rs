//! When each recurring job comes next.

use model::Timestamp;

use crate::{Error, Snapshot, Transaction, sql::values};

/// When the job of a name comes next, if that was ever set.
pub fn next(snapshot: &Snapshot, name: &str) -> Result<Option<Timestamp>, Error> {
    snapshot.first(
        "SELECT next_at FROM schedules WHERE name = ?",
        values![name],
        |row| row.get("next_at"),
    )
}

/// Sets when the job of a name comes next.
pub fn set_next(transaction: &Transaction, name: &str, next_at: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO schedules (name, next_at) VALUES (?, ?)
         ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at",
        values![name, next_at],
    )?;
    Ok(())
}
