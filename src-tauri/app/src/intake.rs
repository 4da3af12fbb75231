//! Taking files in.

use std::{
    fs::File,
    io::{ErrorKind, Read},
    path::Path,
};

use blobs::{DataKey, ObjectName};
use model::{
    BlobDigest, Caller, ChangeKind, Document, DocumentId, DocumentStatus, Personal, Timestamp,
};
use store::Transaction;

use crate::{
    App, Error, Secret, archive,
    audit::{self, Details, What},
    documents::{self, DocumentSummary},
    jobs::{self, Queue},
    locks, note,
    permission::{Act, demand},
    random, trash,
};

/// The drawn samples, with the names under which they are submitted.
const SAMPLES: [(&str, &[u8]); 8] = [
    (
        "driving-licence-germany.jpg",
        include_bytes!("../samples/driving-licence-germany.jpg"),
    ),
    (
        "id-card-both-sides-utopia.jpg",
        include_bytes!("../samples/id-card-both-sides-utopia.jpg"),
    ),
    (
        "id-card-france-1988.jpg",
        include_bytes!("../samples/id-card-france-1988.jpg"),
    ),
    (
        "passport-photo-iceland.jpg",
        include_bytes!("../samples/passport-photo-iceland.jpg"),
    ),
    (
        "passport-poor-photo.jpg",
        include_bytes!("../samples/passport-poor-photo.jpg"),
    ),
    (
        "passport-utopia.jpg",
        include_bytes!("../samples/passport-utopia.jpg"),
    ),
    (
        "vehicle-certificate-france.jpg",
        include_bytes!("../samples/vehicle-certificate-france.jpg"),
    ),
    (
        "visa-utopia.jpg",
        include_bytes!("../samples/visa-utopia.jpg"),
    ),
];

/// How often a submission starts again because the same file was deleted in the middle of it.
const ATTEMPTS: u32 = 5;
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
///
/// When this returns, the file is on the disk and will be read, whatever happens to the program. A
/// crash before that leaves at most a sealed object that no document names yet; submitting the same
/// bytes again uses it.
pub fn submit(app: &App, caller: &Caller, upload: Upload) -> Result<Submitted, Error> {
    submit_locked(app, caller, upload, None)
}

/// Like [`submit`], with the password that opens the file if it is locked.
pub fn submit_locked(
    app: &App,
    caller: &Caller,
    upload: Upload,
    password: Option<&Secret>,
) -> Result<Submitted, Error> {
    demand(caller, Act::SubmitDocument)?;
    password.map_or(Ok(()), locks::check)?;
    let Upload { name, bytes } = upload;
    let media_type = accept(
        &bytes,
        bytes.len() as u64,
        name.expose(),
        &app.settings().limits,
    )?;
    let digest = app.inner.naming.digest(&bytes);

    {
        let snapshot = app.inner.store.read()?;
        archive::demand_not_archived(app, &snapshot, &digest)?;
        if let Some(found) = store::documents::by_digest(&snapshot, &digest)? {
            drop(snapshot);
            return already_here(app, caller, found);
        }
    }
    for _ in 0..ATTEMPTS {
        let object = reserve(app, &digest, bytes.len() as u64)?;
        app.inner.blobs.put(&object.name, &object.key, &bytes)?;
        let now = app.now();
        let document = Document {
            id: DocumentId(random::id(now)?),
            name: name.clone(),
            digest: digest.clone(),
            media_type: media_type.to_owned(),
            size: bytes.len() as u64,
            status: DocumentStatus::Queued,
            problem: None,
            submitted_by: caller.user,
            submitted_at: now,
            changed_at: now,
        };
        // A password is kept only where it may be needed: no PDF without this word is locked.
        let password = password.filter(|_| contains(&bytes, b"/Encrypt"));
        let kept = app.write(|transaction| {
            let kept = keep(app, caller, transaction, &document, &object)?;
            if let (
                Some(Submitted {
                    outcome: Outcome::New,
                    ..
                }),
                Some(password),
            ) = (&kept, password)
            {
                locks::keep(transaction, document.id, &object, password)?;
            }
            Ok(kept)
        })?;
        if let Some(submitted) = kept {
            return Ok(submitted);
        }
    }
    Err(Error::Store(store::Error::Busy))
}

/// Like [`submit`], for a file of this machine.
pub fn submit_path(app: &App, caller: &Caller, path: &Path) -> Result<Submitted, Error> {
    submit_locked_path(app, caller, path, None)
}

