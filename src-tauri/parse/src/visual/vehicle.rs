//! Vehicle registration certificates.
//!
//! The certificates of the European Union print the codes of Directive 1999/37/EC, annex I, before
//! their values in a grid, in an order that hardly varies. [`codes`] finds the codes, misread ones by
//! that order; this module collects what stands behind and below each and [`values`] brings it into
//! the shape of its field. Tunisian certificates have labels instead of codes, which the reading of
//! labels finds; only the plate, whose groups bidirectional text turns round, is read here.

use model::{FieldName, Sheet, TypeDefinition, definition::FieldDefinition};

use self::codes::Found;
use super::track::{Piece, Track, Tracks};
use crate::{Claim, plate};

mod codes;
mod holder;
mod values;

/// Reads a certificate by the codes of its definition.
pub(super) fn read(sheet: &Sheet, definition: &TypeDefinition) -> Vec<Claim> {
    let tracks = Tracks::new(sheet);
    let found = codes::find(&tracks, definition);
    let form = Form {
        tracks: &tracks,
        found: &found,
        definition,
    };
    let mut claims: Vec<Claim> = Vec::new();
    for (place, code) in found.iter().enumerate() {
        let field = &definition.fields[code.field];
        claims.extend(form.claim(place, field));
        if field.name.as_str() == "C1" {
            claims.extend(holder::read(&tracks, &form.pieces(place, field)));
        }
    }
    form.repeated(&mut claims);
    claims
}

/// A Tunisian plate, its groups taken from left to right as they stand: series, تونس, number.
pub(super) fn tunisian_plate(sheet: &Sheet) -> Option<Claim> {
    let tracks = Tracks::new(sheet);
    tracks.lines.iter().enumerate().find_map(|(index, track)| {
        let text = track.all_folded();
        if !["تونس", "TUN"].iter().any(|name| text.contains(name)) {
            return None;
        }
        // The plate and whatever stands beside it on the row, group by group.
        let mut groups: Vec<(f32, Piece)> = Vec::new();
        for (other, beside) in tracks.lines.iter().enumerate() {
            if (beside.middle() - track.middle()).abs() > 0.5 * track.height() {
                continue;
            }
            let mut from = 0;
            for to in 1..=beside.keys.len() {
                let kind = |key: usize| beside.keys[key].character.is_ascii_digit();
                if to == beside.keys.len() || kind(to) != kind(from) {
                    let edges = (beside.key_left(from), beside.key_left(to - 1));
                    groups.push((
                        edges.0.min(edges.1),
                        Piece {
                            track: other,
                            from,
                            to,
                        },
                    ));
                    from = to;
                }
            }
        }
        groups.sort_by(|a, b| a.0.total_cmp(&b.0));
        let name = groups.iter().position(|(_, piece)| {
            piece.track == index
                && ["تونس", "TUN"].contains(&track.folded(piece.from, piece.to).as_str())
        })?;
        let pieces: Vec<Piece> = groups
            .get(name.checked_sub(1)?..name + 2)?
            .iter()
            .map(|(_, piece)| *piece)
            .collect();
        let text: Vec<String> = pieces.iter().map(|piece| tracks.printed(*piece)).collect();
        let plate = plate::tunisian(&text.join(" "))?;
        // Digits of a number are lost beside Arabic; short numbers are rare.
        let digits = plate
            .text
            .chars()
            .rev()
            .take_while(char::is_ascii_digit)
            .count();
        let worth = if digits > 2 { 0.9 } else { 0.6 };
        Some(tracks.claim(FieldName::new("A"), plate.text, &pieces, worth, "plate"))
    })
}

/// A form whose codes are found.
struct Form<'form> {
    tracks: &'form Tracks<'form>,
    found: &'form [Found],
    definition: &'form TypeDefinition,
}

