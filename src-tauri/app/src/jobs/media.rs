//! The jobs of the queue `media`, and how each is run.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
};

use model::{DocumentId, Problem};
use store::{
    Transaction,
    jobs::{self, End},
};

use super::{
    ATTEMPTS, CRASHES,
    lease::{self, ClaimedJob, Held},
    recurring,
};
use crate::{App, Error, erasure, thumbnails};

/// What a worker of the queue can do.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// Does it. It must be safe to do again, and to leave at any [`Work::goes_on`].
    pub(crate) run: fn(&Work<'_>) -> Result<Outcome, Error>,
}

/// Every kind that does not recur; those that do are in [`recurring::ALL`].
const ALL: [Kind; 2] = [thumbnails::MAKE, erasure::SCOUR];

/// How far a job came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is done.
    Done,
    /// It was left because it does not go on.
    Left,
}

/// A job in the hands of a worker.
pub(crate) struct Work<'a> {
    pub(crate) app: &'a App,
    claimed: &'a ClaimedJob,
    held: &'a Held,
    stopping: &'a AtomicBool,
}

impl Work<'_> {
    /// The document it is about.
    pub(crate) fn document(&self) -> Option<DocumentId> {
        self.claimed.job.document
    }

    /// Whether nobody cancelled it, took it over, or asked this process to stop. Ask at every point where
    /// it may be left.
    pub(crate) fn goes_on(&self) -> bool {
        !self.held.is_lost() && !self.stopping.load(Ordering::Acquire)
    }

    /// Notes how far it is; says whether it goes on.
    pub(crate) fn step(&self, step: &str, percent: u32) -> Result<bool, Error> {
        let transaction = self.app.inner.store.write_aside()?;
        let id = self.claimed.job.id;
        if jobs::set_step(&transaction, id, &self.claimed.lease, step, percent)? {
            transaction.commit()?;
        } else {
            self.held.lose();
        }
        Ok(self.goes_on())
    }

    /// Does an act in one transaction that first proves that the job is still this worker's; says whether
    /// it was done.
    pub(crate) fn write(
        &self,
        act: impl FnOnce(&Transaction) -> Result<(), Error>,
    ) -> Result<bool, Error> {
        let transaction = self.app.inner.store.write()?;
        if !jobs::holds(&transaction, self.claimed.job.id, &self.claimed.lease)? {
            self.held.lose();
            return Ok(false);
        }
        act(&transaction)?;
        transaction.commit()?;
        self.app.inner.signal.ring();
        Ok(true)
    }
}

/// Does a claimed job. An error means that its outcome could not be kept.
pub(super) fn run(
    app: &App,
    claimed: &ClaimedJob,
    held: &Held,
    stopping: &AtomicBool,
) -> Result<(), Error> {
    let name = claimed.job.kind.as_str();
    let recurring = recurring::ALL.iter().map(|recurring| &recurring.kind);
    let Some(kind) = ALL.iter().chain(recurring).find(|kind| kind.name == name) else {
        // Made by a newer program on the same database, whose workers know what to do.
        return lease::postpone(
            app,
            claimed,
            &problem("job_unknown", "This worker does not know what to do here"),
        );
    };
    if claimed.job.crashes >= CRASHES {
        let problem = problem(
            "worker_stopped",
            "The program ended each time while it was doing this, so it is not tried again",
        );
        return end(app, claimed, End::Failed, Some(&problem));
    }
    let work = Work {
        app,
        claimed,
        held,
        stopping,
    };
    match catch_unwind(AssertUnwindSafe(|| (kind.run)(&work))) {
        Ok(Ok(Outcome::Done)) => end(app, claimed, End::Done, None),
        Ok(Ok(Outcome::Left)) if held.is_lost() => Ok(()),
        Ok(Ok(Outcome::Left)) => lease::give_back(app, claimed),
        Ok(Err(error)) => {
            let told = problem(error.code(), &error.to_string());
            if error.is_permanent() && claimed.job.attempts >= ATTEMPTS {
                tracing::error!(job.id = %claimed.job.id, code = error.code(), "the job {name} failed: {error}");
                end(app, claimed, End::Failed, Some(&told))
            } else {
                lease::postpone(app, claimed, &told)
            }
        }
        Err(_) => {
            let told = problem("worker_failed", "The worker failed in the middle of it");
            if claimed.job.attempts >= ATTEMPTS {
                end(app, claimed, End::Failed, Some(&told))
            } else {
                lease::postpone(app, claimed, &told)
            }
        }
    }
}

fn problem(code: &str, message: &str) -> Problem {
    Problem {
        code: code.to_owned(),
        message: message.to_owned(),
    }
}

fn end(app: &App, claimed: &ClaimedJob, end: End, problem: Option<&Problem>) -> Result<(), Error> {
    let transaction = app.inner.store.write_aside()?;
    let (id, now) = (claimed.job.id, app.now());
    if jobs::end(&transaction, id, &claimed.lease, end, problem, now)? {
        transaction.commit()?;
    }
    Ok(())
}
