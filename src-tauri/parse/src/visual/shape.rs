//! What values look like: whether a text can be the value of a field, and its form in the record.

mod amount;
pub(crate) mod date;
mod month;
mod name;
mod number;
mod word;

use std::ops::Range;

use jiff::civil::Date;
use model::definition::Shape;

pub(crate) use date::Order;
pub(crate) use name::without_noughts;
pub(crate) use word::names_people;

/// What a date means, which decides its century and which dates it can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Of birth.
    Birth,
    /// Of issue, or another in the past.
    Issue,
    /// Of expiry.
    Expiry,
    /// Unknown.
    Other,
}

impl Role {
    /// The role of a field, by its name in records.
    pub(crate) fn of(field: &str) -> Self {
        match field {
            "date_of_birth" => Self::Birth,
            "date_of_issue" | "valid_from" | "B" | "I" => Self::Issue,
            "date_of_expiry" | "valid_until" | "H" | "X1" => Self::Expiry,
            _ => Self::Other,
        }
    }
}

/// What the shape of a value depends on besides the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting<'a> {
    /// The day taken for today.
    pub(crate) day: Date,
    /// The issuing state, where it is known.
    pub(crate) country: Option<&'a str>,
    /// Which of day and month comes first.
    pub(crate) order: Order,
}

/// A text taken for a value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    /// The value in the form of the record.
    pub(crate) value: String,
    /// How well the text fits the shape, 0 to 1.
    pub(crate) score: f32,
    /// The characters of the text that make the value.
    pub(crate) range: Range<usize>,
    /// Other values of the same text.
    pub(crate) alternatives: Vec<String>,
}

impl Judged {
    /// A value made of the whole text.
    fn whole(text: &str, value: impl Into<String>, score: f32) -> Self {
        Self {
            value: value.into(),
            score,
            range: 0..text.chars().count(),
            alternatives: Vec::new(),
        }
    }
}

/// Takes a text for a value of this shape, where it can be one.
pub(crate) fn judge(
    shape: &Shape,
    field: &str,
    text: &str,
    setting: &Setting<'_>,
) -> Option<Judged> {
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return None;
    }
    match shape {
        Shape::Text => {
            Some(Judged::whole(text, tidy(trimmed), 0.8)).filter(|judged| !judged.value.is_empty())
        }
        Shape::Name => name::part(text),
        Shape::FullName { .. } => name::whole(text),
        Shape::Location => name::location(text),
        Shape::Authority => name::authority(text),
        Shape::Address => name::address(text),
        Shape::Date => {
            let found = date::find(text, Role::of(field), setting.order, setting.day)?;
            Some(Judged {
                value: found.date.to_string(),
                score: found.score,
                range: found.range,
                alternatives: Vec::new(),
            })
        }
        Shape::Number { patterns } => number::number(text, patterns),
        Shape::Vin => number::vin(text),
        Shape::Plate => number::plate(text, setting.country),
        Shape::Code { values } => word::code(text, values),
        Shape::Country => word::country(text),
        Shape::Sex => word::sex(text, setting.country),
        Shape::Colour => word::colour(text),
        Shape::Categories { values } => word::categories(text, values),
        Shape::CategoryTable { .. } => None,
        Shape::Money | Shape::Decimal => amount::decimal(text),
        Shape::Integer => amount::integer(text),
        Shape::Height => amount::height(text),
        Shape::Weight => amount::weight(text),
    }
}

/// Without what recognisers put at the edges of text: quotes, strokes, dots; spaces made single.
pub(crate) fn tidy(text: &str) -> String {
    let edge = |one: char| !one.is_alphanumeric() && !matches!(one, '(' | ')' | '+' | '*' | '#');
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = words.join(" ");
    let trimmed = joined
        .trim_start_matches(edge)
        .trim_end_matches(|one| edge(one) && one != '.');
    let kept = trimmed.trim_end_matches('.');
    // A dot that ends an abbreviation stays: "HEIDESTR."
    let abbreviation = kept.len() < trimmed.len()
        && kept
            .rsplit(' ')
            .next()
            .is_some_and(|last| last.chars().count() <= 5 && kept.contains(' '));
    let text = if abbreviation { trimmed } else { kept };
    let opened = text.matches('(').count();
    let closed = text.matches(')').count();
    let text = if closed > opened {
        text.trim_end_matches(')')
    } else {
        text
    };
    let text = if opened > closed && text.starts_with('(') {
        text.trim_start_matches('(')
    } else {
        text
    };
    text.trim().to_owned()
}
