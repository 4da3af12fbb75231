//! How long documents are kept. A policy for each family says after how many days without a change a document
//! that waits for nobody is erased; a legal hold keeps it whatever the policy says.
//!
//! Erasing destroys the keys of the stored file and the thumbnail, the readings, the corrections and the
//! words of the search. What stays is the audit log, with the salts of its digests destroyed: it proves that
//! the document was there, what was done to it and that it was erased, and tells nothing of the person.
//!
//! Left out: a shorter life for the pictures than for the fields.

use model::{Caller, DocumentId, DocumentStatus, Timestamp};
use store::{Database, Snapshot, Store, documents::Listed, retention as rows};

use crate::{
    App, Error, archive,
    audit::{self, Details, What, Who},
    documents,
    jobs::{Kind, Outcome, Work},
    permission::{Act, demand},
};

pub use store::retention::{Hold, Policy};

const DAY: i64 = 24 * 3_600_000;

/// How many documents are looked at in one state of the database.
const PAGE: u32 = 500;

/// The longest reason of a hold, in characters.
const LONGEST_REASON: usize = 500;

/// The recurring job that erases what is due.
pub(crate) const ERASE_DUE: Kind = Kind {
    name: "erase_due_documents",
    run: erase_due,
};

/// A document whose time is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The document.
    pub document: DocumentId,
    /// Its family and side, where they are known.
    pub document_type: Option<String>,
    /// When its time was over.
    pub since: Timestamp,
    /// Days of the policy.
    pub days: u32,
}

/// Sets for how many days the documents of a family are kept; an empty family stands for all that have no
/// policy of their own.
pub fn set_policy(app: &App, caller: &Caller, family: &str, days: u32) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    let known = family.is_empty()
        || family
            .parse::<model::DocumentType>()
            .is_ok_and(|family| family.side.is_none());
    if !known || days == 0 {
        return Err(Error::PolicyInvalid);
    }
    app.write(|transaction| {
        let policy = Policy {
            document_type: family.to_owned(),
            days,
            set_by: caller.user,
            set_at: app.now(),
        };
        rows::set_policy(transaction, &policy)?;
        let details = Details::new().word("days", days);
        audit::record(
            app,
            transaction,
            caller,
            What::RetentionSet,
            family,
            details,
        )
    })
}

/// Drops the policy of a family.
pub fn drop_policy(app: &App, caller: &Caller, family: &str) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    app.write(|transaction| {
        if !rows::drop_policy(transaction, family)? {
            return Err(Error::PolicyNotFound);
        }
        audit::record(
            app,
            transaction,
            caller,
            What::RetentionSet,
            family,
            Details::new(),
        )
    })
}

/// Every policy.
pub fn policies(app: &App, caller: &Caller) -> Result<Vec<Policy>, Error> {
    demand(caller, Act::SeeRetention)?;
    Ok(rows::policies(&app.inner.store.read()?)?)
}

/// Keeps a document whatever a policy says.
pub fn hold(app: &App, caller: &Caller, id: DocumentId, reason: &str) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    let reason = reason.trim();
    if !(1..=LONGEST_REASON).contains(&reason.chars().count()) {
        return Err(Error::ReasonInvalid);
    }
    app.write_in(place_of(app, id)?, |transaction| {
        store::documents::find(transaction, id)?.ok_or(Error::DocumentNotFound)?;
        let hold = Hold {
            document: id,
            reason: reason.to_owned(),
            held_by: caller.user,
            held_at: app.now(),
        };
        rows::hold(transaction, &hold)?;
        audit::record(
            app,
            transaction,
            caller,
            What::DocumentHeld,
            id,
            Details::new(),
        )
    })
}

/// Ends the hold of a document.
pub fn release(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    app.write_in(place_of(app, id)?, |transaction| {
        if !rows::release(transaction, id)? {
            return Err(Error::NotHeld);
        }
        audit::record(
            app,
            transaction,
            caller,
            What::DocumentReleased,
            id,
            Details::new(),
        )
    })
}

