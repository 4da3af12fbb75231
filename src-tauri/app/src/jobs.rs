//! Durable work: claimed by lease, done on threads that own what they need.
//!
//! A job is kept in the transaction that makes it necessary. A worker claims it for a while
//! (half a minute), and one more thread keeps renewing the leases of all workers of this process.
//! Whatever a worker writes, it writes in a transaction that first proves that its lease still
//! holds: a worker that was overtaken, because its process hung or somebody cancelled or deleted the
//! document, changes nothing. So a job may be started several times, but is done once.
//!
//! There are two queues, so that what is quick never waits for what is slow: `ocr` reads documents, `media`
//! does everything else. What fails for a reason that may pass (a full disk, a store of files or a
//! database that is away) is tried again for as long as it takes; what fails for another reason is
//! tried a few times and then left as failed, until a person asks for it again.
//!
//! Reading is single-threaded arithmetic, and there are as many workers as shall be busy. Engines
//! that bring threads of their own (Tesseract's OpenMP) must be told not to: whoever starts the
//! program sets `OMP_THREAD_LIMIT=1`, otherwise the threads of all workers stand in each other's way.

mod desk;
mod lease;
mod media;
mod read_document;
pub(crate) mod recurring;
mod scheduler;
#[cfg(test)]
mod tests;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    str::FromStr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

use model::{DocumentId, JobId, Timestamp};
use store::Transaction;

use crate::{App, Error, random};
use lease::Leases;

pub use desk::{Filter, JobReport, QueueReport, Statistics, cancel, get, list, retry, statistics};
pub use store::jobs::{Job, JobState, Tally};

pub(crate) use media::{Kind, Outcome, Work};
pub(crate) use read_document::{ASK_OUTSIDE, load, options};

/// The job that reads a document.
pub(crate) const READ_DOCUMENT: &str = "read_document";

/// How long an idle worker waits before it looks for work of other processes and for work whose time
/// has come. Work of this process wakes it at once, and so does a server that tells of work of others.
const LOOK: Duration = Duration::from_millis(500);

/// How long a worker waits when the store fails: a full disk or a busy file heals or does not.
const TROUBLE: Duration = Duration::from_secs(2);

/// How often a job may end without a word, because its process was killed or crashed, before the job
/// itself is held to be the reason.
const CRASHES: u32 = 4;

/// How often a job is tried that fails for a reason that does not pass by itself.
const ATTEMPTS: u32 = 4;

/// The wait after the first failure in milliseconds; each further one doubles it.
const FIRST_WAIT: i64 = 2_000;

/// The longest wait between two tries, in milliseconds: what was away for a day is used again within
/// two minutes of its return.
const LONGEST_WAIT: i64 = 120_000;

/// No wait or lease that is given out now reaches further, in milliseconds. An instant beyond was given
/// out before the clock was set back. Clocks of several machines may differ by most of it.
pub(crate) const HORIZON: i64 = 600_000;

/// A queue of jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Queue {
    /// Reading documents: seconds of arithmetic each.
    Ocr,
    /// Everything else: thumbnails, and what recurs.
    Media,
}

impl Queue {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Ocr, Self::Media];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ocr => "ocr",
            Self::Media => "media",
        }
    }
}

impl FromStr for Queue {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|queue| queue.as_str() == name);
        found.ok_or_else(|| "a queue is ocr or media".to_owned())
    }
}

/// Workers of one queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crew {
    /// Which one.
    pub queue: Queue,
    /// How many jobs at the same time.
    pub concurrency: usize,
}

/// What a process has that does all the work: as many readers as the settings say, and one for the rest,
/// which mostly waits for the disk.
pub fn usual_crews(app: &App) -> [Crew; 2] {
    [
        Crew {
            queue: Queue::Ocr,
            concurrency: app.settings().workers.max(1),
        },
        Crew {
            queue: Queue::Media,
            concurrency: 1,
        },
    ]
}

/// The worker threads of this process.
#[derive(Debug)]
pub struct Workers {
    app: App,
    stopping: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

/// Starts the usual crews.
pub fn start(app: &App) -> Result<Workers, Error> {
    start_crews(app, &usual_crews(app))
}

/// Starts these crews, and with them whoever keeps the leases and the schedules.
pub fn start_crews(app: &App, crews: &[Crew]) -> Result<Workers, Error> {
    let mut workers = Workers {
        app: app.clone(),
        stopping: Arc::default(),
        threads: Vec::new(),
    };
    let leases = Arc::new(Leases::default());
    let (ready, is_ready) = mpsc::channel();
    let mut count = 0;
    for crew in crews {
        let queue = crew.queue;
        for number in 0..crew.concurrency {
            let ready = ready.clone();
            let (app, leases) = (app.clone(), Arc::clone(&leases));
            let stopping = Arc::clone(&workers.stopping);
            count += 1;
            workers.spawn(format!("{}-{number}", queue.as_str()), move || {
                // Engines are made on the thread that keeps them.
                let engines = match queue {
                    Queue::Ocr => read::Engines::new().map(Some),
                    Queue::Media => Ok(None),
                };
                match engines {
                    Ok(engines) => {
                        let alive = Alive::new(app);
                        // Whoever waited for this may be gone, which changes nothing here.
                        let _ = ready.send(Ok(()));
                        drop(ready);
                        work(&alive.app, queue, engines, &leases, &stopping);
                    }
                    Err(error) => drop(ready.send(Err(error))),
                }
            })?;
        }
    }
    drop(ready);
    workers.spawn("leases".to_owned(), {
        let (app, stopping) = (app.clone(), Arc::clone(&workers.stopping));
        move || lease::keep(&app, &leases, &stopping)
    })?;
    workers.spawn("scheduler".to_owned(), {
        let (app, stopping) = (app.clone(), Arc::clone(&workers.stopping));
        let crews = crews.to_vec();
        move || scheduler::keep(&app, &crews, &stopping)
    })?;
    // On an error the workers that did start are stopped by the drop.
    for started in is_ready {
        started?;
    }
    app.inner.workers_started.fetch_add(count, Ordering::AcqRel);
    Ok(workers)
}

impl Workers {
    /// Gives back what is being done, and waits until every thread has ended. Dropping does the same.
    pub fn stop(self) {
        drop(self);
    }

