//! Documents that are kept whatever a policy says.

use model::{Caller, DocumentId};
use store::{Database, Snapshot, retention as rows};

use crate::{
    App, Error, archive,
    audit::{self, Details, What},
    permission::{Act, demand},
};

pub use store::retention::Hold;

/// The longest reason of a hold, in characters.
const LONGEST_REASON: usize = 500;

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
        let (what, details) = (What::DocumentHeld, Details::new());
        audit::record(app, transaction, caller, what, id, details)
    })
}

/// Ends the hold of a document.
pub fn release(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    app.write_in(place_of(app, id)?, |transaction| {
        if !rows::release(transaction, id)? {
            return Err(Error::NotHeld);
        }
        let (what, details) = (What::DocumentReleased, Details::new());
        audit::record(app, transaction, caller, what, id, details)
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
