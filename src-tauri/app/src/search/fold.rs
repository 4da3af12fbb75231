//! Words as they are looked for: without accents and case, whatever way a name was spelt in.
//!
//! A word has more than one form where custom writes a letter in two ways: `Müller` is `muller` and
//! `mueller` (ICAO Doc 9303 part 3 section 6). Arabic loses its vowel signs and the variants of alef, yeh and
//! teh marbuta; digits of any script become those of ASCII.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// No word of a document is longer; what is, is cut.
const LONGEST: usize = 64;

/// The words of a text, each in all its forms. Runs of letters and digits are words, and so is what a run
/// of them joined by hyphens, dots or slashes makes when it is written without.
pub(super) fn words(text: &str) -> Vec<Vec<String>> {
    let mut words = Vec::new();
    for chunk in text.split_whitespace() {
        let parts = parts(chunk);
        if parts.len() > 1 {
            words.push(forms(&parts.concat()));
        }
        words.extend(parts.iter().map(|part| forms(part)));
    }
    words.retain(|forms| !forms.is_empty());
    words
}

/// The runs of letters and digits of a text.
pub(super) fn parts(text: &str) -> Vec<&str> {
    // A mark belongs to the letter before it.
    let is_part = |character: char| character.is_alphanumeric() || is_combining_mark(character);
    text.split(|character| !is_part(character) && character != '\u{640}')
        .filter(|part| part.chars().any(char::is_alphanumeric))
        .collect()
}

/// Every form of a word, the plainest first.
pub(super) fn forms(word: &str) -> Vec<String> {
    let mut forms = vec![String::new()];
    for character in word.nfc().flat_map(char::to_lowercase) {
        let written = spellings(character);
        let others: Vec<String> = written
            .iter()
            .skip(1)
            // Two forms of each letter of a long word would be thousands: the first few tell enough.
            .filter(|_| forms.len() < 4)
            .flat_map(|spelling| forms.iter().map(move |form| format!("{form}{spelling}")))
            .collect();
        if let Some(plain) = written.first() {
            for form in &mut forms {
                form.push_str(plain);
            }
        }
        forms.extend(others);
    }
    for form in &mut forms {
        if let Some((end, _)) = form.char_indices().nth(LONGEST) {
            form.truncate(end);
        }
    }
    forms.retain(|form| !form.is_empty());
    forms.dedup();
    forms
}

/// The ways to write a letter, the plainest first; none for a mark that says nothing.
fn spellings(character: char) -> Vec<String> {
    let two = |plain: &str, other: &str| vec![plain.to_owned(), other.to_owned()];
    match character {
        'ä' => two("a", "ae"),
        'ö' | 'ø' => two("o", "oe"),
        'ü' => two("u", "ue"),
        'å' => two("a", "aa"),
        'æ' => vec!["ae".to_owned()],
        'œ' => vec!["oe".to_owned()],
        'ß' => vec!["ss".to_owned()],
        'þ' => vec!["th".to_owned()],
        'ð' | 'đ' => vec!["d".to_owned()],
        'ł' => vec!["l".to_owned()],
        'ı' => vec!["i".to_owned()],
        'ĳ' => vec!["ij".to_owned()],
        'أ' | 'إ' | 'آ' | 'ٱ' => vec!["ا".to_owned()],
        'ى' | 'ی' | 'ئ' => vec!["ي".to_owned()],
        'ؤ' => vec!["و".to_owned()],
        'ة' => vec!["ه".to_owned()],
        'ک' => vec!["ك".to_owned()],
        '\u{640}' => Vec::new(),
        '\u{660}'..='\u{669}' => vec![digit(character, 0x660)],
        '\u{6f0}'..='\u{6f9}' => vec![digit(character, 0x6f0)],
        other => {
            let plain: String = other
                .nfkd()
                .filter(|one| one.is_alphanumeric() && !is_combining_mark(*one))
                .collect();
            if plain.is_empty() {
                Vec::new()
            } else {
                vec![plain]
            }
        }
    }
}

fn digit(character: char, zero: u32) -> String {
    (u32::from(character) - zero).to_string()
}

#[cfg(test)]
mod tests {
    use super::{forms, words};

    #[test]
    fn accents_case_and_spelling_make_no_difference() {
        assert_eq!(forms("Müller"), ["muller", "mueller"]);
        assert_eq!(forms("MUELLER"), ["mueller"]);
        assert_eq!(forms("Désirée"), ["desiree"]);
        assert_eq!(forms("Ångström")[0], "angstrom");
        assert!(forms("Ångström").contains(&"aangstroem".to_owned()));
        assert_eq!(forms("Straße"), ["strasse"]);
        assert_eq!(forms("Łódź"), ["lodz"]);
        // Composed and decomposed are the same letter.
        assert_eq!(forms("e\u{301}"), forms("é"));
    }

    #[test]
    fn arabic_letters_lose_what_scribes_vary() {
        assert_eq!(forms("أَحْمَد"), ["احمد"]);
        assert_eq!(forms("فاطمة"), forms("فاطمه"));
        assert_eq!(forms("١٢٣"), ["123"]);
        assert_eq!(forms("محـــمد"), ["محمد"]);
    }

    #[test]
    fn a_number_is_found_with_and_without_its_hyphens() {
        let found: Vec<String> = words("AB-123-CD").concat();
        assert_eq!(found, ["ab123cd", "ab", "123", "cd"]);
    }

    #[test]
    fn any_text_has_words_of_bounded_length() {
        for text in [
            "",
            "   ",
            "ÄÖÜäöü".repeat(50).as_str(),
            "\u{0}\u{301}",
            "🙂 ﷺ ﬁ",
        ] {
            for form in words(text).concat() {
                assert!((1..=64).contains(&form.chars().count()), "{form:?}");
            }
        }
    }
}
