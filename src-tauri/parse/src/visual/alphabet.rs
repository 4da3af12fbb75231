//! Accented letters under the alphabet of the state that issued a document.
//!
//! Recognisers tell letters better than their accents. Where a state's languages have just one letter of
//! those that look alike, that one is meant; where they have several, nobody can tell by the picture
//! alone.

use model::Personal;

use super::fold;
use crate::Claim;

/// Accented capitals of the languages of a state, by its ICAO code.
const ALPHABETS: &[(&str, &str)] = &[
    ("AUT", "ÄÖÜ"),
    ("CZE", "ÁČĎÉĚÍŇÓŘŠŤÚŮÝŽ"),
    ("D", "ÄÖÜ"),
    ("DNK", "ÆØÅÉ"),
    ("ESP", "ÁÉÍÓÚÜÑÇÀÈÒÏ"),
    ("EST", "ÄÖÕÜŠŽ"),
    ("FIN", "ÄÖÅŠŽ"),
    ("FRA", "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ"),
    ("HRV", "ČĆĐŠŽ"),
    ("HUN", "ÁÉÍÓÖŐÚÜŰ"),
    ("ITA", "ÀÈÉÌÒÙ"),
    ("LTU", "ĄČĘĖĮŠŲŪŽ"),
    ("LVA", "ĀČĒĢĪĶĻŅŠŪŽ"),
    ("NOR", "ÆØÅÉÒÔ"),
    ("POL", "ĄĆĘŁŃÓŚŹŻ"),
    ("PRT", "ÁÂÃÀÇÉÊÍÓÔÕÚ"),
    ("ROU", "ĂÂÎȘȚŞŢ"),
    ("SVK", "ÁÄČĎÉÍĹĽŇÓÔŔŠŤÚÝŽ"),
    ("SVN", "ČŠŽ"),
    ("SWE", "ÅÄÖÉ"),
];

/// Letters whose accents look alike in small print, and of which neighbours do not have different ones, as
/// Poles and Czechs have Ć and Č.
const ALIKE: &[&str] = &["ÃĂǍĀ", "ÑŃŇ", "ÕŐŌ", "ŨŰŪ"];

/// Fields that hold words of a language.
const WORDS: &[&str] = &[
    "surname",
    "given_names",
    "place_of_birth",
    "authority",
    "address",
];

/// What the alphabet of a state makes of a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    /// It has it.
    Own,
    /// It has none with the same letter under the accent: the word is from elsewhere.
    Foreign,
    /// It has one that looks like it.
    Meant(char),
    /// It has others with the same letter under the accent.
    Doubtful,
}

/// Repairs what the alphabet of the issuing state leaves no doubt about, in values all of whose letters may
/// be of its language. A value with such a letter, or with one that could be several, is no longer one that
/// two recognisers agree on.
pub(super) fn settle(claims: &mut [Claim], country: Option<&str>) {
    let alphabet = ALPHABETS.iter().find(|(code, _)| Some(*code) == country);
    let Some((_, alphabet)) = alphabet else {
        return;
    };
    let of_words = |claim: &&mut Claim| WORDS.contains(&claim.field.as_str());
    for claim in claims.iter_mut().filter(of_words) {
        let read = claim.value.expose();
        let letters: Vec<Letter> = read.chars().map(|one| letter(one, alphabet)).collect();
        let doubtful = |one: &Letter| matches!(one, Letter::Meant(_) | Letter::Doubtful);
        claim.agreed &= !letters.iter().any(doubtful);
        let is_native = |one: &Letter| matches!(one, Letter::Own | Letter::Meant(_));
        if !letters.iter().all(is_native) {
            continue;
        }
        let meant = read.chars().zip(&letters).map(|(one, letter)| {
            if let Letter::Meant(other) = letter {
                *other
            } else {
                one
            }
        });
        let value: String = meant.collect();
        if value != read {
            claim.alternatives.insert(0, claim.value.clone());
            claim.value = Personal::new(value);
        }
    }
}

fn letter(one: char, alphabet: &str) -> Letter {
    let capital = one.to_uppercase().next().unwrap_or(one);
    let bare = fold::plain(capital);
    if capital == bare || alphabet.contains(capital) {
        return Letter::Own;
    }
    let alike = ALIKE.iter().find(|alike| alike.contains(capital));
    let mut meant = alphabet
        .chars()
        .filter(|other| alike.is_some_and(|alike| alike.contains(*other)));
    match (meant.next(), meant.next()) {
        (Some(other), None) if one == capital => Letter::Meant(other),
        (Some(other), None) => {
            let small = other.to_lowercase().next();
            small.map_or(Letter::Doubtful, Letter::Meant)
        }
        _ if alphabet.chars().any(|other| fold::plain(other) == bare) => Letter::Doubtful,
        _ => Letter::Foreign,
    }
}

/// Whether the second recogniser saw an accent on a letter that the first saw bare.
pub(super) fn adds_accent(first: &str, second: &str) -> bool {
    let capitals = |text: &str| -> Vec<char> {
        let letters = text.chars().filter(|one| one.is_alphabetic());
        letters.flat_map(char::to_uppercase).collect()
    };
    let (first, second) = (capitals(first), capitals(second));
    first.len() == second.len()
        && first
            .iter()
            .zip(&second)
            .any(|(one, other)| one != other && fold::plain(*other) == *one)
}

#[cfg(test)]
mod tests {
    use model::{FieldName, Personal};

    use super::{adds_accent, settle};
    use crate::Claim;

    fn claim(value: &str) -> Claim {
        Claim {
            field: FieldName::SURNAME,
            value: Personal::new(value),
            text: Personal::new(value),
            quads: Vec::new(),
            confidence: 0.9,
            agreed: true,
            rule: "label".to_owned(),
            alternatives: Vec::new(),
        }
    }

    #[test]
    fn the_alphabet_of_the_state_tells_letters_that_look_alike() {
        for (country, read, expected, agreed) in [
            ("ROU", "NIȚÃ", "NIȚĂ", false),
            ("ROU", "Cãtãlin", "Cătălin", false),
            ("ROU", "CÄTÄLIN", "CÄTÄLIN", false),
            ("POL", "ČERMÁK", "ČERMÁK", false),
            ("POL", "NUÑEZ-DÍAZ", "NUÑEZ-DÍAZ", false),
            ("POL", "GDAÑSK", "GDAŃSK", false),
            ("ESP", "MUÑOZ", "MUÑOZ", true),
            ("PRT", "JOÃO", "JOÃO", true),
            ("FRA", "LOÍC", "LOÍC", false),
            ("FRA", "LOÏC", "LOÏC", true),
            // Nobody takes another letter for these: the name is from elsewhere.
            ("D", "MUÑOZ", "MUÑOZ", true),
            ("USA", "NIȚÃ", "NIȚÃ", true),
        ] {
            let mut claims = [claim(read)];
            settle(&mut claims, Some(country));
            assert_eq!(claims[0].value.expose(), expected, "{country} {read}");
            assert_eq!(claims[0].agreed, agreed, "{country} {read}");
        }
    }

    #[test]
    fn an_accent_that_only_the_second_recogniser_saw_is_a_difference() {
        assert!(adds_accent("LOIC", "LOÏC"));
        assert!(!adds_accent("LOÏC", "LOIC"));
        assert!(!adds_accent("LOÏC", "LOÍC"));
        assert!(!adds_accent("LOIC", "LOIC 2"));
    }
}
