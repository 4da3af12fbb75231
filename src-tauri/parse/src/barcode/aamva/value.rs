//! Values of elements in the form of the record.

use jiff::civil::Date;

use super::jurisdiction::Country;

/// A date of eight digits: CCYYMMDD in Canada and in the standard of 2000, else MMDDCCYY.
///
/// Which of the two it is never depends on the version alone: no month is 19 or 20, so of a date in
/// the 20th or 21st century only one reading is a date.
pub(super) fn date(value: &str, country: Option<Country>, version: u8) -> Option<Date> {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    if digits.len() != 8 {
        return None;
    }
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let day_of = |year: i16, month: i16, day: i16| {
        if !(1850..2150).contains(&year) {
            return None;
        }
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let year_first = day_of(number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let month_first = day_of(number(4, 8)?, number(0, 2)?, number(2, 4)?);
    if country == Some(Country::Canada) || version == 1 {
        year_first.or(month_first)
    } else {
        month_first.or(year_first)
    }
}

/// Whether the value stands for none.
pub(super) fn is_absent(value: &str) -> bool {
    let value = value.trim_end_matches('.');
    value.is_empty()
        || value.chars().all(|c| c == '0' || c == '-')
        || ["NONE", "N/A", "NA", "UNAVL", "UNAVAIL", "UNK", "UNKNOWN"]
            .iter()
            .any(|word| value.eq_ignore_ascii_case(word))
}

/// `M`, `F` or `X`; element DBC.
pub(super) fn sex(value: &str) -> Option<&'static str> {
    match value {
        "1" | "M" => Some("M"),
        "2" | "F" => Some("F"),
        "9" | "0" | "X" => Some("X"),
        _ => None,
    }
}

/// `5'-08"` for feet and inches as licences print them, `155 cm` for centimetres; element DAU, and DAV
/// which is always in centimetres.
pub(super) fn height(value: &str, tag: &str) -> Option<String> {
    let upper = value.to_ascii_uppercase();
    let numbers: Vec<u32> = upper
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty())
        .filter_map(|digits| digits.parse().ok())
        .collect();
    let feet = |feet: u32, inches: u32| {
        ((2..=8).contains(&feet) && inches < 12).then(|| format!("{feet}'-{inches:02}\""))
    };
    match *numbers.as_slice() {
        [centimetres] if upper.contains("CM") || tag == "DAV" => (40..=260)
            .contains(&centimetres)
            .then(|| format!("{centimetres} cm")),
        [inches] if upper.contains("IN") => feet(inches / 12, inches % 12),
        // Feet and two digits of inches without a unit, as the standard of 2000 has it; two digits
        // are inches.
        [run] if run >= 200 => feet(run / 100, run % 100),
        [inches] => feet(inches / 12, inches % 12),
        [number, inches] => feet(number, inches),
        _ => None,
    }
}

/// `175 lb` or `50 kg`; element DAW is in pounds and DAX in kilograms unless a unit stands there.
pub(super) fn weight(value: &str, tag: &str) -> Option<String> {
    let upper = value.to_ascii_uppercase();
    let digits: String = upper.chars().take_while(char::is_ascii_digit).collect();
    let number: u32 = digits
        .parse()
        .ok()
        .filter(|number| (1..=999).contains(number))?;
    let kilograms = upper.contains("KG") || (tag == "DAX" && !upper.contains("LB"));
    Some(format!("{number} {}", if kilograms { "kg" } else { "lb" }))
}

/// The range of weight of element DCE, in the standard's words.
pub(super) fn weight_range(value: &str) -> Option<&'static str> {
    const RANGES: [&str; 10] = [
        "up to 70 lb",
        "71-100 lb",
        "101-130 lb",
        "131-160 lb",
        "161-190 lb",
        "191-220 lb",
        "221-250 lb",
        "251-280 lb",
        "281-320 lb",
        "321 lb and over",
    ];
    RANGES.get(value.parse::<usize>().ok()?).copied()
}

/// `23269-1234`, `21230`, `T4G 7A7`. Four noughts stand for a trailing part that is not known.
pub(super) fn postal_code(value: &str) -> String {
    let compact: String = value.chars().filter(|&c| c != ' ' && c != '-').collect();
    let parts = match compact.len() {
        9 if compact.ends_with("0000") => return compact.chars().take(5).collect(),
        9 => compact
            .split_at_checked(5)
            .map(|(zone, rest)| (zone, '-', rest)),
        6 if compact.starts_with(|c: char| c.is_ascii_alphabetic()) => compact
            .split_at_checked(3)
            .map(|(zone, rest)| (zone, ' ', rest)),
        _ => None,
    };
    match parts {
        Some((zone, between, rest)) => format!("{zone}{between}{rest}"),
        None if compact.len() == 5 => compact,
        None => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Country, date, height, postal_code, weight};

    #[test]
    fn dates_are_read_in_the_order_that_makes_one() {
        for (value, country, version, expected) in [
            (
                "06061986",
                Some(Country::UnitedStates),
                10,
                Some("1986-06-06"),
            ),
            (
                "12102024",
                Some(Country::UnitedStates),
                10,
                Some("2024-12-10"),
            ),
            ("20190108", Some(Country::Canada), 3, Some("2019-01-08")),
            (
                "19761123",
                Some(Country::UnitedStates),
                1,
                Some("1976-11-23"),
            ),
            // Against the rule, but only one reading is a date.
            (
                "19761123",
                Some(Country::UnitedStates),
                9,
                Some("1976-11-23"),
            ),
            ("11231976", Some(Country::Canada), 4, Some("1976-11-23")),
            ("11231976", None, 1, Some("1976-11-23")),
            ("03016013", Some(Country::UnitedStates), 3, None),
            ("00000000", None, 10, None),
            ("1123197", None, 10, None),
            ("02302001", None, 10, None),
        ] {
            let found = date(value, country, version).map(|date| date.to_string());
            assert_eq!(found.as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn measures_are_written_as_licences_print_them() {
        for (value, tag, expected) in [
            ("068 in", "DAU", Some("5'-08\"")),
            (" 65 IN", "DAU", Some("5'-05\"")),
            ("509", "DAU", Some("5'-09\"")),
            ("601", "DAU", Some("6'-01\"")),
            ("5'-11\"", "DAU", Some("5'-11\"")),
            ("5-07", "DAU", Some("5'-07\"")),
            ("72", "DAU", Some("6'-00\"")),
            ("155 CM", "DAU", Some("155 cm")),
            ("181", "DAV", Some("181 cm")),
            ("11 in", "DAU", None),
            ("599", "DAU", None),
        ] {
            assert_eq!(height(value, tag).as_deref(), expected, "{value}");
        }
        for (value, tag, expected) in [
            ("175", "DAW", Some("175 lb")),
            ("080", "DAX", Some("80 kg")),
            ("50 KG", "DAW", Some("50 kg")),
            ("000", "DAW", None),
        ] {
            assert_eq!(weight(value, tag).as_deref(), expected, "{value}");
        }
        for (value, expected) in [
            ("232690000", "23269"),
            ("232691234", "23269-1234"),
            ("21230", "21230"),
            ("44556-", "44556"),
            ("T4G7A7", "T4G 7A7"),
            ("T4G 7A7", "T4G 7A7"),
        ] {
            assert_eq!(postal_code(value), expected);
        }
    }
}
