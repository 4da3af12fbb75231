//! Roles that one process has at a time.

use model::Timestamp;

use crate::{Error, Snapshot, Transaction, sql::values};

/// A role that somebody has, or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The process.
    pub holder: String,
    /// When it loses the role unless it asks again.
    pub until: Timestamp,
}

/// Takes a role for a while, or keeps it for longer; says whether the process has it now. Somebody else's
/// ends at its instant, and counts for nothing when that is later than `horizon`, which no lease that is
/// given out now could reach: then a clock was set back. It may be done in [`crate::Store::write_aside`].
pub fn take(
    transaction: &Transaction,
    name: &str,
    lease: &Lease,
    now: Timestamp,
    horizon: Timestamp,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "INSERT INTO leases (name, holder, leased_until) VALUES (?, ?, ?)
         ON CONFLICT (name) DO UPDATE
         SET holder = excluded.holder, leased_until = excluded.leased_until
         WHERE leases.holder = excluded.holder
            OR leases.leased_until <= ? OR leases.leased_until > ?",
        values![name, lease.holder.as_str(), lease.until, now, horizon],
    )?;
    Ok(touched > 0)
}

/// Gives a role back, if the process has it.
pub fn give_back(transaction: &Transaction, name: &str, holder: &str) -> Result<(), Error> {
    transaction.execute(
        "DELETE FROM leases WHERE name = ? AND holder = ?",
        values![name, holder],
    )?;
    Ok(())
}

/// Who has a role.
pub fn get(snapshot: &Snapshot, name: &str) -> Result<Option<Lease>, Error> {
    snapshot.first(
        "SELECT holder, leased_until FROM leases WHERE name = ?",
        values![name],
        |row| {
            Ok(Lease {
                holder: row.get("holder")?,
                until: row.get("leased_until")?,
            })
        },
    )
}
