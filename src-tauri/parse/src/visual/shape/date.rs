//! Dates in the forms that documents print them.
//!
//! Day, month and year in figures in any order that the separators and sizes allow (`12.08.1964`,
//! `12 08 64`, `1964-08-12`, `12081964`), and with the month in words of one or two languages
//! (`12 AUG/AOÛT 64`, `3 JUIN /JUN 1970`). ICAO Doc 9303 part 3 section 3.5 recommends the last.

use std::ops::Range;

use jiff::civil::Date;

use super::Role;
use super::month::months;
use crate::visual::fold;

/// A date that was found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// The date.
    pub(crate) date: Date,
    /// Its characters.
    pub(crate) range: Range<usize>,
    /// How sure the form makes it, 0 to 1.
    pub(crate) score: f32,
}

/// Which of day and month comes first where both are figures and the year stands last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    /// 31.12.2026, nearly everywhere.
    DayFirst,
    /// 12/31/2026, in the United States.
    MonthFirst,
}

#[derive(Debug, Clone)]
struct Token {
    range: Range<usize>,
    text: String,
    digits: bool,
}

/// The best date in the text, for a field of this role.
pub(crate) fn find(text: &str, role: Role, order: Order, day: Date) -> Option<Found> {
    let mut found = all(text, role, order, day);
    found.sort_by(|one, other| other.score.total_cmp(&one.score));
    found.into_iter().next()
}

/// Every date in the text, from its beginning to its end.
pub(crate) fn all(text: &str, role: Role, order: Order, day: Date) -> Vec<Found> {
    let exact = scan(&tokens(text, false), role, order, day);
    if !exact.is_empty() {
        return exact;
    }
    // Letters that stand for figures, as a last resort.
    let mut repaired = scan(&tokens(text, true), role, order, day);
    for found in &mut repaired {
        found.score *= 0.8;
    }
    repaired
}

/// A day and a month whose year stands elsewhere: `10 OKT/OCT`, with the characters of both.
pub(crate) fn without_year(text: &str) -> Option<(Range<usize>, i8, i8)> {
    let tokens = tokens(text, false);
    let first = tokens
        .first()
        .filter(|token| token.digits && token.text.len() <= 2)?;
    let (months, used) = months_at(&tokens, 1)?;
    let last = tokens.get(used).is_none().then(|| tokens.get(used - 1))??;
    let day = first
        .text
        .parse()
        .ok()
        .filter(|day| (1..=31).contains(day))?;
    Some((first.range.start..last.range.end, day, months))
}

fn tokens(text: &str, repair: bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let characters: Vec<char> = text.chars().collect();
    let digit_near = |index: usize| {
        let at = |near: Option<usize>| {
            near.and_then(|near| characters.get(near))
                .is_some_and(char::is_ascii_digit)
        };
        at(index.checked_sub(1)) || at(Some(index + 1))
    };
    for (index, one) in characters.iter().enumerate() {
        let one = match one {
            '٠'..='٩' => char::from_digit(u32::from(*one) - u32::from('٠'), 10).unwrap_or('0'),
            'O' | 'o' | 'Q' | 'D' if repair && digit_near(index) => '0',
            'I' | 'l' | 'i' | '|' | '!' if repair && digit_near(index) => '1',
            'S' | 's' if repair && digit_near(index) => '5',
            'B' if repair && digit_near(index) => '8',
            'Z' | 'z' if repair && digit_near(index) => '2',
            other => fold::plain(*other),
        };
        if !one.is_alphanumeric() {
            continue;
        }
        let digits = one.is_ascii_digit();
        match tokens.last_mut() {
            Some(last) if last.digits == digits && last.range.end == index => {
                last.text.push(one);
                last.range.end = index + 1;
            }
            _ => tokens.push(Token {
                range: index..index + 1,
                text: one.to_string(),
                digits,
            }),
        }
    }
    tokens
}

fn scan(tokens: &[Token], role: Role, order: Order, day: Date) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let here = at(tokens, index, role, order, day);
        match here {
            Some((one, used)) => {
                // A figure that belongs to what stands before leaves a date that fits better.
                let next = at(tokens, index + 1, role, order, day);
                if next.is_some_and(|(next, _)| next.score > one.score) {
                    index += 1;
                    continue;
                }
                found.push(one);
                index += used;
            }
            None => index += 1,
        }
    }
    found
}

