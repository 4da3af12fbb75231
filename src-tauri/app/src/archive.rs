//! Closed records: kept because they must be, out of the way of whoever works.
//!
//! A record that waits for nobody can be closed away with its whole history: the document, readings,
//! corrections, thumbnail, legal hold, the keys of its files and the words it is found by. It can be looked at
//! and found in the archive, held, erased when its time is over, and opened again; nothing else happens to
//! it. What was done to it before stays in the audit log where it was written.
//!
//! Where the archive is no database of its own, a record is marked and stays where it is. Otherwise its rows
//! move, see `moving`.

mod moving;
#[cfg(test)]
mod tests;

use model::{Caller, DocumentId, DocumentStatus};
use store::{
    Database, Snapshot, Store, Transaction,
    documents::{Listed, Order},
    moves,
};

use crate::{
    App, Error,
    audit::{self, Details, What},
    documents::{self, DocumentDetail, DocumentSummary, LONGEST_PAGE, Listing},
    erasure::{self, Reason},
    jobs::{self, Queue, Request},
    note,
    permission::{Act, demand},
    search::{self, Found, Search},
};

pub use moving::work_off;
pub(crate) use moving::{MOVE, remove_copy};
pub use store::moves::Move;

/// The most records that are asked for at once.
const MOST_AT_ONCE: usize = 1000;

/// What becomes of a record that somebody wants elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// It is there.
    Done,
    /// A job brings it there.
    OnItsWay,
}

/// Closes records away: all of them, or none when one is not there or waits for somebody.
pub fn add(app: &App, caller: &Caller, ids: &[DocumentId]) -> Result<Asked, Error> {
    demand(caller, Act::ChangeArchive)?;
    check_number(ids)?;
    let now = app.now();
    let moves_rows = app.own_archive().is_some();
    app.write(|transaction| {
        for id in ids {
            let found = store::documents::get(transaction, *id)?.ok_or(Error::DocumentNotFound)?;
            demand_closed(&found)?;
            if moves_rows {
                if store::relations::binds(transaction, *id)? {
                    return Err(Error::BoundToOthers);
                }
                let what = What::ArchivingAsked;
                ask(app, transaction, caller, *id, Database::Archive, what)?;
            } else {
                store::documents::set_archived(transaction, *id, Some(now))?;
                note(transaction, now, *id, &model::ChangeKind::Archived)?;
                let what = What::DocumentArchived;
                audit::record(app, transaction, caller, what, *id, Details::new())?;
            }
        }
        enqueue(transaction, ids, moves_rows, now)
    })
}

/// Opens records again: all of them, or none when one is not in the archive.
pub fn restore(app: &App, caller: &Caller, ids: &[DocumentId]) -> Result<Asked, Error> {
    demand(caller, Act::ChangeArchive)?;
    check_number(ids)?;
    let now = app.now();
    // Where each is can only change by a move, and moves are made in the line of the default database.
    app.write(|transaction| {
        let mut moves_rows = false;
        for id in ids {
            match store::documents::find(transaction, *id)? {
                Some(listed) if listed.archived_at.is_some() => {
                    store::documents::set_archived(transaction, *id, None)?;
                    note(transaction, now, *id, &model::ChangeKind::Restored)?;
                    let what = What::DocumentRestored;
                    audit::record(app, transaction, caller, what, *id, Details::new())?;
                }
                Some(_) => return Err(Error::NotArchived),
                None => {
                    let there = app.own_archive().map(Store::read).transpose()?;
                    let found = there.map(|there| store::documents::find(&there, *id));
                    found
                        .transpose()?
                        .flatten()
                        .ok_or(Error::DocumentNotFound)?;
                    let what = What::RestoringAsked;
                    ask(app, transaction, caller, *id, Database::Default, what)?;
                    moves_rows = true;
                }
            }
        }
        enqueue(transaction, ids, moves_rows, now)
    })
}

fn check_number(ids: &[DocumentId]) -> Result<(), Error> {
    if (1..=MOST_AT_ONCE).contains(&ids.len()) {
        Ok(())
    } else {
        Err(Error::TooManyRecords)
    }
}

/// Refuses a record that waits for somebody, or for a worker.
fn demand_closed(listed: &Listed) -> Result<(), Error> {
    if listed.trashed_at.is_some() {
        return Err(Error::InTrash);
    }
    let status = listed.document.status;
    match status {
        DocumentStatus::Extracted
        | DocumentStatus::Reviewed
        | DocumentStatus::Failed
        | DocumentStatus::Cancelled => Ok(()),
        DocumentStatus::Queued | DocumentStatus::Processing | DocumentStatus::NeedsReview => {
            Err(Error::NotClosed { status })
        }
    }
}

/// Notes that a record is wanted elsewhere; the copy that counts is where it is now.
fn ask(
    app: &App,
    transaction: &Transaction,
    caller: &Caller,
    id: DocumentId,
    towards: Database,
    what: What,
) -> Result<(), Error> {
    let on_its_way = Move {
        document: id,
        towards,
        holder: match towards {
            Database::Archive => Database::Default,
            _ => Database::Archive,
        },
        asked_by: caller.user,
        asked_at: app.now(),
    };
    if !moves::insert(transaction, &on_its_way)? {
        return Err(Error::OnItsWay);
    }
    audit::record(app, transaction, caller, what, id, Details::new())
}

fn enqueue(
    transaction: &Transaction,
    ids: &[DocumentId],
    moves_rows: bool,
    now: model::Timestamp,
) -> Result<Asked, Error> {
    let (true, Some(first)) = (moves_rows, ids.first()) else {
        return Ok(Asked::Done);
    };
    let request = Request {
        queue: Queue::Media,
        kind: MOVE.name,
        document: None,
        priority: 0,
        // A key of its own: one that runs may have looked for the last time already.
        key: &format!("{}:{first}", MOVE.name),
    };
    jobs::enqueue(transaction, &request, now)?;
    Ok(Asked::OnItsWay)
}

