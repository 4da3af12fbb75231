//! Figures about use: how many documents of which type and state, how long reading and waiting take, and
//! which fields people correct. They are counts and durations by day, and tell nothing of a person.
//!
//! What happened since the last time is added up in one transaction with the instant up to which it was
//! counted, so nothing is counted twice or left out, and the figures outlive the documents.

use jiff::civil::Date;
use model::{Caller, Timestamp};
use store::{Database, settings, usage as rows};

use crate::{
    App, Error,
    jobs::{HORIZON, Kind, Outcome, Work},
    permission::{Act, demand},
};

pub use store::usage::Measure;

/// The recurring job that counts what happened.
pub(crate) const COUNT: Kind = Kind {
    name: "count_usage",
    run: |work: &Work<'_>| {
        count_now(work.app)?;
        Ok(Outcome::Done)
    },
};

/// Name in the analytics database of the instant up to which was counted.
const COUNTED_UNTIL: &str = "usage_counted_until";

const DAY: i64 = 24 * 3_600_000;

/// One figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figure {
    /// The day, in UTC.
    pub day: String,
    /// What was counted.
    pub measure: Measure,
    /// Family and side; empty where it is not known or does not matter.
    pub document_type: String,
    /// A status, `field:kind` of a correction, or a queue; empty where there is none.
    pub part: String,
    /// How many.
    pub counted: u64,
    /// Milliseconds in all, where time was measured.
    pub total_ms: u64,
    /// The most milliseconds of one.
    pub longest_ms: u64,
}

/// The figures of the days from one to another, both included.
pub fn figures(app: &App, caller: &Caller, from: Date, to: Date) -> Result<Vec<Figure>, Error> {
    demand(caller, Act::SeeDatabases)?;
    let snapshot = app.inner.databases.get(Database::Analytics).read()?;
    let kept = rows::list(&snapshot, &from.to_string(), &to.to_string())?;
    let figures = kept.into_iter().map(|(day, figure)| Figure {
        day,
        measure: figure.measure,
        document_type: figure.document_type,
        part: figure.part,
        counted: figure.counted,
        total_ms: figure.total_ms,
        longest_ms: figure.longest_ms,
    });
    Ok(figures.collect())
}

/// The figures of the last days, today among them.
pub fn latest(app: &App, caller: &Caller, days: u32) -> Result<Vec<Figure>, Error> {
    let today = app.now().0 / DAY;
    let from = today - i64::from(days.max(1)) + 1;
    figures(app, caller, date(from)?, date(today)?)
}

/// Counts what happened since the last time, as its job does.
pub fn count(app: &App, caller: &Caller) -> Result<(), Error> {
    demand(caller, Act::SeeDatabases)?;
    count_now(app)
}

fn count_now(app: &App) -> Result<(), Error> {
    let now = app.now();
    // A transaction commits later than the instant it notes, and clocks of several machines differ.
    let until = Timestamp(now.0 - HORIZON);
    let analytics = app.inner.databases.get(Database::Analytics).write()?;
    let counted = settings::get(&analytics, COUNTED_UNTIL)?;
    let from = counted.and_then(|text| text.parse().ok()).unwrap_or(0);
    let snapshot = app.inner.store.read()?;
    let mut figures = Vec::new();
    if from < until.0 {
        figures = rows::happened(&snapshot, Timestamp(from), until)?;
        settings::set(&analytics, COUNTED_UNTIL, &until.0.to_string())?;
    }
    let today = now.0 / DAY;
    rows::forget(&analytics, &date(today)?.to_string(), Measure::Kept)?;
    figures.extend(rows::kept(&snapshot, today)?);
    for figure in figures {
        rows::add(&analytics, &date(figure.day)?.to_string(), &figure)?;
    }
    Ok(analytics.commit()?)
}

/// The day of so many days since 1970-01-01.
fn date(day: i64) -> Result<Date, Error> {
    let at = jiff::Timestamp::from_second(day.saturating_mul(86_400));
    let at = at.map_err(|_| Error::Damaged { what: "an instant" })?;
    Ok(at.to_zoned(jiff::tz::TimeZone::UTC).date())
}
