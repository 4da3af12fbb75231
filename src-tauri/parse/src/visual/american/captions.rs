//! Splits a line into captions, values and the rest.
//!
//! The captions are those of the AAMVA card design standard (DL/ID Card Design Standard 2020, table
//! 3), an element's number and abbreviation (`4d DLN`, `15 SEX`), and the words older cards use. A
//! line holds several, glued or not (`15SEXM16HGT5-11`), so the best split of the whole line is sought:
//! captions earn their length less what was misread, values earn more behind a caption that expects
//! them, everything else earns nothing.

use jiff::civil::Date;

use super::super::track::{Key, Track};

/// What a caption announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::visual) enum Kind {
    Number,
    Birth,
    Issue,
    Expiry,
    /// A date that is none of these: the end of a restriction, a revision, a replacement.
    OtherDate,
    Class,
    Endorsements,
    Restrictions,
    Sex,
    Height,
    Weight,
    Eyes,
    Hair,
    Discriminator,
    Surname,
    GivenNames,
    /// Both names, in one or two lines.
    Name,
    Address,
    /// Words that are no value of a field.
    Other,
}

impl Kind {
    /// Whether a date is expected.
    pub(super) fn is_date(self) -> bool {
        matches!(
            self,
            Self::Birth | Self::Issue | Self::Expiry | Self::OtherDate
        )
    }

    /// Whether the value is free text to the end of the line or the next caption.
    fn is_text(self) -> bool {
        matches!(
            self,
            Self::Surname | Self::GivenNames | Self::Name | Self::Address
        )
    }
}

/// One spelling of a caption.
pub(in crate::visual) struct Caption {
    kind: Kind,
    /// Letters and digits in upper case.
    spelling: Vec<char>,
    /// Whether it begins with the element's number.
    coded: bool,
}

/// The spellings of a kind: each word with and without the element's number, and the number alone
/// where it holds a letter (a bare `3` or `12` says nothing).
pub(in crate::visual) fn spellings<'text>(
    kind: Kind,
    code: Option<&'text str>,
    words: impl Iterator<Item = &'text str>,
) -> Vec<Caption> {
    let keys = |text: &str| -> Vec<char> {
        text.chars()
            .filter_map(super::super::track::folded)
            .collect()
    };
    let mut captions = Vec::new();
    let code = code.map(keys).filter(|code| !code.is_empty());
    if let Some(code) = code
        .as_ref()
        .filter(|code| code.len() > 1 && code.iter().any(char::is_ascii_alphabetic))
    {
        captions.push(Caption {
            kind,
            spelling: code.clone(),
            coded: true,
        });
    }
    for word in words {
        let word = keys(word);
        if let Some(code) = &code {
            captions.push(Caption {
                kind,
                spelling: code.iter().chain(&word).copied().collect(),
                coded: true,
            });
        }
        if !word.is_empty() {
            captions.push(Caption {
                kind,
                spelling: word,
                coded: false,
            });
        }
    }
    captions
}

/// A piece of a line with a meaning: the keys `from..to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::visual) struct Atom {
    pub from: usize,
    pub to: usize,
    pub sense: Sense,
}

/// What a piece is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::visual) enum Sense {
    /// A caption; `exact` if no character was misread, `coded` if with its number.
    Caption {
        kind: Kind,
        exact: bool,
        coded: bool,
    },
    /// The value of the caption just before.
    Value(Kind),
    /// A date, with the caption just before it if there is one.
    Date { of: Option<Kind>, printed: Printed },
}

/// A date as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::visual) struct Printed {
    pub date: Date,
    /// Whether the century is not printed.
    pub short: bool,
    /// Characters that were no digits and were read as the digits they look like.
    pub repairs: u8,
}

/// Cost of reading one character for another: little where they look alike.
fn difference(a: char, b: char) -> f32 {
    const ALIKE: [&str; 12] = [
        "0ODQCU", "1ILJT", "5S8", "8B3", "2Z", "6G", "4A", "7T", "EF", "VY", "MN", "UV",
    ];
    if a == b {
        0.0
    } else if ALIKE
        .iter()
        .any(|group| group.contains(a) && group.contains(b))
    {
        0.3
    } else {
        1.0
    }
}