/// The records that are on their way, those asked for first before the others.
pub fn on_their_way(app: &App, caller: &Caller, limit: u32) -> Result<Vec<Move>, Error> {
    demand(caller, Act::SeeArchive)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    Ok(moves::list(&app.inner.store.read()?, limit)?)
}

/// One closed record with its reading, corrections and what holds.
pub fn get(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentDetail, Error> {
    demand(caller, Act::SeeArchive)?;
    let (database, _) = find(app, id)?.ok_or(Error::NotArchived)?;
    app.write_in(database, |transaction| {
        let found = store::documents::find(transaction, id)?.ok_or(Error::NotArchived)?;
        let what = What::DocumentSeen;
        audit::record(app, transaction, caller, what, id, Details::new())?;
        documents::detail_of(transaction, found)
    })
}

/// Looks for closed records.
pub fn find_all(
    app: &App,
    caller: &Caller,
    search: &Search,
    cursor: Option<&str>,
    limit: u32,
) -> Result<Found, Error> {
    demand(caller, Act::SeeArchive)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let mut filter = search::filter(search, app.settings().clock.today());
    filter.archived = true;
    let mut order = Order {
        key: search.order.key(),
        ascending: search.ascending,
        after: cursor.map(search::read_cursor).transpose()?,
    };
    let snapshot = app.inner.databases.get(Database::Archive).read()?;
    let count = store::documents::count_up_to(&snapshot, &filter, search::COUNTED)?;
    let mut shown: Vec<Listed> = Vec::new();
    // Those that do not count are few: what is just on its way.
    while shown.len() <= limit as usize {
        let page = store::documents::list(&snapshot, &filter, &order, limit + 1)?;
        let Some(last) = page.last() else { break };
        order.after = Some(order.key.of(last));
        let is_last = page.len() <= limit as usize;
        let hidden = hidden(app, &page)?;
        let counts = |listed: &Listed| !hidden.contains(&listed.document.id);
        shown.extend(page.into_iter().filter(counts));
        if is_last {
            break;
        }
    }
    let has_more = shown.len() > limit as usize;
    shown.truncate(limit as usize);
    let next_cursor = shown
        .last()
        .filter(|_| has_more)
        .map(|last| search::write_cursor(&order.key.of(last)));
    let documents = shown.into_iter().map(DocumentSummary::from).collect();
    Ok(Found {
        listing: Listing {
            documents,
            next_cursor,
        },
        count,
    })
}

/// Which of these copies in the archive do not count.
fn hidden(app: &App, listed: &[Listed]) -> Result<Vec<DocumentId>, Error> {
    if app.own_archive().is_none() {
        return Ok(Vec::new());
    }
    let ids: Vec<DocumentId> = listed.iter().map(|one| one.document.id).collect();
    Ok(moves::held_by_default(&app.inner.store.read()?, &ids)?)
}

/// Erases a closed record: the keys of its files, what was read and what people said. One that is under a
/// legal hold stays.
pub fn delete(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::DeleteDocument)?;
    find(app, id)?.ok_or(Error::NotArchived)?;
    erasure::record(app, caller.into(), id, Reason::Asked, &|_| Ok(true))?;
    Ok(())
}

/// Where a closed record lies; none when it is open, or not there.
pub(crate) fn find(app: &App, id: DocumentId) -> Result<Option<(Database, Listed)>, Error> {
    let found = find_kept(app, id)?;
    Ok(found.filter(|(_, listed)| listed.archived_at.is_some()))
}

/// Where a record lies, open or closed: the copy that counts.
pub(crate) fn find_kept(app: &App, id: DocumentId) -> Result<Option<(Database, Listed)>, Error> {
    // The archive first: what leaves it is in the default database by then, and the other way round the
    // default database still has it or notes that it is gone.
    let there = app.own_archive().map(Store::read).transpose()?;
    let there = there.map(|there| store::documents::find(&there, id));
    let there = there.transpose()?.flatten();
    let snapshot = app.inner.store.read()?;
    if let Some(here) = store::documents::find(&snapshot, id)? {
        return Ok(Some((Database::Default, here)));
    }
    let counts = moves::held_by_default(&snapshot, &[id])?.is_empty();
    Ok(there
        .filter(|_| counts)
        .map(|there| (Database::Archive, there)))
}

/// Refuses bytes whose record is in the archive. To be asked in the line of those who write: a record
/// that is just leaving the default database is there before it is gone here.
pub(crate) fn demand_not_archived(
    app: &App,
    snapshot: &Snapshot,
    digest: &model::BlobDigest,
) -> Result<(), Error> {
    if store::documents::by_digest(snapshot, digest)?.is_some_and(|one| one.archived_at.is_some()) {
        return Err(Error::Archived);
    }
    // One that is on its way may have a copy on either side.
    let here = store::documents::by_digest(snapshot, digest)?.is_some();
    match app.own_archive() {
        Some(archive)
            if !here && store::documents::by_digest(&archive.read()?, digest)?.is_some() =>
        {
            Err(Error::Archived)
        }
        Some(_) | None => Ok(()),
    }
}

impl App {
    /// The archive where it is a database of its own.
    pub(crate) fn own_archive(&self) -> Option<&Store> {
        self.inner.databases.own(Database::Archive)
    }

    /// The databases that have records: the default one, and the archive where it is another.
    pub(crate) fn record_stores(&self) -> impl Iterator<Item = &Store> {
        std::iter::once(&self.inner.store).chain(self.own_archive())
    }
}
