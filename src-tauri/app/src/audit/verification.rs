//! Whether the log is what was written: every chain, from its first entry to its newest, and its copy.

use std::path::Path;

use model::Caller;
use serde::{Deserialize, Serialize};
use store::{Database, Snapshot, audit_copies as copies};
use subtle::ConstantTimeEq as _;

use super::{Entry, HEAD, Head, beginning, copying, hash, seal, seal_key};
use crate::{
    App, Error,
    keys::card,
    permission::{Act, demand},
};

/// How many entries are verified at once.
const BATCH: u32 = 1000;

/// The file beside the database that names the newest sealed entry of a database.
fn anchor_name(database: Database) -> String {
    match database {
        Database::Default => "audit-anchor.json".to_owned(),
        other => format!("audit-anchor-{}.json", other.as_str()),
    }
}

/// Notes the newest entry in the file beside the database, from where a database that is put back to an
/// earlier day is found out. A recurring job does it, and so does every verification that found nothing.
pub fn anchor(app: &App) -> Result<(), Error> {
    for database in copying::origins(app) {
        let snapshot = app.inner.databases.get(database).read()?;
        let Some(head) = store::settings::get(&snapshot, HEAD)? else {
            continue;
        };
        let path = app.settings().data_dir.join(anchor_name(database));
        card::replace(&path, head.as_bytes()).map_err(|source| Error::Path { path, source })?;
    }
    Ok(())
}

fn read_anchor(data: &Path, database: Database) -> Result<Option<String>, Error> {
    let path = data.join(anchor_name(database));
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::Path { path, source }),
    }
}

/// What is wrong with an entry, or with the chain at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// Its words are not those it was written with.
    Edited,
    /// It was taken out, with others or alone.
    Missing,
    /// It was written by somebody without the keys: put in, moved, or part of a chain written anew.
    Forged,
    /// The newest entries were cut off.
    CutOff,
}

/// One chain of entries: each database that acts are done in has its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chain {
    /// The database of the acts.
    pub database: Database,
    /// Whether it is the copy in `logging`.
    pub is_copy: bool,
}

/// The outcome of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// The chain with the first bad entry, or the one of the default database.
    pub chain: Chain,
    /// How many of its entries were looked at.
    pub entries: u64,
    /// The number of the first bad entry and what is wrong with it; none when every chain is whole.
    pub first_bad: Option<(u64, Fault)>,
    /// The other chains that were found whole, with the number of their entries.
    pub others: Vec<(Chain, u64)>,
}

impl Verification {
    /// One sentence.
    pub fn sentence(&self) -> String {
        let Some((sequence, fault)) = self.first_bad else {
            let others = self.others.iter().map(|(chain, entries)| {
                let name = chain.database.as_str();
                if chain.is_copy {
                    format!(", {entries} copies in `logging` of those of `{name}`")
                } else {
                    format!(", {entries} in `{name}`")
                }
            });
            let others: String = others.collect();
            return format!("The audit log is whole: {} entries{others}", self.entries);
        };
        let log = match (self.chain.database, self.chain.is_copy) {
            (Database::Default, false) => "the audit log".to_owned(),
            (other, false) => format!("the audit log of `{}`", other.as_str()),
            (origin, true) => format!(
                "the copy in `logging` of the audit log of `{}`",
                origin.as_str()
            ),
        };
        match fault {
            Fault::Edited => format!("Entry {sequence} of {log} was changed after it was written"),
            Fault::Missing => format!("Entry {sequence} of {log} is missing"),
            Fault::Forged => {
                format!("Entry {sequence} of {log} was not written by this program at its place")
            }
            Fault::CutOff => {
                let log = log.replacen('t', "T", 1);
                format!("{log} was cut off: entry {sequence} was written and is no longer there")
            }
        }
    }
}