/// Where the caption ends that begins at `from`, and what was misread; nothing if too much.
fn matched(caption: &Caption, keys: &[Key], from: usize) -> Option<(usize, f32)> {
    let spelling = &caption.spelling;
    let length = spelling.len();
    let limit = match length {
        0..=2 => 0.0,
        3 => 0.3,
        4 => 0.9,
        5 => 1.0,
        6..=7 => 1.3,
        _ => 0.2 * length as f32,
    };
    let first = keys.get(from)?;
    if difference(first.character, spelling[0]) > 0.5 {
        return None;
    }
    // Row by row over the spelling; column j is the number of keys used.
    let wide = (length + 2).min(keys.len() - from);
    let mut row: Vec<f32> = (0..=wide).map(|used| used as f32).collect();
    for (index, &expected) in spelling.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = index as f32 + 1.0;
        for used in 1..=wide {
            let key = keys[from + used - 1];
            // Within a caption there is no colon: behind one the value begins.
            let colon = if used > 1 && key.before == Some(':') {
                1.0
            } else {
                0.0
            };
            let swap = diagonal + difference(key.character, expected) + colon;
            diagonal = row[used];
            row[used] = swap.min(row[used] + 1.0).min(row[used - 1] + 1.0);
        }
        if row.iter().all(|cost| *cost > limit) {
            return None;
        }
    }
    let (used, cost) = (1..=wide)
        .map(|used| (used, row[used]))
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    (cost <= limit + 1e-4).then_some((from + used, cost))
}

/// Whether a word or a number begins at this key.
fn begins(keys: &[Key], at: usize) -> bool {
    at == 0 || keys.get(at).is_none_or(|key| key.before.is_some())
}

