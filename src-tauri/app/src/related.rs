//! What documents have to do with each other: two sides of one card, papers of one person, one document taken
//! in twice. Found whenever one is read or corrected, explained, and overruled by what people say.
//!
//! A document is compared only with those it shares a key with; keys are kept as digests under a key of the
//! store's own, so that the table of them tells nothing. What was found may change with every reading;
//! what a person said is appended and holds.

mod compare;
mod pair;
#[cfg(test)]
mod tests;

use model::{Caller, Comparison, DocumentId, Question, Timestamp, Verdict};
use read::relate::{LINKED, POSSIBLE};
use store::{Snapshot, Transaction, relations::Said};

pub(crate) use self::compare::beside;
use crate::{
    App, Error,
    audit::{self, Details, What},
    documents::{self, DocumentSummary},
    jobs::{Kind, Outcome, Work},
    note,
    permission::{Act, demand},
    persons, review, search,
};

/// The most pairs on one page of a list.
const LONGEST_PAGE: u32 = 200;

/// How many documents are compared before the job looks whether it should go on.
const BATCH: u32 = 50;

/// The recurring job that compares what was never compared: documents from before this was done, and all
/// of them after a restore.
pub(crate) const RELATE_MISSING: Kind = Kind {
    name: "relate_missing",
    run: relate_missing,
};

/// Another document that one has to do with.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// In what.
    pub question: Question,
    /// The other document.
    pub document: DocumentSummary,
    /// How likely it is, and why; none where only a person said so.
    pub found: Option<Comparison>,
    /// What a person said of it.
    pub verdict: Option<Verdict>,
    /// Whether it is held to be so.
    pub holds: bool,
}

/// Two documents that may be one, or whose holders may be one, of which nobody has said anything.
#[derive(Debug, Clone, PartialEq)]
pub struct Possible {
    /// In what.
    pub question: Question,
    /// The document that was made first.
    pub one: DocumentSummary,
    /// The other one.
    pub other: DocumentSummary,
    /// How likely it is, and why.
    pub found: Comparison,
}

/// Everything that a document has to do with others, the likeliest first.
pub fn of(app: &App, caller: &Caller, id: DocumentId) -> Result<Vec<Related>, Error> {
    demand(caller, Act::SeeDocument)?;
    audit::seen(app, caller, id)?;
    all_of(&app.inner.store.read()?, id)
}

fn all_of(snapshot: &Snapshot, id: DocumentId) -> Result<Vec<Related>, Error> {
    let own = documents::summary(snapshot, id)?;
    let mut related = Vec::new();
    for relation in store::relations::of_document(snapshot, id)? {
        let document = documents::summary(snapshot, relation.beside(id))?;
        let holds = match relation.question {
            Question::Sides => {
                own.belonging.side_of == Some(document.document.id)
                    || document.belonging.side_of == Some(id)
            }
            Question::Holder => {
                own.belonging.person.is_some() && own.belonging.person == document.belonging.person
            }
            Question::Duplicate => relation.verdict == Some(Verdict::Same),
        };
        related.push(Related {
            question: relation.question,
            document,
            found: relation.found,
            verdict: relation.verdict,
            holds,
        });
    }
    Ok(related)
}

/// Notes what a person says about two documents, which holds against anything a machine finds, and acts on it:
/// sides are put together or taken apart, documents are put under one person or not.
pub fn say(
    app: &App,
    caller: &Caller,
    id: DocumentId,
    other: DocumentId,
    question: Question,
    verdict: Verdict,
) -> Result<Vec<Related>, Error> {
    demand(caller, Act::JudgeDocuments)?;
    if id == other {
        return Err(Error::SameDocument);
    }
    let now = app.now();
    app.write(|transaction| {
        for one in [id, other] {
            let summary = documents::summary(transaction, one)?;
            if summary.pages == 0 {
                return Err(Error::NotReadYet);
            }
        }
        judge(
            app,
            transaction,
            caller,
            (id, other),
            question,
            verdict,
            now,
        )?;
        relate(app, transaction, id, now)?;
        relate(app, transaction, other, now)?;
        for one in [id, other] {
            tell(transaction, one, now)?;
        }
        all_of(transaction, id)
    })
}

/// Notes what a person says, without acting on it.
pub(crate) fn judge(
    app: &App,
    transaction: &Transaction,
    caller: &Caller,
    (one, other): (DocumentId, DocumentId),
    question: Question,
    verdict: Verdict,
    now: Timestamp,
) -> Result<(), Error> {
    let said = Said {
        question,
        one,
        other,
        verdict,
        by: caller.user,
        at: now,
    };
    store::relations::say(transaction, &said)?;
    let details = Details::new()
        .word("other", other.to_string())
        .word("question", question.as_str())
        .word("verdict", verdict.as_str());
    audit::record(
        app,
        transaction,
        caller,
        What::DocumentsJudged,
        one,
        details,
    )
}

