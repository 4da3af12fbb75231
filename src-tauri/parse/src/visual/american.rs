//! Driving licences and identity cards of the United States and Canada.
//!
//! The cards differ by state and edition but share the elements, numbers and abbreviations of the
//! AAMVA card design standard (2020, tables 1–3): captions beside, before or above their values, three
//! dates whose order tells them apart, and a block of names and address. [`mod@captions`] splits lines into
//! captions and values, this module joins those on different lines and decides between rivals,
//! [`holder`] reads the block, [`jurisdictions`] knows the states.

use jiff::civil::Date;
use model::{DocumentKind, FieldName, Sheet, TypeDefinition, definition::Shape};

use self::{
    captions::{Atom, Caption, Kind, Sense},
    jurisdictions::Jurisdiction,
};
use super::track::{Piece, Track, Tracks};
use crate::Claim;

mod captions;
mod dates;
mod holder;
mod jurisdictions;

/// What a card says.
pub(super) struct Reading {
    /// The jurisdiction, as country and part: `USA-AZ`.
    pub issuing_country: Option<String>,
    /// Its values.
    pub claims: Vec<Claim>,
}

/// Least certainty of a jurisdiction that decides between definitions.
const SURE: f32 = 0.5;

/// Which of the definitions in `choice` a card follows, where its jurisdiction decides that better than
/// titles and codes do: a licence of the European Union has the same field numbers, and `LICENSE` is
/// one letter from `LICENCE`. `scores` are those of the recogniser.
pub(super) fn definition<'types>(
    sheet: &Sheet,
    choice: impl Iterator<Item = &'types TypeDefinition>,
    scores: &[(String, f32)],
) -> Option<&'types TypeDefinition> {
    let tracks = Tracks::new(sheet);
    let (jurisdiction, sure) = jurisdictions::recognise(&tracks)?;
    if sure < SURE {
        return None;
    }
    let country = jurisdiction.country();
    let said = |words: &[&str]| {
        tracks.lines.iter().any(|track| {
            let text = track.all_folded();
            words.iter().any(|word| text.contains(word))
        })
    };
    let licence = said(&[
        "LICENSE", "LICENCE", "DRIVER", "OPERATOR", "PERMIT", "CLASS",
    ]);
    let identity = said(&["IDENTIFICATIONCARD", "IDCARD", "IDENTITYCARD"]);
    let score = |definition: &TypeDefinition| {
        let found = scores.iter().find(|(id, _)| *id == definition.id);
        let named = match definition.kind {
            DocumentKind::DrivingLicence => licence && !identity,
            _ => identity,
        };
        found.map_or(0.0, |(_, score)| *score) + if named { 0.3 } else { 0.0 }
    };
    choice
        .filter(|definition| definition.is_for(&country))
        .max_by(|a, b| score(a).total_cmp(&score(b)))
        .filter(|definition| score(definition) >= 0.35)
}

/// Reads a card by the captions of its definition.
pub(super) fn read(sheet: &Sheet, definition: &TypeDefinition, day: Date) -> Reading {
    let captions = captions(definition);
    let tracks = Tracks::new(sheet);
    let jurisdiction = jurisdictions::recognise(&tracks).map(|(jurisdiction, _)| jurisdiction);
    let formats = jurisdiction.map_or(&[][..], |jurisdiction| jurisdiction.numbers);
    let splits: Vec<Vec<Atom>> = tracks
        .lines
        .iter()
        .map(|track| captions::split(&captions, track, formats))
        .collect();
    let face = Face {
        tracks: &tracks,
        splits: &splits,
        jurisdiction,
    };
    let holder = holder::read(&holder::Card {
        tracks: &tracks,
        splits: &splits,
        jurisdiction,
    });
    let mut claims = Vec::new();
    let mut taken: Vec<Piece> = Vec::new();
    for (field, found) in [
        (FieldName::SURNAME, holder.surname),
        (FieldName::GIVEN_NAMES, holder.given_names),
        (FieldName::new("address"), holder.address),
    ] {
        if let Some(found) = found {
            claims.push(tracks.claim(field, found.value, &found.pieces, found.worth, found.rule));
            taken.extend(found.pieces);
        }
    }
    for dated in dates::read(&tracks, &splits, day) {
        let field = match dated.kind {
            Kind::Birth => FieldName::DATE_OF_BIRTH,
            Kind::Issue => FieldName::new("date_of_issue"),
            _ => FieldName::new("date_of_expiry"),
        };
        claims.push(tracks.claim(
            field,
            dated.date.to_string(),
            &[dated.piece],
            dated.worth,
            dated.rule,
        ));
    }
    claims.extend(face.number(&taken));
    for (kind, field) in SHORT {
        claims.extend(face.short(kind, FieldName::new(field)));
    }
    Reading {
        issuing_country: jurisdiction.map(Jurisdiction::country),
        claims,
    }
}

