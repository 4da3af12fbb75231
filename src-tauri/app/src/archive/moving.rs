//! Records on their way between two databases.
//!
//! No transaction spans two databases (SQLite does not promise it with write-ahead logs, and Postgres knows
//! nothing of the other), so a record is copied, compared, and then taken out where it was. The default
//! database decides which copy counts, in one row of `moves`:
//!
//! - towards the archive, the copy there does not count until the row of the document and the one of the
//!   move are gone from the default database, which happens in one transaction;
//! - back, the copy in the archive stops counting in the very transaction that puts the rows into the
//!   default database; what is left of it is removed after that.
//!
//! So a crash at any point leaves one copy that counts, and a move that is gone on with. All of it happens
//! while nobody else can write to the default database, so what is compared is what leaves, and two
//! workers never do the same move.

use model::{Caller, ChangeKind, DocumentId, Timestamp};
use store::{
    Database, Store, Transaction, documents as rows,
    moves::{self, Move},
    records,
};

use super::demand_closed;
use crate::{
    App, Error,
    audit::{self, Details, What, Who},
    documents,
    jobs::{Kind, Outcome, Work},
    note,
    permission::{Act, demand},
    search,
};

/// The job that moves what is on its way; it recurs, too, for what was left.
pub(crate) const MOVE: Kind = Kind {
    name: "move_records",
    run,
};

/// How many records are looked at in one state of the database.
const BATCH: u32 = 100;

fn run(work: &Work<'_>) -> Result<Outcome, Error> {
    let done = move_all(work.app, &mut || work.step("moving records", 0))?;
    Ok(if done { Outcome::Done } else { Outcome::Left })
}

/// Moves everything that is on its way, as its job does; answers with how many records.
pub fn work_off(app: &App, caller: &Caller) -> Result<u64, Error> {
    demand(caller, Act::ChangeArchive)?;
    let mut moved = 0;
    move_all(app, &mut || {
        moved += 1;
        Ok(true)
    })?;
    Ok(moved)
}

/// Moves until nothing is on its way; says whether it came to that. `goes_on` is asked before each record.
fn move_all(app: &App, goes_on: &mut dyn FnMut() -> Result<bool, Error>) -> Result<bool, Error> {
    let Some(archive) = app.own_archive() else {
        return Ok(true);
    };
    adopt(app)?;
    loop {
        let waiting = moves::list(&app.inner.store.read()?, BATCH)?;
        if waiting.is_empty() {
            return Ok(true);
        }
        for one in waiting {
            if !goes_on()? {
                return Ok(false);
            }
            step(app, archive, one.document)?;
        }
    }
}

/// Puts on its way what was closed away while there was no archive of its own.
fn adopt(app: &App) -> Result<(), Error> {
    let filter = rows::Filter {
        archived: true,
        ..rows::Filter::default()
    };
    let first = rows::list(
        &app.inner.store.read()?,
        &filter,
        &rows::Order::default(),
        1,
    )?;
    if first.is_empty() {
        return Ok(());
    }
    app.write(|transaction| {
        let order = rows::Order::default();
        for listed in rows::list(transaction, &filter, &order, u32::MAX)? {
            if store::relations::binds(transaction, listed.document.id)? {
                continue;
            }
            let on_its_way = Move {
                document: listed.document.id,
                towards: Database::Archive,
                holder: Database::Default,
                asked_by: app.inner.local_user,
                asked_at: app.now(),
            };
            moves::insert(transaction, &on_its_way)?;
        }
        Ok(())
    })
}

/// Brings one record a step further; nothing happens when it is on its way no more.
fn step(app: &App, archive: &Store, id: DocumentId) -> Result<(), Error> {
    let line = app.inner.store.write()?;
    let Some(on_its_way) = moves::get(&line, id)? else {
        return Ok(());
    };
    match (on_its_way.towards, on_its_way.holder) {
        (Database::Archive, _) => close_away(app, archive, line, &on_its_way)?,
        (_, Database::Archive) => bring_back(app, archive, line, &on_its_way)?,
        _ => clear(archive, line, &on_its_way)?,
    }
    app.inner.signal.ring();
    Ok(())
}

