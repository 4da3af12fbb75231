//! Brings what stands behind a code into the shape of its field.

use jiff::civil::Date;
use model::definition::Shape;

use super::super::shape::without_noughts;
use super::super::track::{Piece, Track, Tracks, folded};
use crate::{plate, vin};

/// A value in the form of the record.
pub(super) struct Value {
    pub text: String,
    pub pieces: Vec<Piece>,
    /// How much its shape is worth: less where characters had to be exchanged.
    pub worth: f32,
    pub alternatives: Vec<String>,
}

impl Value {
    fn new(text: String, pieces: &[Piece], worth: f32) -> Self {
        Self {
            text,
            pieces: pieces.to_vec(),
            worth,
            alternatives: Vec::new(),
        }
    }
}

/// The value that the pieces hold; nothing where they do not fit the shape.
pub(super) fn read(tracks: &Tracks<'_>, pieces: &[Piece], shape: &Shape) -> Option<Value> {
    let whole = || {
        pieces
            .iter()
            .map(|piece| tracks.printed(*piece))
            .collect::<Vec<_>>()
            .join(" ")
    };
    match shape {
        Shape::Integer => best(pieces.iter().filter_map(|piece| integer(tracks, *piece))),
        Shape::Decimal | Shape::Money => {
            best(pieces.iter().filter_map(|piece| decimal(tracks, *piece)))
        }
        Shape::Date => pieces.iter().find_map(|piece| date(tracks, *piece)),
        Shape::Code { values } => pieces.iter().find_map(|piece| code(tracks, *piece, values)),
        Shape::Number { patterns } => number(tracks, pieces, patterns),
        Shape::Plate => {
            let single = pieces.iter().find_map(|piece| {
                let plate = plate::french(&tracks.printed(*piece))?;
                let worth = if plate.repairs.is_empty() { 0.97 } else { 0.75 };
                Some(Value::new(plate.text, &[*piece], worth))
            });
            single.or_else(|| (!pieces.is_empty()).then(|| Value::new(whole(), pieces, 0.4)))
        }
        Shape::Vin => pieces
            .iter()
            .find_map(|piece| chassis(tracks, *piece))
            .or_else(|| (!pieces.is_empty()).then(|| Value::new(whole(), pieces, 0.4))),
        _ => {
            // The class of exhaust is a word and a figure.
            let text = without_noughts(&whole()).replace("EUR0", "EURO");
            let letters = text.chars().any(char::is_alphanumeric);
            letters.then(|| Value::new(text, pieces, 0.95))
        }
    }
}

/// The value worth most, the first of equals: specks of the border look like digits, too.
fn best(values: impl Iterator<Item = Value>) -> Option<Value> {
    values.reduce(|best, other| {
        if other.worth > best.worth {
            other
        } else {
            best
        }
    })
}

/// All values of a shape that nothing else can have, wherever they stand.
pub(super) fn everywhere(tracks: &Tracks<'_>, shape: &Shape) -> Vec<Value> {
    let mut found = Vec::new();
    for (index, track) in tracks.lines.iter().enumerate() {
        if track
            .glyphs
            .iter()
            .filter(|glyph| glyph.character == '<')
            .count()
            > 1
        {
            continue;
        }
        for piece in words(track, index) {
            let value = match shape {
                Shape::Plate => plate::french(&tracks.printed(piece))
                    .filter(|plate| plate.repairs.is_empty() && plate.kind == plate::Kind::Ordinary)
                    .map(|plate| Value::new(plate.text, &[piece], 0.95)),
                Shape::Vin => vin::parse(&tracks.printed(piece)).map(|vin| {
                    Value::new(
                        vin.text,
                        &[piece],
                        if vin.repairs.is_empty() { 0.95 } else { 0.8 },
                    )
                }),
                Shape::Number { patterns } => number(tracks, &[piece], patterns),
                _ => None,
            };
            found.extend(value);
        }
    }
    // A repaired value is worth less than one as read.
    found.sort_by(|a, b| b.worth.total_cmp(&a.worth));
    found
}

