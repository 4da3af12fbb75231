//! The French documents with zones of their own.
//!
//! None of the three layouts is published by its issuer; positions are those of specimens. The
//! identity card's and the licence's digits were recomputed on several; of the vehicle certificate
//! only what its own digits confirm is claimed without doubt, and nothing is held against it.

use jiff::civil::Date;
use model::{Check, DocumentKind, DocumentType, FieldName, Outcome, Side};

use super::{Claim, Content, Sheet, check, checks, dated, digit_follows};
use crate::{
    dates::{PartialDate, Printed, years_after},
    mrz::layout::span,
    names,
};

const FRANCE: &str = "FRA";

/// National identity card of 1988 to 2021.
pub(super) fn identity_card(sheet: &Sheet<'_>) -> Content {
    let surname = span(0, 5, 30);
    let given = span(1, 13, 27);
    let mut claims = Vec::new();
    let mut cut = false;
    for (field, place) in [
        (FieldName::SURNAME, surname),
        (FieldName::GIVEN_NAMES, given),
    ] {
        let full = names::split(&sheet.text(place)).may_be_truncated;
        cut |= full;
        claims.extend(sheet.words(field, place).map(|claim| Claim {
            doubtful: full,
            ..claim
        }));
    }
    let birth = sheet.birth(span(1, 27, 33));
    claims.extend(sheet.words(FieldName::DOCUMENT_NUMBER, span(1, 0, 12)));
    claims.extend(dated(FieldName::DATE_OF_BIRTH, &birth));
    claims.extend(sheet.sex(span(1, 34, 35)));
    // The zone gives year and month of issue, as the first part of the number.
    let issued_at = span(1, 0, 4);
    let issue = super::dates::birth(&format!("{}<<", sheet.text(issued_at)), sheet.day);
    if let Printed::Date { date, .. } = issue {
        claims.push(Claim {
            field: FieldName::DATE_OF_ISSUE,
            value: date.to_string().into(),
            spans: vec![issued_at],
            doubtful: true,
        });
    }
    let mut checks = checks::dates(&birth, None, sheet.day);
    checks.push(checks::complete_name(cut));
    let issued = match issue {
        Printed::Date { date, .. } => date.earliest(),
        Printed::Nothing | Printed::Invalid => None,
    };
    let born = birth.date().and_then(PartialDate::earliest);
    checks.push(validity(issued, born, sheet.day));
    Content {
        document_type: Some(DocumentType {
            kind: DocumentKind::IdCard,
            side: Some(Side::Front),
        }),
        issuing_country: Some(FRANCE.to_owned()),
        is_specimen: false,
        claims,
        checks,
    }
}

/// Cards are valid for ten years; those given to adults for fifteen, which from 2014 on they print
/// and from 2004 to 2013 they do not: a law of 2013 extended those without a reprint.
fn validity(issued: Option<Date>, born: Option<Date>, day: Date) -> Check {
    let tell = |outcome, message| check("french_id_validity", outcome, message, &[]);
    let Some((issued, born)) = issued.zip(born) else {
        return tell(
            Outcome::CouldNotRun,
            "Whether the card is still valid is not known: its month of issue or the date of birth could not be read",
        );
    };
    let adult = years_after(born, 18).is_some_and(|grown| grown <= issued);
    let after = |years| years_after(issued, years).map(Date::last_of_month);
    let within = |years| after(years).is_some_and(|last| day <= last);
    if within(10) {
        tell(
            Outcome::Passed,
            "The card is less than ten years old and valid",
        )
    } else if adult && issued.year() >= 2014 && within(15) {
        tell(
            Outcome::Passed,
            "The card was given to an adult from 2014 on and is valid for fifteen years",
        )
    } else if adult && issued.year() >= 2004 && within(15) {
        tell(
            Outcome::Passed,
            "The printed validity has ended, but the card was extended by law for five years: check that the destination accepts it",
        )
    } else {
        tell(Outcome::Failed, "The card is no longer valid")
    }
}

