//! Durable jobs and their leases.
//!
//! A claim gives out a lease: a random text and an instant until which it holds. Every statement of
//! a worker names its lease, so a worker whose lease was taken over, cancelled or given back touches
//! nothing, however late it comes.

#[cfg(test)]
mod tests;

use model::{DocumentId, JobId, Problem, Progress, ReadingStep, Timestamp};

use crate::{
    Error, Snapshot, Transaction, dialect,
    sql::{Row, Value, damaged, values},
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

/// What counts as due: what is not later than `now`, and what is later than any instant that is given
/// out now. The latter was given out before the clock was set back, and would wait for as long as that.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// This instant.
    pub now: Timestamp,
    /// The latest instant that a wait or a lease could reach from now.
    pub horizon: Timestamp,
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
    due: Due,
) -> Result<Option<Claimed>, Error> {
    let Due { now, horizon } = due;
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
            now,
            queue,
            now,
            horizon,
            queue,
            now,
            horizon,
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
pub fn is_due(snapshot: &Snapshot, queue: &str, due: Due) -> Result<bool, Error> {
    let Due { now, horizon } = due;
    snapshot.one(
        "SELECT CASE WHEN EXISTS (
             SELECT 1 FROM jobs WHERE queue = ? AND state = 'waiting'
                AND (run_after <= ? OR run_after > ?)
         ) OR EXISTS (
             SELECT 1 FROM jobs WHERE queue = ? AND state = 'running'
                AND (leased_until <= ? OR leased_until > ?)
         ) THEN 1 ELSE 0 END AS is_due",
        values![queue, now, horizon, queue, now, horizon],
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
             last_error_message = ?, ended_at = ?, changed_at = ?
         WHERE id = ? AND lease = ?",
        values![
            state,
            error.map(|error| error.code.as_str()),
            error.map(|error| error.message.as_str()),
            at,
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
         SET state = 'cancelled', lease = NULL, leased_until = NULL, ended_at = ?, changed_at = ?
         WHERE document_id = ? AND state IN ('waiting', 'running')",
        values![at, at, document],
    )?;
    Ok(())
}

/// Cancels one job that waits or runs; says whether it did either.
pub fn cancel_one(transaction: &Transaction, id: JobId, at: Timestamp) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs
         SET state = 'cancelled', lease = NULL, leased_until = NULL, ended_at = ?, changed_at = ?
         WHERE id = ? AND state IN ('waiting', 'running')",
        values![at, at, id],
    )?;
    Ok(touched > 0)
}

/// Lets a job that waits be done at once, and one that failed or was cancelled be done anew; says
/// whether it was one of these, and no other job of its key waits or runs.
pub fn retry(transaction: &Transaction, id: JobId, at: Timestamp) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs
         SET state = 'waiting', run_after = 0, attempts = 0, crashes = 0, ended_at = NULL,
             changed_at = ?
         WHERE id = ? AND (state = 'waiting' OR state IN ('failed', 'cancelled') AND NOT EXISTS (
             SELECT 1 FROM jobs AS other
             WHERE other.dedupe_key = jobs.dedupe_key AND other.state IN ('waiting', 'running')
         ))",
        values![at, id],
    )?;
    Ok(touched > 0)
}

/// Drops at most `limit` jobs that ended before an instant; says how many.
pub fn delete_ended(
    transaction: &Transaction,
    before: Timestamp,
    limit: u32,
) -> Result<usize, Error> {
    transaction.execute(
        "DELETE FROM jobs WHERE sequence IN (
             SELECT sequence FROM jobs WHERE ended_at < ? ORDER BY ended_at LIMIT ?
         )",
        values![before, limit],
    )
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

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobState {
    /// It waits for a worker, or for its time.
    Waiting,
    /// A worker has it.
    Running,
    /// Done.
    Done,
    /// It will not be tried again unless a person asks for it.
    Failed,
    /// Somebody called it off.
    Cancelled,
}

impl JobState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
    ];

    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl std::str::FromStr for JobState {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|state| state.as_str() == word);
        found.ok_or_else(|| {
            let words = Self::ALL.map(Self::as_str).join(", ");
            format!("a state of a job is one of {words}")
        })
    }
}

/// A job with everything that is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its place in the order of making.
    pub sequence: i64,
    /// Its id.
    pub id: JobId,
    /// Which workers take it.
    pub queue: String,
    /// What is to be done.
    pub kind: String,
    /// The document it is about.
    pub document: Option<DocumentId>,
    /// Where it stands.
    pub state: JobState,
    /// Higher comes first.
    pub priority: i64,
    /// How often it was claimed.
    pub attempts: u32,
    /// How many of those claims ended without a word.
    pub crashes: u32,
    /// Not before this, while it waits.
    pub run_after: Timestamp,
    /// When its lease ends, while it runs.
    pub leased_until: Option<Timestamp>,
    /// The process that has it or had it last.
    pub worker: Option<String>,
    /// How far it is, while it runs: the step and percent.
    pub progress: Option<(String, u32)>,
    /// What went wrong last.
    pub problem: Option<Problem>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last claimed.
    pub claimed_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

const SELECT: &str =
    "SELECT sequence, id, queue, kind, document_id, state, priority, attempts, crashes,
        run_after, leased_until, worker, progress_step, progress_percent, last_error_code,
        last_error_message, created_at, claimed_at, ended_at
    FROM jobs";

