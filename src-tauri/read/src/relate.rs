//! Whether two documents have to do with each other: two sides of one card, two papers of one person, one
//! document taken in twice.
//!
//! Each field that both speak of is evidence. How much it says is in the tables below, in nats: the
//! logarithm of how much likelier such an agreement (or difference) is where they are one than where they
//! are two (Fellegi and Sunter 1969). The sum, with how seldom two documents are one to begin with, is
//! the score; its parts are the explanation. The decisions here are pure: who remembers them, and what
//! people said against them, is the business of `app`.

mod alike;
mod keys;
mod pairs;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use model::{
    Alike, Comparison, DocumentKind, Field, FieldName, Reading, Reason, Record, Side, Timestamp,
    TypeDefinition, UserId,
};

use self::alike::alike;
pub use self::pairs::{Edge, pairs};

/// Two sides this likely belong together are put together.
pub const PAIRED: f32 = 2.5;

/// Documents this likely of one person are put under it.
pub const LINKED: f32 = 4.0;

/// What is less likely than this is not worth a person's look.
pub const POSSIBLE: f32 = -0.5;

/// What a document says of itself and its holder, for comparing it with others.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    kind: Option<DocumentKind>,
    side: Option<Side>,
    country: Option<String>,
    /// Whether its type has two sides.
    has_sides: bool,
    /// What it says of each field, with the probability that this is right.
    values: BTreeMap<FieldName, Vec<(String, f32)>>,
    /// Whether one side at most can be seen: it was read from one place of one page.
    shows_one_side: bool,
    /// Whether a machine-readable zone was found.
    has_zone: bool,
    /// The picture it was cut out of, and which of the documents there it was part of.
    sheet: Option<(String, u32)>,
    /// Who took it in, and when.
    submission: Option<(UserId, Timestamp)>,
}

impl Facts {
    /// The facts of a record and the reading below it.
    pub fn of(record: &Record, reading: Option<&Reading>, types: &[TypeDefinition]) -> Self {
        let mut values: BTreeMap<FieldName, Vec<(String, f32)>> = BTreeMap::new();
        for (name, field) in &record.fields {
            let certainty = match (&field.corrected, &field.read) {
                (Some(_), _) => 1.0,
                (None, Some(read)) if !is_guess(read) => read.confidence,
                (None, _) => continue,
            };
            let value = field.value.expose();
            // The back of a licence says when each class ends, the front when the card does.
            let ends = name.as_str().starts_with("category_") && name.as_str().ends_with("_until");
            let name = if ends {
                FieldName::DATE_OF_EXPIRY
            } else {
                name.clone()
            };
            let said = values.entry(name).or_default();
            if !value.is_empty() && !said.iter().any(|(known, _)| known == value) {
                said.push((value.to_owned(), certainty));
            }
        }
        values.retain(|_, said| !said.is_empty());
        let definition = reading.and_then(|reading| definition(reading, types));
        Self {
            kind: record.document_type.map(|document| document.kind),
            side: record.document_type.and_then(|document| document.side),
            country: record.issuing_country.clone(),
            has_sides: definition.is_some_and(|one| one.pairing.is_some()),
            values,
            shows_one_side: reading
                .is_some_and(|reading| reading.pages.len() == 1 && reading.regions.len() <= 1),
            has_zone: reading.is_some_and(|reading| reading.mrz.is_some()),
            sheet: None,
            submission: None,
        }
    }

    /// The same of a document that was cut out of a picture: of which, and which of those in it.
    #[must_use]
    pub fn on_sheet(mut self, sheet: impl Into<String>, number: u32) -> Self {
        self.sheet = Some((sheet.into(), number));
        self
    }

    /// The same of a document that somebody took in at an instant.
    #[must_use]
    pub fn submitted(mut self, by: UserId, at: Timestamp) -> Self {
        self.submission = Some((by, at));
        self
    }

    /// Whether it may be the other side of a document whose side is known, though its own is not: because
    /// nothing told its type, or its type and not which side of it is seen.
    fn may_be_beside(&self, known: &Self) -> bool {
        let complements = self.shows_one_side && !(self.has_zone && known.has_zone);
        is_unknown(self) || complements && self.kind == known.kind
    }

    /// Which side it shows, where that is known.
    pub const fn side(&self) -> Option<Side> {
        self.side
    }

    /// Whether it names a person, so that it can be put under one.
    pub fn names_somebody(&self) -> bool {
        let says = |field| self.said(field).next().is_some();
        (says("surname") || says("given_names"))
            && (says("date_of_birth") || says("document_number") || says("personal_number"))
    }

