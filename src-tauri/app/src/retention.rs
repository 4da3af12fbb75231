//! How long documents are kept. A policy for each family says how long after the decision the pictures, the
//! record and the proof of the check are kept; a legal hold keeps a document whatever the policy says.
//!
//! A document is decided when it waits for nobody any more, neither for a worker nor for a person; a
//! correction after that is a new decision. How erasing is done, and what it leaves, says [`erasure`].

use model::{Caller, DocumentId, Timestamp};
use store::{
    Store,
    documents::Listed,
    erasures,
    retention::{self as rows, Settled},
};

use crate::{
    App, Error,
    audit::Who,
    erasure::{self, Reason},
    jobs::{Kind, Outcome, Work},
    permission::{Act, demand},
};

mod holds;
mod policies;
mod span;

pub(crate) use holds::demand_not_held;
pub use holds::{Hold, hold, holds, release};
pub use policies::{Policy, Spans, drop_policy, policies, set_policy};
pub use span::Span;

/// How many documents are looked at in one state of the database.
const PAGE: u32 = 500;

/// The recurring job that erases what is due.
pub(crate) const ERASE_DUE: Kind = Kind {
    name: "erase_due_documents",
    run: erase_due,
};

/// A part of what is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The file and its thumbnail.
    Pictures,
    /// The record, with the pictures.
    Record,
    /// What was left of a record that is erased.
    Proof,
}

impl Part {
    /// Its word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pictures => "pictures",
            Self::Record => "record",
            Self::Proof => "proof",
        }
    }
}

/// Something whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The document.
    pub document: DocumentId,
    /// Its family and side, where they are known.
    pub document_type: Option<String>,
    /// What of it.
    pub part: Part,
    /// When its time was over.
    pub since: Timestamp,
    /// The span of the policy.
    pub span: Span,
}

/// What would be erased at an instant.
pub fn plan(app: &App, caller: &Caller, at: Timestamp) -> Result<Vec<Due>, Error> {
    demand(caller, Act::SeeRetention)?;
    due(app, at, &|| true)
}

/// What would be erased at the end of a day, in UTC.
pub fn plan_day(app: &App, caller: &Caller, day: jiff::civil::Date) -> Result<Vec<Due>, Error> {
    let next = day.tomorrow().ok();
    let next = next.and_then(|next| next.to_zoned(jiff::tz::TimeZone::UTC).ok());
    let end = next.map_or(i64::MAX, |next| next.timestamp().as_millisecond() - 1);
    plan(app, caller, Timestamp(end))
}

/// Erases what is due now; answers with what it was.
pub fn run(app: &App, caller: &Caller) -> Result<Vec<Due>, Error> {
    demand(caller, Act::SetRetention)?;
    let erased = erase(app, caller.into(), &|| true)?;
    if !erased.is_empty() {
        erasure::scour(app, false)?;
    }
    Ok(erased)
}

fn erase_due(work: &Work<'_>) -> Result<Outcome, Error> {
    let goes_on = || work.goes_on();
    erase(work.app, Who::Program, &goes_on)?;
    Ok(if goes_on() {
        Outcome::Done
    } else {
        Outcome::Left
    })
}

