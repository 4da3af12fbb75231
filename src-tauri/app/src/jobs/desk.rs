//! Looking at jobs, and stepping in.

use model::{Caller, DocumentStatus, JobId, Timestamp};
use store::{
    Snapshot, Transaction,
    jobs::{Job, JobState, Tally},
    workers::{self, Worker},
};

use super::{HORIZON, Queue, READ_DOCUMENT, lease::LEASE};
use crate::{
    App, Error,
    audit::{self, Details, What},
    documents, intake,
    permission::{Act, demand},
};

/// The most jobs on one page of a list.
const LONGEST_PAGE: u32 = 200;

/// How far the jobs before one are counted; beyond that the number says nothing to a person.
const MOST_AHEAD: u32 = 1000;

/// Which jobs to list.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this queue.
    pub queue: Option<Queue>,
    /// Only in these states; every one when empty.
    pub states: Vec<JobState>,
    /// Only those that were made before the one of this sequence.
    pub before: Option<i64>,
    /// How many at most; held between 1 and 200.
    pub limit: u32,
}

/// A job, and in one sentence why it stands where it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobReport {
    /// The job.
    pub job: Job,
    /// Such as "Is number 3 in the queue" or "Waits 40 s for attempt 3: The disk is full".
    pub sentence: String,
}

/// The jobs of a queue and who does them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueReport {
    /// The queue.
    pub queue: Queue,
    /// How many jobs there are in each state.
    pub tallies: Vec<Tally>,
    /// The processes that work on it.
    pub workers: Vec<Worker>,
}

/// All queues, and who keeps the schedules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statistics {
    /// The queues.
    pub queues: Vec<QueueReport>,
    /// The process that makes what recurs.
    pub scheduler: Option<String>,
}

/// Lists jobs, newest first.
pub fn list(app: &App, caller: &Caller, filter: &Filter) -> Result<Vec<JobReport>, Error> {
    demand(caller, Act::SeeJobs)?;
    let limit = filter.limit.clamp(1, LONGEST_PAGE);
    let queue = filter.queue.map(Queue::as_str);
    let snapshot = app.inner.store.read()?;
    let jobs = store::jobs::list(&snapshot, queue, &filter.states, filter.before, limit)?;
    let now = app.now();
    let reported = jobs.into_iter().map(|job| report(&snapshot, job, now));
    reported.collect()
}

/// One job.
pub fn get(app: &App, caller: &Caller, id: JobId) -> Result<JobReport, Error> {
    demand(caller, Act::SeeJobs)?;
    let snapshot = app.inner.store.read()?;
    let job = store::jobs::get(&snapshot, id)?.ok_or(Error::JobNotFound)?;
    report(&snapshot, job, app.now())
}

/// Lets a waiting job be done at once, and a failed or cancelled one anew.
pub fn retry(app: &App, caller: &Caller, id: JobId) -> Result<JobReport, Error> {
    demand(caller, Act::ChangeJobs)?;
    let now = app.now();
    app.write(|transaction| {
        let job = store::jobs::get(transaction, id)?.ok_or(Error::JobNotFound)?;
        let state = job.state.as_str();
        if !store::jobs::retry(transaction, id, now)? {
            return Err(Error::CannotRetryJob { state });
        }
        record(app, transaction, caller, What::JobRetried, &job)?;
        if let Some(document) = job.document.filter(|_| job.kind == READ_DOCUMENT) {
            let summary = documents::summary(transaction, document)?;
            summary.demand_pictures()?;
            match summary.document.status {
                DocumentStatus::Queued => {}
                DocumentStatus::Failed | DocumentStatus::Cancelled => {
                    intake::set_status(transaction, document, DocumentStatus::Queued, now)?;
                }
                // Somebody had it read by another job meanwhile.
                DocumentStatus::Processing
                | DocumentStatus::Extracted
                | DocumentStatus::NeedsReview
                | DocumentStatus::Reviewed => return Err(Error::CannotRetryJob { state }),
            }
        }
        again(transaction, id, now)
    })
}

