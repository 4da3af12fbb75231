//! Who works on which queue.

use model::Timestamp;

use crate::{
    Error, Snapshot, Transaction,
    sql::{Row, values},
};

/// A process that works on a queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The process.
    pub id: String,
    /// Its queue.
    pub queue: String,
    /// How many jobs it does at the same time.
    pub concurrency: u32,
    /// When it last said so.
    pub seen_at: Timestamp,
}

fn from_row(row: &Row<'_>) -> Result<Worker, Error> {
    Ok(Worker {
        id: row.get("id")?,
        queue: row.get("queue")?,
        concurrency: row.get("concurrency")?,
        seen_at: row.get("seen_at")?,
    })
}

/// Notes that a process works on a queue. It may be done in [`crate::Store::write_aside`].
pub fn see(transaction: &Transaction, worker: &Worker) -> Result<(), Error> {
    transaction.execute(
        "INSERT INTO workers (id, queue, concurrency, seen_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id, queue) DO UPDATE
         SET concurrency = excluded.concurrency, seen_at = excluded.seen_at",
        values![
            worker.id.as_str(),
            worker.queue.as_str(),
            worker.concurrency,
            worker.seen_at
        ],
    )?;
    Ok(())
}

/// Forgets a process that stops.
pub fn forget(transaction: &Transaction, id: &str) -> Result<(), Error> {
    transaction.execute("DELETE FROM workers WHERE id = ?", values![id])?;
    Ok(())
}

/// Forgets those who were not seen since an instant.
pub fn forget_older(transaction: &Transaction, than: Timestamp) -> Result<(), Error> {
    transaction.execute("DELETE FROM workers WHERE seen_at < ?", values![than])?;
    Ok(())
}

/// Everybody who was seen since an instant.
pub fn list(snapshot: &Snapshot, since: Timestamp) -> Result<Vec<Worker>, Error> {
    snapshot.all(
        "SELECT id, queue, concurrency, seen_at FROM workers WHERE seen_at >= ?
         ORDER BY queue, seen_at DESC, id",
        values![since],
        from_row,
    )
}
