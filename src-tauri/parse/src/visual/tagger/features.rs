//! What the tagger sees of a word.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use model::{Quad, Sheet, Word};

use super::super::track::folded;
use crate::types;

/// A word of a sheet and its features.
pub struct Seen {
    /// Index of the line in the sheet.
    pub line: usize,
    /// Index of the word in the line.
    pub word: usize,
    /// Names of the features that are present.
    pub features: Vec<String>,
}

/// Labels of all languages, spaces left out: what each announces.
static GAZETTEER: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    types::shared_labels()
        .map(|(list, label)| (keys(label), list))
        .filter(|(label, _)| label.chars().count() >= 2)
        .collect()
});

/// The most words of a label.
const LONGEST: usize = 6;

fn keys(text: &str) -> String {
    text.chars().filter_map(folded).collect()
}

/// A word where it stands.
struct Placed {
    line: usize,
    word: usize,
    keys: String,
    text: String,
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// What the label announces that the word is a part of.
    label: Option<&'static str>,
}

impl Placed {
    fn new(line: usize, index: usize, word: &Word) -> Self {
        let (left, top, right, bottom) = Quad::bounds(&word.quad);
        Self {
            line,
            word: index,
            keys: keys(word.text.expose()),
            text: word.text.expose().to_owned(),
            left,
            right,
            top,
            bottom,
            label: None,
        }
    }

    fn height(&self) -> f32 {
        (self.bottom - self.top).max(1.0)
    }

    fn middle(&self) -> f32 {
        f32::midpoint(self.top, self.bottom)
    }

    /// What the word looks like by itself.
    fn kind(&self) -> &'static str {
        let digits = self.keys.chars().filter(char::is_ascii_digit).count();
        let letters = self.keys.chars().count() - digits;
        let marks = self
            .text
            .chars()
            .filter(|mark| matches!(mark, '.' | '/' | '-'))
            .count();
        match (digits, letters) {
            _ if self.label.is_some() => "label",
            (0, 0) => "mark",
            (6 | 8, 0) if marks == 2 => "date",
            (8, 0) => "eight_digits",
            (4, 0) if self.keys.starts_with("19") || self.keys.starts_with("20") => "year",
            (1 | 2, 0) => "day",
            (5.., _) => "number",
            (_, 0) => "digits",
            (0, 3) if crate::country::name(&self.keys).is_some() => "country",
            (0, 1) if matches!(self.keys.as_str(), "M" | "F" | "X" | "W") => "sex",
            (0, 3..=4) if is_month(&self.keys) => "month",
            (0, _) => "word",
            _ => "mixed",
        }
    }

    /// Letters, cases and digits, runs of one kind shortened to one.
    fn shape(&self) -> String {
        let mut shape = String::new();
        for character in self.text.chars() {
            let class = match character {
                '0'..='9' => '9',
                upper if upper.is_uppercase() => 'A',
                letter if letter.is_alphabetic() => 'a',
                mark => mark,
            };
            if !shape.ends_with(class) {
                shape.push(class);
            }
        }
        shape.chars().take(8).collect()
    }
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 24] = [
        "JAN", "FEB", "FEV", "FEVR", "MAR", "MARS", "APR", "AVR", "MAI", "MAY", "JUN", "JUIN",
        "JUL", "JUIL", "AUG", "AOUT", "SEP", "SEPT", "OCT", "OKT", "NOV", "DEC", "DEZ", "JANV",
    ];
    MONTHS.contains(&word)
}

