//! What recurs, as one list.

use model::Timestamp;

use super::{Kind, Outcome, Work};
use crate::{Error, doctor, thumbnails};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long a job is kept after it ended, in milliseconds: long enough to see on a Monday morning what
/// happened on a Sunday.
const ENDED_JOBS_KEPT: i64 = DAY;

/// How many jobs are dropped in one transaction: some ten milliseconds, for which others wait.
const BATCH: u32 = 1000;

/// A job that comes again and again.
pub(crate) struct Recurring {
    pub(crate) kind: Kind,
    /// How long after one the next is made, in milliseconds.
    pub(crate) period: i64,
}

/// Everything that recurs.
pub(crate) const ALL: [Recurring; 3] = [
    Recurring {
        kind: Kind {
            name: "clean_up_jobs",
            run: clean_up_jobs,
        },
        period: HOUR,
    },
    Recurring {
        kind: doctor::COLLECT,
        period: DAY,
    },
    Recurring {
        kind: thumbnails::MAKE_MISSING,
        period: DAY,
    },
];

/// Drops the jobs that ended long ago, those that failed among them: what they were about says so itself.
fn clean_up_jobs(work: &Work<'_>) -> Result<Outcome, Error> {
    let before = Timestamp(work.app.now().0 - ENDED_JOBS_KEPT);
    loop {
        if !work.goes_on() {
            return Ok(Outcome::Left);
        }
        let mut dropped = 0;
        work.write(|transaction| {
            dropped = store::jobs::delete_ended(transaction, before, BATCH)?;
            Ok(())
        })?;
        if dropped < BATCH as usize {
            return Ok(Outcome::Done);
        }
    }
}
