//! Vehicle identification numbers.
//!
//! ISO 3779 (17 characters, no I, O or Q; manufacturer 1–3, descriptor 4–9, indicator 10–17) and ISO
//! 3780 (world manufacturer identifiers). The check digit in position 9 is required in North America
//! (49 CFR 565.15) and China (GB 16735); elsewhere its agreement confirms a reading and its
//! disagreement says nothing.

/// A character that was read as another because only that is legal in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// Place among the letters and digits, from 0.
    pub at: usize,
    /// What was recognised.
    pub seen: char,
    /// What it was taken for.
    pub read: char,
}

/// What the digit in position 9 says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckDigit {
    /// It is that of the other sixteen characters.
    Agrees,
    /// It is not, where the manufacturer's region requires it.
    Wrong,
    /// It is not, where nothing requires it.
    NotUsed,
}

/// A number of 17 legal characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vin {
    /// Its characters.
    pub text: String,
    /// The check digit.
    pub check_digit: CheckDigit,
    /// State of the manufacturer, ISO 3166-1 alpha-3, where the identifier tells.
    pub country: Option<&'static str>,
    /// I, O and Q, which are never issued, read as the digits they look like.
    pub repairs: Vec<Repair>,
}

/// Reads a number; nothing unless it has 17 letters and digits.
pub fn parse(text: &str) -> Option<Vin> {
    let seen: Vec<char> = text
        .chars()
        .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '.' | '*'))
        .map(|character| character.to_ascii_uppercase())
        .collect();
    if seen.len() != 17 || !seen.iter().all(char::is_ascii_alphanumeric) {
        return None;
    }
    let mut repairs = Vec::new();
    let characters: Vec<char> = seen
        .iter()
        .enumerate()
        .map(|(at, &seen)| {
            let read = match seen {
                'I' => '1',
                'O' | 'Q' => '0',
                other => other,
            };
            if read != seen {
                repairs.push(Repair { at, seen, read });
            }
            read
        })
        .collect();
    let expected = check_digit(&characters)?;
    let check_digit = if characters[8] == expected {
        CheckDigit::Agrees
    } else if matches!(characters[0], '1'..='5' | 'L') {
        CheckDigit::Wrong
    } else {
        CheckDigit::NotUsed
    };
    Some(Vin {
        check_digit,
        country: country(characters[0], characters[1]),
        text: characters.into_iter().collect(),
        repairs,
    })
}

/// Whether a text may be the chassis number of a vehicle of before 1981 or of one built without a
/// standard number: 5 to 17 letters and digits, some of them digits.
pub fn is_chassis_number(text: &str) -> bool {
    let count = text
        .chars()
        .filter(|character| !character.is_whitespace())
        .count();
    (5..=17).contains(&count)
        && text.chars().any(|character| character.is_ascii_digit())
        && text.chars().all(|character| {
            character.is_ascii_alphanumeric() || matches!(character, ' ' | '-' | '/' | '.')
        })
}

/// Position 9 as the other characters demand: weighted sum modulo 11, ten written X.
fn check_digit(characters: &[char]) -> Option<char> {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let mut sum = 0;
    for (&character, weight) in characters.iter().zip(WEIGHTS) {
        let value = match character {
            '0'..='9' => u32::from(character) - u32::from('0'),
            'A'..='H' => u32::from(character) - u32::from('A') + 1,
            'J'..='N' => u32::from(character) - u32::from('J') + 1,
            'P' => 7,
            'R' => 9,
            'S'..='Z' => u32::from(character) - u32::from('S') + 2,
            _ => return None,
        };
        sum += value * weight;
    }
    match sum % 11 {
        10 => Some('X'),
        digit => char::from_digit(digit, 10),
    }
}

