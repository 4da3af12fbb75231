//! Wrong passwords, by the digest of the name that was tried.

use model::Timestamp;

use crate::{Error, Snapshot, Transaction, sql::values};

/// How often a name was tried in vain, and when last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failures {
    /// How often, since it last succeeded.
    pub count: u32,
    /// When last.
    pub last_at: Timestamp,
}

/// The failures of a name.
pub fn failures(snapshot: &Snapshot, name_hash: &str) -> Result<Option<Failures>, Error> {
    snapshot.first(
        "SELECT failures, last_at FROM sign_in_failures WHERE name_hash = ?",
        values![name_hash],
        |row| {
            Ok(Failures {
                count: row.get("failures")?,
                last_at: row.get("last_at")?,
            })
        },
    )
}

/// Counts one more failure.
pub fn add_failure(transaction: &Transaction, name_hash: &str, at: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO sign_in_failures (name_hash, failures, last_at) VALUES (?, 1, ?)
         ON CONFLICT (name_hash) DO UPDATE
         SET failures = sign_in_failures.failures + 1, last_at = excluded.last_at",
        values![name_hash, at],
    )?;
    Ok(())
}

/// Forgets the failures of a name.
pub fn clear(transaction: &Transaction, name_hash: &str) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM sign_in_failures WHERE name_hash = ?",
        values![name_hash],
    )?;
    Ok(())
}

/// Forgets the failures that nobody added to since an instant.
pub fn delete_older(transaction: &Transaction, than: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM sign_in_failures WHERE last_at < ?",
        values![than],
    )?;
    Ok(())
}
