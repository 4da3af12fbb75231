//! From what the places of a document say to one value a field.
//!
//! The machine-readable zone, the barcodes and the print of every view are rivals. Those that say the
//! same, under the rules of [`compare()`], stand together; how much a place is worth alone is its
//! calibrated probability, and places err independently, so their odds multiply. The winner's
//! companions decide its spelling, the losers stay as evidence, and whatever differs is explained.

pub(crate) mod compare;
mod order;
mod reason;
pub(crate) mod spelling;
pub(crate) mod zone;

use model::{
    Disagreement, DisagreementClass as Class, Evidence, Field, FieldName, Personal, Source, Zone,
};

pub use self::reason::reason_sentence;
pub(crate) use self::{compare::is_date, order::sort};
use self::{
    compare::{Kind, compare, kind},
    reason::reason,
};

/// Below this confidence a person should look at a value. Chosen on drawn documents so that fewer than
/// one in a hundred of the others are wrong.
pub(crate) const SURE: f32 = 0.96;

/// A rival this likely to be right by itself is never overruled in silence, unless its characters are
/// such as readers mix up.
const SERIOUS: f32 = 0.8;

/// Below this confidence a person should look even at what the zone itself does not doubt: the print
/// speaks against it.
const LEAST_OF_ZONE: f32 = 0.8;

/// A companion this likely to be right by itself settles a doubt that the zone alone leaves: a name
/// that may be cut, a century that is not printed.
const RELIABLE: f32 = 0.6;

/// Nothing is ever surer: all places of a document can agree on an error.
const MOST: f32 = 0.999;

/// Most alternatives of a field.
const OFFERED: usize = 3;

/// Whether two values of a field are the same but for case, spaces, punctuation and the letters of the
/// machine-readable zone.
pub fn is_same_value(field: &FieldName, one: &Personal, other: &Personal) -> bool {
    compare(field, one.expose(), other.expose(), []) <= Class::Transliteration
}

/// What one place of the document says about one field.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) value: Personal,
    pub(crate) zone: Zone,
    /// Which view or zone of the document it stands in: statements of one place are not independent.
    pub(crate) place: usize,
    pub(crate) evidence: Vec<Evidence>,
    /// Probability that the value is right if nothing else were known.
    pub(crate) trust: f32,
    /// Whether arithmetic proves it.
    pub(crate) proven: bool,
    /// Whether the place leaves a doubt that only another place can settle.
    pub(crate) doubtful: bool,
    /// Whether the value may go on beyond what the place has room for.
    pub(crate) may_be_cut: bool,
    pub(crate) alternatives: Vec<Personal>,
}

/// Statements that say the same.
struct Camp {
    members: Vec<usize>,
    /// Log of the odds that they are right, against all of them being wrong.
    score: f32,
}

/// One value for a field, and how the places differ about it where they do.
///
/// None where nothing was said.
pub(crate) fn settle(
    field: &FieldName,
    mut statements: Vec<Statement>,
) -> Option<(Field, Option<Disagreement>)> {
    // Zones before barcodes before print, the likelier first: an order of its own, whatever order
    // they came in.
    statements.sort_by(|one, other| {
        rank(one.zone)
            .cmp(&rank(other.zone))
            .then(other.trust.total_cmp(&one.trust))
            .then(one.place.cmp(&other.place))
            .then_with(|| one.value.cmp(&other.value))
    });
    let camps = camps(field, &statements);
    // A reader outside of this machine never overrules what arithmetic proves.
    let is_proven = |camp: &Camp| camp.members.iter().any(|at| statements[*at].proven);
    let is_outside = |camp: &Camp| {
        let mut members = camp.members.iter();
        members.all(|at| statements[*at].zone == Zone::Outside)
    };
    let proven = camps.iter().any(is_proven);
    let standing = camps.iter().filter(|camp| !(proven && is_outside(camp)));
    let winner = standing.max_by(|one, other| {
        // The first of equals.
        one.score
            .total_cmp(&other.score)
            .then(other.members.cmp(&one.members))
    })?;
    let members: Vec<&Statement> = winner.members.iter().map(|at| &statements[*at]).collect();
    let head = spelled(field, &members)?;
    let value = head.value.clone();
    let confidence = confidence(&camps, winner);
    let classes: Vec<Class> = statements
        .iter()
        .map(|one| class(field, head, one))
        .collect();
    let resolved = members.iter().any(|one| {
        !one.doubtful
            && one.trust >= RELIABLE
            && members.iter().any(|other| is_independent(one, other))
    });
    let unresolved = members.iter().all(|one| one.doubtful)
        || (members.iter().any(|one| one.doubtful) && !resolved);
    let contested = statements.iter().zip(&classes).any(|(one, class)| {
        *class > Class::OcrConfusion && !agrees(*class, head, one) && one.trust >= SERIOUS
    });
    // A zone judges its own characters better than any threshold here.
    let sure_zone = members
        .iter()
        .any(|one| one.zone == Zone::Mrz && !one.doubtful);
    let unsure = confidence < if sure_zone { LEAST_OF_ZONE } else { SURE };
    let mut evidence: Vec<Evidence> = head.evidence.clone();
    for other in &members {
        if !std::ptr::eq(*other, head) {
            evidence.extend(other.evidence.iter().cloned());
        }
    }
    let settled = Field {
        needs_review: unsure || unresolved || contested,
        confidence,
        proven: members.iter().any(|one| {
            one.proven && compare(field, one.value.expose(), value.expose(), []) == Class::Equal
        }),
        alternatives: alternatives(&value, head, &statements),
        evidence,
        value,
    };
    let disagreement = explain(field, head, &statements, &classes, &settled, contested);
    Some((settled, disagreement))
}

