//! Taking files in.

use std::path::Path;

use model::{Caller, DocumentId, Personal};

use crate::{App, Error, documents::DocumentSummary};

/// A file somebody hands in.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Its name, without a path.
    pub name: Personal,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Whether the bytes were new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// They were; the document waits to be read.
    New,
    /// The very same bytes are here already.
    AlreadyHere,
}

/// What became of an upload.
#[derive(Debug, Clone, PartialEq)]
pub struct Submitted {
    /// Whether it was new.
    pub outcome: Outcome,
    /// The document, new or found.
    pub document: DocumentSummary,
}

/// Stores a file and the job to read it, and answers at once.
pub fn submit(_app: &App, _caller: &Caller, _upload: Upload) -> Result<Submitted, Error> {
    Err(Error::EmptyFile)
}

/// Like [`submit`], for a file of this machine.
pub fn submit_path(_app: &App, _caller: &Caller, _path: &Path) -> Result<Submitted, Error> {
    Err(Error::NoFile)
}

/// Whether a file of this machine would be taken, judged without reading more than its beginning.
pub fn describe_path(_path: &Path, _limits: &vision::Limits) -> Result<(), Error> {
    Err(Error::NoFile)
}

/// Submits the drawn sample documents that ship with the program; the persons on them are invented.
pub fn samples(_app: &App, _caller: &Caller) -> Result<Vec<Submitted>, Error> {
    Ok(Vec::new())
}

/// Stops a document that waits or is being read.
pub fn cancel(_app: &App, _caller: &Caller, _id: DocumentId) -> Result<DocumentSummary, Error> {
    Err(Error::DocumentNotFound)
}

/// Reads a failed or cancelled document again.
pub fn retry(_app: &App, _caller: &Caller, _id: DocumentId) -> Result<DocumentSummary, Error> {
    Err(Error::DocumentNotFound)
}