    fn said(&self, field: &str) -> impl Iterator<Item = &str> {
        let said = self
            .values
            .iter()
            .find(|(name, _)| name.as_str() == field)
            .map(|(_, said)| said);
        said.into_iter().flatten().map(|(value, _)| value.as_str())
    }
}

/// Whether a value is what the tagger made of a text that nothing announced: worth showing to a person, and
/// no evidence of anything.
fn is_guess(field: &Field) -> bool {
    !field.evidence.is_empty() && field.evidence.iter().all(|one| one.rule == "tagger")
}

/// The definition that a reading follows.
pub(crate) fn definition<'a>(
    reading: &Reading,
    types: &'a [TypeDefinition],
) -> Option<&'a TypeDefinition> {
    let followed = reading.definition.as_deref()?;
    let id = followed.split_once('@').map_or(followed, |(id, _)| id);
    types.iter().find(|one| one.id == id)
}

/// What a field says about a question: where it agrees, and where it differs.
type Weights = &'static [(&'static str, f32, f32)];

/// Fields of the two sides of a card. That a card's other side is among the documents is usual, so little
/// is needed to believe it; a difference is hard to explain.
const SIDES: (f32, Weights) = (
    -5.0,
    &[
        ("document_number", 12.0, -9.0),
        ("personal_number", 12.0, -9.0),
        ("date_of_birth", 8.0, -9.0),
        ("date_of_expiry", 8.0, -6.0),
        ("date_of_issue", 5.0, -3.0),
        ("surname", 5.0, -7.0),
        ("given_names", 4.0, -5.0),
        ("licence_categories", 2.0, -0.5),
        ("address", 3.0, -1.0),
        ("sex", 0.7, -4.0),
        ("nationality", 0.7, -1.5),
    ],
);

/// Fields of two papers of one person: numbers of documents differ as a rule, and marriage changes names.
const HOLDER: (f32, Weights) = (
    -9.0,
    &[
        ("personal_number", 13.0, -5.0),
        ("document_number", 10.0, 0.0),
        ("date_of_birth", 8.0, -7.0),
        ("surname", 5.0, -5.0),
        ("given_names", 4.0, -4.0),
        ("place_of_birth", 2.5, -1.0),
        ("address", 3.0, 0.0),
        ("sex", 0.7, -4.0),
        ("nationality", 0.7, -1.0),
    ],
);

/// Fields of one document that was taken in twice.
const DUPLICATE: (f32, Weights) = (
    -9.0,
    &[
        ("document_number", 12.0, -9.0),
        ("E", 12.0, -10.0),
        ("A", 9.0, -8.0),
        ("date_of_birth", 5.0, -6.0),
        ("date_of_expiry", 5.0, -6.0),
        ("date_of_issue", 4.0, -5.0),
        ("personal_number", 3.0, -4.0),
        ("surname", 3.0, -5.0),
        ("given_names", 2.5, -4.0),
        ("sex", 0.3, -3.0),
    ],
);

/// Another family or state than it should be: types of cards are mixed up, and what tells the state of a
/// front is often no more than its language.
const OTHER_KIND: f32 = -3.0;
const OTHER_COUNTRY: f32 = -2.0;

/// Cut out of one picture, in which they were taken for one document.
const ONE_SHEET: f32 = 5.0;

/// Taken in by one person within ten minutes (in milliseconds), as the sides of a card are nearly always and what merely
/// shares a date or a name with one seldom is. It never is enough by itself.
const TOGETHER: u64 = 600_000;
const ONE_SUBMISSION: f32 = 1.5;

/// How much of its weight an agreement of this kind has; none for a difference.
const fn share(alike: Alike) -> Option<f32> {
    Some(match alike {
        Alike::Equal => 1.0,
        Alike::Transliterated => 0.95,
        Alike::Reordered => 0.85,
        Alike::Misread => 0.75,
        Alike::Part | Alike::Century => 0.7,
        Alike::OneCharacter | Alike::SoundsAlike | Alike::Swapped => 0.45,
        Alike::Different => return None,
    })
}