/// The words of a track and the whole of it.
fn words(track: &Track, index: usize) -> Vec<Piece> {
    let count = track.keys.len();
    let mut starts: Vec<usize> = (0..count)
        .filter(|&key| key == 0 || track.keys[key].before == Some(' '))
        .collect();
    starts.push(count);
    let mut words: Vec<Piece> = starts
        .windows(2)
        .map(|pair| Piece {
            track: index,
            from: pair[0],
            to: pair[1],
        })
        .collect();
    if words.len() > 1 {
        words.push(Piece {
            track: index,
            from: 0,
            to: count,
        });
    }
    words
}

/// The digit that a character shows or looks like.
fn digit(character: char) -> Option<(char, bool)> {
    Some(match character {
        '0'..='9' => (character, false),
        'O' | 'Q' | 'D' => ('0', true),
        'I' | 'L' | 'J' => ('1', true),
        'Z' => ('2', true),
        'S' => ('5', true),
        'G' => ('6', true),
        'B' => ('8', true),
        _ => return None,
    })
}

/// A whole number; letters that look like digits are taken for them. A border read as a last letter is
/// left out.
fn integer(tracks: &Tracks<'_>, piece: Piece) -> Option<Value> {
    let track = &tracks.lines[piece.track];
    let mut text = String::new();
    let mut repairs = 0;
    for key in &track.keys[piece.from..piece.to] {
        let (digit, repaired) = digit(key.character)?;
        repairs += usize::from(repaired);
        text.push(digit);
    }
    (!text.is_empty() && text.len() <= 6 && repairs <= 1)
        .then(|| Value::new(text, &[piece], if repairs == 0 { 0.96 } else { 0.6 }))
}

/// A number that may have a decimal comma; a point is read for it as often as not.
fn decimal(tracks: &Tracks<'_>, piece: Piece) -> Option<Value> {
    let track = &tracks.lines[piece.track];
    let (first, last) = (track.keys[piece.from].glyph, track.keys[piece.to - 1].glyph);
    let mut text = String::new();
    let mut repairs = 0;
    for glyph in &track.glyphs[first..=last] {
        match glyph.character {
            ',' | '.' if !text.is_empty() && !text.contains(',') => text.push(','),
            '€' | '\'' | ' ' => {}
            character => {
                let (digit, repaired) = folded(character).and_then(digit)?;
                repairs += usize::from(repaired);
                text.push(digit);
            }
        }
    }
    let text = text.trim_end_matches(',').to_owned();
    (!text.is_empty() && text.len() <= 9 && repairs <= 1)
        .then(|| Value::new(text, &[piece], if repairs == 0 { 0.95 } else { 0.6 }))
}

/// A date, day first, among other words.
fn date(tracks: &Tracks<'_>, piece: Piece) -> Option<Value> {
    let track = &tracks.lines[piece.track];
    (piece.from..piece.to).find_map(|from| {
        let keys = track
            .keys
            .get(from..from + 8)
            .filter(|_| from + 8 <= piece.to)?;
        let mut repairs = 0;
        let mut digits = String::new();
        for key in keys {
            let (digit, repaired) = digit(key.character)?;
            repairs += usize::from(repaired);
            digits.push(digit);
        }
        let separated = keys[2].before.is_some() && keys[4].before.is_some();
        let together = [1, 3, 5, 6, 7]
            .iter()
            .all(|place| keys[*place].before.is_none());
        let part = |range: std::ops::Range<usize>| {
            digits.get(range).and_then(|part| part.parse::<i16>().ok())
        };
        let date = Date::new(part(4..8)?, part(2..4)? as i8, part(0..2)? as i8).ok()?;
        let sound = together
            && repairs <= 1
            && (separated || repairs == 0)
            && (1900..2100).contains(&date.year());
        let worth = match (separated, repairs) {
            (true, 0) => 0.97,
            (true, _) => 0.7,
            (false, _) => 0.6,
        };
        sound.then(|| {
            Value::new(
                date.to_string(),
                &[Piece {
                    from,
                    to: from + 8,
                    ..piece
                }],
                worth,
            )
        })
    })
}