/// Every hold.
pub fn holds(app: &App, caller: &Caller) -> Result<Vec<Hold>, Error> {
    demand(caller, Act::SeeRetention)?;
    let mut holds = Vec::new();
    for store in app.record_stores() {
        holds.extend(rows::holds(&store.read()?)?);
    }
    holds.sort_by_key(|hold| (hold.held_at, hold.document));
    holds.dedup();
    Ok(holds)
}

/// The database that has a document, open or closed away.
fn place_of(app: &App, id: DocumentId) -> Result<Database, Error> {
    let found = archive::find_kept(app, id)?;
    found
        .map(|(database, _)| database)
        .ok_or(Error::DocumentNotFound)
}

/// Refuses to erase a document that is held.
pub(crate) fn demand_not_held(snapshot: &Snapshot, id: DocumentId) -> Result<(), Error> {
    match rows::hold_of(snapshot, id)? {
        Some(_) => Err(Error::Held),
        None => Ok(()),
    }
}

/// What would be erased at an instant.
pub fn plan(app: &App, caller: &Caller, at: Timestamp) -> Result<Vec<Due>, Error> {
    demand(caller, Act::SeeRetention)?;
    due(app, at, &|| true)
}

/// Erases what is due now; answers with what it was.
pub fn run(app: &App, caller: &Caller) -> Result<Vec<Due>, Error> {
    demand(caller, Act::SetRetention)?;
    erase(app, caller.into(), &|| true)
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
        let still_due = |listed: &Listed| {
            let policies = rows::policies(&app.inner.store.read()?)?;
            // Somebody may have worked on it, or changed the policy, since it was found.
            let now = app.now();
            Ok(over(&policies, listed).is_some_and(|(since, _)| since <= now))
        };
        let details = Details::new().word("days", due.days);
        match documents::erase(app, who, due.document, details, &still_due) {
            Ok(true) => erased.push(due),
            Ok(false) | Err(Error::DocumentNotFound | Error::Held) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(erased)
}

/// Every document whose time is over at an instant and that is not held.
fn due(app: &App, at: Timestamp, goes_on: &dyn Fn() -> bool) -> Result<Vec<Due>, Error> {
    let mut due = Vec::new();
    let policies = rows::policies(&app.inner.store.read()?)?;
    if policies.is_empty() {
        return Ok(due);
    }
    for store in app.record_stores() {
        due_in(store, &policies, at, goes_on, &mut due)?;
    }
    Ok(due)
}

/// Those of one database.
fn due_in(
    store: &Store,
    policies: &[Policy],
    at: Timestamp,
    goes_on: &dyn Fn() -> bool,
    due: &mut Vec<Due>,
) -> Result<(), Error> {
    let mut before = None;
    while goes_on() {
        let snapshot = store.read()?;
        let page = store::documents::page(&snapshot, before, PAGE)?;
        for listed in &page {
            let Some((since, days)) = over(policies, listed).filter(|(since, _)| *since <= at)
            else {
                continue;
            };
            let document = listed.document.id;
            if rows::hold_of(&snapshot, document)?.is_some() {
                continue;
            }
            due.push(Due {
                document,
                document_type: listed.derived.document_type.map(|kind| kind.to_string()),
                since,
                days,
            });
        }
        before = page.last().map(|last| last.number);
        if page.len() < PAGE as usize {
            break;
        }
    }
    Ok(())
}

/// When a document's time is over and by which number of days; none while it waits for somebody or has no
/// policy.
fn over(policies: &[Policy], listed: &Listed) -> Option<(Timestamp, u32)> {
    let is_settled = match listed.document.status {
        DocumentStatus::Extracted
        | DocumentStatus::Reviewed
        | DocumentStatus::Failed
        | DocumentStatus::Cancelled => true,
        DocumentStatus::Queued | DocumentStatus::Processing | DocumentStatus::NeedsReview => false,
    };
    let family = listed
        .derived
        .document_type
        .map_or("", |document_type| document_type.kind.as_str());
    let of = |family: &str| {
        policies
            .iter()
            .find(|policy| policy.document_type == family)
    };
    let policy = of(family).or_else(|| of(""))?;
    let since = listed.document.changed_at.0 + i64::from(policy.days) * DAY;
    is_settled.then_some((Timestamp(since), policy.days))
}