/// The state of a manufacturer by the first two characters of its identifier, ISO 3780; states whose
/// range is not certain are left out.
fn country(first: char, second: char) -> Option<&'static str> {
    // Letters come before digits, and 0 is last: A–Z without I, O, Q, then 1–9, 0.
    Some(match (first, second) {
        ('A', 'A'..='H') => "ZAF",
        ('C', 'L'..='R') => "TUN",
        ('J', _) => "JPN",
        ('K', 'L'..='R') => "KOR",
        ('L', _) => "CHN",
        ('M', 'A'..='E') => "IND",
        ('M', 'F'..='K') => "IDN",
        ('M', 'L'..='R') => "THA",
        ('N', 'L'..='R') => "TUR",
        ('S', 'A'..='M') => "GBR",
        ('S', 'N'..='T') | ('W', _) => "DEU",
        ('S', 'U'..='Z') => "POL",
        ('T', 'A'..='H') => "CHE",
        ('T', 'J'..='P') => "CZE",
        ('T', 'R'..='V') => "HUN",
        ('V', 'A'..='E') => "AUT",
        ('V', 'F'..='R') => "FRA",
        ('V', 'S'..='W') => "ESP",
        ('X', 'L'..='R') => "NLD",
        ('Y', 'A'..='E') => "BEL",
        ('Y', 'F'..='K') => "FIN",
        ('Y', 'S'..='W') => "SWE",
        ('Z', 'A'..='R') => "ITA",
        ('1' | '4' | '5', _) => "USA",
        ('2', _) => "CAN",
        ('3', 'A'..='W') => "MEX",
        ('6', 'A'..='W') => "AUS",
        ('7', 'A'..='E') => "NZL",
        ('8', 'A'..='E') => "ARG",
        ('9', 'A'..='E') => "BRA",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CheckDigit, Repair, is_chassis_number, parse};

    #[test]
    fn check_digits_of_published_numbers_agree() {
        for (text, country) in [
            ("1M8GDM9AXKP042788", Some("USA")),
            ("11111111111111111", Some("USA")),
            ("WDBEA30D3HA391172", Some("DEU")),
        ] {
            let vin = parse(text).unwrap();
            assert_eq!(vin.check_digit, CheckDigit::Agrees, "{text}");
            assert_eq!(vin.country, country);
            assert!(vin.repairs.is_empty());
        }
    }

    #[test]
    fn only_some_regions_require_the_check_digit() {
        assert_eq!(
            parse("1M8GDM9A1KP042788").unwrap().check_digit,
            CheckDigit::Wrong
        );
        let french = parse("VF7X18E00018E8472").unwrap();
        assert_eq!(french.check_digit, CheckDigit::NotUsed);
        assert_eq!(french.country, Some("FRA"));
        assert_eq!(parse("CL1AB00000K000001").unwrap().country, Some("TUN"));
    }

    #[test]
    fn letters_that_are_never_issued_are_digits() {
        let vin = parse("vf1 aaaaa o i q 345678").unwrap();
        assert_eq!(vin.text, "VF1AAAAA010345678");
        assert_eq!(
            vin.repairs[0],
            Repair {
                at: 8,
                seen: 'O',
                read: '0'
            }
        );
        assert_eq!(vin.repairs.len(), 3);
    }

    #[test]
    fn other_lengths_are_no_number_but_may_be_older() {
        assert!(parse("VF7X18E00018E847").is_none());
        assert!(parse("VF7X18E00018E8472É").is_none());
        assert!(is_chassis_number("4 CV 123456"));
        assert!(!is_chassis_number("ABCDEF"));
        assert!(!is_chassis_number("12"));
    }

    proptest! {
        #[test]
        fn one_wrong_character_breaks_an_american_check_digit(
            at in 0_usize..17, other in "[0-9A-HJ-NPR-Z]"
        ) {
            let sound = "1M8GDM9AXKP042788";
            let value = |character: char| match character {
                '0'..='9' => u32::from(character) - u32::from('0'),
                'A'..='H' => u32::from(character) - u32::from('A') + 1,
                'J'..='N' => u32::from(character) - u32::from('J') + 1,
                'P' => 7,
                'R' => 9,
                _ => u32::from(character) - u32::from('S') + 2,
            };
            let mut changed: Vec<char> = sound.chars().collect();
            let other = other.chars().next().unwrap();
            prop_assume!(at != 8 && at != 0 && value(changed[at]) != value(other));
            changed[at] = other;
            let vin = parse(&changed.into_iter().collect::<String>()).unwrap();
            prop_assert_eq!(vin.check_digit, CheckDigit::Wrong);
        }

        #[test]
        fn no_text_is_too_strange(text in "\\PC{0,24}") {
            let _ = parse(&text);
            let _ = is_chassis_number(&text);
        }
    }
}
