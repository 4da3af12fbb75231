//! Looking at documents, and deleting them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use blobs::ObjectName;
use model::{
    Caller, ChangeKind, Correction, Document, DocumentId, DocumentStatus, DocumentType, Personal,
    Progress, Reading, Record, Timestamp, UserId,
};
use store::{
    Database, Snapshot,
    documents::{Filter, KeyValue, Listed, Order, Place},
};

use crate::{
    App, Error, archive,
    audit::{self, Details, What, Who},
    images, note,
    permission::{Act, demand},
    retention,
};

/// The most documents on one page of a list.
pub(crate) const LONGEST_PAGE: u32 = 200;

/// A document as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentSummary {
    /// The document.
    pub document: Document,
    /// How far the worker is, while one reads it.
    pub progress: Option<Progress>,
    /// Whose document it is, as `SURNAME, GIVEN NAMES`.
    pub title: Option<Personal>,
    /// Family and side.
    pub document_type: Option<DocumentType>,
    /// Issuing state.
    pub issuing_country: Option<String>,
    /// How many fields wait for a person.
    pub doubtful: u32,
    /// How many pages it has; 0 before it is read.
    pub pages: u32,
    /// Name of the user who submitted it.
    pub submitted_by_name: String,
    /// Who is to look at it, with his name.
    pub assigned_to: Option<(UserId, String)>,
    /// When it was closed away.
    pub archived_at: Option<Timestamp>,
}

/// A document and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentDetail {
    /// The document as lists show it.
    pub summary: DocumentSummary,
    /// The latest reading, once there is one.
    pub reading: Option<Reading>,
    /// How many readings are kept, the latest among them.
    pub readings: u64,
    /// Every correction, oldest first.
    pub corrections: Vec<Correction>,
    /// What is held to be true.
    pub record: Record,
}

/// Which documents to list.
#[derive(Debug, Clone)]
pub struct Query {
    /// Only these; every status when empty.
    pub status: Vec<DocumentStatus>,
    /// Where the page before ended, as its [`Listing::next_cursor`] said.
    pub cursor: Option<String>,
    /// How many at most; held between 1 and 200.
    pub limit: u32,
}

/// One page of documents.
#[derive(Debug, Clone, PartialEq)]
pub struct Listing {
    /// Newest first.
    pub documents: Vec<DocumentSummary>,
    /// Where the next page begins; none on the last page.
    pub next_cursor: Option<String>,
}

/// Lists documents, newest first.
pub fn list(app: &App, caller: &Caller, query: &Query) -> Result<Listing, Error> {
    demand(caller, Act::SeeDocument)?;
    let before = query.cursor.as_deref().map(read_cursor).transpose()?;
    let limit = query.limit.clamp(1, LONGEST_PAGE);
    let snapshot = app.inner.store.read()?;
    // One more than asked for tells whether there is a next page.
    let filter = Filter {
        statuses: query.status.clone(),
        ..Filter::default()
    };
    let order = Order {
        after: before.map(|number| Place {
            at: KeyValue::Integer(number),
            number,
        }),
        ..Order::default()
    };
    let mut found = store::documents::list(&snapshot, &filter, &order, limit + 1)?;
    drop(snapshot);
    let has_more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let next_cursor = match found.last() {
        Some(last) if has_more => Some(write_cursor(last.number)),
        _ => None,
    };
    Ok(Listing {
        documents: found.into_iter().map(DocumentSummary::from).collect(),
        next_cursor,
    })
}

/// One document with its reading, corrections and record.
pub fn get(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentDetail, Error> {
    demand(caller, Act::SeeDocument)?;
    let found = audit::seen(app, caller, id).and_then(|()| detail(&app.inner.store.read()?, id));
    match found {
        Err(Error::DocumentNotFound) if archive::find(app, id)?.is_some() => Err(Error::Archived),
        found => found,
    }
}

/// Reads the stored file of a document whole, and proves that it is what was submitted.
pub fn verify(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::SeeDocument)?;
    prove(app, id)
}

/// The same, for whoever was let in already.
pub(crate) fn prove(app: &App, id: DocumentId) -> Result<(), Error> {
    let (digest, blob) = {
        let (database, found) = archive::find_kept(app, id)?.ok_or(Error::DocumentNotFound)?;
        let snapshot = app.inner.databases.get(database).read()?;
        let blob = store::blobs::by_digest(&snapshot, &found.document.digest)?;
        (found.document.digest, blob)
    };
    let content = images::content(app, blob.as_ref())?;
    if app.inner.naming.digest(&content) == digest {
        Ok(())
    } else {
        Err(Error::FileAltered)
    }
}

/// Deletes a document, what was read from it, and its stored file with the key of that file. One that is
/// under a legal hold stays.
pub fn delete(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::DeleteDocument)?;
    if archive::find(app, id)?.is_some() {
        return Err(Error::Archived);
    }
    erase(app, caller.into(), id, Details::new(), &|_| Ok(true))?;
    Ok(())
}