/// Verifies every entry of every chain, from the first to the newest, that none is missing at the end, and
/// that the copies say the same.
pub fn verify(app: &App, caller: &Caller) -> Result<Verification, Error> {
    demand(caller, Act::SeeAudit)?;
    let key = seal_key(app);
    let mut whole: Vec<(Chain, u64)> = Vec::new();
    for database in copying::origins(app) {
        let snapshot = app.inner.databases.get(database).read()?;
        for is_copy in [false, true] {
            let chain = Chain { database, is_copy };
            let (entries, first_bad) = if is_copy {
                let Some(target) = copying::target(app, database) else {
                    continue;
                };
                verify_copies(&snapshot, &target.read()?, database, &key)?
            } else {
                let anchor = read_anchor(&app.settings().data_dir, database)?;
                verify_origin(&snapshot, anchor.as_ref(), &key)?
            };
            if first_bad.is_some() {
                return Ok(Verification {
                    chain,
                    entries,
                    first_bad,
                    others: Vec::new(),
                });
            }
            whole.push((chain, entries));
        }
    }
    self::anchor(app)?;
    let (chain, entries) = whole.remove(0);
    Ok(Verification {
        chain,
        entries,
        first_bad: None,
        others: whole,
    })
}

/// How many entries were looked at, and the first bad one.
type Looked = (u64, Option<(u64, Fault)>);

/// Verifies the chain of a database where it was written.
fn verify_origin(
    snapshot: &Snapshot,
    anchor: Option<&String>,
    key: &[u8; 32],
) -> Result<Looked, Error> {
    let fetch = |after| Ok(store::audit::after(snapshot, after, BATCH)?);
    let (entries, first_bad) = verify_chain(beginning(snapshot)?, key, &fetch, &mut |_| Ok(true))?;
    if first_bad.is_some() {
        return Ok((entries, first_bad));
    }
    let head = store::settings::get(snapshot, HEAD)?;
    for noted in [head.as_ref(), anchor].into_iter().flatten() {
        if let Some(bad) = check_noted(snapshot, key, noted, entries)? {
            return Ok((entries, Some(bad)));
        }
    }
    if head.is_none() && entries > 0 {
        return Ok((entries, Some((entries + 1, Fault::CutOff))));
    }
    Ok((entries, None))
}

/// Verifies the copy of a chain, each entry beside the one it was made of.
fn verify_copies(
    origin: &Snapshot,
    there: &Snapshot,
    database: Database,
    key: &[u8; 32],
) -> Result<Looked, Error> {
    let fetch = |after| Ok(copies::after(there, database, after, BATCH)?);
    let is_same = &mut |entry: &Entry| {
        let written = store::audit::get(origin, entry.sequence)?;
        Ok(written.is_some_and(|written| written.hash == entry.hash))
    };
    verify_chain(beginning(origin)?, key, &fetch, is_same)
}

/// Verifies entries as they come; `is_right` may know more of one than its chain does.
fn verify_chain(
    beginning: String,
    key: &[u8; 32],
    fetch: &dyn Fn(u64) -> Result<Vec<Entry>, Error>,
    is_right: &mut dyn FnMut(&Entry) -> Result<bool, Error>,
) -> Result<Looked, Error> {
    let mut previous = beginning;
    let mut entries = 0;
    loop {
        let batch = fetch(entries)?;
        if batch.is_empty() {
            return Ok((entries, None));
        }
        for entry in batch {
            let fault = if entry.sequence != entries + 1 {
                Some((entries + 1, Fault::Missing))
            } else if seal(key, "entry", &entry.hash)
                .as_bytes()
                .ct_ne(entry.seal.as_bytes())
                .into()
            {
                Some((entry.sequence, Fault::Forged))
            } else if hash(&previous, &entry) != entry.hash {
                Some((entry.sequence, Fault::Edited))
            } else if is_right(&entry)? {
                None
            } else {
                Some((entry.sequence, Fault::Forged))
            };
            if fault.is_some() {
                return Ok((entries, fault));
            }
            entries = entry.sequence;
            previous = entry.hash;
        }
    }
}

/// Compares a note of the newest entry with the chain, which is whole as far as it goes.
fn check_noted(
    snapshot: &Snapshot,
    key: &[u8; 32],
    noted: &str,
    entries: u64,
) -> Result<Option<(u64, Fault)>, Error> {
    let head = serde_json::from_str::<Head>(noted).ok();
    let Some(head) = head.filter(|head| head.is_genuine(key)) else {
        return Ok(Some((entries, Fault::Forged)));
    };
    if head.sequence > entries {
        return Ok(Some((entries + 1, Fault::CutOff)));
    }
    let entry = store::audit::get(snapshot, head.sequence)?;
    if entry.is_some_and(|entry| entry.hash == head.hash) {
        Ok(None)
    } else {
        Ok(Some((head.sequence, Fault::Forged)))
    }
}