/// Whether two documents are the two sides of one card; none where they cannot be.
pub fn sides(one: &Facts, other: &Facts) -> Option<Comparison> {
    match (one.side, other.side) {
        (Some(left), Some(right)) if left != right => {}
        (Some(_), None) if one.has_sides && other.may_be_beside(one) => {}
        (None, Some(_)) if other.has_sides && one.may_be_beside(other) => {}
        (Some(_) | None, Some(_) | None) => return None,
    }
    if !one.has_sides && !other.has_sides {
        return None;
    }
    let mut reasons = kinds(one, other)?;
    if let (Some(sheet), Some(beside)) = (&one.sheet, &other.sheet)
        && sheet == beside
    {
        reasons.push(Reason {
            about: "sheet".to_owned(),
            alike: Alike::Equal,
            weight: ONE_SHEET,
        });
    }
    if let (Some((left, first)), Some((right, second))) = (one.submission, other.submission)
        && left == right
        && first.0.abs_diff(second.0) <= TOGETHER
    {
        reasons.push(Reason {
            about: "submission".to_owned(),
            alike: Alike::Equal,
            weight: ONE_SUBMISSION,
        });
    }
    Some(compared(one, other, &SIDES, reasons))
}

/// Whether two documents belong to one person.
pub fn holder(one: &Facts, other: &Facts) -> Comparison {
    compared(one, other, &HOLDER, Vec::new())
}

/// Whether two documents are one, taken in twice; none where they cannot be, as two sides of a card.
pub fn duplicate(one: &Facts, other: &Facts) -> Option<Comparison> {
    if let (Some(left), Some(right)) = (one.side, other.side)
        && left != right
    {
        return None;
    }
    let reasons = kinds(one, other)?;
    Some(compared(one, other, &DUPLICATE, reasons))
}

fn is_unknown(facts: &Facts) -> bool {
    facts.kind.is_none_or(|kind| kind == DocumentKind::OtherId)
}

/// What the families and states of two documents say; none where they exclude each other.
fn kinds(one: &Facts, other: &Facts) -> Option<Vec<Reason>> {
    let is_card = |kind: DocumentKind| {
        matches!(
            kind,
            DocumentKind::IdCard | DocumentKind::ResidencePermit | DocumentKind::DrivingLicence
        )
    };
    let mut reasons = Vec::new();
    let mut against = |about: &str, weight| {
        reasons.push(Reason {
            about: about.to_owned(),
            alike: Alike::Different,
            weight,
        });
    };
    if let (Some(left), Some(right)) = (one.kind, other.kind)
        && left != right
        && !is_unknown(one)
        && !is_unknown(other)
    {
        if !is_card(left) || !is_card(right) {
            return None;
        }
        against("document_type", OTHER_KIND);
    }
    let state = |facts: &Facts| {
        let country = facts.country.as_deref()?;
        let state = country.split_once('-').map_or(country, |(state, _)| state);
        Some(if state == "D" { "DEU" } else { state }.to_owned())
    };
    if let (Some(left), Some(right)) = (state(one), state(other))
        && left != right
    {
        against("issuing_country", OTHER_COUNTRY);
    }
    Some(reasons)
}

/// The pair of values that agree best; of those that agree alike the surer one.
fn better(one: (Alike, f32), other: (Alike, f32)) -> (Alike, f32) {
    let first = one.0.cmp(&other.0).then(other.1.total_cmp(&one.1));
    if first.is_le() { one } else { other }
}

fn compared(
    one: &Facts,
    other: &Facts,
    (prior, weights): &(f32, Weights),
    mut reasons: Vec<Reason>,
) -> Comparison {
    for (field, agreement, difference) in *weights {
        let name = FieldName::new(*field);
        let (Some(left), Some(right)) = (one.values.get(&name), other.values.get(&name)) else {
            continue;
        };
        // Of several values on either side the best pair counts.
        let pairs = left
            .iter()
            .flat_map(|left| right.iter().map(move |right| (left, right)));
        let judged = pairs
            .map(|((left, certain), (right, sure))| (alike(&name, left, right), certain * sure));
        let Some((best, certainty)) = judged.reduce(better) else {
            continue;
        };
        // What may be misread is weak evidence of a difference; by misreading alone nothing agrees.
        let weight = share(best).map_or(certainty * difference, |share| share * agreement);
        if weight != 0.0 {
            reasons.push(Reason {
                about: (*field).to_owned(),
                alike: best,
                weight,
            });
        }
    }
    let log_odds = prior + reasons.iter().map(|reason| reason.weight).sum::<f32>();
    reasons.sort_by(|one, other| {
        let by_weight = other.weight.abs().total_cmp(&one.weight.abs());
        by_weight.then_with(|| one.about.cmp(&other.about))
    });
    Comparison { log_odds, reasons }
}
