//! Documents that are kept whatever a policy says.

use model::{Caller, DocumentId};
use store::{Transaction, retention as rows};

use crate::{
    App, Error,
    audit::{self, Details, What},
    documents,
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
    app.write(|transaction| {
        documents::summary(transaction, id)?;
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
    app.write(|transaction| {
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
    Ok(rows::holds(&app.inner.store.read()?)?)
}

/// Refuses to erase a document that is held.
pub(crate) fn demand_not_held(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    match rows::hold_of(transaction, id)? {
        Some(_) => Err(Error::Held),
        None => Ok(()),
    }
}
