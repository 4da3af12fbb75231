//! Values that come from a closed list: sexes, states, colours, classes of vehicles, codes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Judged;
use crate::types::{State, states};
use crate::visual::fold;

/// One of some codes; look-alikes are forgiven in codes of at least three characters.
pub(crate) fn code(text: &str, values: &[String]) -> Option<Judged> {
    let seen = fold::letters(text);
    let exact = values.iter().find(|value| fold::letters(value) == seen);
    if let Some(value) = exact {
        return Some(Judged::whole(text, value.as_str(), 1.0));
    }
    let words = fold::words(text);
    let among = values
        .iter()
        .find(|value| words.contains(&fold::letters(value)));
    if let Some(value) = among {
        return Some(Judged::whole(text, value.as_str(), 0.8));
    }
    let near = values.iter().find(|value| {
        seen.chars().count() >= 3 && fold::distance(&fold::letters(value), &seen) == 1
    })?;
    Some(Judged::whole(text, near.as_str(), 0.6))
}

/// The text with the stroke between two letters that was read as a letter of its shape: `VIF`.
fn with_stroke(text: &str) -> String {
    let mut letters = text.trim().chars();
    let parts = (
        letters.next(),
        letters.next(),
        letters.next(),
        letters.next(),
    );
    match parts {
        (Some(first), Some('I' | 'l' | '1' | '|'), Some(last @ ('M' | 'F')), None) => {
            format!("{first}/{last}")
        }
        _ => text.to_owned(),
    }
}

/// Sexes as documents write them. Where two languages stand side by side, the one that needs no
/// knowledge of the language decides: `K/F`, `V/F`, `S/F` and `V/M`.
pub(crate) fn sex(text: &str, country: Option<&str>) -> Option<Judged> {
    let words = fold::words(&with_stroke(text));
    if words.is_empty() || words.len() > 3 || words.iter().any(|word| word.chars().count() > 10) {
        return None;
    }
    let plain = |word: &String| match word.as_str() {
        "M" | "MALE" | "MASCULIN" | "MASCULINO" | "HOMME" | "HOMBRE" | "MANN" | "MASCHIO"
        | "MASKULIN" | "MANNLICH" | "ذكر" => Some("M"),
        "F" | "FEMALE" | "FEMININ" | "FEMININO" | "FEMENINO" | "FEMME" | "MUJER" | "FRAU"
        | "FEMMINA" | "WEIBLICH" | "انثي" => Some("F"),
        "X" => Some("X"),
        _ => None,
    };
    // Letters that mean one sex in one language, at times the other in the next.
    let local = |word: &String| match (word.as_str(), country) {
        ("V", Some("LVA" | "LTU")) | ("E", Some("TUR")) | ("H" | "KK" | "Α" | "МЪЖ" | "МУЖ", _) => {
            Some("M")
        }
        (
            "V" | "K" | "W" | "N" | "Z" | "Ž" | "Θ" | "S" | "KVK" | "Ж" | "ЖЕН" | "ЖЕНА" | "NAINE"
            | "KVINNA",
            _,
        ) => Some("F"),
        ("М", _) => Some("M"),
        _ => None,
    };
    let sure: Vec<&str> = words.iter().filter_map(plain).collect();
    let strange = words
        .iter()
        .any(|word| plain(word).is_none() && local(word).is_none() && word.chars().count() > 3);
    let bilingual = words.len() >= 2;
    let value = match sure.as_slice() {
        // `M/F` is Lithuanian for a woman: the second, in English, decides.
        [.., last] => *last,
        [] => words.iter().find_map(local)?,
    };
    if sure.is_empty() && strange {
        return None;
    }
    let score = match (sure.is_empty(), strange) {
        (_, true) => 0.3,
        (false, false) => {
            if bilingual || words.len() == 1 {
                1.0
            } else {
                0.8
            }
        }
        (true, false) => 0.75,
    };
    Some(Judged::whole(text, value, score))
}