fn erase(app: &App, who: Who, goes_on: &dyn Fn() -> bool) -> Result<Vec<Due>, Error> {
    let mut erased = Vec::new();
    for due in due(app, app.now(), goes_on)? {
        if !goes_on() {
            break;
        }
        let reason = Reason::Policy(due.span);
        // Somebody may have worked on it, held it or changed the policy since it was found.
        let still_due = |listed: &Listed| {
            let policies = policies::kept(&app.inner.store.read()?)?;
            let over = settled(listed).and_then(|settled| over(&policies, &settled, app.now()));
            Ok(over.is_some_and(|over| over.part == due.part))
        };
        let done = match due.part {
            Part::Pictures => erasure::pictures(app, who, due.document, reason, &still_due),
            Part::Record => erasure::record(app, who, due.document, reason, &still_due),
            Part::Proof => erasure::proof(app, who, due.document, due.span),
        };
        match done {
            Ok(true) => erased.push(due),
            Ok(false) | Err(Error::DocumentNotFound | Error::Held) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(erased)
}

/// Everything whose time is over at an instant and that is not held.
fn due(app: &App, at: Timestamp, goes_on: &dyn Fn() -> bool) -> Result<Vec<Due>, Error> {
    let mut found = Vec::new();
    let policies = policies::kept(&app.inner.store.read()?)?;
    // The shortest time decides which documents are looked at: a daily look must not read them all.
    let begun = |spans: &dyn Fn(&Policy) -> Vec<Option<Span>>| {
        let spans = policies.iter().flat_map(spans).flatten();
        spans.map(|span| span.begun_before(at)).max()
    };
    let of_records = begun(&|policy| vec![policy.spans.pictures, policy.spans.record]);
    let of_proofs = begun(&|policy| vec![policy.spans.proof]);
    for store in app.record_stores() {
        if let Some(until) = of_records {
            found.extend(records_over(store, &policies, (until, at), goes_on)?);
        }
        if let Some(until) = of_proofs {
            found.extend(proofs_over(store, &policies, (until, at), goes_on)?);
        }
    }
    Ok(found)
}

/// The records of one database, of those that were settled until an instant, whose time is over at another.
fn records_over(
    store: &Store,
    policies: &[Policy],
    (until, at): (Timestamp, Timestamp),
    goes_on: &dyn Fn() -> bool,
) -> Result<Vec<Due>, Error> {
    let mut found = Vec::new();
    let mut after: Option<Settled> = None;
    while goes_on() {
        let snapshot = store.read()?;
        let page = rows::settled(&snapshot, until, after.as_ref(), PAGE)?;
        found.extend(page.iter().filter_map(|one| over(policies, one, at)));
        after = page.into_iter().last();
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}

/// The same of the proofs.
fn proofs_over(
    store: &Store,
    policies: &[Policy],
    (until, at): (Timestamp, Timestamp),
    goes_on: &dyn Fn() -> bool,
) -> Result<Vec<Due>, Error> {
    let mut found = Vec::new();
    let mut after: Option<erasures::Erasure> = None;
    while goes_on() {
        let snapshot = store.read()?;
        let page = erasures::proofs(&snapshot, until, after.as_ref(), PAGE)?;
        found.extend(page.iter().filter_map(|one| proof_over(policies, one, at)));
        after = page.into_iter().last();
        if after.is_none() {
            break;
        }
    }
    Ok(found)
}

/// A document as policies see it; none while it waits for somebody.
fn settled(listed: &Listed) -> Option<Settled> {
    Some(Settled {
        number: listed.number,
        document: listed.document.id,
        document_type: listed.derived.document_type,
        decided_at: listed.decided_at?,
        pictures_erased: listed.pictures_erased_at.is_some(),
    })
}

/// What of a document is over at an instant.
fn over(policies: &[Policy], settled: &Settled, at: Timestamp) -> Option<Due> {
    let family = settled.document_type.map_or("", |kind| kind.kind.as_str());
    let spans = policies::of(policies, family)?.spans;
    let pictures = spans.pictures.filter(|_| !settled.pictures_erased);
    let parts = [(Part::Record, spans.record), (Part::Pictures, pictures)];
    parts.into_iter().find_map(|(part, span)| {
        let span = span?;
        let since = span.after(settled.decided_at);
        (since <= at).then(|| Due {
            document: settled.document,
            document_type: settled.document_type.map(|kind| kind.to_string()),
            part,
            since,
            span,
        })
    })
}

fn proof_over(policies: &[Policy], proof: &erasures::Erasure, at: Timestamp) -> Option<Due> {
    let span = policies::of(policies, &proof.document_type)?.spans.proof?;
    let since = span.after(proof.decided_at);
    (since <= at).then(|| Due {
        document: proof.document,
        document_type: Some(proof.document_type.clone()).filter(|family| !family.is_empty()),
        part: Part::Proof,
        since,
        span,
    })
}