/// Like [`submit_path`], with the password that opens the file if it is locked.
pub fn submit_locked_path(
    app: &App,
    caller: &Caller,
    path: &Path,
    password: Option<&Secret>,
) -> Result<Submitted, Error> {
    demand(caller, Act::SubmitDocument)?;
    let limits = &app.settings().limits;
    let (file, size) = open_regular(path, limits)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    // The file may grow while it is read.
    let read = file.take(limits.bytes + 1).read_to_end(&mut bytes);
    read.map_err(unreadable)?;
    let name = path.file_name().map(|name| name.to_string_lossy());
    let name = Personal::new(name.unwrap_or_default());
    submit_locked(app, caller, Upload { name, bytes }, password)
}

fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

/// Whether a file of this machine would be taken, judged without reading more than its beginning.
pub fn describe_path(path: &Path, limits: &vision::Limits) -> Result<(), Error> {
    /// Every format tells itself in its first bytes; a kilobyte also tells text from the rest.
    const BEGINNING: u64 = 1024;

    let (file, size) = open_regular(path, limits)?;
    let mut beginning = Vec::new();
    let read = file.take(BEGINNING).read_to_end(&mut beginning);
    read.map_err(unreadable)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    accept(&beginning, size, &name, limits).map(drop)
}

/// Submits the drawn sample documents that ship with the program; the persons on them are invented.
pub fn samples(app: &App, caller: &Caller) -> Result<Vec<Submitted>, Error> {
    let submit_one = |(name, bytes): &(&str, &[u8])| {
        let upload = Upload {
            name: Personal::new(*name),
            bytes: bytes.to_vec(),
        };
        submit(app, caller, upload)
    };
    SAMPLES.iter().map(submit_one).collect()
}

/// Stops a document that waits or is being read.
pub fn cancel(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentSummary, Error> {
    demand(caller, Act::CancelDocument)?;
    let now = app.now();
    app.write(|transaction| {
        let summary = documents::summary(transaction, id)?;
        summary.demand_not_in_trash()?;
        let status = summary.document.status;
        if !matches!(status, DocumentStatus::Queued | DocumentStatus::Processing) {
            return Err(Error::CannotCancel { status });
        }
        // Whoever reads it loses his lease and stops at the next step.
        store::jobs::cancel(transaction, id, now)?;
        set_status(transaction, id, DocumentStatus::Cancelled, now)?;
        let what = What::DocumentCancelled;
        audit::record(app, transaction, caller, what, id, Details::new())?;
        documents::summary(transaction, id)
    })
}

/// Reads a failed or cancelled document again.
pub fn retry(app: &App, caller: &Caller, id: DocumentId) -> Result<DocumentSummary, Error> {
    demand(caller, Act::RetryDocument)?;
    let now = app.now();
    app.write(|transaction| {
        let summary = documents::summary(transaction, id)?;
        summary.demand_pictures()?;
        let status = summary.document.status;
        if !matches!(status, DocumentStatus::Failed | DocumentStatus::Cancelled) {
            return Err(Error::CannotRetry { status });
        }
        enqueue(transaction, id, now)?;
        set_status(transaction, id, DocumentStatus::Queued, now)?;
        let what = What::DocumentRetried;
        audit::record(app, transaction, caller, what, id, Details::new())?;
        documents::summary(transaction, id)
    })
}

/// The media type of a file of this size that is taken, or why it is not.
fn accept(
    beginning: &[u8],
    size: u64,
    name: &str,
    limits: &vision::Limits,
) -> Result<&'static str, Error> {
    if beginning.is_empty() {
        return Err(Error::EmptyFile);
    }
    let limit = vision::largest(beginning, limits);
    if size > limit {
        return Err(Error::TooLarge { size, limit });
    }
    vision::check_name(beginning, name).map_err(Error::Unsupported)?;
    vision::accept(beginning).map_err(Error::Unsupported)
}

/// Opens a regular file that is not too large, or says in one sentence why not.
fn open_regular(path: &Path, limits: &vision::Limits) -> Result<(File, u64), Error> {
    // Before opening: opening a pipe would wait for somebody to write into it.
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(Error::IsFolder);
    }
    if !metadata.is_file() {
        return Err(Error::NotAFile);
    }
    if metadata.len() > limits.bytes {
        return Err(Error::TooLarge {
            size: metadata.len(),
            limit: limits.bytes,
        });
    }
    let file = File::open(path).map_err(unreadable)?;
    Ok((file, metadata.len()))
}

fn unreadable(error: std::io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => Error::NoFile,
        ErrorKind::PermissionDenied => Error::FileDenied,
        _ => Error::FileUnreadable(error),
    }
}

/// Where the bytes of a document lie and what opens them.
pub(crate) struct Object {
    pub(crate) name: ObjectName,
    pub(crate) key: DataKey,
}

