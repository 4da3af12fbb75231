//! The trash: documents that somebody deleted and may want back.
//!
//! A document in the trash is in no list, search or export, shows nothing, and is not worked on. It comes back
//! as it was when somebody restores it or submits the same file again; thirty days later a job
//! erases it like any other.

use model::{Caller, ChangeKind, DocumentId, DocumentStatus, Timestamp};
use store::{
    Transaction,
    documents::{Filter, Listed, Order},
};

use crate::{
    App, Error,
    audit::{self, Details, What, Who},
    documents::{self, DocumentSummary},
    erasure::{self, Reason},
    intake,
    jobs::{Kind, Outcome, Work},
    note,
    permission::{Act, demand},
    related, retention,
};

/// How long a document is kept in the trash, in milliseconds: a month, as mail programs have it.
const KEPT: i64 = 30 * 24 * 3_600_000;

/// How many documents are looked for at a time.
const BATCH: u32 = 100;

/// The most documents that are listed.
const LONGEST_LIST: u32 = 1000;

/// The recurring job that erases what lay in the trash for long enough.
pub(crate) const EMPTY: Kind = Kind {
    name: "empty_trash",
    run: empty_job,
};

/// Puts a document into the trash. One that is under a legal hold stays where it is.
pub fn put(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentSummary, Error> {
    demand(caller, Act::DeleteDocument)?;
    app.write(|transaction| {
        lay(app, transaction, caller, id)?;
        documents::summary(transaction, id)
    })
}

/// Puts a document into the trash in the middle of an act.
pub(crate) fn lay(
    app: &App,
    transaction: &Transaction,
    caller: &Caller,
    id: DocumentId,
) -> Result<(), Error> {
    let now = app.now();
    let summary = documents::summary(transaction, id)?;
    summary.demand_not_in_trash()?;
    retention::demand_not_held(transaction, id)?;
    if store::moves::get(transaction, id)?.is_some() {
        return Err(Error::OnItsWay);
    }
    let status = summary.document.status;
    if matches!(status, DocumentStatus::Queued | DocumentStatus::Processing) {
        // Whoever reads it loses his lease and stops at the next step.
        store::jobs::cancel(transaction, id, now)?;
        intake::set_status(transaction, id, DocumentStatus::Cancelled, now)?;
    }
    store::documents::set_trashed(transaction, id, Some(caller.user), now)?;
    note(transaction, now, id, &ChangeKind::Deleted)?;
    let (what, details) = (What::DocumentTrashed, Details::new());
    audit::record(app, transaction, caller, what, id, details)
}

/// Takes a document out of the trash.
pub fn restore(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentSummary, Error> {
    demand(caller, Act::DeleteDocument)?;
    app.write(|transaction| {
        let summary = documents::summary(transaction, id)?;
        if summary.trashed_at.is_none() {
            return Err(Error::NotInTrash);
        }
        take_out(app, transaction, caller, id)?;
        documents::summary(transaction, id)
    })
}

/// Takes a document out of the trash in the middle of an act.
pub(crate) fn take_out(
    app: &App,
    transaction: &Transaction,
    who: impl Into<Who>,
    id: DocumentId,
) -> Result<(), Error> {
    let now = app.now();
    store::documents::set_trashed(transaction, id, None, now)?;
    note(transaction, now, id, &ChangeKind::Submitted)?;
    let (what, details) = (What::DocumentTakenBack, Details::new());
    audit::record(app, transaction, who, what, id, details)?;
    // What was cut out of a sheet had nothing to do with others while it lay here.
    related::relate(app, transaction, id, now)
}

/// What is in the trash, newest document first.
pub fn list(app: &App, caller: &Caller) -> Result<Vec<DocumentSummary>, Error> {
    demand(caller, Act::DeleteDocument)?;
    let filter = Filter {
        trashed: true,
        ..Filter::default()
    };
    let snapshot = app.inner.store.read()?;
    let found = store::documents::list(&snapshot, &filter, &Order::default(), LONGEST_LIST)?;
    Ok(found.into_iter().map(DocumentSummary::from).collect())
}

/// Erases a document that is in the trash, for good.
pub fn purge(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::DeleteDocument)?;
    if erasure::record(app, caller.into(), id, Reason::Trash, &is_in_trash)? {
        Ok(())
    } else {
        Err(Error::NotInTrash)
    }
}

/// When a document that is in the trash since an instant is erased.
pub fn erased_at(trashed_at: Timestamp) -> Timestamp {
    Timestamp(trashed_at.0.saturating_add(KEPT))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the signature of what erasing asks"
)]
fn is_in_trash(listed: &Listed) -> Result<bool, Error> {
    Ok(listed.trashed_at.is_some())
}

fn empty_job(work: &Work<'_>) -> Result<Outcome, Error> {
    let until = Timestamp(work.app.now().0 - KEPT);
    loop {
        let snapshot = work.app.inner.store.read()?;
        let found = store::documents::trashed_until(&snapshot, until, BATCH)?;
        drop(snapshot);
        let mut erased = false;
        for id in found {
            if !work.goes_on() {
                return Ok(Outcome::Left);
            }
            match erasure::record(work.app, Who::Program, id, Reason::Trash, &is_in_trash) {
                Ok(done) => erased |= done,
                // Held, restored and erased, or erased by another one since it was found.
                Err(Error::Held | Error::DocumentNotFound) => {}
                Err(error) => return Err(error),
            }
        }
        if !erased {
            return Ok(Outcome::Done);
        }
    }
}
