//! Who did what: written in the transaction of the act, chained, sealed, and verified.
//!
//! Each entry holds a hash of itself and of the entry before it, so that nothing can be changed, left out
//! or put in between without breaking the chain. Whoever could rewrite the whole chain would still need
//! the key of the seals, which opens with the master key and never lies beside the data. And as a chain
//! that was cut short is whole again, the newest entry is noted in two more places: in the database, sealed,
//! and in a file beside it, the anchor, which outlives a database that was put back to an earlier day.
//! Where there is a database `logging`, the log is copied there too.
//!
//! Each database that acts are done in has a chain of its own: an act on a record of the archive is
//! written there, in the transaction that does it.
//!
//! Personal values are kept as digests under a salt of their entry. Whoever holds a value can show that it
//! is the one; once the person is forgotten the salts are destroyed, and the chain stays whole.
//!
//! Left out: who looked at a list. Lists show names, but an entry for each would drown the others.

mod copying;
mod tail;
#[cfg(test)]
mod tests;
mod verification;

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use model::{Caller, DocumentId, Door, Personal, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Database, Snapshot, Transaction};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use crate::{
    App, Error, opening,
    permission::{self, demand},
};

pub(crate) use copying::COPY;
pub use copying::copy;
pub use store::audit::{Entry, Filter};
pub(crate) use tail::Tail;
pub use verification::{Chain, Fault, Verification, anchor, verify};

/// Name in the database under which the newest entry is noted.
const HEAD: &str = "audit_head";

/// What the hash of the first entry is chained to.
const BEGINNING: &str = "lectern";

/// The most entries on one page of a list.
const LONGEST_PAGE: u32 = 500;

/// One person looking at one document again within this time, in milliseconds, is one act of looking.
const ONE_LOOK: i64 = 5 * 60 * 1000;

/// How many looks are remembered before the old ones are let go.
const LOOKS: usize = 4096;

/// What was done. The name of an act is part of the chain and never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    DocumentSubmitted,
    DocumentRead,
    DocumentSeen,
    DocumentCancelled,
    DocumentRetried,
    DocumentUnlocked,
    DocumentDeleted,
    DocumentCut,
    SheetKeptWhole,
    SheetLeftToCut,
    SidesPaired,
    SidesParted,
    PersonLinked,
    DocumentsJudged,
    DocumentTrashed,
    DocumentTakenBack,
    PicturesErased,
    ProofErased,
    FieldCorrected,
    DocumentAssigned,
    UserAdded,
    UserRemoved,
    PasswordSet,
    SignedIn,
    SignInRefused,
    SignedOut,
    CodeMade,
    TokenMade,
    TokenRevoked,
    KeysRotated,
    RecordsExported,
    SubjectExported,
    RetentionSet,
    DocumentHeld,
    DocumentReleased,
    ArchivingAsked,
    DocumentArchived,
    RestoringAsked,
    DocumentRestored,
    JobRetried,
    JobCancelled,
    DatabaseAsked,
    RecordsSeeded,
    TypeImported,
    TypeRetired,
    OutsideSet,
    OutsideOn,
    OutsideOff,
    OutsideRemoved,
    DocumentSentOut,
}

