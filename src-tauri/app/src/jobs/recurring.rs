//! What recurs, as one list.

use model::Timestamp;
use store::Database;

use super::{Kind, Outcome, Work};
use crate::{
    Error, archive, audit, backup, doctor, documents, related, retention, review, search,
    thumbnails, trash, usage,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How long a job is kept after it ended, in milliseconds: long enough to see on a Monday morning what
/// happened on a Sunday.
const ENDED_JOBS_KEPT: i64 = DAY;

/// How many jobs are dropped in one transaction: some ten milliseconds, for which others wait.
const BATCH: u32 = 1000;

/// How many documents are made findable in one transaction: some hundred milliseconds.
const INDEXED_AT_ONCE: u32 = 100;

/// A job that comes again and again.
pub(crate) struct Recurring {
    pub(crate) kind: Kind,
    /// How long after one the next is made, in milliseconds.
    pub(crate) period: i64,
}

/// Everything that recurs.
pub(crate) const ALL: [Recurring; 12] = [
    Recurring {
        kind: Kind {
            name: "clean_up_jobs",
            run: clean_up_jobs,
        },
        period: HOUR,
    },
    Recurring {
        kind: Kind {
            name: "anchor_audit",
            run: anchor_audit,
        },
        period: 10 * MINUTE,
    },
    Recurring {
        kind: Kind {
            name: "index_documents",
            run: index_documents,
        },
        period: HOUR,
    },
    Recurring {
        kind: related::RELATE_MISSING,
        period: HOUR,
    },
    Recurring {
        kind: audit::COPY,
        period: 10 * MINUTE,
    },
    Recurring {
        kind: usage::COUNT,
        period: HOUR,
    },
    Recurring {
        kind: archive::MOVE,
        period: 10 * MINUTE,
    },
    Recurring {
        kind: backup::BACK_UP,
        period: DAY,
    },
    Recurring {
        kind: retention::ERASE_DUE,
        period: DAY,
    },
    Recurring {
        kind: trash::EMPTY,
        period: DAY,
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
        if !work.step("dropping what ended", 0)? {
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

/// Notes the newest entry of the audit log outside the database.
fn anchor_audit(work: &Work<'_>) -> Result<Outcome, Error> {
    audit::anchor(work.app)?;
    Ok(Outcome::Done)
}

/// Makes the words by which documents are found, where they are missing: those of a database that was put
/// back, or that an older program filled.
fn index_documents(work: &Work<'_>) -> Result<Outcome, Error> {
    for database in Database::ALL {
        if work.app.inner.databases.own(database).is_some()
            && index_one(work, database)? == Outcome::Left
        {
            return Ok(Outcome::Left);
        }
    }
    Ok(Outcome::Done)
}

/// Those of one database. Doing it twice at the same time does no harm.
fn index_one(work: &Work<'_>, database: Database) -> Result<Outcome, Error> {
    let mut after = 0;
    loop {
        if !work.goes_on() {
            return Ok(Outcome::Left);
        }
        let mut indexed = 0;
        work.app.write_in(database, |transaction| {
            let missing = store::search::missing(transaction, after, INDEXED_AT_ONCE)?;
            for (number, id) in &missing {
                after = *number;
                let Some(found) = store::documents::find(transaction, *id)? else {
                    continue;
                };
                let detail = documents::detail_of(transaction, found)?;
                if let Some(reading) = &detail.reading {
                    let standing = review::standing(reading, &detail.corrections);
                    store::documents::set_derived(transaction, *id, &standing.derived)?;
                }
                let name = detail.summary.document.name.expose();
                search::index(transaction, *id, name, &detail.record)?;
            }
            indexed = missing.len();
            Ok(())
        })?;
        if indexed < INDEXED_AT_ONCE as usize {
            return Ok(Outcome::Done);
        }
    }
}
