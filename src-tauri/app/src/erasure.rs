//! Erasing, and the certificates of it.
//!
//! Erasing pictures destroys the data keys of the file and the thumbnail, without which nobody can open
//! what a disk, a bucket or a backup still has of them; the record stays and says that they are erased.
//! Erasing a record destroys, beyond that, the readings, the corrections and the words of the search. What
//! is left are the certificate, which proves that a document of this kind was checked and when, and the
//! audit log with the salts of its digests destroyed; neither tells anything of the person.
//!
//! A certificate is kept sealed under the key of the audit and names the entry of the audit that was written
//! in the same transaction.
//!
//! Deleted rows are overwritten by SQLite as they are deleted, also in the index of the search; afterwards
//! the log of the file is emptied. A Postgres server takes them out of its tables, and keeps its own
//! write-ahead log and backups until it recycles them: `docs/keeping.md` says what to do about these.

use blobs::ObjectName;
use model::{Caller, ChangeKind, DocumentId, Outcome as CheckOutcome, Timestamp, UserId};
use store::{
    Database, Snapshot, Transaction,
    documents::Listed,
    erasures::{self, Erasure},
};

use crate::{
    App, Error, archive,
    audit::{self, Details, What, Who},
    jobs::{self, Kind, Outcome, Queue, Request, Work},
    note,
    permission::{Act, demand},
    random, related,
    retention::{self, Span},
};

mod certificate;

pub use certificate::{Certificate, Checks, Destroyed, Sealed};
pub use store::erasures::What as Erased;

/// The most certificates on one page of a list.
const LONGEST_PAGE: u32 = 200;

/// The job that follows an erasure.
pub(crate) const SCOUR: Kind = Kind {
    name: "scour",
    run: scour_job,
};

/// Why something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Its time is over.
    Policy(Span),
    /// It lay in the trash for long enough.
    Trash,
    /// Somebody asked for it.
    Asked,
}

impl Reason {
    fn words(self) -> String {
        match self {
            Self::Policy(span) => format!("kept for {} after the decision", span.words()),
            Self::Trash => "left in the trash".to_owned(),
            Self::Asked => "asked for".to_owned(),
        }
    }

    fn details(self) -> Details {
        match self {
            Self::Policy(span) => Details::new().word("span", span.to_string()),
            Self::Trash => Details::new().word("from", "trash"),
            Self::Asked => Details::new(),
        }
    }
}

/// Asked again when nobody else can write: whether it is still to be done.
type IsWanted<'a> = &'a dyn Fn(&Listed) -> Result<bool, Error>;

/// Erases the pictures of a document; says whether it was done.
pub(crate) fn pictures(
    app: &App,
    who: Who,
    id: DocumentId,
    reason: Reason,
    is_wanted: IsWanted<'_>,
) -> Result<bool, Error> {
    erase(app, who, id, (Erased::Pictures, reason), is_wanted)
}

/// Erases a document whole; says whether it was done. One that is under a legal hold stays.
pub(crate) fn record(
    app: &App,
    who: Who,
    id: DocumentId,
    reason: Reason,
    is_wanted: IsWanted<'_>,
) -> Result<bool, Error> {
    erase(app, who, id, (Erased::Record, reason), is_wanted)
}