    fn spawn(&mut self, name: String, run: impl FnOnce() + Send + 'static) -> Result<(), Error> {
        let thread = std::thread::Builder::new().name(name).spawn(run);
        self.threads.push(thread.map_err(Error::Thread)?);
        Ok(())
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.stopping.store(true, Ordering::Release);
        self.app.inner.signal.ring();
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a worker thread ended by a panic");
            }
        }
        // They are gone on purpose: from now on none is missing.
        self.app.inner.workers_started.store(0, Ordering::Release);
    }
}

/// Counts a worker as alive until it is dropped, however its thread ends.
struct Alive {
    app: App,
}

impl Alive {
    fn new(app: App) -> Self {
        app.inner.workers_alive.fetch_add(1, Ordering::AcqRel);
        Self { app }
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.app.inner.workers_alive.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The life of a worker.
fn work(
    app: &App,
    queue: Queue,
    mut engines: Option<read::Engines>,
    leases: &Leases,
    stopping: &AtomicBool,
) {
    while !stopping.load(Ordering::Acquire) {
        let rung = app.inner.signal.rung();
        match lease::claim(app, queue) {
            Ok(Some(claimed)) => {
                let held = leases.hold(&claimed);
                let worked = catch_unwind(AssertUnwindSafe(|| match &mut engines {
                    Some(engines) if claimed.job.kind == READ_DOCUMENT => {
                        read_document::run(app, &claimed, &held, engines, stopping)
                    }
                    _ => media::run(app, &claimed, &held, stopping),
                }));
                match worked {
                    Ok(Ok(())) => {}
                    Ok(Err(error)) => {
                        // The lease runs out, and the job is taken up again.
                        tracing::warn!(job.id = %claimed.job.id, code = error.code(), "a job was left: {error}");
                        app.inner.signal.wait(rung, TROUBLE);
                    }
                    Err(_) => {
                        tracing::error!(job.id = %claimed.job.id, "a job ended by a panic of its own");
                    }
                }
            }
            Ok(None) => app.inner.signal.wait(rung, LOOK),
            Err(error) => {
                tracing::warn!(code = error.code(), "no job can be claimed: {error}");
                app.inner.signal.wait(rung, TROUBLE);
            }
        }
    }
}

/// A job to be done once, as soon as a worker is free.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    pub(crate) queue: Queue,
    pub(crate) kind: &'a str,
    pub(crate) document: Option<DocumentId>,
    /// Higher comes first; 0 is what people wait for.
    pub(crate) priority: i64,
    /// At most one job of a key waits or runs.
    pub(crate) key: &'a str,
}

/// Keeps a job in the transaction that makes it necessary, unless one of its key waits or runs.
pub(crate) fn enqueue(
    transaction: &Transaction,
    request: &Request<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    enqueue_with(transaction, request, NOTHING, now)
}

/// What a job is given that needs nothing beyond its document.
pub(crate) const NOTHING: &str = "{}";

/// The same for a job that is given something, as JSON.
pub(crate) fn enqueue_with(
    transaction: &Transaction,
    request: &Request<'_>,
    payload: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let job = store::jobs::NewJob {
        id: JobId(random::id(now)?),
        queue: request.queue.as_str(),
        kind: request.kind,
        document: request.document,
        payload,
        priority: request.priority,
        run_after: Timestamp(0),
        dedupe_key: Some(request.key),
        created_at: now,
    };
    store::jobs::insert(transaction, &job)?;
    Ok(())
}

/// When a job that failed is tried again: each wait is twice as long as the one before, up to the
/// longest, and up to a fifth longer, so that what failed together does not come back together.
fn next_try(attempts: u32, now: Timestamp) -> Result<Timestamp, Error> {
    let wait = FIRST_WAIT << attempts.saturating_sub(1).min(20);
    let wait = wait.min(LONGEST_WAIT);
    let jitter = wait * i64::from(random::bytes::<1>()?[0]) / (5 * 255);
    Ok(Timestamp(now.0 + wait + jitter))
}