/// The date that begins at a token, and how many tokens it takes.
fn at(
    tokens: &[Token],
    index: usize,
    role: Role,
    order: Order,
    day: Date,
) -> Option<(Found, usize)> {
    let token = |offset: usize| tokens.get(index + offset);
    let gap = |offset: usize| match (token(offset), token(offset + 1)) {
        (Some(one), Some(next)) => next.range.start - one.range.end,
        _ => usize::MAX,
    };
    let number = |offset: usize, sizes: Range<usize>| {
        let token =
            token(offset).filter(|token| token.digits && sizes.contains(&token.text.len()))?;
        token.text.parse::<i16>().ok()
    };
    let found = |date: Date, used: usize, score: f32| {
        let range = token(0)?.range.start..token(used - 1)?.range.end;
        Some((
            Found {
                date,
                range,
                score: score * plausible(date, role, day),
            },
            used,
        ))
        .filter(|(found, _)| found.score > 0.0)
    };
    let near = gap(0) <= 3 && gap(1) <= 3;
    if near && let (Some(one), Some(two)) = (number(0, 1..3), number(1, 1..3)) {
        let (day_of_month, month) = match order {
            Order::DayFirst => (one, two),
            Order::MonthFirst => (two, one),
        };
        let year = number(2, 4..5).or_else(|| number(2, 2..3).map(|year| century(year, role, day)));
        let four = number(2, 4..5).is_some();
        let straight = year.and_then(|year| date(year, month, day_of_month));
        if let Some(date) = straight {
            let padded = token(0).is_some_and(|token| token.text.len() == 2);
            return found(
                date,
                3,
                if four { 1.0 } else { 0.9 } * if padded { 1.0 } else { 0.96 },
            );
        }
        // The other order, where only that one makes a date.
        if let Some(date) = year.and_then(|year| date(year, day_of_month, month)) {
            return found(date, 3, if four { 0.8 } else { 0.6 });
        }
    }
    if near
        && let (Some(year), Some(month), Some(of_month)) =
            (number(0, 4..5), number(1, 1..3), number(2, 1..3))
        && let Some(date) = date(year, month, of_month)
    {
        return found(date, 3, 1.0);
    }
    if let Some(of_month) = number(0, 1..3)
        && let Some((month, used)) = months_at(tokens, index + 1)
    {
        let after = used - index;
        let year = number(after, 4..5)
            .or_else(|| number(after, 2..3).map(|year| century(year, role, day)));
        if let Some(date) = year.and_then(|year| date(year, i16::from(month), of_month)) {
            return found(date, after + 1, 0.97);
        }
    }
    if let Some((month, used)) =
        months_at(tokens, index).filter(|_| token(0).is_some_and(|token| !token.digits))
    {
        let after = used - index;
        if let (Some(of_month), Some(year)) = (number(after, 1..3), number(after + 1, 4..5))
            && let Some(date) = date(year, i16::from(month), of_month)
        {
            return found(date, after + 2, 0.95);
        }
    }
    glued(tokens, index, role, order, day).and_then(|(date, used, score)| found(date, used, score))
}

/// Figures whose separators were lost in part or whole: eight of them, or six.
fn glued(
    tokens: &[Token],
    index: usize,
    role: Role,
    order: Order,
    day: Date,
) -> Option<(Date, usize, f32)> {
    let mut digits = String::new();
    let mut end = None;
    for (offset, token) in tokens.iter().skip(index).take(4).enumerate() {
        if !token.digits || end.is_some_and(|end| token.range.start > end + 2) {
            break;
        }
        digits.push_str(&token.text);
        end = Some(token.range.end);
        let part =
            |range: Range<usize>| digits.get(range).and_then(|part| part.parse::<i16>().ok());
        if digits.len() == 8 {
            let (one, two, year) = (part(0..2)?, part(2..4)?, part(4..8)?);
            let (of_month, month) = match order {
                Order::DayFirst => (one, two),
                Order::MonthFirst => (two, one),
            };
            let straight =
                date(year, month, of_month).filter(|date| plausible(*date, role, day) > 0.5);
            let backwards = || {
                date(part(0..4)?, part(4..6)?, part(6..8)?)
                    .filter(|date| plausible(*date, role, day) > 0.5)
            };
            return straight
                .or_else(backwards)
                .map(|date| (date, offset + 1, 0.88));
        }
        if digits.len() == 6
            && offset == 0
            && tokens
                .get(index + 1)
                .is_none_or(|next| next.range.start > token.range.end + 1)
        {
            let (of_month, month, year) = (part(0..2)?, part(2..4)?, part(4..6)?);
            return date(century(year, role, day), month, of_month).map(|date| (date, 1, 0.45));
        }
    }
    None
}