/// The words of a sheet in reading order, with their features.
pub fn observe(sheet: &Sheet) -> Vec<Seen> {
    let mut words: Vec<Placed> = sheet
        .lines
        .iter()
        .enumerate()
        .flat_map(|(line, content)| {
            content
                .words
                .iter()
                .enumerate()
                .map(move |(index, word)| Placed::new(line, index, word))
        })
        // The machine-readable zone is read elsewhere, and better.
        .filter(|word| !word.keys.is_empty() && word.text.matches('<').count() < 2)
        .collect();
    mark_labels(&mut words);
    let years = years(&words);
    let (width, height) = (sheet.width.max(1) as f32, sheet.height.max(1) as f32);
    (0..words.len())
        .map(|at| {
            let word = &words[at];
            let kind = word.kind();
            let mut features = vec![
                format!("kind={kind}"),
                format!("shape={}", word.shape()),
                format!("length={}", word.keys.chars().count().min(12)),
                format!("across={}", (3.0 * word.left / width).clamp(0.0, 2.0) as u8),
                format!(
                    "down={}",
                    (5.0 * word.middle() / height).clamp(0.0, 4.0) as u8
                ),
            ];
            if let Some(label) = word.label {
                features.push(format!("label={label}"));
            }
            let around = [("left", beside(&words, at)), ("above", above(&words, at))];
            for (side, label) in around {
                let label = label.unwrap_or("nothing");
                features.push(format!("{side}={label}"));
                features.push(format!("{kind},{side}={label}"));
            }
            for (side, other) in [("before", at.checked_sub(1)), ("behind", Some(at + 1))] {
                let other = other
                    .and_then(|other| words.get(other))
                    .filter(|other| other.line == word.line);
                features.push(format!("{side}={}", other.map_or("end", Placed::kind)));
            }
            if let Some(year) = year(word) {
                let rank = match (years.first(), years.last()) {
                    (Some(first), _) if *first == year => "first",
                    (_, Some(last)) if *last == year => "last",
                    _ => "between",
                };
                features.push(format!("year={rank}"));
                features.push(format!("years={}", years.len().min(4)));
            }
            Seen {
                line: word.line,
                word: word.word,
                features,
            }
        })
        .collect()
}

/// Finds the labels among the words, the longest first.
fn mark_labels(words: &mut [Placed]) {
    let mut from = 0;
    while from < words.len() {
        let line = words[from].line;
        let end = (from..words.len().min(from + LONGEST))
            .take_while(|at| words[*at].line == line)
            .count()
            + from;
        let longest = (from + 1..=end).rev().find_map(|to| {
            let phrase: String = words[from..to]
                .iter()
                .map(|word| word.keys.as_str())
                .collect();
            GAZETTEER.get(&phrase).map(|label| (to, *label))
        });
        match longest {
            Some((to, label)) => {
                for word in &mut words[from..to] {
                    word.label = Some(label);
                }
                from = to;
            }
            None => from += 1,
        }
    }
}

/// The nearest label to the left on the row.
fn beside(words: &[Placed], at: usize) -> Option<&'static str> {
    let word = &words[at];
    words
        .iter()
        .filter(|other| {
            other.label.is_some()
                && (other.middle() - word.middle()).abs() < 0.6 * word.height()
                && other.right <= word.left + 0.3 * word.height()
                && word.left - other.right < 12.0 * word.height()
        })
        .max_by(|a, b| a.right.total_cmp(&b.right))
        .and_then(|other| other.label)
}

/// The nearest label above that shares a part of the width, or of the line's beginning.
fn above(words: &[Placed], at: usize) -> Option<&'static str> {
    let word = &words[at];
    let line_left = words
        .iter()
        .filter(|other| other.line == word.line)
        .map(|other| other.left)
        .fold(word.left, f32::min);
    words
        .iter()
        .filter(|other| {
            other.label.is_some()
                && other.bottom < word.middle()
                && word.top - other.bottom < 2.2 * word.height()
                && (other.left < word.right && other.right > word.left
                    || (other.left - line_left).abs() < 2.0 * word.height())
        })
        .max_by(|a, b| a.bottom.total_cmp(&b.bottom))
        .and_then(|other| other.label)
}

/// The year at the end or the beginning of a date.
fn year(word: &Placed) -> Option<u16> {
    let four = |text: &str| text.parse().ok().filter(|year| (1900..2100).contains(year));
    match word.kind() {
        "year" => four(&word.keys),
        "date" | "eight_digits" => word
            .keys
            .get(4..8)
            .and_then(four)
            .or_else(|| word.keys.get(0..4).and_then(four)),
        _ => None,
    }
}

/// All years of the sheet's dates, each once.
fn years(words: &[Placed]) -> Vec<u16> {
    words
        .iter()
        .filter_map(year)
        .collect::<BTreeSet<u16>>()
        .into_iter()
        .collect()
}