/// The words for a state's people and the state itself, folded.
static PEOPLE: LazyLock<BTreeMap<String, &'static str>> = LazyLock::new(|| {
    let mut people = BTreeMap::new();
    for (
        code,
        State {
            people: words,
            names,
            ..
        },
    ) in states()
    {
        for word in words.iter().chain(names) {
            people.entry(fold::letters(word)).or_insert(code.as_str());
        }
    }
    people
});

/// Whether a text is a word for a state's people and not the name of the state: `Belg`, `Deutsch`.
pub(crate) fn names_people(text: &str) -> bool {
    let seen = fold::letters(text);
    let is_among = |words: &[String]| words.iter().any(|word| fold::letters(word) == seen);
    let mut named = states().values();
    !seen.is_empty()
        && named.any(|state| is_among(&state.people))
        && !states().values().any(|state| is_among(&state.names))
}

/// A nationality or state: its code, or one of the words in the table of states.
pub(crate) fn country(text: &str) -> Option<Judged> {
    let whole = fold::letters(text);
    let mut best: Option<(&'static str, f32)> = None;
    let consider = |best: &mut Option<(&'static str, f32)>, code: &'static str, worth: f32| {
        if best.is_none_or(|(_, most)| worth > most) {
            *best = Some((code, worth));
        }
    };
    for part in text.split(['/', '·', '|', ',']).chain([text]) {
        let seen = fold::letters(part);
        if let Some(code) = PEOPLE.get(&seen) {
            consider(&mut best, code, 1.0);
        } else if seen.chars().count() >= 6 {
            let near = PEOPLE.iter().find(|(word, _)| {
                word.chars().count().abs_diff(seen.chars().count()) <= 1
                    && word.chars().count() >= 6
                    && fold::distance(word, &seen) <= seen.chars().count() / 7 + 1
            });
            if let Some((_, code)) = near {
                consider(&mut best, code, 0.8);
            }
        }
        let printed = part.trim();
        if let Some(code) = crate::country::codes().find(|code| printed.eq_ignore_ascii_case(code))
        {
            let capitals = printed.chars().all(char::is_uppercase);
            consider(
                &mut best,
                if code == "DEU" { "D" } else { code },
                if capitals { 1.0 } else { 0.5 },
            );
        }
    }
    // Words of the people at either end of a line that holds several languages without strokes.
    if best.is_none() && whole.chars().count() >= 8 {
        let end = PEOPLE.iter().filter(|(word, _)| {
            word.chars().count() >= 5
                && (whole.starts_with(word.as_str()) || whole.ends_with(word.as_str()))
        });
        if let Some((_, code)) = end.max_by_key(|(word, _)| word.len()) {
            consider(&mut best, code, 0.7);
        }
    }
    best.map(|(code, score)| Judged::whole(text, code, score))
}

/// Colours of eyes and hair in a word.
pub(crate) fn colour(text: &str) -> Option<Judged> {
    let value = super::tidy(text);
    let letters = value.chars().filter(|one| one.is_alphabetic()).count();
    let digits = value.chars().any(|one| one.is_ascii_digit());
    ((3..=20).contains(&letters) && !digits).then(|| Judged::whole(text, value, 0.85))
}

/// Classes of vehicles: as printed, joined by strokes.
pub(crate) fn categories(text: &str, values: &[String]) -> Option<Judged> {
    let parts = text.split(|one: char| !one.is_alphanumeric() && one != '+');
    let (mut shown, mut known, mut strange) = (Vec::new(), 0, 0);
    for part in parts.filter(|part| !part.is_empty()) {
        let upper = part.to_uppercase().replace('+', "");
        if values.contains(&upper) {
            known += 1;
            shown.push(upper);
            continue;
        }
        let repaired: String = upper
            .chars()
            .enumerate()
            .map(|(index, one)| match (index, one) {
                (0, '8') => 'B',
                (0, '0') => 'D',
                (1.., 'I' | 'L' | '|') => '1',
                (1.., '£') => 'E',
                (_, other) => other,
            })
            .collect();
        if values.contains(&repaired) {
            known += 1;
            shown.push(repaired);
        } else if let Some(split) = glued(&repaired, values) {
            known += split.len();
            strange += 1;
            shown.extend(split);
        } else if upper.chars().count() <= 3 && upper.chars().all(|one| one.is_ascii_alphanumeric())
        {
            strange += 1;
            shown.push(upper);
        } else {
            return None;
        }
    }
    if known == 0 || known < strange {
        return None;
    }
    let score = known as f32 / (known + strange) as f32;
    Some(Judged::whole(text, shown.join("/"), score))
}

/// Classes whose strokes were lost: the fewest known classes that make the text.
fn glued(text: &str, values: &[String]) -> Option<Vec<String>> {
    if text.is_empty() || !text.is_ascii() || text.len() > 24 {
        return None;
    }
    // The best way to write each beginning of the text.
    let mut ways: Vec<Option<Vec<String>>> = vec![Some(Vec::new())];
    for end in 1..=text.len() {
        let way = values.iter().filter_map(|value| {
            let before = text.get(..end)?.strip_suffix(value.as_str())?;
            let mut way = ways.get(before.len())?.clone()?;
            way.push(value.clone());
            Some(way)
        });
        let best = way.min_by_key(Vec::len);
        ways.push(best);
    }
    ways.pop()?
}

#[cfg(test)]
mod tests {
    use super::{categories, country, sex};

    #[test]
    fn sexes() {
        for (text, state, expected) in [
            ("M", None, Some("M")),
            ("F/F", None, Some("F")),
            ("K/F", Some("POL"), Some("F")),
            ("V/F", Some("NLD"), Some("F")),
            ("VIF", Some("NLD"), Some("F")),
            ("MIM", Some("NLD"), Some("M")),
            ("V/M", Some("LVA"), Some("M")),
            ("M/F", Some("LTU"), Some("F")),
            ("W", Some("D"), Some("F")),
            ("H", Some("FRA"), Some("M")),
            ("KVK/F", Some("ISL"), Some("F")),
            ("X", None, Some("X")),
            ("MADRID SPAIN", None, None),
            ("12", None, None),
        ] {
            assert_eq!(
                sex(text, state).map(|judged| judged.value).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn nationalities() {
        for (text, expected) in [
            ("DEUTSCH", Some("D")),
            ("POLSKIE/POLISH", Some("POL")),
            ("CESKAREPUBLIKA/CZECHREPUBLIC", Some("CZE")),
            ("FRANÇAISE", Some("FRA")),
            ("ESP", Some("ESP")),
            ("CANADIAN/CANACIENNE", Some("CAN")),
            ("BRITISH CITIZEN", Some("GBR")),
            ("REPUBLIC OF CHINA", Some("TWN")),
            ("SuomiFinlandFiniand Finlande", Some("FIN")),
            ("12.08.1964", None),
            ("MUSTERMANN", None),
        ] {
            assert_eq!(
                country(text).map(|judged| judged.value).as_deref(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn classes() {
        let values: Vec<String> = [
            "AM", "A1", "A2", "A", "B1", "B", "BE", "C1", "C", "D1", "D", "DE",
        ]
        .map(str::to_owned)
        .to_vec();
        for (text, expected) in [
            ("AM/A/A1/B1/B/BE/DE/D", Some("AM/A/A1/B1/B/BE/DE/D")),
            ("AM B BE", Some("AM/B/BE")),
            ("B, AM.", Some("B/AM")),
            ("AM/AI/8", Some("AM/A1/B")),
            ("AMBBE", Some("AM/B/BE")),
            ("BM/A1/B", Some("BM/A1/B")),
            ("PARIS", None),
        ] {
            assert_eq!(
                categories(text, &values)
                    .map(|judged| judged.value)
                    .as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