impl What {
    const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentSubmitted => "document.submitted",
            Self::DocumentRead => "document.read",
            Self::DocumentSeen => "document.seen",
            Self::DocumentCancelled => "document.cancelled",
            Self::DocumentRetried => "document.retried",
            Self::DocumentUnlocked => "document.unlocked",
            Self::DocumentDeleted => "document.deleted",
            Self::DocumentCut => "document.cut",
            Self::SheetKeptWhole => "sheet.kept_whole",
            Self::SheetLeftToCut => "sheet.left_to_cut",
            Self::SidesPaired => "sides.paired",
            Self::SidesParted => "sides.parted",
            Self::PersonLinked => "person.linked",
            Self::DocumentsJudged => "documents.judged",
            Self::DocumentTrashed => "document.trashed",
            Self::DocumentTakenBack => "document.taken_back",
            Self::PicturesErased => "document.pictures_erased",
            Self::ProofErased => "document.proof_erased",
            Self::FieldCorrected => "field.corrected",
            Self::DocumentAssigned => "document.assigned",
            Self::UserAdded => "user.added",
            Self::UserRemoved => "user.removed",
            Self::PasswordSet => "user.password_set",
            Self::SignedIn => "session.opened",
            Self::SignInRefused => "session.refused",
            Self::SignedOut => "session.closed",
            Self::CodeMade => "code.made",
            Self::TokenMade => "token.made",
            Self::TokenRevoked => "token.revoked",
            Self::KeysRotated => "keys.rotated",
            Self::RecordsExported => "records.exported",
            Self::SubjectExported => "subject.exported",
            Self::RetentionSet => "retention.set",
            Self::DocumentHeld => "document.held",
            Self::DocumentReleased => "document.released",
            Self::ArchivingAsked => "document.archiving_asked",
            Self::DocumentArchived => "document.archived",
            Self::RestoringAsked => "document.restoring_asked",
            Self::DocumentRestored => "document.restored",
            Self::JobRetried => "job.retried",
            Self::JobCancelled => "job.cancelled",
            Self::DatabaseAsked => "database.asked",
            Self::RecordsSeeded => "records.seeded",
            Self::TypeImported => "type.imported",
            Self::TypeRetired => "type.retired",
            Self::OutsideSet => "outside.set",
            Self::OutsideOn => "outside.turned_on",
            Self::OutsideOff => "outside.turned_off",
            Self::OutsideRemoved => "outside.removed",
            Self::DocumentSentOut => "document.sent_outside",
        }
    }
}

/// Who did it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Somebody who had come in.
    Caller(Caller),
    /// Somebody at the network door who had not.
    Stranger,
    /// The program, in a job of its own.
    Program,
}

impl From<&Caller> for Who {
    fn from(caller: &Caller) -> Self {
        Self::Caller(*caller)
    }
}

impl Who {
    const fn user(self) -> Option<UserId> {
        match self {
            Self::Caller(caller) => Some(caller.user),
            Self::Stranger | Self::Program => None,
        }
    }

    const fn door(self) -> &'static str {
        match self {
            Self::Caller(caller) => match caller.door {
                Door::Desktop => "desktop",
                Door::Network => "network",
                Door::CommandLine => "command_line",
            },
            Self::Stranger => "network",
            Self::Program => "program",
        }
    }
}

/// What else is to be said of an act.
#[derive(Debug, Default)]
pub(crate) struct Details {
    words: Map<String, Value>,
    personal: Vec<(&'static str, Personal)>,
}

impl Details {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A word or number that tells nothing of a person.
    pub(crate) fn word(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.words.insert(name.to_owned(), value.into());
        self
    }

    /// A value that does; only its salted digest is kept.
    pub(crate) fn personal(mut self, name: &'static str, value: &Personal) -> Self {
        self.personal.push((name, value.clone()));
        self
    }
}

/// The key of the seals; it stays the same when the master key is rotated.
fn seal_key(app: &App) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(blake3::derive_key(
        "lectern 2026-11 audit seals",
        app.inner.naming.bytes(),
    ))
}

fn seal(key: &[u8; 32], kind: &str, hash: &str) -> String {
    let mut hasher = blake3::Hasher::new_keyed(key);
    for part in [kind, hash] {
        absorb(&mut hasher, part);
    }
    hasher.finalize().to_hex().to_string()
}

/// The seal of a text of a kind of its own, under the same key.
pub(crate) fn seal_text(app: &App, kind: &str, text: &str) -> String {
    seal(&seal_key(app), kind, text)
}

/// Length before content, so that no two lists of parts look the same.
fn absorb(hasher: &mut blake3::Hasher, part: &str) {
    hasher.update(&(part.len() as u64).to_le_bytes());
    hasher.update(part.as_bytes());
}

fn hash(previous: &str, entry: &Entry) -> String {
    let mut hasher = blake3::Hasher::new();
    absorb(&mut hasher, previous);
    hasher.update(&entry.sequence.to_le_bytes());
    hasher.update(&entry.at.0.to_le_bytes());
    let user = entry.user.map(|user| user.to_string());
    for part in [
        user.as_deref().unwrap_or_default(),
        &entry.door,
        &entry.act,
        entry.subject.as_deref().unwrap_or_default(),
        &entry.details,
    ] {
        absorb(&mut hasher, part);
    }
    hasher.finalize().to_hex().to_string()
}

