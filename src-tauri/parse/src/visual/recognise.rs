//! Which type a document is of, and which state issued it, by what is printed on it.

use model::definition::Clue;
use model::{DocumentKind, DocumentType, Side, TypeDefinition};

use super::Known;
use super::fold::{self, Pairs, Pattern};
use super::page::Page;
use crate::types::states;

/// Below this a type is not named: no answer is better than a wrong one.
pub(crate) const ENOUGH: f32 = 0.5;

/// What a page was recognised as.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recognised {
    /// Every type with its score, the best first.
    pub(crate) scores: Vec<(String, f32)>,
    /// Index of the definition to follow.
    pub(crate) definition: Option<usize>,
    /// Family and side.
    pub(crate) document_type: Option<DocumentType>,
    /// Issuing state.
    pub(crate) country: Option<String>,
}

/// All letters of a page in one row, so that titles on two lines are found too.
struct Text {
    symbols: Vec<u8>,
    pairs: Pairs,
    /// For each symbol: piece and character.
    origin: Vec<(usize, usize)>,
}

impl Text {
    fn new(page: &Page) -> Self {
        let (mut symbols, mut origin) = (Vec::new(), Vec::new());
        for index in reading_order(page) {
            if let Some(piece) = page.pieces.get(index) {
                symbols.extend(&piece.folded.symbols);
                origin.extend(piece.folded.origin.iter().map(|at| (index, *at)));
            }
        }
        Self {
            pairs: Pairs::of(&symbols),
            symbols,
            origin,
        }
    }

    /// How well a text is found, 0 to 1, and how far down the page, 0 to 1.
    fn find(&self, page: &Page, text: &str, title: bool) -> Option<(f32, f32)> {
        let pattern = Pattern::new(text);
        let hits = pattern.find(&self.symbols, &self.pairs, pattern.strict_tolerance());
        let sound = hits.into_iter().filter(|hit| {
            (pattern.len() >= 9 || self.stands_alone(page, hit.from, hit.to))
                && !(title && self.is_part_of_label(page, hit.from, hit.to))
        });
        let best = sound.min_by_key(|hit| hit.errors)?;
        let (piece, _) = self.origin.get(best.from)?;
        let down = page.pieces.get(*piece)?.area.middle() / page.height.max(1.0);
        Some((1.0 - 1.2 * best.errors as f32 / pattern.len() as f32, down))
    }

    /// Whether the words around make a caption of what would be a title: `Passport No.`,
    /// `Numéro de passeport`.
    fn is_part_of_label(&self, page: &Page, from: usize, to: usize) -> bool {
        let (Some(first), Some(last)) = (
            self.origin.get(from),
            to.checked_sub(1).and_then(|last| self.origin.get(last)),
        ) else {
            return false;
        };
        let text = |at: usize, range: std::ops::RangeFrom<usize>| {
            page.pieces
                .get(at)
                .and_then(|piece| piece.text.get(range))
                .unwrap_or_default()
                .iter()
                .collect::<String>()
        };
        let after = fold::words(&text(last.0, last.1 + 1..))
            .into_iter()
            .next()
            .unwrap_or_default();
        let head: String = text(first.0, 0..).chars().take(first.1).collect();
        let before = fold::words(&head).pop().unwrap_or_default();
        let number = ["NO", "NR", "N", "NUM", "NUMBER", "NUMERO", "NUMMER"];
        number.contains(&after.as_str()) && first.1 > 0
            || ["OF", "DE", "DU", "DEL", "DI", "NUMER", "CISLO", "PASU"].contains(&before.as_str())
            || first.1 == 0 && ["NUMBER", "NUMERO", "NUMMER"].contains(&after.as_str())
            || first.1 == 0 && ["NO", "NR", "N"].contains(&after.as_str()) && !head.is_empty()
    }

    /// Whether short text begins and ends where words do.
    fn stands_alone(&self, page: &Page, from: usize, to: usize) -> bool {
        let letter = |at: (usize, usize), step: isize| {
            let index = at.1.checked_add_signed(step);
            let piece = page.pieces.get(at.0);
            index
                .zip(piece)
                .and_then(|(index, piece)| piece.text.get(index))
                .is_some_and(|one| one.is_alphanumeric())
        };
        let (Some(first), Some(last)) = (
            self.origin.get(from),
            to.checked_sub(1).and_then(|last| self.origin.get(last)),
        ) else {
            return false;
        };
        first.0 == last.0 && !letter(*first, -1) && !letter(*last, 1)
    }
}