/// A value that may begin at `from` behind an open caption: where it ends and what it earns.
fn values(kind: Kind, track: &Track, from: usize) -> Vec<(usize, f32)> {
    let keys = &track.keys;
    let rest = &keys[from..];
    let at = |index: usize| rest.get(index).map(|key| key.character);
    let spelled = |word: &str| {
        word.chars()
            .enumerate()
            .all(|(index, character)| at(index) == Some(character))
    };
    let digits = rest
        .iter()
        .take_while(|key| digit(key.character).is_some_and(|(_, repaired)| !repaired))
        .count();
    match kind {
        Kind::Sex => {
            if spelled("FEMALE") {
                vec![(from + 6, 8.0)]
            } else if spelled("MALE") {
                vec![(from + 4, 6.0)]
            } else if matches!(at(0), Some('M' | 'F' | 'X')) {
                let alone = begins(keys, from + 1) || rest[1].character.is_ascii_digit();
                vec![(from + 1, if alone { 3.0 } else { 1.0 })]
            } else {
                Vec::new()
            }
        }
        Kind::Height => {
            let unit = |skip: usize| {
                let two = [at(skip), at(skip + 1)];
                usize::from(two == [Some('C'), Some('M')] || two == [Some('I'), Some('N')]) * 2
            };
            let mut found = Vec::new();
            // 5'-09", 5-09, 509, 175 cm, 61 in.
            if digits >= 3 {
                found.push((from + 3 + unit(3), 5.0 + unit(3) as f32));
            }
            if digits == 2 {
                found.push((from + 2 + unit(2), 3.0 + unit(2) as f32));
            }
            found
        }
        Kind::Weight => {
            let mut found = Vec::new();
            for count in [2, 3] {
                let number = rest[..count.min(rest.len())].iter().fold(0, |number, key| {
                    number * 10 + key.character.to_digit(10).unwrap_or(0)
                });
                if digits >= count && (50..=600).contains(&number) {
                    let unit = match (at(count), at(count + 1)) {
                        (Some('L' | 'I' | '1'), Some('B' | 'D' | '0')) | (Some('K'), Some('G')) => {
                            2
                        }
                        _ => 0,
                    };
                    let plural = usize::from(unit == 2 && at(count + 2) == Some('S'));
                    let alone = unit > 0 || begins(keys, from + count);
                    found.push((
                        from + count + unit + plural,
                        2.0 + count as f32 + unit as f32 + f32::from(u8::from(alone)),
                    ));
                }
            }
            found
        }
        Kind::Eyes | Kind::Hair => {
            const COLOURS: [&str; 26] = [
                "BROWN", "BLUE", "GREEN", "HAZEL", "BLACK", "GRAY", "GREY", "BLOND", "BLONDE",
                "WHITE", "SANDY", "BRO", "BRN", "BLU", "GRN", "GRY", "HAZ", "HZL", "BLK", "BLN",
                "BLD", "RED", "WHI", "SDY", "UNK", "BAL",
            ];
            const RARE: [&str; 6] = ["MAR", "PNK", "DIC", "XXX", "GRE", "AUB"];
            let known = COLOURS
                .iter()
                .chain(&RARE)
                .filter(|colour| spelled(colour))
                .map(|colour| colour.len())
                .max();
            match known {
                Some(length) => vec![(from + length, 2.0 + length as f32)],
                None if rest.len() >= 3
                    && rest[..3].iter().all(|key| key.character.is_alphabetic())
                    && begins(keys, from + 3) =>
                {
                    vec![(from + 3, 1.0)]
                }
                None => Vec::new(),
            }
        }
        Kind::Class | Kind::Endorsements | Kind::Restrictions => {
            if spelled("NONE") {
                return vec![(from + 4, 6.0)];
            }
            let longest = if kind == Kind::Class { 3 } else { 10 };
            (1..=longest.min(rest.len()))
                .take_while(|&length| {
                    kind != Kind::Class || length == 1 || rest[length - 1].before.is_none()
                })
                .map(|length| {
                    // Letters end where a number begins, such as that of the next element.
                    let number_behind = kind == Kind::Class
                        && rest[..length]
                            .iter()
                            .all(|key| key.character.is_alphabetic())
                        && rest
                            .get(length)
                            .is_some_and(|key| key.character.is_ascii_digit());
                    let ends = begins(keys, from + length) || number_behind;
                    let loose = rest[1..length]
                        .iter()
                        .filter(|key| key.before == Some(' '))
                        .count();
                    let glued = from > 0
                        && rest[0].before.is_none()
                        && rest[0].character.is_alphabetic()
                        && keys[from - 1].character.is_alphabetic();
                    let gain = 2.0 + if ends { 0.5 } else { -1.5 } - if glued { 1.8 } else { 0.0 };
                    (from + length, gain - loose as f32)
                })
                .collect()
        }
        Kind::Number => (4..=rest.len().min(22))
            .filter_map(|length| {
                let numeric = rest[..length]
                    .iter()
                    .filter(|key| key.character.is_ascii_digit())
                    .count();
                let letters = length - numeric;
                let loose = rest[1..length]
                    .iter()
                    .filter(|key| key.before == Some(' '))
                    .count();
                let loose_letters = rest[1..length]
                    .iter()
                    .filter(|key| key.before == Some(' ') && key.character.is_alphabetic())
                    .count();
                (numeric >= 4 || (numeric >= 3 && length >= 10)).then_some(())?;
                let ends = begins(keys, from + length);
                // The o of `No` is often left over.
                let leftover = rest[0].character == 'O' && rest[0].before.is_none();
                Some((
                    from + length,
                    3.0 + 0.25 * numeric as f32
                        - 0.2 * letters as f32
                        - 0.2 * loose as f32
                        - 2.0 * loose_letters as f32
                        + if ends { 1.0 } else { 0.0 }
                        - if leftover { 3.0 } else { 0.0 },
                ))
            })
            .collect(),
        Kind::Discriminator => (4..=rest.len())
            .map(|length| {
                let ends = begins(keys, from + length);
                (
                    from + length,
                    2.0 + 0.45 * length as f32 + if ends { 0.5 } else { 0.0 },
                )
            })
            .collect(),
        _ if kind.is_text() => (1..=rest.len())
            .map(|length| (from + length, 0.5 + 0.1 * length as f32))
            .collect(),
        _ => Vec::new(),
    }
}

/// The digit a character shows or looks like, and whether it only looks like it.
pub(in crate::visual) fn digit(character: char) -> Option<(u8, bool)> {
    Some(match character {
        '0'..='9' => (character as u8 - b'0', false),
        'O' | 'Q' | 'D' => (0, true),
        'I' | 'L' => (1, true),
        'Z' => (2, true),
        'S' => (5, true),
        'G' => (6, true),
        'B' => (8, true),
        _ => return None,
    })
}