const fn rank(zone: Zone) -> u8 {
    match zone {
        Zone::Mrz => 0,
        Zone::Barcode => 1,
        Zone::Visual => 2,
        Zone::Outside => 3,
    }
}

fn is_independent(one: &Statement, other: &Statement) -> bool {
    (one.zone, one.place) != (other.zone, other.place)
}

pub(crate) fn class(field: &FieldName, one: &Statement, other: &Statement) -> Class {
    let offered = one.alternatives.iter().chain(&other.alternatives);
    compare(field, one.value.expose(), other.value.expose(), offered)
}

/// Whether a difference of this class leaves the two saying the same. The century that a zone does not
/// print is no statement of the zone.
fn agrees(class: Class, one: &Statement, other: &Statement) -> bool {
    match class {
        Class::Equal | Class::Transliteration | Class::Truncation => true,
        Class::CenturyAmbiguous => (one.zone == Zone::Mrz) != (other.zone == Zone::Mrz),
        Class::OcrConfusion | Class::RealConflict => false,
    }
}

fn camps(field: &FieldName, statements: &[Statement]) -> Vec<Camp> {
    let mut camps: Vec<Camp> = Vec::new();
    for (at, statement) in statements.iter().enumerate() {
        let joins = |camp: &&mut Camp| {
            camp.members.iter().all(|member| {
                let member = &statements[*member];
                agrees(class(field, member, statement), member, statement)
            })
        };
        match camps.iter_mut().find(joins) {
            Some(camp) => camp.members.push(at),
            None => camps.push(Camp {
                members: vec![at],
                score: 0.0,
            }),
        }
    }
    for camp in &mut camps {
        // Of statements of one place only the likeliest counts.
        let mut counted: Vec<&Statement> = Vec::new();
        for member in &camp.members {
            let member = &statements[*member];
            match counted.iter_mut().find(|one| !is_independent(one, member)) {
                Some(known) if known.trust < member.trust => *known = member,
                Some(_) => {}
                None => counted.push(member),
            }
        }
        camp.score = counted.iter().map(|one| log_odds(one.trust)).sum();
    }
    camps
}

fn log_odds(probability: f32) -> f32 {
    let probability = probability.clamp(0.001, MOST);
    (probability / (1.0 - probability)).ln()
}

/// Probability of the winning camp among all camps and the chance that none is right.
fn confidence(camps: &[Camp], winner: &Camp) -> f32 {
    let all: f32 = camps.iter().map(|camp| camp.score.exp()).sum();
    (winner.score.exp() / (1.0 + all)).clamp(0.0, MOST)
}

/// The statement whose spelling stands for a camp.
fn spelled<'a>(field: &FieldName, members: &[&'a Statement]) -> Option<&'a Statement> {
    let first = *members.first()?;
    let printed = members.iter().copied().find(|one| one.zone == Zone::Visual);
    let machine = members
        .iter()
        .copied()
        .find(|one| matches!(one.zone, Zone::Mrz | Zone::Barcode));
    let (Some(printed), Some(machine)) = (printed, machine) else {
        // Of several prints the whole date before a part of it; else the likeliest.
        let longer = members.iter().copied().find(|one| {
            one.zone != Zone::Outside
                && is_date(one.value.expose())
                && one.value.expose().len() > first.value.expose().len()
        });
        return Some(longer.unwrap_or(first));
    };
    let (print, typed) = (printed.value.expose(), machine.value.expose());
    let difference = compare(field, print, typed, []);
    let print_wins = match kind(field, print, typed) {
        Kind::Words => match difference {
            // A recogniser that ran words together spells worse than the zone.
            Class::Equal | Class::Transliteration => breaks(print) >= breaks(typed),
            Class::Truncation => machine.may_be_cut && print.len() > typed.len(),
            _ => false,
        },
        // The zone has a filler where the print has a separator.
        Kind::Exact => typed.contains(' ') && difference == Class::Equal,
        Kind::Date => match difference {
            // Zones print two digits of the year.
            Class::CenturyAmbiguous => machine.zone == Zone::Mrz,
            Class::Truncation => print.len() > typed.len(),
            _ => false,
        },
        Kind::Set => difference == Class::Equal,
        Kind::State => false,
    };
    Some(if print_wins { printed } else { machine })
}

/// How many words are kept apart.
fn breaks(text: &str) -> usize {
    text.split(|one: char| !one.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .count()
}

/// The losers first, then what the winner's reader thought possible.
fn alternatives(value: &Personal, head: &Statement, statements: &[Statement]) -> Vec<Personal> {
    let rivals = statements.iter().map(|one| &one.value);
    let mut offers: Vec<Personal> = Vec::new();
    for offer in rivals.chain(&head.alternatives) {
        if offer != value && !offer.is_empty() && !offers.contains(offer) {
            offers.push(offer.clone());
        }
    }
    offers.truncate(OFFERED);
    offers
}

fn explain(
    field: &FieldName,
    head: &Statement,
    statements: &[Statement],
    classes: &[Class],
    settled: &Field,
    undecided: bool,
) -> Option<Disagreement> {
    let worst = classes.iter().copied().max()?;
    if worst == Class::Equal {
        return None;
    }
    let source = |one: &Statement| Source {
        zone: one.zone,
        value: one.value.clone(),
        evidence: one.evidence.clone(),
    };
    let rest = statements.iter().filter(|one| !std::ptr::eq(*one, head));
    Some(Disagreement {
        field: field.clone(),
        class: worst,
        sources: std::iter::once(head).chain(rest).map(source).collect(),
        reason: reason(worst, head, settled.proven).en.to_owned(),
        proposed: settled.value.clone(),
        undecided,
    })
}

#[cfg(test)]
mod tests;
