//! Cards whose two sides are files of their own. They are shown, reviewed, found and exported as one document:
//! the one of the front, whose pages are followed by those of the back.
//!
//! Nothing is kept of that but which document is the other side of which: what holds of the card follows
//! from both readings and all corrections, so that taking the sides apart leaves no trace in either.

use model::{Correction, DocumentId, Reading};
use store::Snapshot;

use crate::{App, Error, types};

/// What was read from a document, from both sides where it has two files.
pub(crate) fn reading(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Reading>, Error> {
    let own = store::readings::latest(snapshot, id)?;
    let other = match store::documents::other_side(snapshot, id)? {
        Some(other) => store::readings::latest(snapshot, other)?,
        None => None,
    };
    Ok(match (own, other) {
        (Some(own), Some(other)) => Some(read::join(
            &own,
            &other,
            &types::of(snapshot)?,
            read::USUAL_AGES,
        )),
        (own, _) => own,
    })
}

/// Every correction of a document, of either side where it has two files, oldest first.
pub(crate) fn corrections(snapshot: &Snapshot, id: DocumentId) -> Result<Vec<Correction>, Error> {
    let mut corrections = store::corrections::of_document(snapshot, id)?;
    if let Some(other) = store::documents::other_side(snapshot, id)? {
        corrections.extend(store::corrections::of_document(snapshot, other)?);
        corrections.sort_by_key(|correction| correction.at);
    }
    Ok(corrections)
}

/// The document whose file shows a page, and which page of it that is.
pub(crate) fn page(app: &App, id: DocumentId, page: u32) -> Result<(DocumentId, u32), Error> {
    let snapshot = app.inner.store.read()?;
    let Some(other) = store::documents::other_side(&snapshot, id)? else {
        return Ok((id, page));
    };
    let own = store::readings::latest(&snapshot, id)?;
    let own = own.map_or(0, |own| u32::try_from(own.pages.len()).unwrap_or(u32::MAX));
    Ok(match page.checked_sub(own) {
        Some(page) if own > 0 => (other, page),
        _ => (id, page),
    })
}
