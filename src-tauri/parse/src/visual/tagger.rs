//! A statistical tagger for documents that no rule explains.
//!
//! A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001) looks at the words of a
//! sheet in reading order and says of each which field it may belong to: by its shape, its place, and
//! the label words around it. It only fills fields that every rule left empty, and what it says is for
//! a person to confirm. `tagger/README.md` says how the model was made.

use std::ops::Range;
use std::sync::LazyLock;

use crfs::{Attribute, Model};
use jiff::civil::Date;
use model::{FieldName, Sheet};

use super::shape::{self, Order, Role};
use super::track::{Piece, Tracks};
use crate::Claim;

mod features;

pub use features::{Seen, observe};

/// The fields the tagger knows, in the words of records. A word of no field has the empty label.
pub const FIELDS: [&str; 11] = [
    "surname",
    "given_names",
    "date_of_birth",
    "date_of_issue",
    "date_of_expiry",
    "document_number",
    "personal_number",
    "place_of_birth",
    "authority",
    "sex",
    "nationality",
];

/// The label of words that belong to no field.
pub const NOTHING: &str = "none";

/// What the tagger's word is worth: enough to be shown, never enough to pass unseen.
const WORTH: f32 = 0.4;

static WEIGHTS: LazyLock<Option<Model<'static>>> =
    LazyLock::new(|| Model::new(include_bytes!("tagger/model.crfsuite")).ok());

/// Adds claims for those fields of the definition in use that have none yet. What is a caption or a title
/// on this page is no value, whatever it looks like.
pub(super) fn tag(
    sheet: &Sheet,
    wanted: &[&str],
    order: Order,
    day: Date,
    is_caption: impl Fn(&str) -> bool,
    claims: &mut Vec<Claim>,
) {
    let missing = |field: &str| {
        wanted.contains(&field) && !claims.iter().any(|claim| claim.field.as_str() == field)
    };
    let fields: Vec<&str> = FIELDS.into_iter().filter(|field| missing(field)).collect();
    if fields.is_empty() {
        return;
    }
    let tracks = Tracks::new(sheet);
    let seen = observe(sheet);
    let Some(labels) = labels(&seen) else {
        return;
    };
    let mut found = Vec::new();
    for field in fields {
        // The longest run of neighbouring words of the field that can be its value; the first of equals.
        let mut runs = runs(&seen, &labels, field);
        runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
        let told = runs.into_iter().find_map(|run| {
            let piece = piece(&tracks, seen.get(run.start)?, seen.get(run.end - 1)?)?;
            let text = tracks.printed(piece);
            let value = in_record_form(field, &text, order, day)?;
            let taken = |claim: &Claim| claim.value.expose() == value;
            let free = !is_caption(&text) && !claims.iter().chain(&found).any(taken);
            free.then(|| tracks.claim(FieldName::new(field), value, &[piece], WORTH, "tagger"))
        });
        found.extend(told);
    }
    claims.extend(found);
}