pub(crate) fn key_purpose(digest: &BlobDigest) -> String {
    format!("lectern data key of blob {}", digest.as_str())
}

/// The object that a blob's row names.
pub(crate) fn object(app: &App, blob: &store::blobs::Blob) -> Result<Object, Error> {
    if blob.wrapped_key.is_empty() {
        return Err(Error::PicturesErased);
    }
    let key = app.unwrap_key(&key_purpose(&blob.digest), &blob.wrapped_key)?;
    Ok(Object {
        name: ObjectName::parse(&blob.object_name)?,
        key: DataKey::new(key.ok_or(Error::Damaged { what: "a data key" })?),
    })
}

/// Keeps the key and name of an object before the object is written, so that no crash in between can
/// lose the key. When the same bytes were reserved before, that reservation holds.
pub(crate) fn reserve(app: &App, digest: &BlobDigest, size: u64) -> Result<Object, Error> {
    let key = DataKey::new(random::bytes()?);
    let name = app.inner.naming.object_name(digest, &key);
    let now = app.now();
    let held = app.write(|transaction| {
        let blob = store::blobs::Blob {
            digest: digest.clone(),
            object_name: name.as_str().to_owned(),
            wrapped_key: app.wrap_key(transaction, &key_purpose(digest), key.bytes())?,
            size,
            created_at: now,
        };
        Ok(store::blobs::reserve(transaction, &blob)?)
    })?;
    object(app, &held)
}

/// Keeps the document with the job to read it, unless somebody else was quicker. None when the
/// reservation is gone: somebody submitted the same bytes meanwhile and deleted them again.
fn keep(
    app: &App,
    caller: &Caller,
    transaction: &Transaction,
    document: &Document,
    object: &Object,
) -> Result<Option<Submitted>, Error> {
    archive::demand_not_archived(app, transaction, &document.digest)?;
    if let Some(found) = store::documents::by_digest(transaction, &document.digest)? {
        return Ok(Some(already_kept(app, caller, transaction, found)?));
    }
    let reserved = store::blobs::by_digest(transaction, &document.digest)?;
    if reserved.is_none_or(|blob| blob.object_name != object.name.as_str()) {
        return Ok(None);
    }
    store::documents::insert(transaction, document)?;
    enqueue(transaction, document.id, document.submitted_at)?;
    let kind = ChangeKind::Submitted;
    note(transaction, document.submitted_at, document.id, &kind)?;
    let details = Details::new()
        .word("digest", document.digest.as_str())
        .word("media_type", document.media_type.as_str())
        .word("size", document.size);
    let what = What::DocumentSubmitted;
    audit::record(app, transaction, caller, what, document.id, details)?;
    Ok(Some(Submitted {
        outcome: Outcome::New,
        document: documents::summary(transaction, document.id)?,
    }))
}

fn already_here(
    app: &App,
    caller: &Caller,
    found: store::documents::Listed,
) -> Result<Submitted, Error> {
    if found.trashed_at.is_some() {
        return app.write(|transaction| already_kept(app, caller, transaction, found));
    }
    Ok(Submitted {
        outcome: Outcome::AlreadyHere,
        document: found.into(),
    })
}

/// The same in the middle of an act. Who submits what is in the trash wants it back.
fn already_kept(
    app: &App,
    caller: &Caller,
    transaction: &Transaction,
    found: store::documents::Listed,
) -> Result<Submitted, Error> {
    let id = found.document.id;
    let mut document = DocumentSummary::from(found);
    if document.trashed_at.is_some() {
        trash::take_out(app, transaction, caller, id)?;
        document = documents::summary(transaction, id)?;
    }
    Ok(Submitted {
        outcome: Outcome::AlreadyHere,
        document,
    })
}

/// Keeps the job to read a document.
pub(crate) fn enqueue(
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    enqueue_with(transaction, id, jobs::NOTHING, now)
}

/// The same, with what the job needs beyond the document.
pub(crate) fn enqueue_with(
    transaction: &Transaction,
    id: DocumentId,
    payload: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let request = jobs::Request {
        queue: Queue::Ocr,
        kind: jobs::READ_DOCUMENT,
        document: Some(id),
        priority: 0,
        key: &format!("{}:{id}", jobs::READ_DOCUMENT),
    };
    jobs::enqueue_with(transaction, &request, payload, now)
}

/// Sets where a document stands when nothing went wrong with it, and notes the change.
pub(crate) fn set_status(
    transaction: &Transaction,
    id: DocumentId,
    status: DocumentStatus,
    now: Timestamp,
) -> Result<(), Error> {
    store::documents::set_status(transaction, id, status, None, now)?;
    note(transaction, now, id, &ChangeKind::Status { status })
}