/// The pieces row by row, each row from left to right.
fn reading_order(page: &Page) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let mut left: Vec<usize> = (0..page.pieces.len()).collect();
    while let Some(first) = left.first().copied() {
        let Some(area) = page.pieces.get(first).map(|piece| piece.area) else {
            break;
        };
        let mut row: Vec<usize> = left
            .iter()
            .copied()
            .filter(|index| {
                page.pieces
                    .get(*index)
                    .is_some_and(|piece| piece.area.same_row(&area) > 0.6)
            })
            .collect();
        if row.is_empty() {
            row.push(first);
        }
        left.retain(|index| !row.contains(index));
        row.sort_by(|one, other| {
            let edge = |index: &usize| page.pieces.get(*index).map_or(0.0, |piece| piece.area.left);
            edge(one).total_cmp(&edge(other))
        });
        order.extend(row);
    }
    order
}

/// What the clues of a type add up to.
#[derive(Debug, Clone, Default)]
struct Score {
    doubt: f32,
    against: f32,
    country: Option<(String, f32)>,
    side: Option<(Side, f32)>,
}

/// Recognises a page.
pub(crate) fn recognise(page: &Page, types: &[TypeDefinition], known: &Known<'_>) -> Recognised {
    let text = Text::new(page);
    let named = known
        .country
        .map(str::to_owned)
        .or_else(|| state(page, &text));
    let mut scored: Vec<(usize, f32, Score)> = types
        .iter()
        .enumerate()
        .map(|(index, definition)| {
            let score = weigh(page, &text, definition);
            let told = score.country.as_ref().map(|(country, _)| country.as_str());
            let country = known.country.or(told).or(named.as_deref());
            let mut worth = (1.0 - score.doubt - score.against).clamp(0.0, 1.0);
            worth = worth.max(by_codes(page, definition));
            if let Some(country) = country {
                worth *= if definition.countries.is_empty() {
                    0.92
                } else if definition.is_for(country) {
                    1.0
                } else {
                    0.25
                };
            } else if !definition.countries.is_empty() {
                worth *= 0.95;
            }
            (index, worth, score)
        })
        .collect();
    if let Some(document_type) = known.document_type {
        prefer(&mut scored, types, document_type, named.as_deref());
    }
    scored.sort_by(|one, other| other.1.total_cmp(&one.1));
    let scores = scored
        .iter()
        .filter(|(_, worth, _)| *worth > 0.0)
        .filter_map(|(index, worth, _)| Some((types.get(*index)?.id.clone(), *worth)))
        .collect();
    let best = scored.first().filter(|(_, worth, _)| *worth >= ENOUGH);
    let definition = best.and_then(|(index, ..)| Some((*index, types.get(*index)?)));
    let own_country = best
        .and_then(|(_, _, score)| score.country.clone())
        .map(|(country, _)| country);
    let single = definition.and_then(|(_, definition)| match definition.countries.as_slice() {
        [one] if !one.ends_with('*') => Some(one.clone()),
        _ => None,
    });
    let side = known.document_type.and_then(|known| known.side);
    Recognised {
        scores,
        definition: definition.map(|(index, _)| index),
        document_type: definition.map(|(_, definition)| DocumentType {
            kind: definition.kind,
            side: side
                .or(definition.side)
                .or_else(|| best.and_then(|(_, _, score)| score.side.map(|(side, _)| side))),
        }),
        country: known
            .country
            .map(str::to_owned)
            .or(own_country)
            .or(named)
            .or(single),
    }
}

/// Adds up the clues of a type: each removes a share of the doubt.
fn weigh(page: &Page, text: &Text, definition: &TypeDefinition) -> Score {
    let mut score = Score {
        doubt: 1.0,
        ..Score::default()
    };
    let clues = definition.recognise.titles.iter().map(|clue| (clue, true));
    for (clue, title) in clues.chain(
        definition
            .recognise
            .keywords
            .iter()
            .map(|clue| (clue, false)),
    ) {
        let Some((quality, down)) = text.find(page, &clue.text, title) else {
            continue;
        };
        // A title stands at the head of its document; far down it is part of a sentence.
        let place = if title && down > 0.6 { 0.6 } else { 1.0 };
        let worth = clue.weight * quality * place;
        if worth < 0.0 {
            score.against -= worth;
            continue;
        }
        score.doubt *= 1.0 - worth.min(0.99);
        if quality > 0.93 {
            note(&mut score, clue, worth);
        }
    }
    score
}

