//! Figures that measure something.

use super::{Judged, tidy};

/// The first number in the text, as printed, with its characters.
fn figures(text: &str) -> Option<(String, std::ops::Range<usize>)> {
    let characters: Vec<char> = text.chars().collect();
    let from = characters.iter().position(char::is_ascii_digit)?;
    let rest = characters.get(from..)?;
    let length = rest
        .iter()
        .enumerate()
        .take_while(|(index, one)| {
            let followed = rest.get(index + 1).is_some_and(char::is_ascii_digit);
            one.is_ascii_digit() || matches!(one, '.' | ',') && followed
        })
        .count();
    let value = rest.get(..length)?.iter().collect();
    Some((value, from..from + length))
}

/// A number that may have decimals.
pub(crate) fn decimal(text: &str) -> Option<Judged> {
    let (value, range) = figures(text)?;
    let rest = text
        .chars()
        .filter(|one| one.is_alphanumeric())
        .count()
        .saturating_sub(value.chars().filter(char::is_ascii_digit).count());
    let score = if rest == 0 {
        1.0
    } else if rest <= 4 {
        0.7
    } else {
        0.3
    };
    Some(Judged {
        value,
        score,
        range,
        alternatives: Vec::new(),
    })
}

/// A whole number.
pub(crate) fn integer(text: &str) -> Option<Judged> {
    let judged = decimal(text)?;
    judged
        .value
        .chars()
        .all(|one| one.is_ascii_digit())
        .then_some(judged)
}

/// Height of a person: centimetres, metres, or feet and inches, as printed.
pub(crate) fn height(text: &str) -> Option<Judged> {
    let value = tidy(text);
    let digits: Vec<u32> = value.chars().filter_map(|one| one.to_digit(10)).collect();
    let unit = |one: &str| value.to_lowercase().contains(one);
    let number = digits.iter().fold(0_u32, |sum, digit| {
        sum.saturating_mul(10).saturating_add(*digit)
    });
    let letters = value.chars().filter(|one| one.is_alphabetic()).count();
    if letters > 4 || digits.len() > 4 {
        return None;
    }
    let feet = value.contains(['\'', '’', '"', '”'])
        || unit("ft")
        || value.contains('-') && digits.len() <= 3 && number < 800;
    match digits.len() {
        3 if (45..=250).contains(&number) => {
            let metres = matches!(value.chars().nth(1), Some(',' | '.' | 'm' | 'M'));
            let shown = if metres {
                value.clone()
            } else {
                format!("{number} cm")
            };
            let score = if unit("m") { 1.0 } else { 0.8 };
            Some(Judged::whole(text, shown, score))
        }
        2 | 3 if feet => Some(Judged::whole(text, text.trim().to_owned(), 0.9)),
        _ => None,
    }
}

/// Weight of a person, as printed.
pub(crate) fn weight(text: &str) -> Option<Judged> {
    let (value, _) = figures(text)?;
    let number: f32 = value.replace(',', ".").parse().ok()?;
    (20.0..=600.0)
        .contains(&number)
        .then(|| Judged::whole(text, tidy(text), 0.9))
}

#[cfg(test)]
mod tests {
    use super::{decimal, height};

    #[test]
    fn figures_are_read() {
        for (text, expected) in [
            ("1,68 m", Some("1,68 m")),
            ("160-cm", Some("160 cm")),
            ("172.cm", Some("172 cm")),
            ("1M70", Some("1M70")),
            ("175", Some("175 cm")),
            ("MADRID", None),
            ("19.08.1964", None),
        ] {
            assert_eq!(
                height(text).map(|judged| judged.value).as_deref(),
                expected,
                "{text}"
            );
        }
        assert_eq!(decimal("178,35").unwrap().value, "178,35");
        assert_eq!(decimal("1915 kg").unwrap().value, "1915");
    }
}