/// The runs of neighbouring words of one line that have the label.
fn runs(seen: &[Seen], labels: &[String], label: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, word) in seen.iter().enumerate() {
        if labels.get(at).is_none_or(|other| other != label) {
            continue;
        }
        match runs.last_mut() {
            Some(run)
                if run.end == at && seen.get(run.start).map(|one| one.line) == Some(word.line) =>
            {
                run.end += 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The likeliest label of every word.
fn labels(seen: &[Seen]) -> Option<Vec<String>> {
    let tagger = WEIGHTS.as_ref()?.tagger().ok()?;
    let sequence: Vec<Vec<Attribute>> = seen
        .iter()
        .map(|word| {
            word.features
                .iter()
                .map(|feature| Attribute::new(feature.as_str(), 1.0))
                .collect()
        })
        .collect();
    let labels = tagger.tag(&sequence).ok()?;
    (labels.len() == seen.len()).then(|| labels.into_iter().map(str::to_owned).collect())
}

/// The keys of the words from one to another of the same line.
fn piece(tracks: &Tracks<'_>, first: &Seen, last: &Seen) -> Option<Piece> {
    let (index, track) = tracks
        .lines
        .iter()
        .enumerate()
        .find(|(_, track)| track.line == first.line)?;
    let word = |key: &super::track::Key| track.glyphs[key.glyph].word;
    let from = track.keys.iter().position(|key| word(key) >= first.word)?;
    let to = track.keys.iter().rposition(|key| word(key) <= last.word)? + 1;
    (from < to).then_some(Piece {
        track: index,
        from,
        to,
    })
}

/// A text in the form of its field, or nothing where it cannot be one.
fn in_record_form(field: &str, text: &str, order: Order, day: Date) -> Option<String> {
    match field {
        "date_of_birth" | "date_of_issue" | "date_of_expiry" => {
            let found = shape::date::find(text, Role::of(field), order, day)?;
            Some(found.date.to_string())
        }
        "sex" => match text.to_uppercase().chars().next()? {
            'M' => Some("M".to_owned()),
            'F' | 'W' => Some("F".to_owned()),
            'X' => Some("X".to_owned()),
            _ => None,
        },
        "document_number" | "personal_number" => {
            let digits = text.chars().filter(char::is_ascii_digit).count();
            (digits >= 3).then(|| text.to_owned())
        }
        "nationality" => {
            let code = text.to_uppercase();
            crate::country::name(&code).map(|_| code)
        }
        _ => text
            .chars()
            .any(char::is_alphabetic)
            .then(|| text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{FIELDS, labels, observe, tag};
    use crate::visual::american::tests::sheet;
    use crate::visual::shape::Order;

    #[test]
    fn a_card_without_any_label_yields_what_can_be_guessed() {
        let sheet = sheet(&[
            ("SOCIETY OF BEEKEEPERS", 40.0, 20.0, 40.0),
            ("MEMBER CARD", 40.0, 70.0, 30.0),
            ("KOWALCZYK", 300.0, 150.0, 30.0),
            ("Agnieszka", 300.0, 200.0, 30.0),
            ("12.04.1979", 300.0, 260.0, 30.0),
            ("03.05.2019 03.05.2029", 300.0, 320.0, 30.0),
            ("AB1234567", 300.0, 380.0, 30.0),
        ]);
        let mut claims = Vec::new();
        tag(
            &sheet,
            &FIELDS,
            Order::DayFirst,
            date(2026, 11, 21),
            |_| false,
            &mut claims,
        );
        let value = |field: &str| {
            claims
                .iter()
                .find(|claim| claim.field.as_str() == field)
                .map(|claim| claim.value.expose())
        };
        assert_eq!(value("date_of_birth"), Some("1979-04-12"));
        assert_eq!(value("date_of_expiry"), Some("2029-05-03"));
        assert_eq!(value("document_number"), Some("AB1234567"));
        assert!(
            claims
                .iter()
                .all(|claim| claim.confidence <= 0.4 && claim.rule == "tagger")
        );
    }

    #[test]
    fn a_caption_is_no_value() {
        let sheet = sheet(&[("AB1234567", 300.0, 380.0, 30.0)]);
        let day = date(2026, 11, 21);
        let told = |is_caption: bool| {
            let mut claims = Vec::new();
            let order = Order::DayFirst;
            tag(&sheet, &FIELDS, order, day, |_| is_caption, &mut claims);
            claims.len()
        };
        assert_eq!((told(false), told(true)), (1, 0));
    }

    #[test]
    fn rules_come_first() {
        let sheet = sheet(&[("AB1234567", 300.0, 380.0, 30.0)]);
        let mut claims = Vec::new();
        tag(
            &sheet,
            &["surname"],
            Order::DayFirst,
            date(2026, 11, 21),
            |_| false,
            &mut claims,
        );
        assert!(claims.iter().all(|claim| claim.field.as_str() == "surname"));
        let before = claims.clone();
        tag(
            &sheet,
            &["surname"],
            Order::DayFirst,
            date(2026, 11, 21),
            |_| false,
            &mut claims,
        );
        assert!(before.is_empty() || claims == before);
    }

    #[test]
    fn every_word_but_those_of_the_zone_gets_a_label() {
        let sheet = sheet(&[
            ("NAME Agnieszka", 300.0, 200.0, 30.0),
            ("P<UTOERIKSSON<<ANNA", 10.0, 500.0, 30.0),
        ]);
        let seen = observe(&sheet);
        assert_eq!(seen.len(), 2);
        assert_eq!(labels(&seen).map(|labels| labels.len()), Some(2));
        assert_eq!(labels(&[]).map(|labels| labels.len()), Some(0));
    }
}
