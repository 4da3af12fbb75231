//! Reading documents again when the rules of reading improved.
//!
//! A later reading is appended like the first, and the record is derived from it and from what people
//! corrected: a value that a person confirmed or entered holds whatever the machine reads. What would
//! change can be seen before anything does.

use std::ops::ControlFlow;

use model::{Caller, Document, DocumentId, DocumentStatus, FieldName, Personal, Reading, Record};
use read::Engines;

use crate::{
    App, Error,
    audit::{self, Details, What},
    images, intake,
    jobs::{self, options},
    locks,
    permission::{Act, demand},
    trust, types,
};

/// How many documents are looked at in one go.
const PAGE: u32 = 100;

/// What a new reading makes of one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It has a value where it had none.
    Filled,
    /// Its value is another.
    Changed,
    /// It has no value any more.
    Lost,
    /// A person is, or is no longer, asked to look at it.
    Marked,
    /// The machine reads it differently, and the value a person gave holds.
    Kept,
}

impl Effect {
    /// The word used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Filled => "filled",
            Self::Changed => "changed",
            Self::Lost => "lost",
            Self::Marked => "marked",
            Self::Kept => "kept",
        }
    }
}

/// One field that a new reading would change.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDifference {
    /// The field.
    pub field: FieldName,
    /// What would become of it.
    pub effect: Effect,
    /// The value that holds now.
    pub before: Option<Personal>,
    /// The value that the new reading gives.
    pub after: Option<Personal>,
}

/// One document that a new reading would change.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// The document.
    pub document: DocumentId,
    /// Its file name.
    pub name: Personal,
    /// Version of its latest reading.
    pub engine_before: String,
    /// Version that would read it now.
    pub engine_after: String,
    /// Its fields that would change, in their order.
    pub fields: Vec<FieldDifference>,
}

/// How a look at all documents ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Documents that were looked at.
    pub documents: u64,
    /// Documents of which something would change.
    pub differing: u64,
}

/// Reads every document that was read before again, keeps nothing, and tells what would change.
pub fn compare(
    app: &App,
    caller: &Caller,
    tell: &mut dyn FnMut(&Difference),
) -> Result<Summary, Error> {
    demand(caller, Act::ChangeJobs)?;
    let trust = trust::load(app)?;
    let types = types::load(app)?;
    let mut engines = Engines::new()?;
    let mut summary = Summary::default();
    for_each_read(app, &mut |document| {
        let snapshot = app.inner.store.read()?;
        let before = store::readings::latest(&snapshot, document.id)?;
        let corrections = store::corrections::of_document(&snapshot, document.id)?;
        let blob = store::blobs::by_digest(&snapshot, &document.digest)?;
        drop(snapshot);
        let Some(before) = before else { return Ok(()) };
        let bytes = images::content(app, blob.as_ref())?;
        let password = locks::password(app, document.id, blob.as_ref())?;
        let options = options(app, &types, trust.as_ref());
        let go_on = &mut |_| ControlFlow::Continue(());
        let decoder = &app.settings().decoder;
        let decoded = decoder.decode(&bytes, &options.limits, password.as_ref());
        let Ok(seen) = read::see_decoded(decoded, &mut engines, &options, go_on) else {
            return Ok(());
        };
        // Looking asks nobody: what readers outside said before is what they say.
        let after = seen.reading(&options, &before.outside);
        summary.documents += 1;
        let records = [&before, &after].map(|reading| Record::derive(Some(reading), &corrections));
        let fields = differences(&records[0], &records[1], &after);
        if !fields.is_empty() {
            summary.differing += 1;
            tell(&Difference {
                document: document.id,
                name: document.name.clone(),
                engine_before: before.engine,
                engine_after: after.engine,
                fields,
            });
        }
        Ok(())
    })?;
    Ok(summary)
}

/// Whom reading again asks, where readers outside of this machine are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outside {
    /// Those that have not answered about a document yet.
    New,
    /// All of them, whatever they answered before.
    Again,
}

/// Lets every document that was read before be read again; answers with how many wait now.
pub fn start(app: &App, caller: &Caller, outside: Outside) -> Result<u64, Error> {
    demand(caller, Act::ChangeJobs)?;
    let payload = match outside {
        Outside::New => jobs::NOTHING,
        Outside::Again => jobs::ASK_OUTSIDE,
    };
    let mut waiting = 0;
    for_each_read(app, &mut |document| {
        let now = app.now();
        app.write(|transaction| {
            intake::enqueue_with(transaction, document.id, payload, now)?;
            intake::set_status(transaction, document.id, DocumentStatus::Queued, now)?;
            let what = What::DocumentRetried;
            audit::record(app, transaction, caller, what, document.id, Details::new())
        })?;
        waiting += 1;
        Ok(())
    })?;
    Ok(waiting)
}

/// Visits every document that has been read and still has its pictures. What is visited is listed before the
/// first visit, so that a visit may change where a document stands.
fn for_each_read(
    app: &App,
    visit: &mut dyn FnMut(&Document) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut all: Vec<Document> = Vec::new();
    let mut before = None;
    loop {
        // Also what another document stands for in lists: the other sides of cards.
        let page = store::documents::page(&app.inner.store.read()?, before, PAGE)?;
        before = page.last().map(|last| last.number);
        let with_pictures = page.into_iter().filter(|listed| {
            listed.pictures_erased_at.is_none()
                && listed.trashed_at.is_none()
                && listed.archived_at.is_none()
        });
        let read = with_pictures.map(|listed| listed.document);
        all.extend(read.filter(|document| {
            matches!(
                document.status,
                DocumentStatus::Extracted | DocumentStatus::NeedsReview | DocumentStatus::Reviewed
            )
        }));
        if before.is_none() {
            break;
        }
    }
    all.iter().try_for_each(visit)
}

/// What differs between two records, field by field.
fn differences(before: &Record, after: &Record, reading: &Reading) -> Vec<FieldDifference> {
    let added = after
        .fields
        .keys()
        .filter(|name| !before.fields.contains_key(*name));
    let names = before.fields.keys().chain(added);
    let one = |name: &FieldName| {
        let (old, new) = (before.fields.get(name), after.fields.get(name));
        let value = |field: Option<&model::RecordField>| {
            field
                .map(|field| field.value.clone())
                .filter(|value| !value.is_empty())
        };
        let difference = |effect, before, after| {
            Some(FieldDifference {
                field: name.clone(),
                effect,
                before,
                after,
            })
        };
        if let Some(corrected) = old.filter(|field| field.corrected.is_some()) {
            let machine = reading.fields.get(name).map(|field| field.value.clone());
            let same = corrected.read.as_ref().map(|field| &field.value) == machine.as_ref();
            return (!same)
                .then(|| difference(Effect::Kept, value(old), machine))
                .flatten();
        }
        match (value(old), value(new)) {
            (None, None) => None,
            (None, after) => difference(Effect::Filled, None, after),
            (before, None) => difference(Effect::Lost, before, None),
            (before, after) if before != after => difference(Effect::Changed, before, after),
            (before, after) => (old.map(|field| field.state) != new.map(|field| field.state))
                .then(|| difference(Effect::Marked, before, after))
                .flatten(),
        }
    };
    names.filter_map(one).collect()
}