/// The same for whoever was let in already, wherever the record lies, if it is still to be done when nobody
/// else can write; says whether it was done.
pub(crate) fn erase(
    app: &App,
    who: Who,
    id: DocumentId,
    details: Details,
    is_wanted: &dyn Fn(&Listed) -> Result<bool, Error>,
) -> Result<bool, Error> {
    let now = app.now();
    let (database, _) = archive::find_kept(app, id)?.ok_or(Error::DocumentNotFound)?;
    if database != Database::Default {
        app.write(|transaction| {
            let there = app.inner.databases.get(database).read()?;
            let found = store::documents::find(&there, id)?.ok_or(Error::DocumentNotFound)?;
            retention::demand_not_held(&there, id)?;
            if is_wanted(&found)? {
                // What the default database still says of it goes first: until the record is gone too,
                // the act did not happen and is done again.
                store::moves::remove(transaction, id)?;
                store::audit::forget_salts(transaction, &id.to_string())?;
                note(transaction, now, id, &ChangeKind::Deleted)?;
            }
            Ok(())
        })?;
    }
    let objects = app.write_in(database, |transaction| {
        let found = store::documents::find(transaction, id)?.ok_or(Error::DocumentNotFound)?;
        retention::demand_not_held(transaction, id)?;
        if !is_wanted(&found)? {
            return Ok(None);
        }
        let digest = &found.document.digest;
        let blob = store::blobs::by_digest(transaction, digest)?;
        let thumbnail = store::thumbnails::delete(transaction, id)?;
        // The jobs go with the document; a worker in the middle of one loses its lease by that.
        store::documents::delete(transaction, id)?;
        store::blobs::delete(transaction, digest)?;
        if database == Database::Default {
            note(transaction, now, id, &ChangeKind::Deleted)?;
        }
        store::audit::forget_salts(transaction, &id.to_string())?;
        audit::record(app, transaction, who, What::DocumentDeleted, id, details)?;
        let object = blob.map(|blob| blob.object_name);
        Ok(Some([object, thumbnail]))
    })?;
    let Some(objects) = objects else {
        return Ok(false);
    };
    if let (Database::Default, Some(archive)) = (database, app.own_archive()) {
        // Its copy, when it was just on its way.
        archive::remove_copy(archive, id, None)?;
    }
    app.inner.pictures.forget(id);
    // From here on nobody can open the objects any more: their keys are destroyed. That one of them
    // could not be removed is no failure of the act, and it is collected later.
    for name in objects.into_iter().flatten() {
        if let Err(error) = app.inner.blobs.forget(&ObjectName::parse(&name)?) {
            tracing::warn!(document.id = %id, code = error.code(), "a sealed file without a key stays behind: {error}");
        }
    }
    Ok(true)
}

/// A document as lists show it, in a snapshot or in the middle of an act.
pub(crate) fn summary(snapshot: &Snapshot, id: DocumentId) -> Result<DocumentSummary, Error> {
    let found = store::documents::get(snapshot, id)?.ok_or(Error::DocumentNotFound)?;
    Ok(found.into())
}

/// A document and all that is known of it, in a snapshot or in the middle of an act.
pub(crate) fn detail(snapshot: &Snapshot, id: DocumentId) -> Result<DocumentDetail, Error> {
    let found = store::documents::get(snapshot, id)?.ok_or(Error::DocumentNotFound)?;
    detail_of(snapshot, found)
}

/// The same of a document that was found, open or closed away.
pub(crate) fn detail_of(snapshot: &Snapshot, found: Listed) -> Result<DocumentDetail, Error> {
    let summary = DocumentSummary::from(found);
    let id = summary.document.id;
    let reading = store::readings::latest(snapshot, id)?;
    let corrections = store::corrections::of_document(snapshot, id)?;
    let record = Record::derive(reading.as_ref(), &corrections);
    Ok(DocumentDetail {
        summary,
        reading,
        readings: store::readings::count(snapshot, id)?,
        corrections,
        record,
    })
}

impl From<Listed> for DocumentSummary {
    fn from(listed: Listed) -> Self {
        Self {
            document: listed.document,
            progress: listed.progress,
            title: listed.derived.title,
            document_type: listed.derived.document_type,
            issuing_country: listed.derived.issuing_country,
            doubtful: listed.derived.doubtful,
            pages: listed.derived.pages,
            submitted_by_name: listed.submitted_by_name,
            assigned_to: listed.assigned_to,
            archived_at: listed.archived_at,
        }
    }
}

/// The cursor after the document of this number. Numbers only rise and are never given out twice, so
/// a cursor stays good whatever is submitted or deleted meanwhile. The first letter is the order of
/// the list, of which there may be others one day.
fn write_cursor(number: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("n{number}"))
}

fn read_cursor(cursor: &str) -> Result<i64, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(cursor).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.strip_prefix('n')?.parse().ok())
        .ok_or(Error::CursorInvalid)
}
