//! Persons: everything that belongs to one human being, found by what his documents say and corrected by hand.
//!
//! A person is nothing but the documents under one id. Documents are put under one where they are likely
//! enough of one holder, and whatever somebody said of two of them holds: documents of which somebody said
//! that they are of two persons never come under one again.

use std::collections::BTreeSet;

use model::{Caller, DocumentId, PersonId, Question, Timestamp, Verdict};
use store::{Snapshot, Transaction};

use crate::{
    App, Error,
    audit::{self, Details, What, Who},
    documents::{self, DocumentSummary},
    permission::{Act, demand},
    random, related,
};

/// The most persons on one page of a list.
const LONGEST_PAGE: u32 = 200;

/// A person as lists show it.
#[derive(Debug, Clone, PartialEq)]
pub struct PersonSummary {
    /// The person.
    pub id: PersonId,
    /// How many documents there are.
    pub documents: u32,
    /// The newest of them, which names the person.
    pub newest: DocumentSummary,
    /// Where the next page begins, if this is the last of its page.
    pub place: i64,
}

/// Lists persons, those first whose newest document is the newest; `before` is the place of the last one
/// of the page before.
pub fn list(
    app: &App,
    caller: &Caller,
    before: Option<i64>,
    limit: u32,
) -> Result<Vec<PersonSummary>, Error> {
    demand(caller, Act::SeeDocument)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let persons = store::documents::persons(&app.inner.store.read()?, before, limit)?;
    let summary = |person: store::documents::Person| PersonSummary {
        id: person.id,
        documents: person.documents,
        place: person.newest.number,
        newest: person.newest.into(),
    };
    Ok(persons.into_iter().map(summary).collect())
}

/// The documents of a person, the newest first.
pub fn get(app: &App, caller: &Caller, id: PersonId) -> Result<Vec<DocumentSummary>, Error> {
    demand(caller, Act::SeeDocument)?;
    let found = store::documents::of_person(&app.inner.store.read()?, id)?;
    if found.is_empty() {
        return Err(Error::PersonNotFound);
    }
    Ok(found.into_iter().map(DocumentSummary::from).collect())
}

/// Puts a document under another person, or under one of its own, which is remembered: it is said of it and
/// every document of either person.
pub fn set(
    app: &App,
    caller: &Caller,
    document: DocumentId,
    person: Option<PersonId>,
) -> Result<DocumentSummary, Error> {
    demand(caller, Act::JudgeDocuments)?;
    let now = app.now();
    app.write(|transaction| {
        let summary = documents::summary(transaction, document)?;
        if summary.pages == 0 {
            return Err(Error::NotReadYet);
        }
        let document = summary.belonging.side_of.unwrap_or(document);
        let summary = documents::summary(transaction, document)?;
        if let Some(person) = person
            && store::documents::of_person(transaction, person)?.is_empty()
        {
            return Err(Error::PersonNotFound);
        }
        let held = summary
            .belonging
            .person
            .filter(|held| Some(*held) != person);
        for (member, verdict) in members(transaction, held, Verdict::Different)?
            .into_iter()
            .chain(members(transaction, person, Verdict::Same)?)
            .filter(|(member, _)| *member != document)
        {
            let both = (document, member);
            related::judge(
                app,
                transaction,
                caller,
                both,
                Question::Holder,
                verdict,
                now,
            )?;
        }
        related::relate(app, transaction, document, now)?;
        documents::summary(transaction, document)
    })
}

fn members(
    snapshot: &Snapshot,
    person: Option<PersonId>,
    verdict: Verdict,
) -> Result<Vec<(DocumentId, Verdict)>, Error> {
    let Some(person) = person else {
        return Ok(Vec::new());
    };
    let found = store::documents::of_person(snapshot, person)?.into_iter();
    Ok(found.map(|listed| (listed.document.id, verdict)).collect())
}

/// Puts a document under the person whose documents it is likely to belong with, or under one of its own
/// where it names somebody. Persons that turn out to be one by it become one.
pub(crate) fn assign(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    names_somebody: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let held = person_of(transaction, id)?;
    // The persons it is linked with; those of whom somebody said so come first, then the oldest.
    let mut linked: BTreeSet<(bool, PersonId)> = BTreeSet::new();
    for relation in store::relations::of_document(transaction, id)? {
        let is_linked = relation.question == Question::Holder
            && related::is_linked(relation.found.as_ref(), relation.verdict);
        if is_linked && let Some(person) = person_of(transaction, relation.beside(id))? {
            linked.insert((relation.verdict != Some(Verdict::Same), person));
        }
    }
    let mut one: BTreeSet<DocumentId> = BTreeSet::from([id]);
    let mut chosen: Vec<PersonId> = Vec::new();
    for (_, person) in linked {
        let of_it: BTreeSet<DocumentId> = store::documents::of_person(transaction, person)?
            .into_iter()
            .map(|listed| listed.document.id)
            .filter(|member| *member != id)
            .collect();
        // Under no person of whom somebody said that this is another one.
        if !of_it.is_empty() && !are_parted(transaction, &one, &of_it)? {
            one.extend(of_it);
            chosen.push(person);
        }
    }
    let person = match chosen.iter().min() {
        Some(person) => Some(*person),
        None if !names_somebody => None,
        None => {
            // Its own: the one it has, unless others are under that too.
            let alone = match held {
                Some(held) => store::documents::of_person(transaction, held)?.len() == 1,
                None => false,
            };
            match held.filter(|_| alone) {
                Some(held) => Some(held),
                None => Some(PersonId(random::id(now)?)),
            }
        }
    };
    one.into_iter()
        .try_for_each(|document| put(app, transaction, document, person))
}

fn person_of(snapshot: &Snapshot, id: DocumentId) -> Result<Option<PersonId>, Error> {
    let listed = store::documents::get(snapshot, id)?;
    Ok(listed.and_then(|listed| listed.belonging.person))
}

/// Whether somebody said of one of these and one of those that they are of two persons.
fn are_parted(
    snapshot: &Snapshot,
    these: &BTreeSet<DocumentId>,
    those: &BTreeSet<DocumentId>,
) -> Result<bool, Error> {
    for one in these {
        for relation in store::relations::of_document(snapshot, *one)? {
            if relation.question == Question::Holder
                && relation.verdict == Some(Verdict::Different)
                && those.contains(&relation.beside(*one))
            {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// Puts a document under a person, or none, and writes it down where that is news.
pub(crate) fn put(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    person: Option<PersonId>,
) -> Result<(), Error> {
    if person_of(transaction, id)? == person {
        return Ok(());
    }
    store::documents::set_person(transaction, id, person)?;
    let person = person.map(|person| person.to_string());
    let details = Details::new().word("person", person.unwrap_or_default());
    audit::record(
        app,
        transaction,
        Who::Program,
        What::PersonLinked,
        id,
        details,
    )
}
