//! Numbers of documents, people and vehicles.

use std::ops::Range;

use super::Judged;

/// A number of one of the patterns, or of the usual mix where there is none.
pub(crate) fn number(text: &str, patterns: &[String]) -> Option<Judged> {
    // Of several that fit as well, the one that takes most of the text.
    let best = patterns
        .iter()
        .filter_map(|pattern| matching(text, pattern))
        .max_by(|one, other| {
            let length = |judged: &Judged| judged.range.len();
            one.score
                .total_cmp(&other.score)
                .then_with(|| length(one).cmp(&length(other)))
        });
    let free = unpatterned(text);
    if patterns.is_empty() {
        return free;
    }
    let free = free.map(|free| Judged {
        score: free.score * OF_NO_PATTERN,
        ..free
    });
    // A pattern that ends in the middle of a longer number is another number's.
    let is_part = |best: &Judged| {
        free.as_ref().is_some_and(|free| {
            is_crowded(text, &best.range)
                && free.range.start <= best.range.start
                && best.range.end <= free.range.end
        })
    };
    best.filter(|best| !is_part(best)).or(free)
}

/// What a number of no known pattern is worth where patterns are known.
const OF_NO_PATTERN: f32 = 0.6;

/// Whether letters or figures stand right before or behind the characters.
fn is_crowded(text: &str, range: &Range<usize>) -> bool {
    let stands = |index: Option<usize>| {
        index
            .and_then(|index| text.chars().nth(index))
            .is_some_and(char::is_alphanumeric)
    };
    stands(range.start.checked_sub(1)) || stands(Some(range.end))
}

/// The characters of the text that follow a pattern, looking through spaces and, at a price, through
/// figures and letters that look alike.
fn matching(text: &str, pattern: &str) -> Option<Judged> {
    let wanted: Vec<char> = pattern.chars().filter(|one| !one.is_whitespace()).collect();
    let seen: Vec<(usize, char)> = text
        .chars()
        .enumerate()
        .filter(|(_, one)| !one.is_whitespace())
        .collect();
    let mut best: Option<Judged> = None;
    for start in 0..seen.len().saturating_sub(wanted.len()).saturating_add(1) {
        let Some(window) = seen.get(start..start + wanted.len()) else {
            break;
        };
        let (Some((first, _)), Some((last, _))) = (window.first(), window.last()) else {
            break;
        };
        let mut changed = 0;
        let value: Option<String> = window
            .iter()
            .zip(&wanted)
            .map(|((_, one), wanted)| {
                let fitted = fit(*one, *wanted)?;
                changed += usize::from(fitted != *one);
                Some(fitted)
            })
            .collect();
        let Some(value) = value.filter(|_| changed <= 2) else {
            continue;
        };
        // More of the same kind on either side means a longer number of another pattern.
        let crowded = is_crowded(text, &(*first..last + 1));
        let score = (1.0 - 0.12 * changed as f32) * if crowded { 0.6 } else { 1.0 };
        if best.as_ref().is_none_or(|best| score > best.score) {
            let raw: String = text.chars().skip(*first).take(last + 1 - first).collect();
            let shown = if changed == 0 { raw.clone() } else { value };
            let alternatives = if changed == 0 { Vec::new() } else { vec![raw] };
            best = Some(Judged {
                value: shown,
                score,
                range: *first..last + 1,
                alternatives,
            });
        }
    }
    best
}

/// The character as the pattern wants it.
fn fit(one: char, wanted: char) -> Option<char> {
    let one = match one {
        '٠'..='٩' => char::from_digit(u32::from(one) - u32::from('٠'), 10)?,
        other => other,
    };
    match wanted {
        '9' if one.is_ascii_digit() => Some(one),
        '9' => match one {
            'O' | 'o' | 'Q' | 'D' => Some('0'),
            'I' | 'l' | 'i' | '|' => Some('1'),
            'Z' => Some('2'),
            'S' => Some('5'),
            'G' => Some('6'),
            'B' => Some('8'),
            _ => None,
        },
        'A' if one.is_ascii_uppercase() => Some(one),
        'A' => match one {
            '0' => Some('O'),
            '1' => Some('I'),
            '2' => Some('Z'),
            '5' => Some('S'),
            '8' => Some('B'),
            other if other.is_ascii_lowercase() => Some(other.to_ascii_uppercase()),
            _ => None,
        },
        '*' if one.is_ascii_alphanumeric() => Some(one.to_ascii_uppercase()),
        '*' => None,
        other if other == one => Some(one),
        _ => None,
    }
}

/// The run of words that looks most like a number: capitals and digits, with at least some digits.
fn unpatterned(text: &str) -> Option<Judged> {
    let mut best: Option<Judged> = None;
    let parts = parts(text);
    for from in 0..parts.len() {
        for to in from + 1..=parts.len().min(from + 4) {
            let judged = parts.get(from..to).and_then(|parts| run(text, parts));
            if let Some(judged) = judged
                && best.as_ref().is_none_or(|best| {
                    (judged.score, judged.range.len()) > (best.score, best.range.len())
                })
            {
                best = Some(judged);
            }
        }
    }
    best
}