/// One of a list of codes; look-alikes are exchanged where that makes exactly one of them.
fn code(tracks: &Tracks<'_>, piece: Piece, values: &[String]) -> Option<Value> {
    let track = &tracks.lines[piece.track];
    let text = track.folded(piece.from, piece.to);
    let keys = |value: &str| value.chars().filter_map(folded).collect::<String>();
    if let Some(value) = values.iter().find(|value| keys(value) == text) {
        return Some(Value::new(value.clone(), &[piece], 0.96));
    }
    let alike = |a: char, b: char| {
        const GROUPS: [&str; 8] = ["0ODQC", "1IL", "2Z", "5S", "6G", "8B", "MN", "VY"];
        a == b
            || GROUPS
                .iter()
                .any(|group| group.contains(a) && group.contains(b))
    };
    let mut similar = values.iter().filter(|value| {
        let value = keys(value);
        value.chars().count() == text.chars().count()
            && value.chars().zip(text.chars()).all(|(a, b)| alike(a, b))
    });
    match (similar.next(), similar.next()) {
        (Some(value), None) => Some(Value::new(value.clone(), &[piece], 0.6)),
        // A code the list does not have is still what is printed.
        _ if (1..=6).contains(&text.len()) => Some(Value::new(text, &[piece], 0.6)),
        _ => None,
    }
}

/// A number or code of given patterns, or the longest word where there are none.
fn number(tracks: &Tracks<'_>, pieces: &[Piece], patterns: &[String]) -> Option<Value> {
    if patterns.is_empty() {
        let piece = pieces.iter().max_by_key(|piece| piece.to - piece.from)?;
        let text: String = tracks.printed(*piece).split_whitespace().collect();
        return Some(Value::new(text, &[*piece], 0.93));
    }
    let fits = |text: &str, pattern: &str, repaired: bool| -> Option<String> {
        let pattern: Vec<char> = pattern
            .chars()
            .filter(|character| *character != ' ')
            .collect();
        if text.chars().count() != pattern.len() {
            return None;
        }
        text.chars()
            .zip(pattern)
            .map(|(character, slot)| match slot {
                '9' => digit(character)
                    .filter(|(_, changed)| repaired || !changed)
                    .map(|(digit, _)| digit),
                'A' if character.is_alphabetic() => Some(character),
                'A' if repaired => Some(match character {
                    '0' => 'O',
                    '1' => 'I',
                    '2' => 'Z',
                    '5' => 'S',
                    '6' => 'G',
                    '8' => 'B',
                    _ => return None,
                }),
                '*' => Some(character),
                other if other == character => Some(character),
                _ => None,
            })
            .collect()
    };
    for repaired in [false, true] {
        for piece in pieces {
            let track = &tracks.lines[piece.track];
            let text = track.folded(piece.from, piece.to);
            if let Some(value) = patterns
                .iter()
                .find_map(|pattern| fits(&text, pattern, repaired))
            {
                return Some(Value::new(
                    value,
                    &[*piece],
                    if repaired { 0.7 } else { 0.95 },
                ));
            }
        }
    }
    None
}

/// A vehicle identification number, or an older chassis number.
fn chassis(tracks: &Tracks<'_>, piece: Piece) -> Option<Value> {
    let printed = tracks.printed(piece);
    if let Some(vin) = vin::parse(&printed) {
        let confirmed = vin.check_digit == vin::CheckDigit::Agrees;
        let worth = match (vin.repairs.is_empty(), confirmed) {
            (true, true) => 0.99,
            (true, false) => 0.95,
            (false, true) => 0.9,
            (false, false) => 0.7,
        };
        let mut value = Value::new(vin.text, &[piece], worth);
        if !vin.repairs.is_empty() {
            value.alternatives.push(printed);
        }
        return Some(value);
    }
    vin::is_chassis_number(&printed).then(|| {
        let text: String = printed.split_whitespace().collect();
        Value::new(text, &[piece], 0.6)
    })
}