fn note(score: &mut Score, clue: &Clue, worth: f32) {
    if let Some(country) = &clue.country
        && score.country.as_ref().is_none_or(|(_, best)| worth > *best)
    {
        score.country = Some((country.clone(), worth));
    }
    if let Some(side) = clue.side
        && score.side.is_none_or(|(_, best)| worth > best)
    {
        score.side = Some((side, worth));
    }
}

/// How likely the codes at the beginnings of lines make a type that has codes.
fn by_codes(page: &Page, definition: &TypeDefinition) -> f32 {
    let Some(needed) = definition.recognise.codes_needed else {
        return 0.0;
    };
    let mut codes: Vec<&str> = definition
        .fields
        .iter()
        .filter_map(|field| field.code.as_deref())
        .collect();
    codes.sort_unstable();
    codes.dedup();
    let seen = codes.iter().filter(|code| {
        page.pieces.iter().any(|piece| {
            let start: String = piece.text.iter().take(code.chars().count() + 1).collect();
            let mark = start.chars().nth(code.chars().count());
            let marked = mark.is_none_or(|one| matches!(one, '.' | ':' | ' ' | ')'))
                || code.contains('.')
                || code.chars().count() > 1 && mark.is_some_and(|one| one.is_ascii_digit());
            start.to_lowercase().starts_with(&code.to_lowercase()) && marked
        })
    });
    let share = seen.count() as f32 / needed.max(1) as f32;
    if share >= 1.0 { 0.75 } else { 0.45 * share }
}

/// What the machine-readable zone or a barcode said narrows the choice to its family; only a clear
/// title makes a card a permit or a passport a travel document.
fn prefer(
    scored: &mut [(usize, f32, Score)],
    types: &[TypeDefinition],
    known: DocumentType,
    country: Option<&str>,
) {
    for (index, worth, _) in scored.iter_mut() {
        let Some(definition) = types.get(*index) else {
            continue;
        };
        let side = match (known.side, definition.side) {
            (Some(one), Some(other)) if one != other => 0.8,
            _ => 1.0,
        };
        let same = known.kind == definition.kind;
        // A card may turn out a permit, a licence or a travel document, a passport the last.
        let related = match known.kind {
            DocumentKind::IdCard => matches!(
                definition.kind,
                DocumentKind::ResidencePermit
                    | DocumentKind::DrivingLicence
                    | DocumentKind::TravelDocument
            ),
            DocumentKind::Passport => definition.kind == DocumentKind::TravelDocument,
            DocumentKind::TravelDocument => definition.kind == DocumentKind::Passport,
            _ => false,
        };
        let fits = country
            .is_none_or(|country| definition.countries.is_empty() || definition.is_for(country));
        if same && fits {
            let general = if definition.countries.is_empty() {
                0.0
            } else {
                0.04
            };
            *worth = (0.7 + general + 0.25 * *worth).min(1.0) * side;
        } else if !same && !related {
            *worth *= 0.3;
        } else if *worth < 0.8 {
            *worth *= 0.6;
        }
    }
}

/// The state that names itself highest on the page in the most letters.
fn state(page: &Page, text: &Text) -> Option<String> {
    let mut best: Option<(&str, f32)> = None;
    for (code, state) in states() {
        for name in &state.names {
            let length = fold::letters(name).chars().count();
            if length < 5 {
                continue;
            }
            let Some((quality, down)) = text
                .find(page, name, false)
                .filter(|(quality, _)| *quality > 0.8)
            else {
                continue;
            };
            let worth =
                quality * (length as f32).min(24.0).sqrt() * if down < 0.4 { 1.0 } else { 0.45 };
            if best.is_none_or(|(_, most)| worth > most) {
                best = Some((code.as_str(), worth));
            }
        }
    }
    best.filter(|(_, worth)| *worth > 1.9)
        .map(|(code, _)| code.to_owned())
}
