//! Putting the two sides of cards together, and taking them apart.

use std::collections::{BTreeMap, BTreeSet};

use model::{DocumentId, Question, Side, Timestamp, Verdict};
use read::relate::{self, Edge, PAIRED, POSSIBLE};
use store::{Snapshot, Transaction};

use super::compare::{candidates, digests, own};
use crate::{
    App, Error,
    audit::{self, Details, What, Who},
};

type Edges = BTreeMap<(DocumentId, DocumentId), Edge>;

type Around = BTreeSet<DocumentId>;

/// Looks for the other side of a document among those that share a key with it, and settles anew which of
/// all documents around it are pairs, so that the order in which they came makes no difference. Answers
/// with the documents whose other side is another one now.
pub(super) fn pair(
    app: &App,
    transaction: &Transaction,
    id: DocumentId,
    now: Timestamp,
) -> Result<BTreeSet<DocumentId>, Error> {
    let Some(facts) = own(transaction, id)? else {
        return Ok(BTreeSet::new());
    };
    let mut around = vec![id];
    around.extend(partner(transaction, id)?);
    // Whom it might have been paired with until now must be settled anew too.
    for relation in of_sides(transaction, id)? {
        around.push(relation.beside(id));
    }
    store::keys::set(transaction, id, &digests(app, &[&facts]))?;
    store::relations::forget(transaction, Question::Sides, id)?;
    for other in candidates(app, transaction, id, &facts)? {
        let Some(beside) = own(transaction, other)? else {
            continue;
        };
        if let Some(found) = relate::sides(&facts, &beside)
            && found.log_odds >= POSSIBLE
        {
            let both = (id, other);
            store::relations::found(transaction, Question::Sides, both, &found, now)?;
        }
    }
    let (edges, all) = edges(transaction, around)?;
    let pairs = relate::pairs(&edges.values().copied().collect::<Vec<_>>());
    settle(app, transaction, &all, &pairs)
}

fn of_sides(snapshot: &Snapshot, id: DocumentId) -> Result<Vec<model::Relation>, Error> {
    let mut relations = store::relations::of_document(snapshot, id)?;
    relations.retain(|relation| relation.question == Question::Sides);
    Ok(relations)
}

/// The other side of a document, whichever of the two stands for both.
fn partner(snapshot: &Snapshot, id: DocumentId) -> Result<Option<DocumentId>, Error> {
    if let Some(other) = store::documents::other_side(snapshot, id)? {
        return Ok(Some(other));
    }
    let listed = store::documents::get(snapshot, id)?;
    Ok(listed.and_then(|listed| listed.belonging.side_of))
}

/// Takes a document's other side away from it, and answers which that was.
pub(super) fn part(transaction: &Transaction, id: DocumentId) -> Result<Option<DocumentId>, Error> {
    let partner = partner(transaction, id)?;
    if let Some(partner) = partner {
        for one in [id, partner] {
            store::documents::set_side_of(transaction, one, None)?;
        }
    }
    Ok(partner)
}

/// Every possible pair of some documents and of those that are reached from them over pairs that could
/// hold, and all these documents.
fn edges(snapshot: &Snapshot, mut around: Vec<DocumentId>) -> Result<(Edges, Around), Error> {
    let mut edges = BTreeMap::new();
    let mut seen: BTreeSet<DocumentId> = around.iter().copied().collect();
    while let Some(at) = around.pop() {
        for relation in of_sides(snapshot, at)? {
            let log_odds = relation
                .found
                .as_ref()
                .map_or(f32::NEG_INFINITY, |found| found.log_odds);
            let edge = Edge {
                one: relation.one,
                other: relation.other,
                log_odds,
                verdict: relation.verdict,
            };
            edges.insert((relation.one, relation.other), edge);
            let could_hold = log_odds >= PAIRED || relation.verdict == Some(Verdict::Same);
            let other = relation.beside(at);
            if could_hold && seen.insert(other) {
                around.push(other);
            }
        }
    }
    Ok((edges, seen))
}

/// Makes the pairs hold among all these documents.
fn settle(
    app: &App,
    transaction: &Transaction,
    all: &BTreeSet<DocumentId>,
    pairs: &[(DocumentId, DocumentId)],
) -> Result<BTreeSet<DocumentId>, Error> {
    let wanted = |id: DocumentId| {
        let pair = pairs.iter().find(|(one, other)| *one == id || *other == id);
        pair.map(|(one, other)| if *one == id { *other } else { *one })
    };
    let mut changed = BTreeSet::new();
    let mut parted = BTreeSet::new();
    for id in all {
        let held = partner(transaction, *id)?;
        if held != wanted(*id) {
            changed.insert(*id);
            if let Some(held) = held {
                changed.insert(held);
                parted.insert(((*id).min(held), (*id).max(held)));
            }
        }
    }
    for (one, other) in parted {
        store::documents::set_side_of(transaction, one, None)?;
        store::documents::set_side_of(transaction, other, None)?;
        let details = Details::new().word("other", other.to_string());
        audit::record(
            app,
            transaction,
            Who::Program,
            What::SidesParted,
            one,
            details,
        )?;
    }
    for (one, other) in pairs {
        if changed.contains(one) || changed.contains(other) {
            let (front, back) = in_order(transaction, *one, *other)?;
            store::documents::set_side_of(transaction, front, None)?;
            store::documents::set_side_of(transaction, back, Some(front))?;
            let details = Details::new().word("other", back.to_string());
            audit::record(
                app,
                transaction,
                Who::Program,
                What::SidesPaired,
                front,
                details,
            )?;
        }
    }
    Ok(changed)
}

/// The front first; where neither side is known, the one that was taken in first.
fn in_order(
    snapshot: &Snapshot,
    one: DocumentId,
    other: DocumentId,
) -> Result<(DocumentId, DocumentId), Error> {
    let side = |id| -> Result<Option<Side>, Error> {
        Ok(own(snapshot, id)?.and_then(|facts| facts.side()))
    };
    let number = |id| -> Result<Option<i64>, Error> {
        Ok(store::documents::get(snapshot, id)?.map(|listed| listed.number))
    };
    Ok(match (side(one)?, side(other)?) {
        (Some(Side::Front), Some(Side::Back) | None) | (None, Some(Side::Back)) => (one, other),
        (Some(Side::Back), Some(Side::Front) | None) | (None, Some(Side::Front)) => (other, one),
        _ if number(one)? <= number(other)? => (one, other),
        _ => (other, one),
    })
}