/// What the first entry of a database's chain is chained to: a chain cannot be taken for that of another
/// database.
fn beginning(snapshot: &Snapshot) -> Result<String, Error> {
    let belongs_to = store::settings::get(snapshot, opening::BELONGS_TO)?;
    Ok(match belongs_to {
        Some(whose) => format!("{BEGINNING} {whose}"),
        None => BEGINNING.to_owned(),
    })
}

fn digest(salt: &str, value: &Personal) -> String {
    let mut hasher = blake3::Hasher::new();
    absorb(&mut hasher, salt);
    absorb(&mut hasher, value.expose());
    hasher.finalize().to_hex().to_string()
}

/// Writes an entry into the transaction of the act, which has to be one of those in line. `subject` is the
/// id of what it was done to.
pub(crate) fn record(
    app: &App,
    transaction: &Transaction,
    who: impl Into<Who>,
    what: What,
    subject: impl ToString,
    details: Details,
) -> Result<(), Error> {
    let mut tail = Tail::begin(app, transaction)?;
    tail.record(who.into(), what, subject, details)?;
    tail.end()
}

/// Which documents were looked at by whom lately, so that one look is one entry.
#[derive(Debug, Default)]
pub(crate) struct Looks(Mutex<HashMap<(UserId, DocumentId), Timestamp>>);

/// Notes that somebody looks at a document, before he is shown anything of it.
pub(crate) fn seen(app: &App, caller: &Caller, document: DocumentId) -> Result<(), Error> {
    look(app, caller.into(), (caller.user, document), Details::new())
}

/// Notes that somebody who had not signed in fetches a document by an address that was made for it.
pub(crate) fn fetched(app: &App, document: DocumentId) -> Result<(), Error> {
    let nobody = UserId(uuid::Uuid::nil());
    let details = Details::new().word("by", "address");
    look(app, Who::Stranger, (nobody, document), details)
}

fn look(
    app: &App,
    who_looks: Who,
    who: (UserId, DocumentId),
    details: Details,
) -> Result<(), Error> {
    let now = app.now();
    let looks = &app.inner.looks.0;
    let document = who.1;
    {
        let looks = looks.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same_look = |at: &Timestamp| (0..ONE_LOOK).contains(&(now.0 - at.0));
        if looks.get(&who).is_some_and(is_same_look) {
            return Ok(());
        }
    }
    app.write(|transaction| {
        crate::documents::summary(transaction, document)?.demand_not_in_trash()?;
        record(
            app,
            transaction,
            who_looks,
            What::DocumentSeen,
            document,
            details,
        )
    })?;
    let mut looks = looks.lock().unwrap_or_else(PoisonError::into_inner);
    if looks.len() >= LOOKS {
        looks.retain(|_, at| now.0 - at.0 < ONE_LOOK);
    }
    looks.insert(who, now);
    Ok(())
}

/// The newest entry, sealed for itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    sequence: u64,
    hash: String,
    seal: String,
}

impl Head {
    fn of(key: &[u8; 32], entry: &Entry) -> Self {
        Self {
            sequence: entry.sequence,
            hash: entry.hash.clone(),
            seal: seal(key, "head", &format!("{}:{}", entry.sequence, entry.hash)),
        }
    }

    fn is_genuine(&self, key: &[u8; 32]) -> bool {
        let right = seal(key, "head", &format!("{}:{}", self.sequence, self.hash));
        right.as_bytes().ct_eq(self.seal.as_bytes()).into()
    }
}

/// One page of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Where the next page begins, as [`Filter::before`]; none on the last one.
    pub next: Option<u64>,
}

/// Lists entries of the default database, newest first.
pub fn list(app: &App, caller: &Caller, filter: &Filter, limit: u32) -> Result<Page, Error> {
    list_in(app, caller, Database::Default, filter, limit)
}

/// Lists entries that were written in one of the databases, newest first.
pub fn list_in(
    app: &App,
    caller: &Caller,
    database: Database,
    filter: &Filter,
    limit: u32,
) -> Result<Page, Error> {
    demand(caller, permission::Act::SeeAudit)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let snapshot = app.inner.databases.get(database).read()?;
    let mut entries = store::audit::list(&snapshot, filter, limit + 1)?;
    let has_more = entries.len() > limit as usize;
    entries.truncate(limit as usize);
    let next = entries
        .last()
        .filter(|_| has_more)
        .map(|last| last.sequence);
    Ok(Page { entries, next })
}
