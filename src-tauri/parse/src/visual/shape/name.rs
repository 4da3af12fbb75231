//! Names of people, places and authorities.

use super::{Judged, tidy};

/// Share of characters other than spaces that are letters.
fn letters(text: &str) -> f32 {
    let all = text.chars().filter(|one| !one.is_whitespace()).count();
    let letters = text.chars().filter(|one| one.is_alphabetic()).count();
    letters as f32 / all.max(1) as f32
}

/// A surname or given names.
pub(crate) fn part(text: &str) -> Option<Judged> {
    let value = tidy(text);
    let count = value.chars().filter(|one| one.is_alphabetic()).count();
    let digits = value.chars().filter(char::is_ascii_digit).count();
    if count == 0 || value.chars().count() > 60 || digits * 4 > count || letters(&value) < 0.7 {
        return None;
    }
    if digits > 0 {
        let repaired = repair(&value)?;
        let mut judged = Judged::whole(text, repaired, 0.75);
        judged.alternatives.push(value);
        return Some(judged);
    }
    let strange = value.chars().any(|one| {
        !(one.is_alphabetic()
            || matches!(
                one,
                ' ' | '-' | '\'' | '’' | ',' | '.' | '`' | '´' | '(' | ')'
            ))
    });
    let words = value.split(' ').count();
    let mut score = 1.0_f32;
    score *= if count == 1 {
        0.4
    } else if count == 2 {
        0.75
    } else {
        1.0
    };
    score *= if strange { 0.55 } else { 1.0 };
    score *= if words > 6 { 0.6 } else { 1.0 };
    score *= if value.chars().next().is_some_and(char::is_lowercase) {
        0.75
    } else {
        1.0
    };
    score *= if mixed(&value) { 0.7 } else { 1.0 };
    Some(Judged::whole(text, value, score))
}

/// Whether capitals stand inside words of small letters, as in misread labels.
fn mixed(text: &str) -> bool {
    text.split([' ', '-', '\'', '’', '.', ',']).any(|word| {
        let mut small = false;
        let mut wild = 0;
        for one in word.chars() {
            wild += usize::from(small && one.is_uppercase());
            small |= one.is_lowercase();
        }
        // McDonald, DeVries and LoesAlbertine have one; misread captions more.
        wild > 1
    })
}

/// A whole name: surname and given names, with or without a comma between.
pub(crate) fn whole(text: &str) -> Option<Judged> {
    let mut judged = part(text)?;
    if !judged.value.contains([' ', ',']) {
        judged.score *= 0.8;
    }
    Some(judged)
}

/// Figures back into the letters they look like, in words of capitals.
fn repair(text: &str) -> Option<String> {
    text.chars()
        .map(|one| match one {
            '0' => Some('O'),
            '1' => Some('I'),
            '5' => Some('S'),
            '8' => Some('B'),
            '2' => Some('Z'),
            '4' => Some('A'),
            other if other.is_ascii_digit() => None,
            other => Some(other),
        })
        .collect()
}