/// Driving licence since 16 September 2013.
pub(super) fn driving_licence(sheet: &Sheet<'_>) -> Content {
    let place = span(0, 21, 29);
    let cut = names::split(&sheet.text(place)).may_be_truncated;
    let expiry = sheet.expiry(span(0, 15, 21));
    let mut claims: Vec<Claim> = Vec::new();
    claims.extend(sheet.words(FieldName::SURNAME, place).map(|claim| Claim {
        doubtful: cut,
        ..claim
    }));
    claims.extend(sheet.words(FieldName::DOCUMENT_NUMBER, span(0, 5, 14)));
    claims.extend(dated(FieldName::DATE_OF_EXPIRY, &expiry));
    let last = expiry.date().and_then(PartialDate::latest);
    let not_expired = match last {
        Some(last) if last >= sheet.day => check(
            "not_expired",
            Outcome::Passed,
            "The licence card has not expired",
            &[],
        ),
        Some(_) => check(
            "not_expired",
            Outcome::Failed,
            "The licence card has expired",
            &[],
        ),
        None => check(
            "not_expired",
            Outcome::CouldNotRun,
            "Whether the licence card has expired is not known: no date of expiry could be read",
            &[],
        ),
    };
    Content {
        document_type: Some(DocumentType::of(DocumentKind::DrivingLicence)),
        issuing_country: Some(FRANCE.to_owned()),
        is_specimen: false,
        claims,
        checks: vec![not_expired, checks::complete_name(cut)],
    }
}

/// Vehicle registration certificate since 2009; fields bear the codes of Directive 1999/37/EC.
pub(super) fn vehicle_registration(sheet: &Sheet<'_>) -> Content {
    let mut claims = Vec::new();
    for (field, from, to) in [("A", 5, 12), ("E", 13, 30), ("B", 31, 37)] {
        let place = span(0, from, to);
        let text = sheet.text(place);
        let agrees = digit_follows(&text, &sheet.text(span(0, to, to + 1)));
        let value = match field {
            "A" => plate(&names::words(&text)),
            "B" => match super::dates::birth(&text, sheet.day) {
                Printed::Date { date, .. } => date.to_string(),
                Printed::Nothing | Printed::Invalid => continue,
            },
            _ => names::words(&text),
        };
        if !value.is_empty() {
            claims.push(Claim {
                field: FieldName::new(field),
                value: value.into(),
                spans: vec![sheet.trimmed(place)],
                doubtful: !agrees,
            });
        }
    }
    for (field, line, from, to) in [
        ("J1", 0, 38, 44),
        ("J3", 1, 0, 4),
        ("D1", 1, 4, 18),
        ("D3", 1, 18, 31),
    ] {
        let claim = sheet.words(FieldName::new(field), span(line, from, to));
        claims.extend(claim.map(|claim| Claim {
            doubtful: true,
            ..claim
        }));
    }
    let formula = span(1, 31, 42);
    let agrees = digit_follows(&sheet.text(formula), &sheet.text(span(1, 42, 43)));
    let claim = sheet.words(FieldName::new("formula_number"), formula);
    claims.extend(claim.map(|claim| Claim {
        doubtful: !agrees,
        ..claim
    }));
    Content {
        document_type: Some(DocumentType::of(DocumentKind::VehicleRegistration)),
        issuing_country: Some(FRANCE.to_owned()),
        is_specimen: false,
        claims,
        checks: Vec::new(),
    }
}

/// A plate of the system of 2009 with its hyphens; others as they stand.
fn plate(text: &str) -> String {
    let letters = |part: Option<&str>| {
        part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let digits = |part: Option<&str>| {
        part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let (first, number, last) = (text.get(..2), text.get(2..5), text.get(5..));
    if text.len() == 7 && letters(first) && digits(number) && letters(last) {
        let parts: Vec<&str> = [first, number, last].into_iter().flatten().collect();
        parts.join("-")
    } else {
        text.to_owned()
    }
}