/// Copies a record into the archive, compares, and takes it out here.
fn close_away(app: &App, archive: &Store, line: Transaction, one: &Move) -> Result<(), Error> {
    let (id, now) = (one.document, app.now());
    let Some(listed) = rows::find(&line, id)? else {
        // Erased meanwhile: nothing of it may stay there either.
        remove_copy(archive, id, None)?;
        moves::remove(&line, id)?;
        return Ok(line.commit()?);
    };
    let is_bound = store::relations::binds(&line, id)?;
    if is_bound || listed.archived_at.is_none() && demand_closed(&listed).is_err() {
        // Somebody works on it again, or it was found to belong to another one.
        tracing::info!(document.id = %id, "a record stays because it waits for somebody or belongs to others");
        remove_copy(archive, id, None)?;
        moves::remove(&line, id)?;
        return Ok(line.commit()?);
    }
    let leaving = records::read(&line, id)?.ok_or(Error::DocumentNotFound)?;
    let there = archive.write()?;
    // What an attempt before this one left may be older than what leaves now.
    records::delete(&there, id)?;
    let archived_at = listed.archived_at.unwrap_or(now);
    records::insert(&there, &leaving, Some(archived_at))?;
    index(&there, id)?;
    there.commit()?;
    compare(archive, id, &leaving)?;

    records::delete(&line, id)?;
    moves::remove(&line, id)?;
    note(&line, now, id, &ChangeKind::Archived)?;
    record(app, &line, What::DocumentArchived, one)?;
    line.commit()?;
    app.inner.pictures.forget(id);
    Ok(())
}

/// Copies a record out of the archive, compares, and lets the copy here be the one that counts.
fn bring_back(app: &App, archive: &Store, line: Transaction, one: &Move) -> Result<(), Error> {
    let (id, now) = (one.document, app.now());
    let Some(leaving) = records::read(&archive.read()?, id)? else {
        // Erased meanwhile.
        moves::remove(&line, id)?;
        return Ok(line.commit()?);
    };
    records::insert(&line, &leaving, None)?;
    index(&line, id)?;
    if records::read(&line, id)?.as_ref() != Some(&leaving) {
        return Err(Error::CopyDiffers);
    }
    moves::hand_over(&line, id)?;
    note(&line, now, id, &ChangeKind::Restored)?;
    record(app, &line, What::DocumentRestored, one)?;
    line.commit()?;
    clear_one(app, archive, id)
}

/// The same record in a transaction of its own, unless somebody else was quicker.
fn clear_one(app: &App, archive: &Store, id: DocumentId) -> Result<(), Error> {
    let line = app.inner.store.write()?;
    match moves::get(&line, id)? {
        Some(one) if one.towards == Database::Default && one.holder == Database::Default => {
            clear(archive, line, &one)
        }
        Some(_) | None => Ok(()),
    }
}

/// Removes what is left in the archive of a record that was brought back.
fn clear(archive: &Store, line: Transaction, one: &Move) -> Result<(), Error> {
    // Not one that was closed away anew, should this process have been out of the line without knowing.
    remove_copy(archive, one.document, Some(one.asked_at))?;
    moves::remove(&line, one.document)?;
    Ok(line.commit()?)
}

/// Removes a copy in the archive, if it was made before an instant.
pub(crate) fn remove_copy(
    archive: &Store,
    id: DocumentId,
    before: Option<Timestamp>,
) -> Result<(), Error> {
    let there = archive.write()?;
    let Some(listed) = rows::find(&there, id)? else {
        return Ok(());
    };
    let is_older = |before: Timestamp| listed.archived_at.is_none_or(|at| at <= before);
    if before.is_none_or(is_older) {
        records::delete(&there, id)?;
        there.commit()?;
    }
    Ok(())
}

/// Makes the words by which a record is found where its rows are now.
fn index(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    let listed = rows::find(transaction, id)?.ok_or(Error::DocumentNotFound)?;
    let name = listed.document.name.clone();
    let detail = documents::detail_of(transaction, listed)?;
    search::index(transaction, id, name.expose(), &detail.record)
}

fn compare(store: &Store, id: DocumentId, left: &records::Rows) -> Result<(), Error> {
    if records::read(&store.read()?, id)?.as_ref() == Some(left) {
        Ok(())
    } else {
        Err(Error::CopyDiffers)
    }
}

fn record(app: &App, transaction: &Transaction, what: What, one: &Move) -> Result<(), Error> {
    let details = Details::new().word("asked_by", one.asked_by.to_string());
    audit::record(app, transaction, Who::Program, what, one.document, details)
}
