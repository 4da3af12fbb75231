//! How names and numbers are spelled on different places of a document, for comparing them.
//!
//! Nothing here changes a value: spellings are keys under which two values are the same.

use unicode_normalization::UnicodeNormalization as _;

/// Spellings of one value kept at most; a name of six special letters has no more.
const MOST_SPELLINGS: usize = 64;

/// The text without case, spaces and punctuation; a point or comma between digits stays, as a point.
///
/// Accents stay: two values of one key differ in ornament only.
pub(crate) fn plain(text: &str) -> String {
    let characters: Vec<char> = text.nfkc().flat_map(char::to_uppercase).collect();
    let is_digit = |at: Option<usize>| {
        at.and_then(|at| characters.get(at))
            .is_some_and(char::is_ascii_digit)
    };
    let kept = characters.iter().enumerate().filter_map(|(at, one)| {
        if one.is_alphanumeric() {
            Some(*one)
        } else {
            let decimal =
                matches!(one, '.' | ',') && is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
            decimal.then_some('.')
        }
    });
    kept.collect()
}

/// The words of a text, each without accents and punctuation, in capitals.
pub(crate) fn words(text: &str) -> Vec<String> {
    let folded: String = text
        .chars()
        .map(|one| match one {
            '\'' | '’' | '`' | '.' => String::new(),
            other if other.is_alphanumeric() => letters(other)[0].clone(),
            _ => " ".to_owned(),
        })
        .collect();
    folded.split_whitespace().map(str::to_owned).collect()
}

/// Every spelling of a text in the letters of the machine-readable zone.
///
/// ICAO Doc 9303 part 3 section 6.A, with the spellings that states use instead: Ä is AE or A.
pub(crate) fn spellings(text: &str) -> Vec<String> {
    let mut spellings = vec![String::new()];
    for one in text.nfc() {
        if !one.is_alphanumeric() {
            continue;
        }
        let choices = letters(one);
        let before = std::mem::take(&mut spellings);
        for choice in choices {
            for spelling in &before {
                if spellings.len() < MOST_SPELLINGS {
                    spellings.push(format!("{spelling}{choice}"));
                }
            }
        }
    }
    spellings
}

/// What a letter may become, the letter without its accent first.
fn letters(one: char) -> Vec<String> {
    let upper: String = one.to_uppercase().collect();
    let choices: &[&str] = match upper.as_str() {
        "Ä" | "Æ" => &["A", "AE"],
        "Å" => &["A", "AA"],
        "Ð" | "Đ" => &["D", "DH"],
        "Ñ" => &["N", "NXX"],
        "Ö" | "Ø" => &["O", "OE"],
        "Œ" => &["OE"],
        "Ü" => &["U", "UE", "UXX"],
        "SS" | "ẞ" => &["SS"],
        "Þ" => &["TH"],
        "Ĳ" => &["IJ"],
        "Ł" => &["L"],
        "İ" | "I" | "ı" => &["I"],
        "Ħ" => &["H"],
        "Ŧ" => &["T"],
        "Ŋ" => &["N"],
        "ĸ" => &["Q"],
        _ => &[],
    };
    if choices.is_empty() {
        let plain: String = upper.nfkd().filter(|one| one.is_alphanumeric()).collect();
        vec![if plain.is_empty() { upper } else { plain }]
    } else {
        choices.iter().map(|choice| (*choice).to_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, spellings, words};

    #[test]
    fn ornament_does_not_count_but_accents_and_decimals_do() {
        for (one, other, same) in [
            ("KOWALSKA-KWIATKOWSKA", "Kowalska Kwiatkowska", true),
            ("P 800 000 224", "P800000224", true),
            ("MÜLLER", "MULLER", false),
            ("0,06", "0.06", true),
            ("0,06", "006", false),
            ("O'NEIL", "ONEIL", true),
        ] {
            assert_eq!(plain(one) == plain(other), same, "{one} {other}");
        }
    }

    #[test]
    fn letters_become_what_zones_write_for_them() {
        for (printed, zone) in [
            ("Müller", "MUELLER"),
            ("Müller", "MULLER"),
            ("ÞURIÐUR ÖSP", "THURIDUROESP"),
            ("ÆVARSDÓTTIR", "AEVARSDOTTIR"),
            ("ESPAÑOLA", "ESPANOLA"),
            ("ESPAÑOLA", "ESPANXXOLA"),
            ("BIRUTĖ", "BIRUTE"),
            ("Straße", "STRASSE"),
            ("ŁÓDŹ", "LODZ"),
            ("Åse", "AASE"),
        ] {
            assert!(spellings(printed).contains(&zone.to_owned()), "{printed}");
        }
        assert!(!spellings("Müller").contains(&"MILLER".to_owned()));
        assert!(spellings("äöüäöüäöüäöü").len() <= 64);
    }

    #[test]
    fn words_are_told_apart() {
        assert_eq!(
            words("Maëlis-Gaëlle, O'Neil"),
            ["MAELIS", "GAELLE", "ONEIL"]
        );
    }
}
