//! Rules of the standard, applied to a card's elements.

use jiff::civil::Date;
use model::{Check, FieldName, Outcome};

use super::{Card, jurisdiction};

pub(super) fn run(card: &Card<'_>, day: Date) -> Vec<Check> {
    vec![
        required(card),
        shapes(card),
        dates(card, day),
        issuer(card),
        whole_names(card),
        age_dates(card),
    ]
}

fn check(code: &str, outcome: Outcome, message: &str, fields: Vec<FieldName>) -> Check {
    Check {
        code: code.to_owned(),
        outcome,
        message: message.to_owned(),
        fields,
    }
}

fn passed_if(good: bool) -> Outcome {
    if good {
        Outcome::Passed
    } else {
        Outcome::Failed
    }
}

/// Elements that every version demands, each under the tags it had, with its field in the record.
const REQUIRED: [(&[&str], &str); 10] = [
    (&["DCS", "DAB", "DAA"], "surname"),
    (&["DCT", "DAC", "DAA"], "given_names"),
    (&["DAQ"], "document_number"),
    (&["DBB"], "date_of_birth"),
    (&["DBA"], "date_of_expiry"),
    (&["DBD"], "date_of_issue"),
    (&["DBC"], "sex"),
    (&["DAG", "DAL"], "street"),
    (&["DAI", "DAN"], "city"),
    (&["DAJ", "DAO"], "state"),
];

fn required(card: &Card<'_>) -> Check {
    let missing: Vec<FieldName> = REQUIRED
        .iter()
        .filter(|(tags, _)| tags.iter().all(|tag| card.value(tag).is_none()))
        .map(|(_, field)| FieldName::new(*field))
        .collect();
    check(
        "aamva_required_elements",
        passed_if(missing.is_empty()),
        "The barcode has every element that the standard demands",
        missing,
    )
}

fn shapes(card: &Card<'_>) -> Check {
    let good = card
        .found
        .found
        .iter()
        .all(|element| element.specification.fits(&element.value));
    check(
        "aamva_element_shapes",
        passed_if(good),
        "The values in the barcode have the length and the characters that the standard gives them",
        Vec::new(),
    )
}

fn dates(card: &Card<'_>, day: Date) -> Check {
    let fields = [
        ("DBB", FieldName::DATE_OF_BIRTH),
        ("DBD", FieldName::DATE_OF_ISSUE),
        ("DBA", FieldName::DATE_OF_EXPIRY),
    ];
    let [birth, issue, expiry] = fields.clone().map(|(tag, _)| card.date(tag));
    let unreadable: Vec<FieldName> = fields
        .iter()
        .filter(|(tag, _)| card.value(tag).is_some() && card.date(tag).is_none())
        .map(|(_, field)| field.clone())
        .collect();
    let (outcome, fields) = if unreadable.is_empty() {
        let before = |earlier: Option<Date>, later: Option<Date>| {
            earlier.zip(later).map(|(earlier, later)| earlier < later)
        };
        let order = [
            before(birth, issue),
            before(issue, expiry),
            before(birth, Some(day)),
        ];
        let outcome = if order.contains(&Some(false)) {
            Outcome::Failed
        } else if order.iter().all(Option::is_none) {
            Outcome::CouldNotRun
        } else {
            Outcome::Passed
        };
        (outcome, fields.map(|(_, field)| field).to_vec())
    } else {
        (Outcome::Failed, unreadable)
    };
    check(
        "aamva_dates",
        outcome,
        "The dates in the barcode exist, and birth, issue and expiry follow each other",
        fields,
    )
}

/// The issuer's number, the state of the address and the country tell of the same issuer. A holder may
/// have moved, but the state in a barcode is the issuer's by the standard's definition of DAJ.
fn issuer(card: &Card<'_>) -> Check {
    let by_number = jurisdiction::by_number(&card.found.header.issuer);
    let by_state = card.value("DAJ").and_then(jurisdiction::by_code);
    let by_country = card.value("DCG");
    let state_agrees = by_number
        .zip(by_state)
        .map(|(a, b)| a == b || a.code.is_empty());
    let country_agrees = by_number
        .zip(by_country)
        .map(|(issuer, country)| issuer.country.code() == country);
    let outcome = match (state_agrees, country_agrees) {
        (None, None) => Outcome::CouldNotRun,
        (state, country) => passed_if(state.unwrap_or(true) && country.unwrap_or(true)),
    };
    check(
        "aamva_issuer",
        outcome,
        "The issuer's number in the barcode is that of the state and country it names",
        vec![FieldName::new("state"), FieldName::new("country")],
    )
}

fn whole_names(card: &Card<'_>) -> Check {
    let flags = [
        ("DDE", FieldName::SURNAME),
        ("DDF", FieldName::GIVEN_NAMES),
        ("DDG", FieldName::GIVEN_NAMES),
    ];
    let cut: Vec<FieldName> = flags
        .iter()
        .filter(|(tag, _)| card.value(tag) == Some("T"))
        .map(|(_, field)| field.clone())
        .collect();
    let told = flags
        .iter()
        .any(|(tag, _)| matches!(card.value(tag), Some("T" | "N")));
    let outcome = if told {
        passed_if(cut.is_empty())
    } else {
        Outcome::CouldNotRun
    };
    check(
        "aamva_names_whole",
        outcome,
        "The issuer says that the names in the barcode are not cut",
        cut,
    )
}

/// The days on which the holder turns 18, 19 and 21, where the card names them, follow from the birth.
fn age_dates(card: &Card<'_>) -> Check {
    let birth = card.date("DBB");
    let told: Vec<bool> = [("DDH", 18), ("DDI", 19), ("DDJ", 21)]
        .into_iter()
        .filter_map(|(tag, years)| {
            let expected = birth?.checked_add(jiff::Span::new().years(years)).ok()?;
            let until = card.date(tag)?;
            // Whoever was born on 29 February comes of age on 28 February or 1 March.
            let apart = expected.until(until).ok()?.get_days().abs();
            Some(apart <= 1)
        })
        .collect();
    let outcome = if told.is_empty() {
        Outcome::CouldNotRun
    } else {
        passed_if(told.iter().all(|&good| good))
    };
    check(
        "aamva_age_dates",
        outcome,
        "The days on which the holder comes of age in the barcode follow from the date of birth",
        vec![FieldName::DATE_OF_BIRTH],
    )
}