/// Possible duplicates, of documents or of persons, of which nobody has said anything, the likeliest first.
pub fn possible(
    app: &App,
    caller: &Caller,
    question: Question,
    limit: u32,
) -> Result<Vec<Possible>, Error> {
    demand(caller, Act::SeeDocument)?;
    let limit = limit.clamp(1, LONGEST_PAGE);
    let snapshot = app.inner.store.read()?;
    let mut possible = Vec::new();
    for relation in store::relations::open(&snapshot, question, POSSIBLE, limit)? {
        let Some(found) = relation.found else {
            continue;
        };
        let one = documents::summary(&snapshot, relation.one)?;
        let other = documents::summary(&snapshot, relation.other)?;
        let is_open = match question {
            Question::Duplicate => true,
            Question::Holder => one.belonging.person != other.belonging.person,
            Question::Sides => {
                one.belonging.side_of != Some(relation.other)
                    && other.belonging.side_of != Some(relation.one)
            }
        };
        if is_open {
            possible.push(Possible {
                question,
                one,
                other,
                found,
            });
        }
    }
    Ok(possible)
}

/// Compares a document with others and acts on what is found. To be done whenever its reading or a correction
/// changed; done twice, the second time changes nothing.
pub(crate) fn relate(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(listed) = store::documents::get(transaction, id)? else {
        return Ok(());
    };
    if listed.belonging.parts > 0 {
        // What was cut out of it stands for it.
        compare::withdraw(transaction, id)?;
        return persons::put(app, transaction, id, None);
    }
    let changed = pair::pair(app, transaction, id, now)?;
    for one in &changed {
        refresh(transaction, *one, now)?;
    }
    let listed = store::documents::get(transaction, id)?;
    let front = listed.and_then(|listed| listed.belonging.side_of);
    if let Some(front) = front.filter(|front| !changed.contains(front)) {
        refresh(transaction, front, now)?;
    }
    let mut wholes = changed;
    wholes.insert(id);
    wholes.extend(front);
    for one in wholes {
        compare::compare(app, transaction, one, now)?;
    }
    Ok(())
}

/// Takes a document out of everything that it has to do with others, until it is related again.
pub(crate) fn withdraw(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    compare::withdraw(transaction, id)?;
    persons::put(app, transaction, id, None)?;
    if let Some(partner) = pair::part(transaction, id)? {
        relate(app, transaction, partner, now)?;
        refresh(transaction, partner, now)?;
    }
    Ok(())
}

/// Derives anew what lists show of a document, and its status, after something changed beside it.
pub(crate) fn refresh(
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<(), Error> {
    let detail = documents::detail(transaction, id)?;
    let Some(reading) = &detail.reading else {
        return Ok(());
    };
    let standing = review::standing(reading, &detail.corrections);
    store::documents::set_derived(transaction, id, &standing.derived)?;
    search::index(
        transaction,
        id,
        detail.summary.document.name.expose(),
        &standing.record,
    )?;
    let status = detail.summary.document.status;
    if review::is_read(status) {
        let problem = standing.problem.as_ref();
        store::documents::set_status(transaction, id, standing.status, problem, now)?;
    }
    tell(transaction, id, now)
}

/// Tells whoever listens that something about a document changed.
fn tell(transaction: &Transaction, id: DocumentId, now: Timestamp) -> Result<(), Error> {
    let status = documents::summary(transaction, id)?.document.status;
    note(transaction, now, id, &model::ChangeKind::Status { status })
}

fn relate_missing(work: &Work<'_>) -> Result<Outcome, Error> {
    loop {
        let missing = store::documents::not_compared(&work.app.inner.store.read()?, BATCH)?;
        if missing.is_empty() {
            return Ok(Outcome::Done);
        }
        for id in missing {
            if !work.goes_on() {
                return Ok(Outcome::Left);
            }
            let now = work.app.now();
            work.app
                .write(|transaction| relate(work.app, transaction, id, now))?;
        }
    }
}

/// Whether what was found is held to be so as long as nobody says otherwise.
pub(crate) fn is_linked(found: Option<&Comparison>, verdict: Option<Verdict>) -> bool {
    match verdict {
        Some(verdict) => verdict == Verdict::Same,
        None => found.is_some_and(|found| found.log_odds >= LINKED),
    }
}
