//! Looking at documents, and deleting them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{
    Caller, Correction, Document, DocumentId, DocumentStatus, DocumentType, Personal, Progress,
    Reading, Record, Timestamp, TypeDefinition, UserId,
};
use store::{
    Snapshot,
    documents::{Filter, KeyValue, Listed, Order, Place},
};

pub use store::documents::{Belonging, Cut};

use crate::{
    App, Error, archive, audit,
    erasure::{self, Reason},
    images,
    permission::{Act, demand},
    sides, types,
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
    /// How it belongs with others.
    pub belonging: Belonging,
    /// When it was last settled; none while it waits for somebody.
    pub decided_at: Option<Timestamp>,
    /// When its pictures were erased.
    pub pictures_erased_at: Option<Timestamp>,
    /// Since when it is in the trash.
    pub trashed_at: Option<Timestamp>,
    /// Who is to look at it, with his name.
    pub assigned_to: Option<(UserId, String)>,
    /// When it was closed away.
    pub archived_at: Option<Timestamp>,
}

impl DocumentSummary {
    /// Refuses to go on with a document that is in the trash.
    pub(crate) fn demand_not_in_trash(&self) -> Result<(), Error> {
        match self.trashed_at {
            Some(_) => Err(Error::InTrash),
            None => Ok(()),
        }
    }

    /// Refuses to show or read again what has no pictures any more.
    pub(crate) fn demand_pictures(&self) -> Result<(), Error> {
        self.demand_not_in_trash()?;
        match self.pictures_erased_at {
            Some(_) => Err(Error::PicturesErased),
            None => Ok(()),
        }
    }
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
    /// The document whose file shows the other side of the card, where that is a file of its own. Its
    /// pages come after those of this one.
    pub other_side: Option<DocumentId>,
    /// The documents that were cut out of it.
    pub cut_out: Vec<DocumentId>,
    /// The type that an admin imported and the reading followed, in that version: its names for the fields
    /// are the only ones there are.
    pub imported_type: Option<TypeDefinition>,
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
        Ok(found) => {
            found.summary.demand_not_in_trash()?;
            Ok(found)
        }
        Err(error) => Err(error),
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

/// Erases a document, what was read from it, and its stored file with the key of that file, whether it is in
/// the trash or not; of a card both sides, and the picture it was cut out of, which shows it too. One that is
/// under a legal hold stays.
pub fn delete(app: &App, caller: &Caller, id: DocumentId) -> Result<(), Error> {
    demand(caller, Act::DeleteDocument)?;
    if archive::find(app, id)?.is_some() {
        return Err(Error::Archived);
    }
    erasure::record(app, caller.into(), id, Reason::Asked, &|_| Ok(true))?;
    Ok(())
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
    let reading = sides::reading(snapshot, id)?;
    let corrections = sides::corrections(snapshot, id)?;
    let record = Record::derive(reading.as_ref(), &corrections);
    let imported_type = match &reading {
        Some(reading) => types::followed(snapshot, reading)?,
        None => None,
    };
    Ok(DocumentDetail {
        summary,
        reading,
        readings: store::readings::count(snapshot, id)?,
        corrections,
        record,
        other_side: store::documents::other_side(snapshot, id)?,
        cut_out: store::documents::parts(snapshot, id)?,
        imported_type,
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
            belonging: listed.belonging,
            decided_at: listed.decided_at,
            pictures_erased_at: listed.pictures_erased_at,
            trashed_at: listed.trashed_at,
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
