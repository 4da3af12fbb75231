//! Finds the printed codes of a form.

use model::TypeDefinition;

use super::super::track::{Key, Piece, Tracks};

/// A code on the form.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Index of its field in the definition.
    pub field: usize,
    pub piece: Piece,
    /// How surely it is a code and this one: 1 and more for one read as printed.
    pub strength: f32,
}

/// A place that may be a code.
struct Candidate {
    found: Found,
    row: usize,
    left: f32,
}

/// The codes of a definition on the sheet, each at most once.
///
/// Of all that look like codes, those are taken whose order is the definition's and whose strengths add
/// up to most, then the others that are printed beyond doubt, as forms of other years differ.
pub(super) fn find(tracks: &Tracks<'_>, definition: &TypeDefinition) -> Vec<Found> {
    let codes: Vec<(usize, Vec<char>)> = definition
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| {
            let code: Vec<char> = field
                .code
                .as_ref()?
                .chars()
                .filter_map(super::super::track::folded)
                .collect();
            (!code.is_empty()).then_some((index, code))
        })
        .collect();
    let rows = rows(tracks);
    let mut candidates = Vec::new();
    for (track, line) in tracks.lines.iter().enumerate() {
        // The machine-readable zone holds letters and digits of every kind.
        if line
            .glyphs
            .iter()
            .filter(|glyph| glyph.character == '<')
            .count()
            > 1
        {
            continue;
        }
        for from in 0..line.keys.len() {
            if from > 0 && line.keys[from].before.is_none() {
                continue;
            }
            for (field, code) in &codes {
                let Some(strength) = strength(code, &line.keys, from) else {
                    continue;
                };
                candidates.push(Candidate {
                    found: Found {
                        field: *field,
                        piece: Piece {
                            track,
                            from,
                            to: from + code.len(),
                        },
                        strength,
                    },
                    row: rows[track],
                    left: line.key_left(from),
                });
            }
        }
    }
    candidates.sort_by(|a, b| {
        a.row
            .cmp(&b.row)
            .then(a.left.total_cmp(&b.left))
            .then(a.found.field.cmp(&b.found.field))
    });
    let mut found = chain(&candidates);
    let overlaps = |a: &Piece, b: &Piece| a.track == b.track && a.from < b.to && b.from < a.to;
    let mut others: Vec<&Candidate> = candidates
        .iter()
        .filter(|other| other.found.strength >= 1.0)
        .collect();
    others.sort_by(|a, b| b.found.strength.total_cmp(&a.found.strength));
    for other in others {
        let free = found.iter().all(|taken| {
            taken.field != other.found.field && !overlaps(&taken.piece, &other.found.piece)
        });
        if free {
            found.push(Found {
                strength: 0.5 * other.found.strength,
                ..other.found.clone()
            });
        }
    }
    found
}

/// How much the keys from `from` look like a code; nothing if they do not.
fn strength(code: &[char], keys: &[Key], from: usize) -> Option<f32> {
    let printed = keys.get(from..from + code.len())?;
    let next = keys.get(from + code.len());
    let apart = next.is_none_or(|next| next.before.is_some());
    if let [letter] = code {
        let first = printed[0].character;
        let same = first == *letter;
        // A lone I is read as a one, and nothing else in a form stands alone like it.
        let one = *letter == 'I' && matches!(first, '1' | 'L') && from == 0 && next.is_none();
        let behind = next.map(|next| (next.before, next.character));
        return match (same, behind) {
            (true, None | Some((Some('.'), _))) => Some(0.9),
            (true, Some((Some(_), _))) => Some(0.6),
            (true, Some((None, character))) if from == 0 => {
                // Glued to its value, or to the border of the grid.
                Some(if character.is_ascii_digit() {
                    0.5
                } else if keys.len() <= 3 {
                    0.3
                } else {
                    return None;
                })
            }
            _ if one => Some(0.4),
            _ => None,
        };
    }
    if printed[0].character != code[0] {
        return None;
    }
    let wrong = printed[1..]
        .iter()
        .zip(&code[1..])
        .filter(|(key, expected)| key.character != **expected)
        .count();
    let dotted = printed[1..].iter().all(|key| key.before.is_some() && key.before != Some(' '))
        // A letter after a digit has no dot: C.4a.
        || code.len() == 3 && code[2].is_alphabetic() && printed[1].before.is_some() && printed[2].before.is_none();
    let partly = printed[1].before.is_some_and(|mark| mark != ' ');
    let glued_letter =
        next.is_some_and(|next| next.before.is_none() && next.character.is_alphabetic());
    let glued_digit =
        next.is_some_and(|next| next.before.is_none() && next.character.is_ascii_digit());
    let length = 0.15 * code.len() as f32;
    match (wrong, dotted) {
        (0, true) => Some(0.9 + length + if apart { 0.1 } else { 0.0 }),
        (0, false) if from > 0 && !apart => None,
        (0, false) => Some(
            0.4 + length + if partly { 0.2 } else { 0.0 } + if apart { 0.1 } else { 0.0 }
                - if glued_letter { 0.2 } else { 0.0 }
                - if glued_digit { 0.3 } else { 0.0 },
        ),
        // The digit behind the dot is misread.
        (1, true) if code.len() == 2 && apart => Some(0.3),
        _ => None,
    }
}

/// The row of each track: those whose middles are about level share one.
fn rows(tracks: &Tracks<'_>) -> Vec<usize> {
    let mut row = 0;
    let mut middle = f32::NEG_INFINITY;
    tracks
        .lines
        .iter()
        .map(|track| {
            if track.middle() - middle > 0.5 * track.height() {
                row += 1;
                middle = track.middle();
            }
            row
        })
        .collect()
}

/// The strongest chain of candidates in the definition's order; candidates come in reading order.
fn chain(candidates: &[Candidate]) -> Vec<Found> {
    let mut best: Vec<(f32, Option<usize>)> = Vec::with_capacity(candidates.len());
    for (index, candidate) in candidates.iter().enumerate() {
        let before = candidates[..index]
            .iter()
            .enumerate()
            .filter(|(_, other)| {
                other.found.field < candidate.found.field
                    && (other.found.piece.track != candidate.found.piece.track
                        || other.found.piece.to <= candidate.found.piece.from)
            })
            .map(|(other, _)| (best[other].0, other))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let (score, link) = before.map_or((0.0, None), |(score, other)| (score, Some(other)));
        best.push((score + candidate.found.strength, link));
    }
    let mut at = (0..best.len()).max_by(|a, b| best[*a].0.total_cmp(&best[*b].0));
    let mut found = Vec::new();
    while let Some(index) = at {
        found.push(candidates[index].found.clone());
        at = best[index].1;
    }
    found.reverse();
    found
}
