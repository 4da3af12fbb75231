//! The rules that a document's values keep or break.
//!
//! Every rule is a row of [`CATALOGUE`]: its stable code, when it applies, what it speaks about, how it
//! is tested, and what is told of each outcome in three languages. The rules of zones and barcodes
//! themselves are tested where those are parsed; their sentences are in the same table.

mod catalogue;
mod rules;

use jiff::civil::Date;
use model::{
    Check, DocumentKind, FieldName, Outcome, Reading, TypeDefinition, definition::CheckRule,
};

pub use self::catalogue::{CATALOGUE, Sentence, Sentences};
use crate::{Options, settle::is_date};

/// What a broken rule says about a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The values it speaks of are misread or cannot be: a person must look at them.
    Values,
    /// The document, whose values may all be read right.
    Document,
}

/// When a rule is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// On every document that has something to test it on.
    Always,
    /// Where the type of the document asks for it; where no type is known, as [`When::Always`].
    Asked(CheckRule),
    /// Where the type of the document asks for it, and nowhere else.
    OnlyAsked(CheckRule),
    /// Never here: it is a rule of the zone or barcode itself.
    Elsewhere,
}

/// One rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Stable name.
    pub code: &'static str,
    /// When it is tested.
    pub when: When,
    /// What it means when it is broken.
    pub about: About,
    /// The fields it speaks about, by name; empty where the test names them.
    pub fields: &'static [&'static str],
    /// The test; answers nothing where there is nothing to test.
    test: fn(&Facts<'_>) -> Option<Tested>,
    /// What is told.
    pub sentences: Sentences,
}

/// How a test ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tested {
    outcome: Outcome,
    /// The fields it speaks about, where they differ from those of the rule.
    fields: Option<Vec<FieldName>>,
}

impl Tested {
    fn of(holds: bool) -> Self {
        Self {
            outcome: if holds {
                Outcome::Passed
            } else {
                Outcome::Failed
            },
            fields: None,
        }
    }

    const fn could_not_run() -> Self {
        Self {
            outcome: Outcome::CouldNotRun,
            fields: None,
        }
    }

    /// Passed or failed, or could not run where something is missing.
    fn maybe(holds: Option<bool>) -> Self {
        holds.map_or_else(Self::could_not_run, Self::of)
    }
}

/// What rules are tested on.
pub(crate) struct Facts<'a> {
    reading: &'a Reading,
    definition: Option<&'a TypeDefinition>,
    day: Date,
    ages: (i16, i16),
}

impl Facts<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        let (_, field) = self
            .reading
            .fields
            .iter()
            .find(|(known, _)| known.as_str() == name)?;
        Some(field.value.expose()).filter(|value| !value.is_empty())
    }

    /// The first day a date may mean.
    fn earliest(&self, name: &str) -> Option<Date> {
        let (year, month, day) = parts(self.value(name)?)?;
        Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()
    }

    /// The last day a date may mean.
    fn latest(&self, name: &str) -> Option<Date> {
        let (year, month, day) = parts(self.value(name)?)?;
        let first = Date::new(year, month.unwrap_or(12), day.unwrap_or(1)).ok()?;
        Some(if day.is_some() {
            first
        } else {
            first.last_of_month()
        })
    }

    /// A number with a decimal point or comma, its unit left out.
    fn number(&self, name: &str) -> Option<f64> {
        let digits: String = self
            .value(name)?
            .chars()
            .map(|one| if one == ',' { '.' } else { one })
            .take_while(|one| one.is_ascii_digit() || *one == '.')
            .collect();
        digits.parse().ok()
    }

    fn kind(&self) -> Option<DocumentKind> {
        self.reading.document_type.map(|document| document.kind)
    }

    fn country(&self) -> &str {
        self.reading.issuing_country.as_deref().unwrap_or_default()
    }

    /// The same without the part of the country.
    fn state(&self) -> &str {
        let country = self.country();
        country.split_once('-').map_or(country, |(state, _)| state)
    }
}

/// Year, month and day of a date in ISO 8601, as far as it goes.
fn parts(text: &str) -> Option<(i16, Option<i8>, Option<i8>)> {
    if !is_date(text) {
        return None;
    }
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let mut rest = parts.map(|part| part.parse().ok());
    Some((year, rest.next().flatten(), rest.next().flatten()))
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    CATALOGUE.iter().find(|rule| rule.code == code)
}

/// Tests every rule on a reading; what zones said of the same rules about their own lines alone gives
/// way.
pub(crate) fn apply(
    reading: &mut Reading,
    definition: Option<&TypeDefinition>,
    options: &Options<'_>,
) {
    let facts = Facts {
        reading,
        definition,
        day: options.day,
        ages: options.ages,
    };
    let asked = |group: CheckRule| definition.is_some_and(|one| one.checks.contains(&group));
    let applies = |when: When| match when {
        When::Always => true,
        When::Asked(group) => definition.is_none() || asked(group),
        When::OnlyAsked(group) => asked(group),
        When::Elsewhere => false,
    };
    let tested: Vec<Check> = CATALOGUE
        .iter()
        .filter(|rule| applies(rule.when))
        .filter_map(|rule| Some(check(rule, (rule.test)(&facts)?)))
        .collect();
    for check in tested {
        match reading
            .checks
            .iter_mut()
            .find(|known| known.code == check.code)
        {
            Some(known) => *known = check,
            None => reading.checks.push(check),
        }
    }
    flag(reading);
}

fn check(rule: &Rule, tested: Tested) -> Check {
    let sentence = rule.sentences.of(tested.outcome);
    let named = || {
        rule.fields
            .iter()
            .map(|name| FieldName::new(*name))
            .collect()
    };
    Check {
        code: rule.code.to_owned(),
        outcome: tested.outcome,
        message: sentence.en.to_owned(),
        // A rule about the document says nothing about how its values were read.
        fields: match rule.about {
            About::Values => tested.fields.unwrap_or_else(named),
            About::Document => Vec::new(),
        },
    }
}

/// Whatever a broken rule speaks of is for a person, and is not proven.
fn flag(reading: &mut Reading) {
    let broken = reading
        .checks
        .iter()
        .filter(|check| check.outcome == Outcome::Failed)
        .flat_map(|check| &check.fields);
    for name in broken {
        if let Some(field) = reading.fields.get_mut(name) {
            field.needs_review = true;
            field.proven = false;
        }
    }
}

#[cfg(test)]
mod tests;
