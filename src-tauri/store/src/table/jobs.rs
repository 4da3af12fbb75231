//! Durable jobs and their leases.
//!
//! A claim gives out a lease: a random text and an instant until which it holds. Every statement of
//! a worker names its lease, so a worker whose lease was taken over, cancelled or given back touches
//! nothing, however late it comes.

use model::{DocumentId, JobId, Problem, Progress, ReadingStep, Timestamp};

use crate::{
    Error, Snapshot, Transaction, dialect,
    sql::{Row, damaged, values},
};

/// A job to be kept.
#[derive(Debug, Clone)]
pub struct NewJob<'a> {
    /// Its id.
    pub id: JobId,
    /// Which workers take it, such as `ocr`.
    pub queue: &'a str,
    /// What is to be done, such as `read`.
    pub kind: &'a str,
    /// The document it is about.
    pub document: Option<DocumentId>,
    /// What it needs beyond that, as JSON.
    pub payload: &'a str,
    /// Higher comes first.
    pub priority: i64,
    /// Not before this; 0 for at once, also when the clock is set back meanwhile.
    pub run_after: Timestamp,
    /// At most one job of the same key waits or runs.
    pub dedupe_key: Option<&'a str>,
    /// When it was made.
    pub created_at: Timestamp,
}

/// A lease to be taken.
#[derive(Debug, Clone)]
pub struct Lease<'a> {
    /// Random text that nobody else has.
    pub token: &'a str,
    /// The process that takes it.
    pub worker: &'a str,
    /// When it ends unless it is renewed.
    pub until: Timestamp,
}

/// A claimed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// The job.
    pub id: JobId,
    /// What is to be done.
    pub kind: String,
    /// The document it is about.
    pub document: Option<DocumentId>,
    /// What it needs beyond that.
    pub payload: String,
    /// How often it was claimed, with this time.
    pub attempts: u32,
    /// How many of those claims ended without a word.
    pub crashes: u32,
}

/// How a job ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Done.
    Done,
    /// It will not be tried again.
    Failed,
}

const fn step_word(step: ReadingStep) -> &'static str {
    match step {
        ReadingStep::Decoding => "decoding",
        ReadingStep::Locating => "locating",
        ReadingStep::Recognising => "recognising",
        ReadingStep::Checking => "checking",
    }
}

pub(super) fn progress_from_row(row: &Row<'_>) -> Result<Option<Progress>, Error> {
    let Some(word) = row.get::<Option<String>>("progress_step")? else {
        return Ok(None);
    };
    let step = match word.as_str() {
        "decoding" => ReadingStep::Decoding,
        "locating" => ReadingStep::Locating,
        "recognising" => ReadingStep::Recognising,
        "checking" => ReadingStep::Checking,
        _ => return Err(damaged("progress_step")),
    };
    let percent = row.get::<u32>("progress_percent")?;
    let percent = u8::try_from(percent).map_err(|_| damaged("progress_percent"))?;
    Ok(Some(Progress { step, percent }))
}

/// Keeps a job, unless one of the same key waits or runs; says whether it was kept.
pub fn insert(transaction: &Transaction, job: &NewJob<'_>) -> Result<bool, Error> {
    let inserted = transaction.execute(
        "INSERT INTO jobs (id, queue, kind, document_id, payload, state, priority, run_after,
                           dedupe_key, created_at, changed_at)
         VALUES (?, ?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?)
         ON CONFLICT DO NOTHING",
        values![
            job.id,
            job.queue,
            job.kind,
            job.document,
            job.payload,
            job.priority,
            job.run_after,
            job.dedupe_key,
            job.created_at,
            job.created_at,
        ],
    )?;
    Ok(inserted > 0)
}

/// Takes the next job of a queue: one that waits and is due, or one whose lease has ended; among
/// those of the same priority the one that was made first. The more
/// claims of a job ended without a word, the later it comes, so that a job that ends its process each
/// time does not hold up the others. It may be done in [`crate::Store::write_aside`].
pub fn claim(
    transaction: &Transaction,
    queue: &str,
    lease: &Lease<'_>,
    now: Timestamp,
) -> Result<Option<Claimed>, Error> {
    transaction.first(
        if transaction.is_on_server() {
            dialect::CLAIM_SERVER
        } else {
            dialect::CLAIM_FILE
        },
        values![
            lease.token,
            lease.until,
            lease.worker,
            now,
            queue,
            now,
            queue,
            now
        ],
        |row| {
            let document = match row.get::<Option<String>>("document_id")? {
                Some(_) => Some(row.parse("document_id")?),
                None => None,
            };
            Ok(Claimed {
                id: row.parse("id")?,
                kind: row.get("kind")?,
                document,
                payload: row.get("payload")?,
                attempts: row.get("attempts")?,
                crashes: row.get("crashes")?,
            })
        },
    )
}