/// The words of a text as ranges of characters.
fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (index, one) in text.chars().enumerate() {
        if one.is_whitespace() || matches!(one, ':' | ',' | '(' | ')' | ';' | '°') {
            continue;
        }
        match parts.last_mut() {
            Some(last) if last.end == index => last.end = index + 1,
            _ => parts.push(index..index + 1),
        }
    }
    parts
}

fn run(text: &str, parts: &[Range<usize>]) -> Option<Judged> {
    let (first, last) = (parts.first()?, parts.last()?);
    let range = first.start..last.end;
    let value: String = text.chars().skip(range.start).take(range.len()).collect();
    let edge = |one: char| !one.is_alphanumeric();
    let trimmed = value.trim_matches(edge);
    let digits = trimmed.chars().filter(char::is_ascii_digit).count();
    let letters = trimmed.chars().filter(|one| one.is_alphabetic()).count();
    let small = trimmed.chars().filter(|one| one.is_lowercase()).count();
    let all = digits + letters;
    let plain = trimmed
        .chars()
        .all(|one| one.is_alphanumeric() || matches!(one, ' ' | '-' | '/' | '.'));
    if !(5..=20).contains(&all) || digits < 2 || digits * 10 < all * 3 || !plain {
        return None;
    }
    let mut score = 0.95_f32;
    score *= if (6..=14).contains(&all) { 1.0 } else { 0.75 };
    score *= if small > 0 { 0.6 } else { 1.0 };
    // A word of letters only beside a number is more often something else than a series.
    let words = parts.iter().filter(|part| {
        let length = part.len();
        length > 3
            && text
                .chars()
                .skip(part.start)
                .take(length)
                .all(char::is_alphabetic)
    });
    score *= if words.count() > 0 { 0.5 } else { 1.0 };
    // What reads as a date is a date.
    let dotted = trimmed
        .chars()
        .filter(|one| matches!(one, '.' | '/'))
        .count();
    if dotted == 2 && digits == 8 && letters == 0 {
        return None;
    }
    Some(Judged {
        value: trimmed.to_owned(),
        score,
        range,
        alternatives: Vec::new(),
    })
}

/// A vehicle identification number: 17 letters and digits without I, O and Q (ISO 3779), or 5 to 16 for
/// chassis before 1981.
pub(crate) fn vin(text: &str) -> Option<Judged> {
    let compact: Vec<(usize, char)> = text
        .chars()
        .enumerate()
        .filter(|(_, one)| one.is_alphanumeric())
        .collect();
    let value: String = compact
        .iter()
        .map(|(_, one)| one.to_ascii_uppercase())
        .collect();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    let length = value.chars().count();
    let score = match length {
        17 if digits >= 3 => 1.0,
        5..=20 if digits >= 3 => 0.5,
        _ => return None,
    };
    let mut judged = Judged::whole(text, value.clone(), score);
    let legal: String = value
        .chars()
        .map(|one| match one {
            'O' | 'Q' => '0',
            'I' => '1',
            other => other,
        })
        .collect();
    if legal != value {
        judged.alternatives.push(legal);
    }
    Some(judged)
}

/// A registration number.
pub(crate) fn plate(text: &str, country: Option<&str>) -> Option<Judged> {
    let patterns: &[&str] = match country {
        Some("FRA") => &[
            "AA-999-AA",
            "9999 AA 99",
            "999 AA 99",
            "9999 AAA 99",
            "999 AAA 99",
            "WW-999-AA",
        ],
        _ => &[],
    };
    let best = patterns
        .iter()
        .filter_map(|pattern| matching(text, pattern))
        .max_by(|one, other| one.score.total_cmp(&other.score));
    best.or_else(|| {
        unpatterned(text).map(|judged| Judged {
            score: judged.score * 0.8,
            ..judged
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{number, plate, vin};

    #[test]
    fn numbers_are_found() {
        for (text, patterns, expected) in [
            ("T22000129", &[] as &[&str], Some("T22000129")),
            ("AA 0000000", &[], Some("AA 0000000")),
            ("N° : D2H6862M2", &[], Some("D2H6862M2")),
            ("PASSPORT", &[], None),
            ("X12", &[], None),
            ("12345678O", &["999999999"], Some("123456780")),
            ("BAB183426 01 01 2016", &["AAA999999"], Some("BAB183426")),
            ("13AA00002", &["99AA99999"], Some("13AA00002")),
            (
                "94137669 9 SG6",
                &["99999999 9 **9", "99999999"],
                Some("94137669 9 SG6"),
            ),
            ("9359194992", &["99999999"], Some("9359194992")),
            ("8493517985", &["99999999A"], Some("8493517985")),
            ("DD<<AB123456", &["AA999999"], Some("AB123456")),
        ] {
            let patterns: Vec<String> = patterns.iter().map(|one| (*one).to_owned()).collect();
            assert_eq!(
                number(text, &patterns)
                    .map(|judged| judged.value)
                    .as_deref(),
                expected,
                "{text}"
            );
        }
        assert_eq!(plate("AB-123-CD", Some("FRA")).unwrap().value, "AB-123-CD");
        assert!(vin("WDBEA30D3HA391172").unwrap().score > 0.9);
    }
}