/// Erases with a document what shows it too: the other side of its card, and the picture it was cut out of.
fn erase(
    app: &App,
    who: Who,
    id: DocumentId,
    (erased, reason): (Erased, Reason),
    is_wanted: IsWanted<'_>,
) -> Result<bool, Error> {
    let (with, beside) = {
        let snapshot = app.inner.store.read()?;
        let with = shown_with(&snapshot, id)?;
        let beside = related::beside(&snapshot, &[with.as_slice(), &[id]].concat())?;
        if !with.is_empty() {
            for one in &with {
                retention::demand_not_held(&snapshot, *one)?;
            }
            retention::demand_not_held(&snapshot, id)?;
            let found = store::documents::find(&snapshot, id)?.ok_or(Error::DocumentNotFound)?;
            if !is_wanted(&found)? {
                return Ok(false);
            }
        }
        (with, beside)
    };
    // They go first: until the document itself is gone, the act did not happen and is done again.
    for one in with {
        match erase_one(app, who, one, (erased, reason), &|_| Ok(true)) {
            Ok(_) | Err(Error::DocumentNotFound) => {}
            Err(error) => return Err(error),
        }
    }
    if !erase_one(app, who, id, (erased, reason), is_wanted)? {
        return Ok(false);
    }
    if erased == Erased::Record && !beside.is_empty() {
        let now = app.now();
        app.write(|transaction| {
            for one in beside {
                if store::documents::get(transaction, one)?.is_some() {
                    related::relate(app, transaction, one, now)?;
                    // It may have been the front of what is gone.
                    related::refresh(transaction, one, now)?;
                }
            }
            Ok(())
        })?;
    }
    Ok(true)
}

/// The other side of a document, and the pictures that either was cut out of.
fn shown_with(snapshot: &Snapshot, id: DocumentId) -> Result<Vec<DocumentId>, Error> {
    let other = store::documents::other_side(snapshot, id)?;
    let mut with: Vec<DocumentId> = other.into_iter().collect();
    for one in [Some(id), other].into_iter().flatten() {
        let found = store::documents::get(snapshot, one)?;
        if let Some(cut) = found.and_then(|found| found.belonging.cut_from)
            && !with.contains(&cut.sheet)
            && store::documents::get(snapshot, cut.sheet)?.is_some()
        {
            with.push(cut.sheet);
        }
    }
    Ok(with)
}