impl Form<'_> {
    fn track(&self, index: usize) -> &Track {
        &self.tracks.lines[index]
    }

    /// The code that begins at or behind a key of a track, nearest first.
    fn next_in_track(&self, track: usize, from: usize) -> Option<&Found> {
        self.found
            .iter()
            .filter(|found| found.piece.track == track && found.piece.from >= from)
            .min_by_key(|found| found.piece.from)
    }

    /// What stands behind a code on its row, up to the next code.
    fn row(&self, place: usize) -> Vec<Piece> {
        let code = self.found[place].piece;
        let track = self.track(code.track);
        let height = track.height();
        let right = track.key_right(code.to - 1);
        let on_row = |other: &Track| (other.middle() - track.middle()).abs() < 0.6 * height;
        let bound = self
            .found
            .iter()
            .filter(|found| on_row(self.track(found.piece.track)))
            .map(|found| self.tracks.left(found.piece))
            .filter(|left| *left > right - 0.2 * height)
            .fold(f32::INFINITY, f32::min);
        let mut pieces = Vec::new();
        let end = self
            .next_in_track(code.track, code.to)
            .map_or(track.keys.len(), |next| next.piece.from);
        if end > code.to {
            pieces.push(Piece {
                track: code.track,
                from: code.to,
                to: end,
            });
        }
        let mut beside: Vec<usize> = (0..self.tracks.lines.len())
            .filter(|index| {
                let other = self.track(*index);
                *index != code.track
                    && on_row(other)
                    && other.left > right - 0.6 * height
                    && other.left < bound - 0.2 * height
            })
            .collect();
        beside.sort_by(|a, b| self.track(*a).left.total_cmp(&self.track(*b).left));
        for index in beside {
            let to = self
                .next_in_track(index, 0)
                .map_or(self.track(index).keys.len(), |next| next.piece.from);
            if to > 0 {
                pieces.push(Piece {
                    track: index,
                    from: 0,
                    to,
                });
            }
        }
        pieces
    }

    /// Lines under a row that belong to its value, up to the row of the next code.
    fn below(&self, place: usize, lines: u32) -> Vec<Piece> {
        let code = self.found[place].piece;
        let track = self.track(code.track);
        let height = track.height();
        let left = track.key_left(code.from);
        let width = self.tracks.right_edge() - self.tracks.left_edge();
        let end = self
            .found
            .iter()
            .map(|found| self.track(found.piece.track))
            .filter(|other| other.middle() > track.middle() + 0.6 * height)
            .map(|other| other.middle() - 0.6 * height)
            .fold(f32::INFINITY, f32::min);
        // Without a next code nothing tells where the value ends.
        let end = if end.is_finite() {
            end
        } else {
            track.bottom + 1.5 * height
        };
        let mut under: Vec<(f32, f32, usize)> = self
            .tracks
            .lines
            .iter()
            .enumerate()
            .filter(|(index, other)| {
                other.middle() > track.middle() + 0.6 * height
                    && other.middle() < end
                    && other.left > left - 0.5 * height
                    && other.left < left + 0.5 * width
                    && other.height() < 1.8 * height
                    && self.next_in_track(*index, 0).is_none()
            })
            .map(|(index, other)| (other.middle(), other.left, index))
            .collect();
        under.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Words of one row from left to right.
        let mut rows: Vec<Vec<(f32, f32, usize)>> = Vec::new();
        for line in under {
            match rows
                .last_mut()
                .filter(|row| (row[0].0 - line.0).abs() < 0.6 * height)
            {
                Some(row) => row.push(line),
                None => rows.push(vec![line]),
            }
        }
        rows.truncate(lines.saturating_sub(1) as usize);
        rows.into_iter()
            .flat_map(|mut row| {
                row.sort_by(|a, b| a.1.total_cmp(&b.1));
                row
            })
            .map(|(_, _, index)| Piece {
                track: index,
                from: 0,
                to: self.track(index).keys.len(),
            })
            .collect()
    }

    /// Everything that may belong to the value of a code.
    fn pieces(&self, place: usize, field: &FieldDefinition) -> Vec<Piece> {
        let mut pieces = self.row(place);
        if field.lines > 1 {
            pieces.extend(self.below(place, field.lines));
        }
        // Stamps and the border leave specks that the recogniser itself doubts.
        let sure: Vec<Piece> = pieces
            .iter()
            .copied()
            .filter(|piece| self.tracks.confidence(*piece) >= 0.3 && self.is_latin(*piece))
            .collect();
        if sure.is_empty() { pieces } else { sure }
    }

    /// Whether a piece has no letter of another script, which only specks are read as here.
    fn is_latin(&self, piece: Piece) -> bool {
        let keys = &self.track(piece.track).keys[piece.from..piece.to];
        keys.iter()
            .all(|key| !('\u{0590}'..='\u{08FF}').contains(&key.character))
    }

    /// The value behind a code.
    fn claim(&self, place: usize, field: &FieldDefinition) -> Option<Claim> {
        let pieces = self.pieces(place, field);
        let value = values::read(self.tracks, &pieces, &field.shape)?;
        let code = &self.found[place];
        let worth = value.worth * (0.8 + 0.2 * code.strength.min(1.0));
        let mut claim = self.tracks.claim(
            field.name.clone(),
            value.text,
            &value.pieces,
            worth,
            "field_number",
        );
        claim
            .alternatives
            .extend(value.alternatives.into_iter().map(Into::into));
        Some(claim)
    }

    /// What the detachable part and the heads of columns repeat, found by shape: it confirms the values
    /// of the grid and stands in for those that are missing.
    fn repeated(&self, claims: &mut Vec<Claim>) {
        for field in &self.definition.fields {
            let name = field.name.as_str();
            let seen = match name {
                "A" | "E" | "formula_number" => values::everywhere(self.tracks, &field.shape),
                _ => continue,
            };
            match claims.iter().position(|claim| claim.field == field.name) {
                Some(place) => {
                    let code = claims[place].quads.clone();
                    let printed = claims[place].text.expose().to_owned();
                    let keys = |text: &str| {
                        text.chars()
                            .filter_map(super::track::folded)
                            .collect::<String>()
                    };
                    let other = seen.iter().find(|value| {
                        let claim = self.tracks.claim(
                            field.name.clone(),
                            String::new(),
                            &value.pieces,
                            1.0,
                            "",
                        );
                        claim.quads != code && keys(claim.text.expose()) == keys(&printed)
                    });
                    if other.is_some() {
                        // What is printed twice alike is what is printed, even where it is not legal.
                        claims[place].confidence = claims[place].confidence.max(0.97);
                        if name == "E" {
                            let repaired = claims[place].value.clone();
                            let printed = keys(&printed);
                            if repaired.expose() != printed {
                                claims[place].value = printed.into();
                                claims[place].alternatives.insert(0, repaired);
                                claims[place].confidence = claims[place].confidence.min(0.8);
                            }
                        }
                    }
                }
                None => {
                    if let Some(value) = seen.first() {
                        claims.push(self.tracks.claim(
                            field.name.clone(),
                            value.text.clone(),
                            &value.pieces,
                            0.9 * value.worth,
                            "shape",
                        ));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
