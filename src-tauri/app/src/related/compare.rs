//! Comparing a document with those that share a key with it.

use std::collections::BTreeSet;

use model::{DocumentId, Question, Record, Relation, Timestamp, Verdict};
use read::relate::{self, Facts, POSSIBLE};
use store::{Snapshot, Transaction};

use crate::{App, Error, persons, sides, types};

/// With how many others a document is compared at most, those first that share most with it.
const MOST: u32 = 200;

/// Digits of a kept key: more would only take room.
const DIGITS: usize = 32;

/// What a document says by its own file alone; none before it is read.
pub(super) fn own(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Facts>, Error> {
    let Some(reading) = store::readings::latest(snapshot, id)? else {
        return Ok(None);
    };
    let corrections = store::corrections::of_document(snapshot, id)?;
    let record = Record::derive(Some(&reading), &corrections);
    let facts = Facts::of(&record, Some(&reading), &types::of(snapshot)?);
    let Some(listed) = store::documents::get(snapshot, id)? else {
        return Ok(Some(facts));
    };
    let facts = facts.submitted(listed.document.submitted_by, listed.document.submitted_at);
    Ok(Some(match listed.belonging.cut_from {
        Some(cut) => facts.on_sheet(cut.sheet.to_string(), cut.part),
        None => facts,
    }))
}

/// What a document says with its other side.
fn whole(snapshot: &Snapshot, id: DocumentId) -> Result<Option<Facts>, Error> {
    let Some(reading) = sides::reading(snapshot, id)? else {
        return Ok(None);
    };
    let corrections = sides::corrections(snapshot, id)?;
    let record = Record::derive(Some(&reading), &corrections);
    Ok(Some(Facts::of(
        &record,
        Some(&reading),
        &types::of(snapshot)?,
    )))
}

/// The keys of facts as they are kept: digests under a key of the store's own.
pub(super) fn digests(app: &App, facts: &[&Facts]) -> Vec<String> {
    let key = blake3::derive_key("lectern 2026-11 document keys", app.inner.naming.bytes());
    let keys: BTreeSet<String> = facts.iter().flat_map(|facts| facts.keys()).collect();
    let digest = |text: &String| {
        let digest = blake3::keyed_hash(&key, text.as_bytes()).to_hex();
        digest.chars().take(DIGITS).collect()
    };
    keys.iter().map(digest).collect()
}

/// Other documents that share a key with these facts.
pub(super) fn candidates(
    app: &App,
    snapshot: &Snapshot,
    id: DocumentId,
    facts: &Facts,
) -> Result<Vec<DocumentId>, Error> {
    let keys = digests(app, &[facts]);
    Ok(store::keys::sharing(snapshot, id, &keys, MOST)?)
}

/// Takes a document out of all comparisons.
pub(super) fn withdraw(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    let beside = beside(transaction, &[id])?;
    store::keys::set(transaction, id, &[])?;
    for question in Question::ALL {
        store::relations::forget(transaction, question, id)?;
    }
    store::documents::set_compared(transaction, id, 0)?;
    for other in beside {
        count(transaction, other)?;
    }
    Ok(())
}

/// The documents that these have to do with, without these.
pub(crate) fn beside(
    snapshot: &Snapshot,
    ids: &[DocumentId],
) -> Result<BTreeSet<DocumentId>, Error> {
    let mut beside = BTreeSet::new();
    for id in ids {
        for relation in store::relations::of_document(snapshot, *id)? {
            beside.insert(relation.beside(*id));
        }
        beside.extend(store::documents::other_side(snapshot, *id)?);
        let listed = store::documents::get(snapshot, *id)?;
        beside.extend(listed.and_then(|listed| listed.belonging.side_of));
    }
    beside.retain(|id| !ids.contains(id));
    Ok(beside)
}

/// Compares a whole document with others: whether it was taken in before, and whose it is.
pub(super) fn compare(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(listed) = store::documents::get(transaction, id)? else {
        return Ok(());
    };
    let mut touched = with_open(transaction, id)?;
    for question in [Question::Holder, Question::Duplicate] {
        store::relations::forget(transaction, question, id)?;
    }
    if listed.belonging.side_of.is_some() {
        // The other side stands for it.
        persons::put(app, transaction, id, None)?;
        store::documents::set_compared(transaction, id, 0)?;
    } else if let Some(facts) = whole(transaction, id)? {
        let own = own(transaction, id)?.unwrap_or_default();
        store::keys::set(transaction, id, &digests(app, &[&own, &facts]))?;
        for other in wholes(app, transaction, id, &facts)? {
            let Some(beside) = whole(transaction, other)? else {
                continue;
            };
            let holder = relate::holder(&facts, &beside);
            let both = (id, other);
            if holder.log_odds >= POSSIBLE {
                store::relations::found(transaction, Question::Holder, both, &holder, now)?;
            }
            if let Some(twice) = relate::duplicate(&facts, &beside)
                && twice.log_odds >= POSSIBLE
            {
                store::relations::found(transaction, Question::Duplicate, both, &twice, now)?;
            }
        }
        persons::assign(app, transaction, id, facts.names_somebody(), now)?;
        touched.extend(with_open(transaction, id)?);
        touched.insert(id);
    }
    for one in touched {
        count(transaction, one)?;
    }
    Ok(())
}

/// The candidates of a document, each by the document that stands for it.
fn wholes(
    app: &App,
    snapshot: &Snapshot,
    id: DocumentId,
    facts: &Facts,
) -> Result<BTreeSet<DocumentId>, Error> {
    let mut wholes = BTreeSet::new();
    for candidate in candidates(app, snapshot, id, facts)? {
        if let Some(listed) = store::documents::get(snapshot, candidate)?
            && listed.belonging.parts == 0
        {
            wholes.insert(listed.belonging.side_of.unwrap_or(candidate));
        }
    }
    wholes.remove(&id);
    Ok(wholes)
}

/// The others that a document may be one with.
fn with_open(snapshot: &Snapshot, id: DocumentId) -> Result<BTreeSet<DocumentId>, Error> {
    let relations = store::relations::of_document(snapshot, id)?.into_iter();
    let whole = relations.filter(|relation| relation.question != Question::Sides);
    Ok(whole.map(|relation| relation.beside(id)).collect())
}

/// Counts how many others a document may be one with, of which nobody has said anything.
fn count(transaction: &Transaction, id: DocumentId) -> Result<(), Error> {
    let person = |id: DocumentId| -> Result<_, Error> {
        let listed = store::documents::get(transaction, id)?;
        Ok(listed.and_then(|listed| listed.belonging.person))
    };
    let own = person(id)?;
    let relations = store::relations::of_document(transaction, id)?;
    let mut others = BTreeSet::new();
    for relation in &relations {
        let is_open = match relation.question {
            Question::Sides => false,
            Question::Duplicate => is_possible(relation),
            Question::Holder => is_possible(relation) && person(relation.beside(id))? != own,
        };
        if is_open {
            others.insert(relation.beside(id));
        }
    }
    // Whoever said that two documents are one and the same, or two, has answered for their holders too.
    for relation in &relations {
        if relation.question == Question::Duplicate && relation.verdict == Some(Verdict::Same) {
            others.remove(&relation.beside(id));
        }
    }
    let others = u32::try_from(others.len()).unwrap_or(u32::MAX);
    store::documents::set_compared(transaction, id, others)?;
    Ok(())
}

fn is_possible(relation: &Relation) -> bool {
    let found = relation.found.as_ref();
    relation.verdict.is_none() && found.is_some_and(|found| found.log_odds >= POSSIBLE)
}
