//! Invented records, many and fast: what a store is measured with, and what a demonstration is filled with.
//!
//! Each is dealt from a seed and its number, so a seed gives the same persons again. They are kept by the
//! statements of the store, with readings, corrections, words and entries of the audit log, but in large
//! transactions. What they lack is a stored file: but for the first few that are asked for, their pictures count
//! as erased, as those of any record do whose pictures had their time. Nothing of it waits to be read, because a
//! worker would look for the file.

mod dice;
mod names;
mod record;
mod series;

use std::{sync::mpsc, thread};

use model::{Caller, ChangeKind, Document};
use series::{Dealt, Series};
use store::{Transaction, documents::Known};

use crate::{
    App, Error,
    audit::{Details, Tail, What, Who},
    intake::key_purpose,
    keys::rotation,
    note,
    permission::{Act, demand},
};

/// How many records are kept in one transaction. Each rewrites about every page of the indexes that lie in
/// no order, so that many small ones would write the same pages again and again.
const BATCH: u64 = 10_000;

/// What to make.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many records.
    pub records: u64,
    /// What they are dealt from.
    pub seed: u64,
    /// How many of them get a stored file, from the first on.
    pub files: u64,
    /// Whether the store may hold documents already.
    pub into_existing: bool,
}

/// Makes invented records; `progress` is told now and then how many there are.
///
/// A store that holds documents is refused unless the plan allows it: nobody could tell the invented from the
/// real again. Records that follow others of the same seed go on in its series.
pub fn seed(
    app: &App,
    caller: &Caller,
    plan: &Plan,
    progress: &mut dyn FnMut(u64),
) -> Result<(), Error> {
    demand(caller, Act::SeedRecords)?;
    let snapshot = app.inner.store.read()?;
    let first = store::documents::last_number(&snapshot)?;
    if first > 0 && !plan.into_existing {
        return Err(Error::StoreNotEmpty);
    }
    let users = store::users::list(&snapshot)?;
    drop(snapshot);
    app.inner.store.expect_many()?;
    let series = Series {
        app,
        plan,
        first,
        caller: caller.user,
        users: users.into_iter().map(|user| user.id).collect(),
        now: app.now(),
    };
    // One thread deals while this one writes.
    thread::scope(|scope| {
        let (dealt, batches) = mpsc::sync_channel(1);
        let series = &series;
        scope.spawn(move || {
            let mut from = 0;
            while from < plan.records {
                let until = plan.records.min(from + BATCH);
                let batch: Result<Vec<_>, Error> =
                    (from..until).map(|index| series.deal(index)).collect();
                // Whoever wrote has given up.
                if dealt.send(batch).is_err() {
                    return;
                }
                from = until;
            }
        });
        let mut kept = 0;
        for batch in batches {
            let batch = batch?;
            app.write(|transaction| keep(app, caller, transaction, &batch))?;
            kept += batch.len() as u64;
            progress(kept);
        }
        Ok(())
    })
}

/// Keeps a batch, and one entry more of the audit log that says so.
fn keep(
    app: &App,
    caller: &Caller,
    transaction: &Transaction,
    batch: &[Dealt],
) -> Result<(), Error> {
    rotation::learn(app, transaction)?;
    // Table by table: each fills the caches with pages of its own.
    let mut blobs = Vec::with_capacity(batch.len());
    for dealt in batch {
        let document = &dealt.document;
        let wrapped_key = match &dealt.key {
            Some(key) => {
                let purpose = key_purpose(&document.digest);
                app.inner.master.wrap(&purpose, key.bytes())?
            }
            None => String::new(),
        };
        blobs.push(store::blobs::Blob {
            digest: document.digest.clone(),
            object_name: dealt.object.as_str().to_owned(),
            wrapped_key,
            size: document.size,
            created_at: document.submitted_at,
        });
    }
    store::blobs::insert_all(transaction, &blobs)?;
    drop(blobs);
    let known = batch.iter().map(|dealt| Known {
        document: &dealt.document,
        derived: &dealt.derived,
        pictures_erased_at: dealt.key.is_none().then_some(dealt.document.changed_at),
    });
    store::documents::insert_known(transaction, known)?;
    let read = batch
        .iter()
        .filter_map(|dealt| Some((dealt.document.id, dealt.read.as_ref()?)));
    let written = read.clone().map(|(id, read)| (id, &read.written));
    store::readings::append_all_written(transaction, written)?;
    let words = read.map(|(id, read)| (id, read.words.as_slice()));
    store::search::add_all(transaction, words)?;
    let corrections = batch.iter().flat_map(|dealt| &dealt.corrections);
    store::corrections::append_all(transaction, corrections)?;
    log_acts(app, caller, transaction, batch)?;
    // One stands for all: whoever shows a list asks for it anew.
    match batch.last() {
        Some(last) => note(
            transaction,
            app.now(),
            last.document.id,
            &ChangeKind::Submitted,
        ),
        None => Ok(()),
    }
}

/// Writes what was done to the records of a batch into the audit log.
fn log_acts(
    app: &App,
    caller: &Caller,
    transaction: &Transaction,
    batch: &[Dealt],
) -> Result<(), Error> {
    let mut log = Tail::begin(app, transaction)?;
    let invented = || Details::new().word("invented", true);
    for dealt in batch {
        let id = dealt.document.id;
        let details = submitted(&dealt.document);
        log.record(Who::Caller(*caller), What::DocumentSubmitted, id, details)?;
        if dealt.read.is_some() {
            log.record(Who::Program, What::DocumentRead, id, invented())?;
        }
        for correction in &dealt.corrections {
            let details = invented().word("field", correction.field.as_str());
            log.record(Who::Caller(*caller), What::FieldCorrected, id, details)?;
        }
    }
    let count = Details::new().word("records", batch.len());
    log.record(Who::Caller(*caller), What::RecordsSeeded, "", count)?;
    log.end()
}

fn submitted(document: &Document) -> Details {
    Details::new()
        .word("invented", true)
        .word("digest", document.digest.as_str())
        .word("media_type", document.media_type.as_str())
        .word("size", document.size)
}
