//! Personal numbers in the optional data of zones, where a state's layout is documented.
//!
//! The standard leaves optional data to the issuer. Each rule here names who writes what: the shape
//! after the fillers at either end are gone, and, where the number has a check of its own, that check,
//! so that other data of the same shape is not taken for it.

use model::MrzFormat;

/// How a state writes the number of a person.
struct Rule {
    issuers: &'static [&'static str],
    formats: &'static [MrzFormat],
    /// `9` stands for a digit, `A` for a letter, `*` for either, `<` for itself.
    shape: &'static str,
    /// Whether the number's own check agrees; the digits and letters without fillers.
    check: fn(&str) -> bool,
}

const BOOKLET: &[MrzFormat] = &[MrzFormat::Td3];
const CARD: &[MrzFormat] = &[MrzFormat::Td1];
const BOTH: &[MrzFormat] = &[MrzFormat::Td1, MrzFormat::Td3];

const fn rule(
    issuers: &'static [&'static str],
    formats: &'static [MrzFormat],
    shape: &'static str,
    check: fn(&str) -> bool,
) -> Rule {
    Rule {
        issuers,
        formats,
        shape,
        check,
    }
}

const RULES: &[Rule] = &[
    rule(&["ARE"], CARD, "999999999999999", |text| {
        text.starts_with("784")
    }),
    rule(&["BEL"], CARD, "99999999999", belgian),
    rule(&["BGR"], BOTH, "9999999999", bulgarian),
    rule(
        &["BIH", "MKD", "MNE", "SRB", "SVN", "SI"],
        BOTH,
        "9999999999999",
        yugoslav,
    ),
    rule(&["CZE", "SVK"], BOOKLET, "9999999999", |text| {
        remainder(text, 11) == Some(0)
    }),
    rule(&["CZE", "SVK"], BOOKLET, "999999999", any),
    rule(&["ESP"], BOTH, "99999999A", spanish),
    rule(&["EST", "LTU"], BOTH, "99999999999", any),
    rule(&["FIN"], BOTH, "999999<999*", any),
    rule(&["FIN"], BOTH, "999999A999*", any),
    rule(&["HRV"], BOTH, "99999999999", croatian),
    rule(&["ISL"], BOOKLET, "999999<9999", any),
    rule(&["ISL"], BOOKLET, "9999999999", any),
    rule(&["LVA"], BOTH, "999999<99999", any),
    rule(&["MYS"], BOOKLET, "999999999999", any),
    // Two fillers and the number's own digit end the field on the card.
    rule(&["NLD"], BOTH, "999999999", dutch),
    rule(&["NLD"], CARD, "999999999<<<<<9", |text| {
        text.get(..9).is_some_and(dutch)
    }),
    rule(&["NOR"], BOOKLET, "99999999999", any),
    rule(&["POL"], BOTH, "99999999999", polish),
    rule(&["SGP"], BOOKLET, "A9999999A", any),
    rule(&["SWE"], BOOKLET, "999999999999", any),
    rule(&["SWE"], BOOKLET, "9999999999", any),
    rule(&["THA"], BOOKLET, "9999999999999", any),
    rule(&["TUN"], BOOKLET, "99999999", any),
    rule(&["TUR"], BOTH, "99999999999", turkish),
    rule(&["TWN"], BOOKLET, "A999999999", any),
    rule(&["UTO"], BOOKLET, "AA999999A", any),
];

/// The personal number in a field of optional data, with its position there in characters, or none
/// where the issuer's layout is not documented or the field does not follow it.
///
/// A filler inside stands for the hyphen that the document prints.
pub fn find(issuer: &str, format: MrzFormat, optional: &str) -> Option<(String, usize)> {
    let from = optional.chars().take_while(|one| *one == '<').count();
    let text = optional.trim_matches('<');
    let rule = RULES.iter().find(|rule| {
        let bare: String = text.chars().filter(|one| *one != '<').collect();
        rule.issuers.contains(&issuer)
            && rule.formats.contains(&format)
            && has_shape(text, rule.shape)
            && (rule.check)(&bare)
    })?;
    let number = match rule.shape.find("<<") {
        Some(end) => text.get(..end)?,
        None => text,
    };
    Some((number.replace('<', "-"), from))
}

fn has_shape(text: &str, shape: &str) -> bool {
    text.chars().count() == shape.chars().count()
        && text
            .chars()
            .zip(shape.chars())
            .all(|(one, wanted)| match wanted {
                '9' => one.is_ascii_digit(),
                'A' => one.is_ascii_uppercase(),
                '*' => one.is_ascii_digit() || one.is_ascii_uppercase(),
                _ => one == wanted,
            })
}

fn any(_: &str) -> bool {
    true
}

fn remainder(text: &str, modulus: u64) -> Option<u64> {
    Some(text.parse::<u64>().ok()? % modulus)
}

/// The sum of digits times weights, over as many as there are weights.
fn weighted(text: &str, weights: &[i32]) -> i32 {
    let digits = text.chars().filter_map(|one| one.to_digit(10));
    digits
        .zip(weights)
        .map(|(digit, weight)| digit as i32 * weight)
        .sum()
}