/// The fields whose values are a few characters behind, right of or below their caption.
const SHORT: [(Kind, &str); 9] = [
    (Kind::Class, "licence_categories"),
    (Kind::Endorsements, "endorsements"),
    (Kind::Restrictions, "restrictions"),
    (Kind::Sex, "sex"),
    (Kind::Height, "height"),
    (Kind::Weight, "weight"),
    (Kind::Eyes, "eye_colour"),
    (Kind::Hair, "hair_colour"),
    (Kind::Discriminator, "document_discriminator"),
];

/// The captions a definition lists: its fields' codes and labels, and its titles, whose words must not
/// be taken for captions.
fn captions(definition: &TypeDefinition) -> Vec<Caption> {
    let mut captions = Vec::new();
    for field in &definition.fields {
        let kind = match field.name.as_str() {
            "document_number" => Kind::Number,
            "date_of_birth" => Kind::Birth,
            "date_of_issue" => Kind::Issue,
            "date_of_expiry" => Kind::Expiry,
            "surname" => Kind::Surname,
            "given_names" => Kind::GivenNames,
            "full_name" => Kind::Name,
            "address" => Kind::Address,
            name => match SHORT.iter().find(|(_, other)| *other == name) {
                Some((kind, _)) => *kind,
                None if field.shape == Shape::Date => Kind::OtherDate,
                None => Kind::Other,
            },
        };
        let words = field.labels.values().flatten().map(String::as_str);
        captions.extend(captions::spellings(kind, field.code.as_deref(), words));
    }
    let titles = &definition.recognise.titles;
    captions.extend(captions::spellings(
        Kind::Other,
        None,
        titles.iter().map(|clue| clue.text.as_str()),
    ));
    captions
}

/// A card's lines, split.
struct Face<'card> {
    tracks: &'card Tracks<'card>,
    splits: &'card [Vec<Atom>],
    jurisdiction: Option<&'static Jurisdiction>,
}

/// A place that may hold a value.
struct Candidate {
    piece: Piece,
    score: f32,
    rule: &'static str,
    worth: f32,
}

