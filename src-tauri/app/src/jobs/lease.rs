//! Claiming jobs and keeping the claims alive.

use std::{
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use model::{ChangeKind, DocumentStatus, JobId, Timestamp};
use store::jobs::{Claimed, Lease};

use super::{OCR_QUEUE, TROUBLE};
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

/// Claims the next job, and lets its document say that it is being read.
pub(crate) fn claim(app: &App) -> Result<Option<ClaimedJob>, Error> {
    let now = app.now();
    // Looking does not lock; only one who has seen something to do stands in line.
    if !store::jobs::is_due(&app.inner.store.read()?, OCR_QUEUE, now)? {
        return Ok(None);
    }
    let lease = random::secret()?.expose().to_owned();
    let until = Timestamp(now.0 + LEASE);
    let transaction = app.inner.store.write()?;
    let claimed = store::jobs::claim(
        &transaction,
        OCR_QUEUE,
        &Lease {
            token: &lease,
            worker: app.inner.process.id(),
            until,
        },
        now,
    )?;
    let Some(job) = claimed else {
        return Ok(None);
    };
    if let Some(document) = job.document {
        intake::set_status(&transaction, document, DocumentStatus::Processing, now)?;
    }
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(Some(ClaimedJob { job, lease, until }))
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
    if until.0 - now.0 > RENEW_BEFORE {
        if !store::jobs::holds(&app.inner.store.read()?, held.job, &held.lease)? {
            held.lose();
        }
        return Ok(());
    }
    let renewed = Timestamp(now.0 + LEASE);
    // Without the signal of `App::write`, which would wake this very thread again and again.
    let transaction = app.inner.store.write()?;
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
    if let Some(document) = claimed.job.document {
        let status = DocumentStatus::Queued;
        store::documents::set_status(&transaction, document, status, None, now)?;
        note(&transaction, now, document, &ChangeKind::Status { status })?;
    }
    transaction.commit()?;
    app.inner.signal.ring();
    Ok(())
}