fn erase_one(
    app: &App,
    who: Who,
    id: DocumentId,
    (erased, reason): (Erased, Reason),
    is_wanted: IsWanted<'_>,
) -> Result<bool, Error> {
    let now = app.now();
    let (database, _) = archive::find_kept(app, id)?.ok_or(Error::DocumentNotFound)?;
    if erased == Erased::Pictures && store::moves::get(&app.inner.store.read()?, id)?.is_some() {
        // There may be two of it; once it has arrived there is one again, and the next look finds it.
        return Ok(false);
    }
    if erased == Erased::Record && database != Database::Default {
        forget_here(app, id, database, is_wanted)?;
    }
    let objects = app.write_in(database, |transaction| {
        let found = store::documents::find(transaction, id)?.ok_or(Error::DocumentNotFound)?;
        retention::demand_not_held(transaction, id)?;
        if !is_wanted(&found)? {
            return Ok(None);
        }
        let mut facts = facts(transaction, &found)?;
        let digest = &found.document.digest;
        let blob = store::blobs::by_digest(transaction, digest)?;
        let blob = blob.filter(|blob| !blob.wrapped_key.is_empty());
        let thumbnail = store::thumbnails::delete(transaction, id)?;
        facts.destroyed.keys = u32::from(blob.is_some()) + u32::from(thumbnail.is_some());
        let what = match erased {
            Erased::Pictures => {
                facts.destroyed.readings = 0;
                facts.destroyed.corrections = 0;
                store::blobs::destroy_key(transaction, digest)?;
                store::documents::set_pictures_erased(transaction, id, now)?;
                if database == Database::Default {
                    let status = found.document.status;
                    note(transaction, now, id, &ChangeKind::Status { status })?;
                }
                What::PicturesErased
            }
            Erased::Record => {
                // The jobs go with the document; a worker in the middle of one loses its lease by that.
                store::documents::delete(transaction, id)?;
                store::blobs::delete(transaction, digest)?;
                if database == Database::Default {
                    note(transaction, now, id, &ChangeKind::Deleted)?;
                }
                store::audit::forget_salts(transaction, &id.to_string())?;
                What::DocumentDeleted
            }
        };
        audit::record(app, transaction, who, what, id, reason.details())?;
        certify(app, transaction, (erased, reason), who, facts)?;
        if database == Database::Default {
            enqueue_scouring(transaction, now)?;
        }
        let object = blob.map(|blob| blob.object_name);
        Ok(Some([object, thumbnail]))
    })?;
    let Some(objects) = objects else {
        return Ok(false);
    };
    if let (Database::Default, Some(archive), Erased::Record) =
        (database, app.own_archive(), erased)
    {
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

/// What the default database still says of a record in another one goes first: until the record is gone too,
/// the act did not happen and is done again.
fn forget_here(
    app: &App,
    id: DocumentId,
    database: Database,
    is_wanted: IsWanted<'_>,
) -> Result<(), Error> {
    let now = app.now();
    app.write(|transaction| {
        let there = app.inner.databases.get(database).read()?;
        let found = store::documents::find(&there, id)?.ok_or(Error::DocumentNotFound)?;
        retention::demand_not_held(&there, id)?;
        if is_wanted(&found)? {
            store::moves::remove(transaction, id)?;
            store::audit::forget_salts(transaction, &id.to_string())?;
            note(transaction, now, id, &ChangeKind::Deleted)?;
            enqueue_scouring(transaction, now)?;
        }
        Ok(())
    })
}

/// Removes the certificates of a document, whose time is over too; says whether there were any.
pub(crate) fn proof(app: &App, who: Who, id: DocumentId, span: Span) -> Result<bool, Error> {
    let mut gone = false;
    for database in [Database::Default, Database::Archive] {
        if app.inner.databases.own(database).is_some() {
            gone |= app.write_in(database, |transaction| {
                let gone = erasures::delete(transaction, id)?;
                if gone {
                    let details = Reason::Policy(span).details();
                    audit::record(app, transaction, who, What::ProofErased, id, details)?;
                }
                Ok(gone)
            })?;
        }
    }
    Ok(gone)
}

/// What a certificate says of the document itself.
struct Facts {
    document: DocumentId,
    document_type: Option<model::DocumentType>,
    submitted_at: Timestamp,
    decided_at: Option<Timestamp>,
    status: &'static str,
    engine: Option<String>,
    checks: Checks,
    destroyed: Destroyed,
}

fn facts(snapshot: &Snapshot, found: &Listed) -> Result<Facts, Error> {
    let id = found.document.id;
    let reading = store::readings::latest(snapshot, id)?;
    let mut checks = Checks::default();
    for check in reading.iter().flat_map(|reading| &reading.checks) {
        match check.outcome {
            CheckOutcome::Passed => checks.passed += 1,
            CheckOutcome::Failed => checks.failed += 1,
            CheckOutcome::CouldNotRun => checks.could_not_run += 1,
        }
    }
    let corrections = store::corrections::of_document(snapshot, id)?.len();
    Ok(Facts {
        document: id,
        document_type: found.derived.document_type,
        submitted_at: found.document.submitted_at,
        decided_at: found.decided_at,
        status: found.document.status.as_str(),
        engine: reading.map(|reading| reading.engine),
        checks,
        destroyed: Destroyed {
            keys: 0,
            readings: store::readings::count(snapshot, id)?,
            corrections: corrections as u64,
        },
    })
}

/// Writes the certificate of what was done in this transaction, whose entry in the audit is the last one.
fn certify(
    app: &App,
    transaction: &Transaction,
    (erased, reason): (Erased, Reason),
    who: Who,
    facts: Facts,
) -> Result<(), Error> {
    let entry = store::audit::last(transaction)?;
    let entry = entry.ok_or(Error::Damaged {
        what: "an audit log",
    })?;
    let id = random::id(app.now())?.to_string();
    let user = match who {
        Who::Caller(caller) => Some(caller.user),
        Who::Stranger | Who::Program => None,
    };
    let certificate = Certificate {
        format: certificate::FORMAT.to_owned(),
        id: id.clone(),
        store: app.inner.store_id.to_string(),
        document: facts.document.to_string(),
        document_type: facts.document_type.map(|kind| kind.to_string()),
        erased: erased.as_str().to_owned(),
        erased_at: certificate::instant(entry.at),
        erased_by: user.map(|UserId(user)| user.to_string()),
        reason: reason.words(),
        submitted_at: certificate::instant(facts.submitted_at),
        decided_at: facts.decided_at.map(certificate::instant),
        status: facts.status.to_owned(),
        engine: facts.engine,
        checks: facts.checks,
        destroyed: facts.destroyed,
        audit_entry: entry.sequence,
        audit_hash: entry.hash,
    };
    let text = certificate.text()?;
    let family = facts.document_type.map_or("", |kind| kind.kind.as_str());
    let erasure = Erasure {
        id,
        document: facts.document,
        document_type: family.to_owned(),
        what: erased,
        decided_at: facts.decided_at.unwrap_or(entry.at),
        erased_at: entry.at,
        seal: audit::seal_text(app, certificate::SEALED, &text),
        certificate: text,
    };
    Ok(erasures::append(transaction, &erasure)?)
}

/// A page of certificates, newest first: those before the one of an id, and only of one document where one
/// is named.
pub fn certificates(
    app: &App,
    caller: &Caller,
    document: Option<DocumentId>,
    before: Option<&str>,
    limit: u32,
) -> Result<Vec<Sealed>, Error> {
    demand(caller, Act::SeeRetention)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let mut rows = Vec::new();
    for store in app.record_stores() {
        rows.extend(erasures::list(&store.read()?, document, before, limit)?);
    }
    rows.sort_unstable_by(|one, other| other.id.cmp(&one.id));
    rows.truncate(limit as usize);
    rows.into_iter().map(Sealed::try_from).collect()
}

/// The certificate of an id.
pub fn certificate(app: &App, caller: &Caller, id: &str) -> Result<Sealed, Error> {
    demand(caller, Act::SeeRetention)?;
    for store in app.record_stores() {
        if let Some(row) = erasures::get(&store.read()?, id)? {
            return row.try_into();
        }
    }
    Err(Error::CertificateNotFound)
}

/// Whether a certificate is one of this store, word for word, and its entry is in the audit log.
pub fn is_genuine(app: &App, caller: &Caller, sealed: &Sealed) -> Result<bool, Error> {
    demand(caller, Act::SeeRetention)?;
    let certificate = &sealed.certificate;
    let right = audit::seal_text(app, certificate::SEALED, &certificate.text()?);
    let is_sealed: bool =
        subtle::ConstantTimeEq::ct_eq(right.as_bytes(), sealed.seal.as_bytes()).into();
    for store in app.record_stores() {
        let entry = store::audit::get(&store.read()?, certificate.audit_entry)?;
        if entry.is_some_and(|entry| entry.hash == certificate.audit_hash) {
            return Ok(is_sealed);
        }
    }
    Ok(false)
}

/// Leaves nothing of deleted rows behind in the databases, as far as their engines can; with `whole` they are
/// written anew, for which everybody else has to wait.
pub(crate) fn scour(app: &App, whole: bool) -> Result<(), Error> {
    for database in Database::ALL {
        if let Some(store) = app.inner.databases.own(database) {
            store.scour(whole)?;
        }
    }
    Ok(())
}

/// Writes every database anew, so that not a page is left of what was deleted.
pub fn rewrite(app: &App, caller: &Caller) -> Result<(), Error> {
    demand(caller, Act::SetRetention)?;
    scour(app, true)
}

fn enqueue_scouring(transaction: &Transaction, now: Timestamp) -> Result<(), Error> {
    let request = Request {
        queue: Queue::Media,
        kind: SCOUR.name,
        document: None,
        priority: -10,
        key: SCOUR.name,
    };
    jobs::enqueue(transaction, &request, now)
}

fn scour_job(work: &Work<'_>) -> Result<Outcome, Error> {
    scour(work.app, false)?;
    Ok(Outcome::Done)
}