/// Whether there is something to claim; cheaper than trying, because it does not lock.
pub fn is_due(snapshot: &Snapshot, queue: &str, now: Timestamp) -> Result<bool, Error> {
    snapshot.one(
        "SELECT CASE WHEN EXISTS (
             SELECT 1 FROM jobs WHERE queue = ? AND state = 'waiting' AND run_after <= ?
         ) OR EXISTS (
             SELECT 1 FROM jobs WHERE queue = ? AND state = 'running' AND leased_until <= ?
         ) THEN 1 ELSE 0 END AS is_due",
        values![queue, now, queue, now],
        |row| row.get("is_due"),
    )
}

/// Moves the end of a lease; says whether it still held.
pub fn renew(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    until: Timestamp,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs SET leased_until = ? WHERE id = ? AND lease = ?",
        values![until, id, lease],
    )?;
    Ok(touched > 0)
}

/// Whether a lease is still the one that counts.
pub fn holds(snapshot: &Snapshot, id: JobId, lease: &str) -> Result<bool, Error> {
    let held = snapshot.first(
        "SELECT id FROM jobs WHERE id = ? AND lease = ?",
        values![id, lease],
        |_| Ok(()),
    )?;
    Ok(held.is_some())
}

/// Notes how far a job is; says whether its lease still held.
pub fn set_progress(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    progress: Progress,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs SET progress_step = ?, progress_percent = ? WHERE id = ? AND lease = ?",
        values![
            step_word(progress.step),
            u32::from(progress.percent),
            id,
            lease
        ],
    )?;
    Ok(touched > 0)
}

/// Ends a job; says whether its lease still held. When it did not, whatever else the transaction
/// wrote must not be committed.
pub fn end(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    end: End,
    error: Option<&Problem>,
    at: Timestamp,
) -> Result<bool, Error> {
    let state = match end {
        End::Done => "done",
        End::Failed => "failed",
    };
    let touched = transaction.execute(
        "UPDATE jobs
         SET state = ?, lease = NULL, leased_until = NULL, last_error_code = ?,
             last_error_message = ?, changed_at = ?
         WHERE id = ? AND lease = ?",
        values![
            state,
            error.map(|error| error.code.as_str()),
            error.map(|error| error.message.as_str()),
            at,
            id,
            lease,
        ],
    )?;
    Ok(touched > 0)
}

/// Puts a job back to be tried again later; says whether its lease still held.
pub fn postpone(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    run_after: Timestamp,
    error: &Problem,
    at: Timestamp,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs
         SET state = 'waiting', lease = NULL, leased_until = NULL, worker = NULL, run_after = ?,
             progress_step = NULL, progress_percent = NULL, last_error_code = ?,
             last_error_message = ?, changed_at = ?
         WHERE id = ? AND lease = ?",
        values![
            run_after,
            error.code.as_str(),
            error.message.as_str(),
            at,
            id,
            lease,
        ],
    )?;
    Ok(touched > 0)
}

/// Gives a job back as if it had not been claimed; says whether its lease still held.
pub fn give_back(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    at: Timestamp,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs
         SET state = 'waiting', lease = NULL, leased_until = NULL, worker = NULL,
             attempts = attempts - 1, progress_step = NULL, progress_percent = NULL, changed_at = ?
         WHERE id = ? AND lease = ?",
        values![at, id, lease],
    )?;
    Ok(touched > 0)
}

/// Cancels the jobs of a document that wait or run; whoever runs one loses its lease.
pub fn cancel(transaction: &Transaction, document: DocumentId, at: Timestamp) -> Result<(), Error> {
    transaction.execute(
        "UPDATE jobs
         SET state = 'cancelled', lease = NULL, leased_until = NULL, changed_at = ?
         WHERE document_id = ? AND state IN ('waiting', 'running')",
        values![at, document],
    )?;
    Ok(())
}

/// Ends the leases of a process that is known to be gone.
pub fn end_leases_of(
    transaction: &Transaction,
    worker: &str,
    now: Timestamp,
) -> Result<usize, Error> {
    transaction.execute(
        "UPDATE jobs SET leased_until = ? WHERE worker = ? AND state = 'running'",
        values![now, worker],
    )
}

/// How many jobs wait and how many run.
pub fn counts(snapshot: &Snapshot) -> Result<(u64, u64), Error> {
    snapshot.one(
        "SELECT count(CASE WHEN state = 'waiting' THEN 1 END) AS waiting,
                count(CASE WHEN state = 'running' THEN 1 END) AS running
         FROM jobs WHERE state IN ('waiting', 'running')",
        values![],
        |row| Ok((row.get("waiting")?, row.get("running")?)),
    )
}