/// The month named at a token, in one language or two, and the index past it.
fn months_at(tokens: &[Token], index: usize) -> Option<(i8, usize)> {
    let named = |index: usize| {
        let token = tokens.get(index).filter(|token| !token.digits)?;
        Some(months(&token.text)).filter(|months| !months.is_empty())
    };
    let first = named(index)?;
    // A stroke between two languages is at times read as a figure.
    let stroke = |index: usize| {
        tokens
            .get(index)
            .is_some_and(|token| token.digits && matches!(token.text.as_str(), "1" | "7"))
    };
    let (second, used) = match named(index + 1) {
        Some(second) => (Some(second), index + 2),
        None if stroke(index + 1) && named(index + 2).is_some() => (named(index + 2), index + 3),
        None => (None, index + 1),
    };
    let Some(second) = second else {
        return Some((first.first()?.0, used));
    };
    let both = first
        .iter()
        .find(|(month, _)| second.iter().any(|(other, _)| other == month));
    // Where they differ the better match decides, then the second, which is English or French.
    let best = || {
        [&second, &first]
            .into_iter()
            .flatten()
            .min_by_key(|(_, errors)| *errors)
    };
    both.or_else(best).map(|(month, _)| (*month, used))
}

fn date(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// The year that two figures stand for.
fn century(year: i16, role: Role, day: Date) -> i16 {
    let this = day.year() / 100 * 100 + year;
    match role {
        Role::Birth | Role::Issue => {
            if this > day.year() {
                this - 100
            } else {
                this
            }
        }
        Role::Expiry => {
            if this > day.year() + 50 {
                this - 100
            } else {
                this
            }
        }
        Role::Other => {
            if this > day.year() + 20 {
                this - 100
            } else {
                this
            }
        }
    }
}

/// Whether a document held today may show such a date.
fn plausible(date: Date, role: Role, day: Date) -> f32 {
    let year = date.year();
    let (first, last) = match role {
        Role::Birth => (1890, day.year()),
        Role::Issue => (1950, day.year()),
        Role::Expiry => (1970, day.year() + 80),
        Role::Other => (1890, day.year() + 80),
    };
    let future = matches!(role, Role::Birth | Role::Issue) && date > day;
    if (first..=last).contains(&year) && !future {
        1.0
    } else if (1850..=2120).contains(&year) {
        0.3
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Order, Role, find};

    #[test]
    fn printed_forms() {
        for (text, role, expected) in [
            ("12.08.1964", Role::Birth, "1964-08-12"),
            ("12 08 1964", Role::Birth, "1964-08-12"),
            ("12/08/64", Role::Birth, "1964-08-12"),
            ("1964-08-12", Role::Birth, "1964-08-12"),
            ("1960.02.08.", Role::Birth, "1960-02-08"),
            ("12 AUG/AOÛT 64", Role::Birth, "1964-08-12"),
            ("12AUG/AOUT74", Role::Birth, "1974-08-12"),
            ("12 MAR/MARS 1970", Role::Birth, "1970-03-12"),
            ("03 JUN /JUIN 13", Role::Issue, "2013-06-03"),
            ("20Juin/Jun 1978", Role::Birth, "1978-06-20"),
            ("8AoutAug 2006", Role::Issue, "2006-08-08"),
            ("13 LIP/JUL 2006", Role::Issue, "2006-07-13"),
            ("13 LIP/JUN 2006", Role::Issue, "2006-06-13"),
            ("31DES/DEC66", Role::Birth, "1966-12-31"),
            ("01JAN7JAN85", Role::Birth, "1985-01-01"),
            ("26 MAI/MAY 09", Role::Expiry, "2009-05-26"),
            ("15 APR/AVR 42", Role::Expiry, "2042-04-15"),
            ("5 NOV/MARRAS 2001", Role::Issue, "2001-11-05"),
            ("01012025", Role::Expiry, "2025-01-01"),
            ("21.121971", Role::Birth, "1971-12-21"),
            ("O1.O1.2013", Role::Issue, "2013-01-01"),
            ("Jan 5, 1980", Role::Birth, "1980-01-05"),
            ("VISITE AVANT LE 06/07/2011", Role::Other, "2011-07-06"),
            ("14.07.1981 (Utopia city)", Role::Birth, "1981-07-14"),
            ("٢١/٠٣/١٩٨٥", Role::Birth, "1985-03-21"),
            ("12 مارس 1985", Role::Birth, "1985-03-12"),
        ] {
            let found = find(text, role, Order::DayFirst, date(2026, 11, 21));
            assert_eq!(
                found.map(|found| found.date.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
        for text in [
            "",
            "MUSTERMANN",
            "32.13.1999",
            "1.68 m",
            "D123456",
            "12345678901",
        ] {
            assert!(
                find(text, Role::Birth, Order::DayFirst, date(2026, 11, 21)).is_none(),
                "{text}"
            );
        }
        let american = find(
            "02/13/1990",
            Role::Birth,
            Order::MonthFirst,
            date(2026, 11, 21),
        );
        assert_eq!(american.map(|found| found.date), Some(date(1990, 2, 13)));
    }
}
