//! Looking at documents, and deleting them.

use model::{
    Caller, Correction, Document, DocumentId, DocumentStatus, DocumentType, Personal, Progress,
    Reading, Record,
};

use crate::{App, Error};

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
}

/// A document and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct DocumentDetail {
    /// The document as lists show it.
    pub summary: DocumentSummary,
    /// The latest reading, once there is one.
    pub reading: Option<Reading>,
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
pub fn list(_app: &App, _caller: &Caller, _query: &Query) -> Result<Listing, Error> {
    Err(Error::CursorInvalid)
}

/// One document with its reading, corrections and record.
pub fn get(_app: &App, _caller: &Caller, _id: DocumentId) -> Result<DocumentDetail, Error> {
    Err(Error::DocumentNotFound)
}

/// Deletes a document, what was read from it, and its stored file with the key of that file.
pub fn delete(_app: &App, _caller: &Caller, _id: DocumentId) -> Result<(), Error> {
    Err(Error::DocumentNotFound)
}