fn last_digit(text: &str) -> Option<i32> {
    Some(text.chars().last()?.to_digit(10)? as i32)
}

/// Rijksregisternummer: 97 less the first nine digits modulo 97; a 2 before them from the year 2000.
fn belgian(text: &str) -> bool {
    let (Some(first), Some(last)) = (text.get(..9), text.get(9..)) else {
        return false;
    };
    let (first, last) = (first.parse::<u64>(), last.parse::<u64>());
    let (Ok(first), Ok(last)) = (first, last) else {
        return false;
    };
    [first, first + 2_000_000_000]
        .iter()
        .any(|number| 97 - number % 97 == last)
}

/// Edinen grazhdanski nomer.
fn bulgarian(text: &str) -> bool {
    let sum = weighted(text, &[2, 4, 8, 5, 10, 9, 7, 3, 6]);
    last_digit(text) == Some(sum % 11 % 10)
}

/// Jedinstveni matični broj građana, and what became of it: it begins with day and month of birth.
/// Its own digit is not asked for, because specimens do not keep it.
fn yugoslav(text: &str) -> bool {
    let part = |from: usize| {
        text.get(from..from + 2)
            .and_then(|part| part.parse::<u8>().ok())
    };
    part(0).is_some_and(|day| (1..=31).contains(&day))
        && part(2).is_some_and(|month| (1..=12).contains(&month))
}

/// Documento nacional de identidad: the letter is the number modulo 23.
fn spanish(text: &str) -> bool {
    let number = text.get(..8).and_then(|number| remainder(number, 23));
    let letter = number.and_then(|at| "TRWAGMYFPDXBNJZSQVHLCKE".chars().nth(at as usize));
    letter.is_some() && letter == text.chars().last()
}

/// Osobni identifikacijski broj: ISO 7064 MOD 11,10.
fn croatian(text: &str) -> bool {
    let mut state = 10;
    for digit in text.chars().take(10).filter_map(|one| one.to_digit(10)) {
        let sum = (state + digit) % 10;
        state = if sum == 0 { 10 } else { sum } * 2 % 11;
    }
    last_digit(text) == Some(((11 - state) % 10) as i32)
}

/// Burgerservicenummer: the sum with weights 9 to 2 and −1 is a multiple of 11.
fn dutch(text: &str) -> bool {
    text.len() == 9 && weighted(text, &[9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0
}

/// PESEL.
fn polish(text: &str) -> bool {
    let sum = weighted(text, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    last_digit(text) == Some((10 - sum % 10) % 10)
}

/// T.C. kimlik numarası: the last digit is the sum of the ten before.
fn turkish(text: &str) -> bool {
    !text.starts_with('0') && last_digit(text) == Some(weighted(text, &[1; 10]) % 10)
}

#[cfg(test)]
mod tests {
    use model::MrzFormat::{MrvA, Td1, Td3};

    use super::find;

    #[test]
    fn numbers_are_found_where_their_state_writes_them() {
        for (issuer, format, optional, expected) in [
            ("LVA", Td3, "111111<11648<<", Some("111111-11648")),
            ("FIN", Td3, "211271<426U<<<", Some("211271-426U")),
            ("CZE", Td3, "6956220612<<<<", Some("6956220612")),
            ("CZE", Td3, "110101111<<<<<", Some("110101111")),
            ("TWN", Td3, "F122187664<<<<", Some("F122187664")),
            ("NLD", Td3, "123456782<<<<<", Some("123456782")),
            ("NLD", Td3, "123456789<<<<<", None),
            ("NLD", Td1, "123456782<<<<<8", Some("123456782")),
            ("UTO", Td3, "ZE184226B<<<<<", Some("ZE184226B")),
            ("ESP", Td1, "<00000023T<<<<<", Some("00000023T")),
            ("ESP", Td1, "99999999R<<<<<<", Some("99999999R")),
            ("ESP", Td1, "99999999A<<<<<<", None),
            ("SI", Td1, "0706966505468<<", Some("0706966505468")),
            ("BEL", Td1, "85073003328", Some("85073003328")),
            ("POL", Td3, "44051401359<<<", Some("44051401359")),
            ("HRV", Td3, "69435151530<<<", Some("69435151530")),
            ("BGR", Td3, "7523169263<<<<", Some("7523169263")),
            ("TUR", Td1, "<10000000146<<<", Some("10000000146")),
            ("FRA", Td3, "123456789<<<<<", None),
            ("TUN", Td3, "01234567<<<<<<", Some("01234567")),
            ("TUN", MrvA, "01234567<<<<<<", None),
            ("LVA", Td3, "<<<<<<<<<<<<<<", None),
            ("LVA", Td3, "", None),
        ] {
            let found = find(issuer, format, optional).map(|(number, _)| number);
            assert_eq!(found.as_deref(), expected, "{issuer} {optional}");
        }
    }

    #[test]
    fn the_position_skips_leading_fillers() {
        assert_eq!(find("ESP", Td1, "<00000023T<<<<<").unwrap().1, 1);
    }
}