fn from_row(row: &Row<'_>) -> Result<Job, Error> {
    let document = match row.get::<Option<String>>("document_id")? {
        Some(_) => Some(row.parse("document_id")?),
        None => None,
    };
    let problem = match row.get::<Option<String>>("last_error_code")? {
        Some(code) => Some(Problem {
            code,
            message: row.get("last_error_message")?,
        }),
        None => None,
    };
    let progress = match row.get::<Option<String>>("progress_step")? {
        Some(step) => Some((step, row.get("progress_percent")?)),
        None => None,
    };
    Ok(Job {
        sequence: row.get("sequence")?,
        id: row.parse("id")?,
        queue: row.get("queue")?,
        kind: row.get("kind")?,
        document,
        state: row.parse("state")?,
        priority: row.get("priority")?,
        attempts: row.get("attempts")?,
        crashes: row.get("crashes")?,
        run_after: row.get("run_after")?,
        leased_until: row.get("leased_until")?,
        worker: row.get("worker")?,
        progress,
        problem,
        created_at: row.get("created_at")?,
        claimed_at: row.get("claimed_at")?,
        ended_at: row.get("ended_at")?,
    })
}

/// The job of an id.
pub fn get(snapshot: &Snapshot, id: JobId) -> Result<Option<Job>, Error> {
    let sql = format!("{SELECT} WHERE id = ?");
    snapshot.first(&sql, values![id], from_row)
}

/// At most `limit` jobs, newest first: those of the given queue and states (all when none is given)
/// that were made before the one of the given sequence.
pub fn list(
    snapshot: &Snapshot,
    queue: Option<&str>,
    states: &[JobState],
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<Job>, Error> {
    let before = before.unwrap_or(i64::MAX);
    let of_queue = match (queue, snapshot.is_on_server()) {
        (None, _) => "",
        (Some(_), true) => " AND queue = ?",
        // The plus keeps the engine of a file from the index by which jobs are claimed.
        (Some(_), false) => " AND +queue = ?",
    };
    if states.is_empty() {
        let sql = format!("{SELECT} WHERE sequence < ?{of_queue} ORDER BY sequence DESC LIMIT ?");
        let mut values = values![before].to_vec();
        values.extend(queue.map(Value::from));
        values.push(limit.into());
        return snapshot.all(&sql, &values, from_row);
    }
    // State after state, because each has a stretch of an index of its own.
    let mut newest: Vec<i64> = Vec::new();
    for state in states {
        let sql = format!(
            "SELECT sequence FROM jobs WHERE state = ? AND sequence < ?{of_queue}
             ORDER BY sequence DESC LIMIT ?"
        );
        let mut values = values![state.as_str(), before].to_vec();
        values.extend(queue.map(Value::from));
        values.push(limit.into());
        newest.extend(snapshot.all(&sql, &values, |row| row.get::<i64>("sequence"))?);
    }
    newest.sort_unstable_by(|one, other| other.cmp(one));
    newest.dedup();
    newest.truncate(limit as usize);
    if newest.is_empty() {
        return Ok(Vec::new());
    }
    let marks = vec!["?"; newest.len()].join(", ");
    let sql = format!("{SELECT} WHERE sequence IN ({marks})");
    let values: Vec<Value> = newest.into_iter().map(Value::from).collect();
    let mut jobs = snapshot.all(&sql, &values, from_row)?;
    jobs.sort_unstable_by_key(|job| std::cmp::Reverse(job.sequence));
    Ok(jobs)
}

/// How many jobs that wait come before one that waits, counted up to `most`.
pub fn ahead(snapshot: &Snapshot, job: &Job, now: Timestamp, most: u32) -> Result<u32, Error> {
    snapshot.one(
        "SELECT count(*) AS ahead FROM (
             SELECT 1 FROM jobs
             WHERE queue = ? AND state = 'waiting' AND run_after <= ?
                AND (priority > ? OR priority = ? AND (
                    crashes < ? OR crashes = ? AND sequence < ?
                ))
             LIMIT ?
         ) AS before",
        values![
            job.queue.as_str(),
            now,
            job.priority,
            job.priority,
            job.crashes,
            job.crashes,
            job.sequence,
            most,
        ],
        |row| row.get("ahead"),
    )
}

/// How many jobs of a queue are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The queue.
    pub queue: String,
    /// The state.
    pub state: JobState,
    /// How many.
    pub jobs: u64,
    /// When the oldest of them was made.
    pub oldest_at: Timestamp,
}

/// How many jobs of each queue are in each state.
pub fn tally(snapshot: &Snapshot) -> Result<Vec<Tally>, Error> {
    snapshot.all(
        "SELECT queue, state, count(*) AS jobs, min(created_at) AS oldest_at
         FROM jobs GROUP BY queue, state ORDER BY queue, state",
        values![],
        |row| {
            Ok(Tally {
                queue: row.get("queue")?,
                state: row.parse("state")?,
                jobs: row.get("jobs")?,
                oldest_at: row.get("oldest_at")?,
            })
        },
    )
}

/// Notes how far a job is that reads no document; says whether its lease still held. It may be done in
/// [`crate::Store::write_aside`].
pub fn set_step(
    transaction: &Transaction,
    id: JobId,
    lease: &str,
    step: &str,
    percent: u32,
) -> Result<bool, Error> {
    let touched = transaction.execute(
        "UPDATE jobs SET progress_step = ?, progress_percent = ? WHERE id = ? AND lease = ?",
        values![step, percent, id, lease],
    )?;
    Ok(touched > 0)
}