/// Three numbers in a row, as a date has them.
struct Numbers {
    values: [i16; 3],
    repairs: u8,
    /// The marks before the second and the third.
    separators: [Option<char>; 2],
    /// Behind the last key.
    to: usize,
}

/// The dates that may begin at a key: where each ends.
fn dates(keys: &[Key], from: usize) -> Vec<(usize, Printed)> {
    let rest = &keys[from..];
    let mut found = Vec::new();
    // Numbers of the given widths.
    let numbers = |widths: [usize; 3]| -> Option<Numbers> {
        let mut at = 0;
        let mut repairs = 0;
        let mut values = [0; 3];
        let mut separators = [None; 2];
        for (index, width) in widths.into_iter().enumerate() {
            for place in 0..width {
                let key = rest.get(at)?;
                let (value, repaired) = digit(key.character)?;
                if place == 0 && index > 0 {
                    separators[index - 1] = key.before;
                } else if place > 0 && key.before.is_some() {
                    return None;
                }
                values[index] = values[index] * 10 + i16::from(value);
                repairs += u8::from(repaired);
                at += 1;
            }
        }
        Some(Numbers {
            values,
            repairs,
            separators,
            to: from + at,
        })
    };
    let mut add = |numbers: Option<Numbers>, order: [usize; 3], short: bool| {
        let Some(Numbers {
            values,
            repairs,
            separators,
            to,
        }) = numbers
        else {
            return;
        };
        let [first, second] = separators.map(|separator| separator.is_some());
        let bare = !first && !second;
        let alone = begins(keys, from) && begins(keys, to);
        let [year, month, day] = order.map(|index| values[index]);
        let year = if short {
            year + if year > 40 { 1900 } else { 2000 }
        } else {
            year
        };
        let sound = first == second
            && repairs <= if short { 0 } else { 2 }
            && (!bare || alone && repairs == 0)
            && (!short || begins(keys, to) && begins(keys, from))
            && (1900..2100).contains(&year);
        let date = Date::new(year, month as i8, day as i8)
            .ok()
            .filter(|_| sound);
        if let Some(date) = date {
            found.push((
                to,
                Printed {
                    date,
                    short,
                    repairs,
                },
            ));
        }
    };
    add(numbers([2, 2, 4]), [2, 0, 1], false);
    add(numbers([4, 2, 2]), [0, 1, 2], false);
    add(numbers([2, 2, 2]), [2, 0, 1], true);
    if let Some((to, date)) = worded(keys, from) {
        found.push((
            to,
            Printed {
                date,
                short: false,
                repairs: 0,
            },
        ));
    }
    found
}

/// A date with the month as a word: `14 NOV 1987`, `NOV 14, 1987`, `2013-Feb-11`.
fn worded(keys: &[Key], from: usize) -> Option<(usize, Date)> {
    const MONTHS: [&[&str]; 12] = [
        &["JANUARY", "JANVIER", "JAN"],
        &["FEBRUARY", "FEVRIER", "FEB", "FEV"],
        &["MARCH", "MARS", "MAR"],
        &["APRIL", "AVRIL", "APR", "AVR"],
        &["MAY", "MAI"],
        &["JUNE", "JUIN", "JUN"],
        &["JULY", "JUILLET", "JUL", "JUIL"],
        &["AUGUST", "AOUT", "AUG", "AOU"],
        &["SEPTEMBER", "SEPTEMBRE", "SEPT", "SEP"],
        &["OCTOBER", "OCTOBRE", "OCT"],
        &["NOVEMBER", "NOVEMBRE", "NOV"],
        &["DECEMBER", "DECEMBRE", "DEC"],
    ];
    let number = |at: usize, width: usize| -> Option<(usize, i16)> {
        let part = keys.get(at..at + width)?;
        let mut value = 0;
        for key in part {
            value =
                value * 10 + i16::from(digit(key.character).filter(|(_, repaired)| !repaired)?.0);
        }
        Some((at + width, value))
    };
    let month = |at: usize| -> Option<(usize, i8)> {
        MONTHS.iter().zip(1..).find_map(|(names, month)| {
            names.iter().find_map(|name| {
                let part = keys.get(at..at + name.len())?;
                let same = part.iter().map(|key| key.character).eq(name.chars());
                same.then_some((at + name.len(), month))
            })
        })
    };
    let day_first = || {
        let (at, day) = number(from, 2).or_else(|| number(from, 1))?;
        let (at, month) = month(at)?;
        let (at, year) = number(at, 4)?;
        Some((at, year, month, day))
    };
    let month_first = || {
        let (at, month) = month(from)?;
        let (at, day) = number(at, 2).or_else(|| number(at, 1))?;
        let (at, year) = number(at, 4)?;
        Some((at, year, month, day))
    };
    let year_first = || {
        let (at, year) = number(from, 4)?;
        let (at, month) = month(at)?;
        let (at, day) = number(at, 2)?;
        Some((at, year, month, day))
    };
    let (to, year, month, day) = day_first().or_else(month_first).or_else(year_first)?;
    let date = Date::new(year, month, day as i8).ok()?;
    (1900..2100).contains(&year).then_some((to, date))
}

