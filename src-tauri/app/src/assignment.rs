//! Who is to look at a document.

use model::{Caller, ChangeKind, DocumentId, UserId};
use store::users;

use crate::{
    App, Error,
    audit::{self, Details, What},
    documents::{self, DocumentSummary},
    note,
    permission::{Act, demand},
};

/// Gives a document to a user to look at, or to nobody in particular.
pub fn assign(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    user: Option<UserId>,
) -> Result<DocumentSummary, Error> {
    demand(caller, Act::AssignDocument)?;
    let now = app.now();
    app.write(|transaction| {
        let before = documents::summary(transaction, id)?;
        if let Some(user) = user {
            users::get(transaction, user)?.ok_or(Error::UserNotFound)?;
        }
        if before.assigned_to.as_ref().map(|(user, _)| *user) == user {
            return Ok(before);
        }
        store::documents::assign(transaction, id, user, now)?;
        note(transaction, now, id, &ChangeKind::Assigned)?;
        let mut details = Details::new();
        if let Some(user) = user {
            details = details.word("to", user.to_string());
        }
        let what = What::DocumentAssigned;
        audit::record(app, transaction, caller, what, id, details)?;
        documents::summary(transaction, id)
    })
}
