//! Registration numbers of vehicles and their identification numbers.

/// Whether a text is a registration number that France has issued in one of its forms.
///
/// Since 15 April 2009 two letters, three digits, two letters, never I, O, U nor SS; before, one to
/// four digits, one to three letters and the department. Mopeds until June 2015: `A 11 A`.
pub(crate) fn is_french_plate(text: &str) -> bool {
    let parts: Vec<String> = groups(text);
    let letters = |part: &str| {
        part.chars()
            .all(|one| one.is_ascii_uppercase() && !"IOU".contains(one))
    };
    let digits = |part: &str| part.chars().all(|one| one.is_ascii_digit());
    let issued = |part: &str| part.chars().any(|one| one != '0');
    match parts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [left, middle, right] if letters(left) && digits(middle) && letters(right) => {
            let now = left.len() == 2 && middle.len() == 3 && right.len() == 2;
            let dealer = left == "W" && middle.len() == 3 && right.len() == 2;
            let moped = left.len() <= 2 && (2..=3).contains(&middle.len()) && right.len() == 1;
            issued(middle) && (now || dealer || moped) && left != "SS" && right != "SS"
        }
        [number, series, department] if digits(number) => {
            number.len() <= 4
                && issued(number)
                && series.len() <= 3
                && series.chars().all(|one| one.is_ascii_uppercase())
                && is_department(department)
        }
        // `1234 AB 2A`: Corsica's departments end in a letter.
        [number, series, department, corse] if digits(number) => {
            number.len() <= 4
                && series.len() <= 3
                && series.chars().all(|one| one.is_ascii_uppercase())
                && department == "2"
                && matches!(corse, "A" | "B")
        }
        _ => false,
    }
}

fn is_department(text: &str) -> bool {
    match text.parse::<u16>() {
        Ok(number) => text.len() >= 2 && (matches!(number, 1..=95) || matches!(number, 971..=976)),
        Err(_) => false,
    }
}

/// Whether a text is a registration number of Tunisia: `123 TUN 4567`, or a special series.
pub(crate) fn is_tunisian_plate(text: &str) -> bool {
    let parts = groups(text);
    let digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.chars().all(|one| one.is_ascii_digit())
    };
    match parts.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [series, "TUN" | "TU" | "TN" | "تونس", number] => {
            digits(series, 3) && digits(number, 4)
        }
        ["RS", number] | [number, "RS" | "نت" | "عع"] => digits(number, 6),
        [ministry, number] => ministry.len() == 2 && digits(ministry, 2) && digits(number, 6),
        _ => false,
    }
}

/// Runs of letters and runs of digits, in capitals, without what stands between them.
fn groups(text: &str) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    let mut last: Option<bool> = None;
    for one in text.chars().flat_map(char::to_uppercase) {
        if !one.is_alphanumeric() {
            // Letters apart are one group still; digits are not.
            if last == Some(true) {
                last = None;
            }
            continue;
        }
        let digit = one.is_ascii_digit();
        match groups.last_mut() {
            Some(group) if last == Some(digit) => group.push(one),
            _ => groups.push(one.to_string()),
        }
        last = Some(digit);
    }
    groups
}

/// Whether a text has the form of ISO 3779: seventeen capitals and digits without I, O and Q.
pub(crate) fn is_vin(text: &str) -> bool {
    text.len() == 17
        && text
            .chars()
            .all(|one| one.is_ascii_digit() || (one.is_ascii_uppercase() && !"IOQ".contains(one)))
}

/// Whether the first two characters of a vehicle identification number are given to a country,
/// ISO 3780. Only the regions that are given to nobody are refused.
pub(crate) fn has_known_maker(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(region), Some(country)) = (characters.next(), characters.next()) else {
        return false;
    };
    match region {
        'A' => !matches!(country, 'P'..='Z' | '0'..='9') || country == 'P',
        'B' => !matches!(country, 'S'..='Z' | '0'..='9'),
        'C' | 'D' | 'N' => !matches!(country, '1'..='9' | '0'),
        '0' | 'G' | 'H' | 'O' | 'Q' | 'I' => region == 'H' || region == 'G',
        _ => true,
    }
}

/// Whether position 9 is the check digit that North America asks for: 49 CFR 565.15.
pub(crate) fn has_vin_digit(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |one: char| match one {
        '0'..='9' => one.to_digit(10),
        'A'..='H' => Some(one as u32 - 'A' as u32 + 1),
        'J'..='N' => Some(one as u32 - 'J' as u32 + 1),
        'P' => Some(7),
        'R' => Some(9),
        'S'..='Z' => Some(one as u32 - 'S' as u32 + 2),
        _ => None,
    };
    let sum: Option<u32> = text
        .chars()
        .zip(WEIGHTS)
        .map(|(one, weight)| Some(value(one)? * weight))
        .sum();
    let digit = match sum.map(|sum| sum % 11) {
        Some(10) => Some('X'),
        Some(rest) => char::from_digit(rest, 10),
        None => None,
    };
    text.len() == 17 && digit.is_some() && text.chars().nth(8) == digit
}

#[cfg(test)]
mod tests {
    use super::{has_known_maker, has_vin_digit, is_french_plate, is_tunisian_plate, is_vin};

    #[test]
    fn french_plates() {
        for (text, expected) in [
            ("AB-123-CD", true),
            ("AB 123 CD", true),
            ("AB123CD", true),
            ("WW-123-AB", true),
            ("W-123-AB", true),
            ("AI-123-CD", false),
            ("SS-123-CD", false),
            ("AB-123-SS", false),
            ("AB-000-CD", false),
            ("1234 AB 56", true),
            ("123 ABC 75", true),
            ("123 ABC 972", true),
            ("123 AB 2A", true),
            ("123 AB 99", false),
            ("A 11 A", true),
            ("AB-12-CD", false),
            ("", false),
        ] {
            assert_eq!(is_french_plate(text), expected, "{text}");
        }
    }

    #[test]
    fn tunisian_plates() {
        for (text, expected) in [
            ("123 TUN 4567", true),
            ("1 TUN 1", true),
            ("123 تونس 4567", true),
            ("RS 12345", true),
            ("15-123456", true),
            ("1234 TUN 4567", false),
            ("TUN 4567", false),
            ("123 FRA 4567", false),
        ] {
            assert_eq!(is_tunisian_plate(text), expected, "{text}");
        }
    }

    #[test]
    fn identification_numbers() {
        for (text, form, digit) in [
            ("1M8GDM9AXKP042788", true, true),
            ("11111111111111111", true, true),
            ("WDBEA30D3HA391172", true, true),
            ("1M8GDM9AXKP042789", true, false),
            ("VFSIV2009ASIV2009", false, false),
            ("VF7X18E00018E847", false, false),
        ] {
            assert_eq!((is_vin(text), has_vin_digit(text)), (form, digit), "{text}");
        }
        assert!(has_known_maker("VF7X18E00018E8472") && !has_known_maker("0F7"));
    }
}
