//! Tells the others who works here, and makes what recurs.
//!
//! Every process with workers asks for the role of the scheduler; one has it at a time, and loses it when
//! it is gone. Two of them would do no harm: a job that recurs is made under a key of its own.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use model::Timestamp;
use store::{leases, schedules, workers};

use super::{Crew, HORIZON, Queue, Request, TROUBLE, enqueue, lease::LEASE, recurring};
use crate::{App, Error};

/// Name of the role.
const ROLE: &str = "scheduler";

/// How often the process says that it works, and looks at the schedules; a third of what its word holds.
const PACE: i64 = LEASE / 3;

/// How often it looks at the clock.
const LOOK: Duration = Duration::from_secs(1);

/// What recurs comes after what people wait for.
const PRIORITY: i64 = -10;

/// The life of the thread.
pub(super) fn keep(app: &App, crews: &[Crew], stopping: &AtomicBool) {
    let mut last: Option<Timestamp> = None;
    while !stopping.load(Ordering::Acquire) {
        let rung = app.inner.signal.rung();
        let now = app.now();
        // Also when the clock was set back.
        let is_time = last.is_none_or(|last| !(0..PACE).contains(&(now.0 - last.0)));
        let pause = if is_time {
            match look(app, crews, now) {
                Ok(()) => {
                    last = Some(now);
                    LOOK
                }
                Err(error) => {
                    tracing::warn!(code = error.code(), "the schedules wait: {error}");
                    TROUBLE
                }
            }
        } else {
            LOOK
        };
        app.inner.signal.wait(rung, pause);
    }
    if let Err(error) = leave(app) {
        tracing::info!(
            code = error.code(),
            "the others learn later that this process is gone: {error}"
        );
    }
}

/// Says that this process works, and makes what is due if it has the role.
pub(super) fn look(app: &App, crews: &[Crew], now: Timestamp) -> Result<(), Error> {
    let transaction = app.inner.store.write_aside()?;
    for crew in crews {
        let worker = workers::Worker {
            id: app.inner.process.id().to_owned(),
            queue: crew.queue.as_str().to_owned(),
            concurrency: u32::try_from(crew.concurrency).unwrap_or(u32::MAX),
            seen_at: now,
        };
        workers::see(&transaction, &worker)?;
    }
    workers::forget_older(&transaction, Timestamp(now.0 - HORIZON))?;
    let lease = leases::Lease {
        holder: app.inner.process.id().to_owned(),
        until: Timestamp(now.0 + LEASE),
    };
    let horizon = Timestamp(now.0 + HORIZON);
    let has_role = leases::take(&transaction, ROLE, &lease, now, horizon)?;
    transaction.commit()?;
    if has_role {
        make_due(app, now)?;
    }
    Ok(())
}

fn make_due(app: &App, now: Timestamp) -> Result<(), Error> {
    for recurring in &recurring::ALL {
        let name = recurring.kind.name;
        let next = schedules::next(&app.inner.store.read()?, name)?;
        let following = Timestamp(now.0 + recurring.period);
        let is_due = match next {
            // Nothing is there yet that would want it, or the clock was set back.
            None => false,
            Some(next) if next > following => false,
            Some(next) if next <= now => true,
            Some(_) => continue,
        };
        app.write(|transaction| {
            if is_due {
                let request = Request {
                    queue: Queue::Media,
                    kind: name,
                    document: None,
                    priority: PRIORITY,
                    key: name,
                };
                enqueue(transaction, &request, now)?;
            }
            Ok(schedules::set_next(transaction, name, following)?)
        })?;
    }
    Ok(())
}

/// Gives the role back and says that nobody works here any more.
fn leave(app: &App) -> Result<(), Error> {
    let transaction = app.inner.store.write_aside()?;
    let id = app.inner.process.id();
    leases::give_back(&transaction, ROLE, id)?;
    workers::forget(&transaction, id)?;
    transaction.commit()?;
    Ok(())
}
