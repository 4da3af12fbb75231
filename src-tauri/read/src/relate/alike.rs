//! How alike two values of a field are, beyond what settling one document needs: names in another order
//! or heard wrongly, a slip of one character.

use model::{Alike, DisagreementClass as Class, FieldName};
use rphonetic::{DoubleMetaphone, Encoder as _};

use crate::settle::{
    compare::{Kind, compare, kind},
    spelling::{plain, words},
};

/// A text shorter than this is another one when a character of it is another.
const SHORTEST_SLIP: usize = 4;

/// The same of a number, whose characters have no sense of their own.
const SHORTEST_NUMBER: usize = 6;

/// Letters of a word that stands for a whole name at least.
const SHORTEST_PART: usize = 3;

/// How alike two values of a field are. Which of them comes first makes no difference.
pub(super) fn alike(field: &FieldName, one: &str, other: &str) -> Alike {
    match compare(field, one, other, []) {
        Class::Equal => Alike::Equal,
        Class::Transliteration => Alike::Transliterated,
        Class::Truncation => Alike::Part,
        Class::OcrConfusion => Alike::Misread,
        Class::CenturyAmbiguous => Alike::Century,
        Class::RealConflict => match kind(field, one, other) {
            Kind::Words => names(one, other),
            Kind::Date => dates(one, other),
            Kind::Set => sets(one, other),
            Kind::Exact => numbers(one, other),
            Kind::State => Alike::Different,
        },
    }
}

fn names(one: &str, other: &str) -> Alike {
    let (one, other) = (words(one), words(other));
    let sorted = |words: &[String]| {
        let mut words = words.to_vec();
        words.sort();
        words
    };
    if sorted(&one) == sorted(&other) {
        return Alike::Reordered;
    }
    let (short, long) = if one.len() <= other.len() {
        (&one, &other)
    } else {
        (&other, &one)
    };
    let letters: usize = short.iter().map(|word| word.chars().count()).sum();
    if letters >= SHORTEST_PART && short.iter().all(|word| long.contains(word)) {
        return Alike::Part;
    }
    let (joined, rejoined) = (one.concat(), other.concat());
    if is_slip(&joined, &rejoined, SHORTEST_SLIP) {
        return Alike::OneCharacter;
    }
    let heard = |words: &[String]| {
        words
            .iter()
            .map(|word| sound(word))
            .collect::<Option<Vec<_>>>()
    };
    match (heard(&one), heard(&other)) {
        (Some(one), Some(other)) if one == other => Alike::SoundsAlike,
        _ => Alike::Different,
    }
}

/// What a word in Latin capitals sounds like; none for other scripts and for words of a letter or two, which
/// all sound alike.
pub(super) fn sound(word: &str) -> Option<String> {
    let latin = word.len() >= SHORTEST_PART && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let sound = latin.then(|| DoubleMetaphone::new(Some(6)).encode(word))?;
    (!sound.is_empty()).then_some(sound)
}

fn dates(one: &str, other: &str) -> Alike {
    let parts = |text: &str| text.split('-').map(str::to_owned).collect::<Vec<_>>();
    if let ([year, month, day], [other_year, other_month, other_day]) =
        (parts(one).as_slice(), parts(other).as_slice())
        && (year, month, day) == (other_year, other_day, other_month)
    {
        return Alike::Swapped;
    }
    if one.len() == other.len() && strsim::osa_distance(one, other) == 1 {
        Alike::OneCharacter
    } else {
        Alike::Different
    }
}

/// Codes joined by `/`: alike where most of them are on both sides.
fn sets(one: &str, other: &str) -> Alike {
    let parts = |text: &str| {
        let parts = text.split('/').map(plain);
        parts.collect::<std::collections::BTreeSet<_>>()
    };
    let (one, other) = (parts(one), parts(other));
    let common = one.intersection(&other).count();
    if 2 * common >= one.union(&other).count() {
        Alike::Part
    } else {
        Alike::Different
    }
}

fn numbers(one: &str, other: &str) -> Alike {
    if is_slip(&plain(one), &plain(other), SHORTEST_NUMBER) {
        Alike::OneCharacter
    } else {
        Alike::Different
    }
}

/// Whether one character is another, is missing, or has changed places with its neighbour.
fn is_slip(one: &str, other: &str, shortest: usize) -> bool {
    let length = one.chars().count().min(other.chars().count());
    length >= shortest && strsim::osa_distance(one, other) == 1
}

#[cfg(test)]
mod tests {
    use model::{Alike, FieldName};

    use super::alike;

    #[test]
    fn values_are_alike_in_ways_that_have_names() {
        for (field, one, other, expected) in [
            ("surname", "Müller", "MUELLER", Alike::Transliterated),
            ("surname", "DE LA CRUZ", "CRUZ DE LA", Alike::Reordered),
            ("given_names", "ANNA MARIA", "MARIA", Alike::Part),
            ("surname", "ERIKKSON", "ERIKSSON", Alike::OneCharacter),
            ("surname", "MEYER", "MAIER", Alike::SoundsAlike),
            ("surname", "MARTIN", "DUPONT", Alike::Different),
            ("surname", "LI", "LY", Alike::Different),
            ("date_of_birth", "1990-05-03", "1990-03-05", Alike::Swapped),
            (
                "date_of_birth",
                "1990-05-03",
                "1990-05-08",
                Alike::OneCharacter,
            ),
            (
                "date_of_birth",
                "1990-05-03",
                "1971-11-28",
                Alike::Different,
            ),
            (
                "document_number",
                "AB1234567",
                "AB1243567",
                Alike::OneCharacter,
            ),
            (
                "document_number",
                "AB1234567",
                "AB123456",
                Alike::OneCharacter,
            ),
            ("document_number", "XA8271602", "XAB271602", Alike::Misread),
            ("document_number", "123", "124", Alike::Different),
            ("licence_categories", "AM/B/L", "AM/B", Alike::Part),
            ("licence_categories", "B", "C/CE/D", Alike::Different),
        ] {
            let field = FieldName::new(field);
            assert_eq!(alike(&field, one, other), expected, "{one} {other}");
            assert_eq!(alike(&field, other, one), expected, "{other} {one}");
        }
    }
}
