//! Claiming jobs and keeping the claims alive.

use std::{
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use model::{ChangeKind, DocumentStatus, JobId, Problem, Timestamp};
use store::{
    Transaction,
    jobs::{Claimed, Due, Lease},
};

use super::{HORIZON, Queue, READ_DOCUMENT, TROUBLE, next_try};
use crate::{App, Error, intake, note, random};

/// How long a claim holds unless it is renewed, in milliseconds: a machine that hangs for less is not
/// overtaken, and work of one that died on another machine waits no longer.
pub(crate) const LEASE: i64 = 30_000;

/// How long before its end a lease is renewed: two tries may fail.
const RENEW_BEFORE: i64 = 20_000;

/// How often leases are looked at: so long goes on what somebody cancelled, at most.
const LOOK: Duration = Duration::from_secs(1);

/// A job that this process claimed.
#[derive(Debug)]
pub(crate) struct ClaimedJob {
    pub(crate) job: Claimed,
    /// The random text that proves the claim.
    pub(crate) lease: String,
    /// When it ends, unless it is renewed.
    pub(crate) until: Timestamp,
}

/// Claims the next job of a queue, and lets its document say that it is being read.
pub(crate) fn claim(app: &App, queue: Queue) -> Result<Option<ClaimedJob>, Error> {
    loop {
        let now = app.now();
        let due = Due {
            now,
            horizon: Timestamp(now.0 + HORIZON),
        };
        // Looking does not lock; only one who has seen something to do stands in line.
        if !store::jobs::is_due(&app.inner.store.read()?, queue.as_str(), due)? {
            return Ok(None);
        }
        let lease = random::secret()?.expose().to_owned();
        let until = Timestamp(now.0 + LEASE);
        let wanted = Lease {
            token: &lease,
            worker: app.inner.process.id(),
            until,
        };
        let transaction = app.inner.store.write_aside()?;
        let claimed = store::jobs::claim(&transaction, queue.as_str(), &wanted, due)?;
        transaction.commit()?;
        let Some(job) = claimed else {
            return Ok(None);
        };
        let claimed = ClaimedJob { job, lease, until };
        // In a transaction of its own, because claiming does not stand in the line of those who write.
        if let Some(document) = claimed.job.document.filter(|_| claimed.is_reading()) {
            let holds = app.write(|transaction| {
                if !store::jobs::holds(transaction, claimed.job.id, &claimed.lease)? {
                    return Ok(false);
                }
                intake::set_status(transaction, document, DocumentStatus::Processing, now)?;
                Ok(true)
            })?;
            if !holds {
                // Cancelled in this very moment; there may be another one.
                continue;
            }
        }
        return Ok(Some(claimed));
    }
}

impl ClaimedJob {
    fn is_reading(&self) -> bool {
        self.job.kind == READ_DOCUMENT
    }
}

/// A lease that a worker holds; the thread that keeps leases looks after it until it is dropped.
#[derive(Debug)]
pub(crate) struct Held {
    job: JobId,
    lease: String,
    until: Mutex<Timestamp>,
    lost: AtomicBool,
}

impl Held {
    /// Whether the job is somebody else's now, or nobody's: whoever works on it should stop.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost.load(Ordering::Acquire)
    }

    /// Notes that the lease does not hold any more.
    pub(crate) fn lose(&self) {
        self.lost.store(true, Ordering::Release);
    }
}

/// The leases of this process.
#[derive(Debug, Default)]
pub(crate) struct Leases {
    held: Mutex<Vec<Weak<Held>>>,
}

impl Leases {
    /// Looks after a claim for as long as the answer is held.
    pub(crate) fn hold(&self, claimed: &ClaimedJob) -> Arc<Held> {
        let held = Arc::new(Held {
            job: claimed.job.id,
            lease: claimed.lease.clone(),
            until: Mutex::new(claimed.until),
            lost: AtomicBool::new(false),
        });
        let mut all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|held| held.strong_count() > 0);
        all.push(Arc::downgrade(&held));
        held
    }

    /// Sees which leases are lost and renews those that end soon. Goes on after a failure and
    /// answers with one of them.
    pub(super) fn look_after_all(&self, app: &App) -> Result<(), Error> {
        let held: Vec<_> = {
            let all = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            all.iter().filter_map(Weak::upgrade).collect()
        };
        let mut looked = Ok(());
        for held in held {
            looked = look_after(app, &held).and(looked);
        }
        looked
    }
}

/// The life of the thread that keeps leases.
pub(super) fn keep(app: &App, leases: &Leases, stopping: &AtomicBool) {
    while !stopping.load(Ordering::Acquire) {
        let rung = app.inner.signal.rung();
        let pause = match leases.look_after_all(app) {
            Ok(()) => LOOK,
            Err(error) => {
                tracing::warn!(code = error.code(), "a lease cannot be renewed: {error}");
                TROUBLE
            }
        };
        app.inner.signal.wait(rung, pause);
    }
}

fn look_after(app: &App, held: &Held) -> Result<(), Error> {
    let now = app.now();
    let mut until = held.until.lock().unwrap_or_else(PoisonError::into_inner);
    // More than a whole lease is left when the clock was set back; to others it then counts for nothing.
    if (RENEW_BEFORE + 1..=LEASE).contains(&(until.0 - now.0)) {
        if !store::jobs::holds(&app.inner.store.read()?, held.job, &held.lease)? {
            held.lose();
        }
        return Ok(());
    }
    let renewed = Timestamp(now.0 + LEASE);
    let transaction = app.inner.store.write_aside()?;
    if store::jobs::renew(&transaction, held.job, &held.lease, renewed)? {
        transaction.commit()?;
        *until = renewed;
    } else {
        held.lose();
    }
    Ok(())
}

/// Gives a job back as if it had not been claimed, because this process stops.
pub(super) fn give_back(app: &App, claimed: &ClaimedJob) -> Result<(), Error> {
    let now = app.now();
    let transaction = app.inner.store.write()?;
    if !store::jobs::give_back(&transaction, claimed.job.id, &claimed.lease, now)? {
        return Ok(());
    }
    wait_again(&transaction, claimed, None, now)?;
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(())
}

/// Lets a job be tried again after a wait that doubles each time.
pub(super) fn postpone(app: &App, claimed: &ClaimedJob, problem: &Problem) -> Result<(), Error> {
    let now = app.now();
    let run_after = next_try(claimed.job.attempts, now)?;
    let (id, lease) = (claimed.job.id, &claimed.lease);
    let transaction = app.inner.store.write()?;
    if !store::jobs::postpone(&transaction, id, lease, run_after, problem, now)? {
        return Ok(());
    }
    wait_again(&transaction, claimed, Some(problem), now)?;
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(())
}

/// The document of a job that waits again says so, and what for.
fn wait_again(
    transaction: &Transaction,
    claimed: &ClaimedJob,
    problem: Option<&Problem>,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(document) = claimed.job.document.filter(|_| claimed.is_reading()) else {
        return Ok(());
    };
    let status = DocumentStatus::Queued;
    store::documents::set_status(transaction, document, status, problem, now)?;
    note(transaction, now, document, &ChangeKind::Status { status })
}