/// Calls a job off that waits or runs. Whoever has it stops at the next point where it may be left.
pub fn cancel(app: &App, caller: &Caller, id: JobId) -> Result<JobReport, Error> {
    demand(caller, Act::ChangeJobs)?;
    let now = app.now();
    app.write(|transaction| {
        let job = store::jobs::get(transaction, id)?.ok_or(Error::JobNotFound)?;
        if !store::jobs::cancel_one(transaction, id, now)? {
            let state = job.state.as_str();
            return Err(Error::CannotCancelJob { state });
        }
        record(app, transaction, caller, What::JobCancelled, &job)?;
        if let Some(document) = job.document.filter(|_| job.kind == READ_DOCUMENT) {
            intake::set_status(transaction, document, DocumentStatus::Cancelled, now)?;
        }
        again(transaction, id, now)
    })
}

/// How much waits, runs and failed, and who works.
pub fn statistics(app: &App, caller: &Caller) -> Result<Statistics, Error> {
    demand(caller, Act::SeeJobs)?;
    let now = app.now();
    let snapshot = app.inner.store.read()?;
    let tallies = store::jobs::tally(&snapshot)?;
    let working = workers::list(&snapshot, Timestamp(now.0 - LEASE))?;
    let queues = Queue::ALL.map(|queue| {
        let name = queue.as_str();
        let mine = tallies.iter().filter(|tally| tally.queue == name);
        let workers = working.iter().filter(|worker| worker.queue == name);
        QueueReport {
            queue,
            tallies: mine.cloned().collect(),
            workers: workers.cloned().collect(),
        }
    });
    let scheduler = store::leases::get(&snapshot, "scheduler")?;
    Ok(Statistics {
        queues: queues.into(),
        scheduler: scheduler
            .filter(|lease| lease.until > now)
            .map(|lease| lease.holder),
    })
}

fn record(
    app: &App,
    transaction: &Transaction,
    caller: &Caller,
    what: What,
    job: &Job,
) -> Result<(), Error> {
    let mut details = Details::new().word("kind", job.kind.as_str());
    if let Some(document) = job.document {
        details = details.word("document", document.to_string());
    }
    audit::record(app, transaction, caller, what, job.id, details)
}

fn again(snapshot: &Snapshot, id: JobId, now: Timestamp) -> Result<JobReport, Error> {
    let job = store::jobs::get(snapshot, id)?.ok_or(Error::JobNotFound)?;
    report(snapshot, job, now)
}

fn report(snapshot: &Snapshot, job: Job, now: Timestamp) -> Result<JobReport, Error> {
    let sentence = match job.state {
        JobState::Waiting => why_it_waits(snapshot, &job, now)?,
        JobState::Running => {
            let step = job.progress.as_ref();
            let step = step.map(|(step, percent)| format!(": {step}, {percent} %"));
            format!("Is being done{}", step.unwrap_or_default())
        }
        JobState::Done => "Is done".to_owned(),
        JobState::Failed => ended("Failed", &job),
        JobState::Cancelled => "Was cancelled".to_owned(),
    };
    Ok(JobReport { job, sentence })
}

fn ended(how: &str, job: &Job) -> String {
    match &job.problem {
        Some(problem) => format!("{how}: {}", problem.message),
        None => how.to_owned(),
    }
}

fn why_it_waits(snapshot: &Snapshot, job: &Job, now: Timestamp) -> Result<String, Error> {
    let cause = job.problem.as_ref();
    let wait = job.run_after.0 - now.0;
    if (1..=HORIZON).contains(&wait) {
        let seconds = (wait + 999) / 1000;
        let attempt = job.attempts + 1;
        let cause = cause.map(|problem| format!(": {}", problem.message));
        return Ok(format!(
            "Waits {seconds} s for attempt {attempt}{}",
            cause.unwrap_or_default()
        ));
    }
    let since = Timestamp(now.0 - LEASE);
    let mut at_work = workers::list(snapshot, since)?;
    at_work.retain(|worker| worker.queue == job.queue);
    if at_work.is_empty() {
        return Ok(format!(
            "No worker of the queue {} is running; start one with `lectern work`",
            job.queue
        ));
    }
    let ahead = store::jobs::ahead(snapshot, job, now, MOST_AHEAD)?;
    Ok(match ahead {
        0 => "Is next".to_owned(),
        MOST_AHEAD => format!("At least {MOST_AHEAD} jobs come before it"),
        ahead => format!("Is number {} in the queue", ahead + 1),
    })
}