impl Face<'_> {
    /// The captions of a kind: track, place in its split, whether read exactly.
    fn captions(&self, kind: Kind) -> impl Iterator<Item = (usize, usize, Atom, bool, bool)> {
        self.splits
            .iter()
            .enumerate()
            .flat_map(move |(track, split)| {
                split
                    .iter()
                    .enumerate()
                    .filter_map(move |(place, atom)| match atom.sense {
                        Sense::Caption {
                            kind: other,
                            exact,
                            coded,
                        } if other == kind => Some((track, place, *atom, exact, coded)),
                        _ => None,
                    })
            })
    }

    /// Whether a key belongs to a caption, a date, or the value of another caption.
    fn is_used(&self, track: usize, key: usize) -> bool {
        self.splits[track].iter().any(|atom| {
            (atom.from..atom.to).contains(&key)
                && !matches!(
                    atom.sense,
                    Sense::Caption {
                        kind: Kind::Other,
                        ..
                    }
                )
        })
    }

    /// The values of a kind that stand apart from a caption, to its right or below, nearest first.
    fn apart(&self, kind: Kind, index: usize, caption: Atom) -> Vec<(Piece, f32)> {
        let track = &self.tracks.lines[index];
        let height = track.height();
        let (left, right) = (
            track.key_left(caption.from),
            track.key_right(caption.to - 1),
        );
        // The next caption of the line bounds what may stand below this one.
        let bound = self.splits[index]
            .iter()
            .filter(|atom| atom.from >= caption.to && matches!(atom.sense, Sense::Caption { .. }))
            .map(|atom| track.key_left(atom.from))
            .fold(f32::INFINITY, f32::min);
        let mut found = Vec::new();
        for (other, line) in self.tracks.lines.iter().enumerate() {
            let beside = (line.middle() - track.middle()).abs() < 0.7 * height;
            let below = line.middle() > track.bottom - 0.1 * height
                && line.top < track.bottom + 1.3 * height;
            if other == index || !(beside || below) {
                continue;
            }
            for from in 0..line.keys.len() {
                let starts = from == 0
                    || line.keys[from].before.is_some()
                    || line.keys[from].character.is_ascii_digit()
                        != line.keys[from - 1].character.is_ascii_digit();
                if !starts || self.is_used(other, from) {
                    continue;
                }
                let Some(to) = captions::value_at(kind, line, from) else {
                    continue;
                };
                let ends = to == line.keys.len()
                    || line.keys[to].before.is_some()
                    || self.is_used(other, to)
                    || below && from > 0;
                if !ends && kind != Kind::Sex {
                    continue;
                }
                // The end of a caption before its date is no class.
                let whole = to == line.keys.len() || line.keys[to].before.is_some();
                if kind == Kind::Class && !whole {
                    continue;
                }
                // Nor is a word of an address a code.
                let codes = matches!(kind, Kind::Endorsements | Kind::Restrictions);
                let keys = &line.keys[from..to];
                let word = keys.len() > 4 && keys.iter().all(|key| key.character.is_alphabetic());
                if codes && from > 0 && word {
                    continue;
                }
                let at = line.key_left(from);
                let distance = if beside
                    && from == 0
                    && at > right - 0.3 * height
                    && at - right < 5.0 * height
                {
                    (at - right).max(0.0)
                } else if below && (at - left).abs() < 3.2 * height && at < bound - 0.5 * height {
                    0.5 * height + (at - left).abs()
                } else {
                    continue;
                };
                found.push((
                    Piece {
                        track: other,
                        from,
                        to,
                    },
                    distance,
                ));
            }
        }
        found.sort_by(|a, b| a.1.total_cmp(&b.1));
        found
    }

    /// A field of a few characters.
    fn short(&self, kind: Kind, field: FieldName) -> Option<Claim> {
        let mut best: Option<Candidate> = None;
        for (track, place, caption, exact, coded) in self.captions(kind) {
            let sure = 0.9 + if exact { 0.04 } else { 0.0 } + if coded { 0.04 } else { 0.0 };
            let candidate = match self.splits[track].get(place + 1) {
                Some(next) if next.sense == Sense::Value(kind) => Candidate {
                    piece: Piece {
                        track,
                        from: next.from,
                        to: next.to,
                    },
                    score: 3.0 + sure,
                    rule: "label",
                    worth: sure,
                },
                _ => match self.apart(kind, track, caption).first() {
                    Some((piece, _)) => Candidate {
                        piece: *piece,
                        score: 2.0 + sure,
                        rule: "label",
                        worth: sure - 0.04,
                    },
                    None => continue,
                },
            };
            if best
                .as_ref()
                .is_none_or(|best| candidate.score > best.score)
            {
                best = Some(candidate);
            }
        }
        let best = best.or_else(|| self.lone(kind))?;
        let track = &self.tracks.lines[best.piece.track];
        let folded = track.folded(best.piece.from, best.piece.to);
        let value = match kind {
            Kind::Sex => folded[..1].to_owned(),
            Kind::Weight => {
                let digits: String = folded.chars().take_while(char::is_ascii_digit).collect();
                let unit = match &folded[digits.len()..] {
                    "" => "",
                    "KG" => " kg",
                    _ => " lb",
                };
                format!("{digits}{unit}")
            }
            // Operators are class O in some states; no class is called zero.
            Kind::Class if folded == "0" => "O".to_owned(),
            Kind::Eyes | Kind::Hair | Kind::Class => folded,
            _ => self.tracks.printed(best.piece),
        };
        Some(
            self.tracks
                .claim(field, value, &[best.piece], best.worth, best.rule),
        )
    }

    /// A single letter in a line of its own, where no caption was read: the sex or the class, if all such
    /// letters that may be one agree.
    fn lone(&self, kind: Kind) -> Option<Candidate> {
        let (wanted, least) = match kind {
            Kind::Sex => ("MF", 0.0),
            // Of other classes, most are read from a signature or a picture.
            Kind::Class => ("ABCDE", 0.7),
            _ => return None,
        };
        let letters: Vec<(Piece, char)> = self
            .tracks
            .lines
            .iter()
            .enumerate()
            .filter(|(index, track)| track.keys.len() == 1 && !self.is_used(*index, 0))
            .map(|(track, line)| {
                let (from, to) = (0, 1);
                (Piece { track, from, to }, line.keys[0].character)
            })
            .filter(|(piece, letter)| {
                wanted.contains(*letter) && self.tracks.confidence(*piece) >= least
            })
            .collect();
        let (piece, first) = *letters.first()?;
        letters
            .iter()
            .all(|(_, letter)| *letter == first)
            .then_some(Candidate {
                piece,
                score: 0.5,
                rule: "shape",
                worth: 0.5,
            })
    }

    /// The places of a line, outside captions and their values, that have a number's format: a letter
    /// and at least seven digits, which no other number of a card has.
    fn formatted(&self, index: usize, format: &str) -> Vec<Piece> {
        let track = &self.tracks.lines[index];
        let length = format.len();
        let telling =
            format.starts_with(|character: char| character.is_ascii_alphabetic()) && length >= 8;
        let digit = |place: usize| {
            track
                .keys
                .get(place)
                .is_some_and(|key| key.character.is_ascii_digit())
        };
        (0..(track.keys.len() + 1).saturating_sub(length))
            .filter(|&from| telling && !digit(from + length))
            .filter(|&from| (from..from + length).all(|key| !self.is_used(index, key)))
            .filter(|&from| jurisdictions::has_format(&track.folded(from, from + length), format))
            .map(|from| Piece {
                track: index,
                from,
                to: from + length,
            })
            .collect()
    }

    /// The licence number: behind its caption, or any number of the jurisdiction's format.
    fn number(&self, taken: &[Piece]) -> Option<Claim> {
        let mut candidates: Vec<Candidate> = Vec::new();
        let mut add = |piece: Piece, score: f32, rule: &'static str, worth: f32| {
            candidates.push(Candidate {
                piece,
                score,
                rule,
                worth,
            });
        };
        for (track, place, caption, exact, coded) in self.captions(Kind::Number) {
            let sure = if coded { 3.5 } else { 2.5 } - if exact { 0.0 } else { 0.5 };
            match self.splits[track].get(place + 1) {
                Some(next) if next.sense == Sense::Value(Kind::Number) => add(
                    Piece {
                        track,
                        from: next.from,
                        to: next.to,
                    },
                    sure,
                    "label",
                    0.96,
                ),
                _ => {
                    for (nearness, (piece, _)) in self
                        .apart(Kind::Number, track, caption)
                        .into_iter()
                        .enumerate()
                    {
                        add(piece, sure - 0.5 - 0.3 * nearness as f32, "label", 0.94);
                    }
                }
            }
        }
        let mut heights: Vec<f32> = self.tracks.lines.iter().map(Track::height).collect();
        heights.sort_by(f32::total_cmp);
        let usual = heights.get(heights.len() / 2).copied().unwrap_or(1.0);
        for (index, track) in self.tracks.lines.iter().enumerate() {
            if taken.iter().any(|piece| piece.track == index) {
                continue;
            }
            for format in self
                .jurisdiction
                .iter()
                .flat_map(|jurisdiction| jurisdiction.numbers)
                .take(1)
            {
                for piece in self.formatted(index, format) {
                    add(piece, 0.2, "number_format", 0.72);
                }
            }
            if !self.splits[index].is_empty() {
                continue;
            }
            let piece = Piece {
                track: index,
                from: 0,
                to: track.keys.len(),
            };
            let folded = track.all_folded();
            let digits = folded.chars().filter(char::is_ascii_digit).count();
            if digits < 5 || folded.len() > 18 {
                continue;
            }
            let large = if track.height() > 1.15 * usual {
                0.5
            } else {
                0.0
            };
            add(piece, large, "number_format", 0.75);
            // The 4 of `4d`, whose small letter was lost.
            if folded.starts_with('4') {
                add(
                    Piece { from: 1, ..piece },
                    large - 0.2,
                    "number_format",
                    0.6,
                );
            }
        }
        for candidate in &mut candidates {
            let track = &self.tracks.lines[candidate.piece.track];
            let folded = track.folded(candidate.piece.from, candidate.piece.to);
            let formatted = self
                .jurisdiction
                .and_then(|jurisdiction| jurisdiction.likes_number(&folded));
            match (formatted, self.jurisdiction) {
                (Some(likely), _) => candidate.score += 1.5 * likely,
                (None, Some(jurisdiction)) if !jurisdiction.numbers.is_empty() => {
                    candidate.score -= 0.5;
                    candidate.worth *= 0.85;
                }
                _ => {}
            }
            if taken
                .iter()
                .any(|piece| piece.track == candidate.piece.track)
            {
                candidate.score -= 2.0;
            }
        }
        let best = candidates
            .into_iter()
            .max_by(|a, b| a.score.total_cmp(&b.score))?;
        if best.score < 1.4 {
            return None;
        }
        let printed = self.tracks.printed(best.piece);
        let track = &self.tracks.lines[best.piece.track];
        let folded = track.folded(best.piece.from, best.piece.to);
        let repaired = self
            .jurisdiction
            .filter(|jurisdiction| jurisdiction.likes_number(&folded).is_none())
            .and_then(|jurisdiction| {
                jurisdictions::repaired(&printed, jurisdiction.numbers.first()?)
            });
        let field = FieldName::DOCUMENT_NUMBER;
        Some(match repaired {
            Some(value) => {
                let mut claim = self.tracks.claim(
                    field,
                    value,
                    &[best.piece],
                    0.7 * best.worth,
                    "number_format_repaired",
                );
                claim.alternatives.push(printed.into());
                claim
            }
            None => self
                .tracks
                .claim(field, printed, &[best.piece], best.worth, best.rule),
        })
    }
}

#[cfg(test)]
pub(super) mod tests;