/// Noughts back into the letters they look like, in words that hold no other figure: `0RLÉANS`, `LY0N 4E`.
pub(crate) fn without_noughts(text: &str) -> String {
    let words = text.split(' ').map(|word| {
        let letters = word.chars().filter(|one| one.is_alphabetic()).count();
        let figures = word.chars().filter(char::is_ascii_digit).count();
        let noughts = word.matches('0').count();
        let small = word.chars().any(char::is_lowercase);
        if letters >= 2 && letters > noughts && figures == noughts {
            word.replace('0', if small { "o" } else { "O" })
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A place, with its district or country: `PARIS 1ER (75)`.
pub(crate) fn location(text: &str) -> Option<Judged> {
    let value = tidy(behind_date(text));
    let inner = value
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    let value = without_noughts(&inner.map_or(value.clone(), tidy));
    let count = value.chars().filter(|one| one.is_alphabetic()).count();
    if count < 2 || value.chars().count() > 80 || letters(&value) < 0.45 {
        return None;
    }
    let mut score = 0.95_f32;
    score *= if count == 2 { 0.7 } else { 1.0 };
    score *= if mixed(&value) { 0.8 } else { 1.0 };
    score *= if value.chars().next().is_some_and(char::is_lowercase) {
        0.7
    } else {
        1.0
    };
    score *= if is_unfinished(&value) { 0.25 } else { 1.0 };
    Some(Judged::whole(text, value, score))
}

/// Whether the text ends in a word that leads on, as a label does that was read in part: `Lieu de`.
fn is_unfinished(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    ["de", "di", "du", "des", "of", "und", "and", "et"].contains(&last)
}

/// What follows the end of a date: on licences place and date of birth share a line.
fn behind_date(text: &str) -> &str {
    let text = text.trim_start();
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let of_date = |one: char| one.is_ascii_digit() || matches!(one, '.' | '/' | '-');
    let year = first
        .parse::<u16>()
        .is_ok_and(|year| (1900..2100).contains(&year));
    let whole = first.len() >= 6 && first.chars().all(of_date) && first.contains(['.', '/', '-']);
    if year || whole { rest } else { text }
}

/// An authority: letters, maybe with the number of an office.
pub(crate) fn authority(text: &str) -> Option<Judged> {
    let value = without_noughts(&tidy(text));
    let all = value.chars().filter(|one| one.is_alphanumeric()).count();
    let count = value.chars().filter(|one| one.is_alphabetic()).count();
    if all < 2 || value.chars().count() > 100 || count == 0 && all < 3 {
        return None;
    }
    let score = if count >= 3 { 0.95 } else { 0.65 };
    Some(Judged::whole(text, value, score))
}

/// An address, or one line of it.
pub(crate) fn address(text: &str) -> Option<Judged> {
    let value = without_noughts(&tidy(text));
    let all = value.chars().filter(|one| one.is_alphanumeric()).count();
    if all < 2 {
        return None;
    }
    let figures = value.chars().any(|one| one.is_ascii_digit());
    let words = value.chars().any(char::is_alphabetic);
    let score = match (words, figures) {
        (true, true) => 0.97,
        (true, false) => 0.85,
        _ => 0.5,
    };
    Some(Judged::whole(text, value, score))
}

#[cfg(test)]
mod tests {
    use super::{address, location, part};

    #[test]
    fn names_are_told_from_other_text() {
        for (text, expected) in [
            ("MUSTERMANN", Some("MUSTERMANN")),
            ("'Paul'", Some("Paul")),
            ("Maëlis-Gaëlle, Marie", Some("Maëlis-Gaëlle, Marie")),
            ("VICT0R", Some("VICTOR")),
            ("D2H6862M2", None),
            ("12.08.1964", None),
            ("", None),
            ("بن صالح", Some("بن صالح")),
        ] {
            assert_eq!(
                part(text).map(|judged| judged.value).as_deref(),
                expected,
                "{text}"
            );
        }
        assert_eq!(location("(Utopia city)").unwrap().value, "Utopia city");
        assert_eq!(location("PARIS 1ER (75)").unwrap().value, "PARIS 1ER (75)");
        assert_eq!(location("1980 (PARIS)").unwrap().value, "PARIS");
        assert_eq!(location("28.03.1980 LYON").unwrap().value, "LYON");
        assert_eq!(location("75011 PARIS").unwrap().value, "75011 PARIS");
        assert_eq!(location("0RLÉANS").unwrap().value, "ORLÉANS");
        assert_eq!(location("Lisb0a").unwrap().value, "Lisboa");
        assert!(location("ieu de").unwrap().score < 0.2);
        assert!(location("RIO DE JANEIRO").unwrap().score > 0.9);
        let address_of = |text| address(text).unwrap().value;
        assert_eq!(address_of("34793 LY0N 4E"), "34793 LYON 4E");
        assert_eq!(address_of("100 RUE A10"), "100 RUE A10");
        assert_eq!(address("HEIDESTRASSE 17").unwrap().value, "HEIDESTRASSE 17");
    }
}