/// A step of the best split so far.
#[derive(Clone, Copy)]
struct Step {
    score: f32,
    /// Key and open caption it came from.
    from: (usize, usize),
    atom: Option<Atom>,
}

/// A caption that may begin at a key.
struct Announced<'caption> {
    caption: &'caption Caption,
    to: usize,
    gain: f32,
    /// What it loses in the middle of a word, unless the word before it ends there.
    chance: f32,
    exact: bool,
}

/// The best split of a line; `formats` are those of the jurisdiction's numbers.
pub(in crate::visual) fn split(captions: &[Caption], track: &Track, formats: &[&str]) -> Vec<Atom> {
    // What a caption was open after it: index 0 is none, else one more than the place in `KINDS`.
    const KINDS: [Kind; 19] = [
        Kind::Number,
        Kind::Birth,
        Kind::Issue,
        Kind::Expiry,
        Kind::OtherDate,
        Kind::Class,
        Kind::Endorsements,
        Kind::Restrictions,
        Kind::Sex,
        Kind::Height,
        Kind::Weight,
        Kind::Eyes,
        Kind::Hair,
        Kind::Discriminator,
        Kind::Surname,
        Kind::GivenNames,
        Kind::Name,
        Kind::Address,
        Kind::Other,
    ];
    const STATES: usize = KINDS.len() + 1;
    let open = |kind: Kind| {
        1 + KINDS
            .iter()
            .position(|other| *other == kind)
            .unwrap_or(KINDS.len() - 1)
    };
    let keys = &track.keys;
    let count = keys.len().min(200);
    let mut best: Vec<[Option<Step>; STATES]> = vec![[None; STATES]; count + 1];
    best[0][0] = Some(Step {
        score: 0.0,
        from: (0, 0),
        atom: None,
    });
    let improve = |best: &mut Vec<[Option<Step>; STATES]>, to: (usize, usize), step: Step| {
        let place = &mut best[to.0][to.1];
        if place.is_none_or(|other| step.score > other.score) {
            *place = Some(step);
        }
    };
    for at in 0..count {
        let found: Vec<Announced<'_>> = captions
            .iter()
            .filter_map(|caption| {
                let (to, misread) = matched(caption, &keys[..count], at)?;
                let length = caption.spelling.len();
                let letter = |place: usize| keys[place].character.is_alphabetic();
                // A caption inside a word is chance, unless it has its number or a value behind it.
                let inside = |place: usize| {
                    place > 0
                        && place < count
                        && keys[place].before.is_none()
                        && letter(place - 1)
                        && letter(place)
                };
                let mut gain = length as f32 - 1.0 - 4.0 * misread;
                gain += if begins(keys, at) { 1.0 } else { 0.0 };
                let mut chance = 0.0;
                if caption.coded {
                    gain += 1.0;
                    // A number alone is chance in the middle of a word: the 9A of S9A.
                    if length == 2 && !begins(keys, at) {
                        chance = 9.0;
                    }
                } else {
                    if inside(at) {
                        chance = if caption.kind == Kind::Number {
                            9.0
                        } else {
                            length as f32 + 0.5
                        };
                    }
                    // LN and FN are glued to names; whether both are there is asked later.
                    gain -= if inside(to) && !(length == 2 && caption.kind.is_text()) {
                        2.0
                    } else {
                        0.0
                    };
                    gain -= if misread > 0.0 && length <= 4 {
                        3.5
                    } else {
                        0.0
                    };
                }
                Some(Announced {
                    caption,
                    to,
                    gain,
                    chance,
                    exact: misread == 0.0,
                })
            })
            .collect();
        let dates = dates(&keys[..count], at);
        for state in 0..STATES {
            let Some(Step { score, atom, .. }) = best[at][state] else {
                continue;
            };
            // Free text ends anywhere, also in the middle of a word: BRENDA is no BR with an END.
            let behind_atom = atom
                .is_some_and(|atom| !matches!(atom.sense, Sense::Value(kind) if kind.is_text()));
            let from = (at, state);
            // A mark between caption and value may pass once in a while.
            improve(
                &mut best,
                (at + 1, 0),
                Step {
                    score,
                    from,
                    atom: None,
                },
            );
            if state != 0 {
                improve(
                    &mut best,
                    (at + 1, state),
                    Step {
                        score: score - 1.2,
                        from,
                        atom: None,
                    },
                );
            }
            for Announced {
                caption,
                to,
                gain,
                chance,
                exact,
            } in &found
            {
                let gain = if behind_atom { *gain } else { gain - chance };
                // Two letters say little: they need the start of a line and a value behind.
                let short = caption.spelling.len() <= 2 && !caption.coded;
                if short && at != 0 {
                    continue;
                }
                // R and E announce NONE or codes that stand apart; REYES is a name.
                let codes = matches!(caption.kind, Kind::Restrictions | Kind::Endorsements);
                let none = || {
                    keys[*to..]
                        .iter()
                        .take(4)
                        .map(|key| key.character)
                        .eq("NONE".chars())
                };
                if short && codes && !begins(keys, *to) && !none() {
                    continue;
                }
                let gain = if short { gain - 1.5 } else { gain };
                let sense = Sense::Caption {
                    kind: caption.kind,
                    exact: *exact,
                    coded: caption.coded,
                };
                let atom = Some(Atom {
                    from: at,
                    to: *to,
                    sense,
                });
                improve(
                    &mut best,
                    (*to, open(caption.kind)),
                    Step {
                        score: score + gain,
                        from,
                        atom,
                    },
                );
            }
            let kind = state.checked_sub(1).map(|index| KINDS[index]);
            for (to, printed) in &dates {
                let expected = kind.filter(|kind| kind.is_date());
                let gain = if printed.short { 4.0 } else { 8.0 }
                    + if expected.is_some() { 3.0 } else { 0.0 }
                    - f32::from(printed.repairs);
                let sense = Sense::Date {
                    of: expected,
                    printed: *printed,
                };
                let atom = Some(Atom {
                    from: at,
                    to: *to,
                    sense,
                });
                improve(
                    &mut best,
                    (*to, 0),
                    Step {
                        score: score + gain,
                        from,
                        atom,
                    },
                );
            }
            if let Some(kind) = kind {
                for (to, gain) in values(kind, track, at) {
                    if to <= count {
                        let gain = match kind {
                            Kind::Number => gain + formatted(&track.folded(at, to), formats),
                            _ => gain,
                        };
                        let atom = Some(Atom {
                            from: at,
                            to,
                            sense: Sense::Value(kind),
                        });
                        improve(
                            &mut best,
                            (to, 0),
                            Step {
                                score: score + gain,
                                from,
                                atom,
                            },
                        );
                    }
                }
            }
        }
    }
    let mut place = (0..STATES)
        .filter_map(|state| best[count][state].map(|step| (state, step.score)))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map_or((0, 0), |(state, _)| (count, state));
    let mut atoms = Vec::new();
    while place.0 > 0 {
        let Some(step) = best[place.0][place.1] else {
            break;
        };
        atoms.extend(step.atom);
        place = step.from;
    }
    atoms.reverse();
    atoms
}

/// What a number earns by having the jurisdiction's first format, or another.
fn formatted(number: &str, formats: &[&str]) -> f32 {
    match formats
        .iter()
        .position(|format| super::jurisdictions::has_format(number, format))
    {
        Some(0) => 2.0,
        Some(_) => 1.0,
        None => 0.0,
    }
}

/// The shortest and best value of a kind that begins at a key, for values in another line than their
/// caption.
pub(in crate::visual) fn value_at(kind: Kind, track: &Track, from: usize) -> Option<usize> {
    values(kind, track, from)
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
        .map(|(to, _)| to)
}
