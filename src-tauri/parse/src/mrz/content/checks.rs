//! The rules of a zone, each with its outcome and a sentence that names no personal value.

use jiff::civil::Date;
use model::{Check, FieldName, Outcome};

use super::{DateAt, Sheet, check};
use crate::{
    country,
    dates::{PartialDate, Printed},
    mrz::{
        alphabet::{Alphabet, index, is_standard},
        layout::DigitKind,
    },
};

const fn outcome(passed: bool) -> Outcome {
    if passed {
        Outcome::Passed
    } else {
        Outcome::Failed
    }
}

/// Every line as long as its standard says, and every character one that may stand in its place.
pub(super) fn conforming(sheet: &Sheet<'_>) -> Check {
    let fits = |(character, alphabet): (&char, Alphabet)| {
        index(*character).is_some_and(|index| is_standard(index) && alphabet.contains(index))
    };
    let wanted = sheet.layout.lines.len();
    let passed = sheet.lines.len() == wanted
        && sheet.lines.iter().enumerate().all(|(number, line)| {
            sheet.is_regular(number) && line.iter().zip(sheet.layout.alphabets(number)).all(fits)
        });
    let message = if passed {
        "The machine-readable zone has the lines and characters that its standard asks for"
    } else {
        "The machine-readable zone has characters or line lengths that its standard does not allow; it is given as printed"
    };
    check("mrz_conforming", outcome(passed), message, &[])
}

/// Every check digit. One that covers a line of the wrong length could not run.
pub(super) fn digits(sheet: &Sheet<'_>) -> Vec<Check> {
    let digits = sheet.layout.digits(|place| sheet.symbol(place));
    let one = |digit: &super::layout::Digit| {
        let (code, what, fields): (_, _, &[FieldName]) = match digit.kind {
            DigitKind::DocumentNumber => (
                "check_digit_document_number",
                "document number",
                &[FieldName::DOCUMENT_NUMBER],
            ),
            DigitKind::DateOfBirth => (
                "check_digit_date_of_birth",
                "date of birth",
                &[FieldName::DATE_OF_BIRTH],
            ),
            DigitKind::DateOfExpiry => (
                "check_digit_date_of_expiry",
                "date of expiry",
                &[FieldName::DATE_OF_EXPIRY],
            ),
            DigitKind::PersonalNumber => (
                "check_digit_personal_number",
                "personal number",
                &[FieldName::PERSONAL_NUMBER, FieldName::OPTIONAL_DATA],
            ),
            DigitKind::Composite => (
                "check_digit_composite",
                "zone as a whole",
                &[
                    FieldName::DOCUMENT_NUMBER,
                    FieldName::DATE_OF_BIRTH,
                    FieldName::DATE_OF_EXPIRY,
                    FieldName::PERSONAL_NUMBER,
                    FieldName::OPTIONAL_DATA,
                ],
            ),
        };
        let runs = digit
            .places()
            .chain([digit.place])
            .all(|(line, _)| sheet.is_regular(line));
        let (outcome, message) = if !runs {
            (
                Outcome::CouldNotRun,
                format!(
                    "The check digit of the {what} could not be computed: a line is too long or too short"
                ),
            )
        } else if digit.holds(|place| sheet.symbol(place)) {
            (
                Outcome::Passed,
                format!("The check digit of the {what} agrees"),
            )
        } else {
            (
                Outcome::Failed,
                format!(
                    "The check digit of the {what} does not agree: a character is misread or misprinted"
                ),
            )
        };
        check(code, outcome, &message, fields)
    };
    digits.iter().map(one).collect()
}

/// Whether a code of a state is in the lists.
pub(super) fn known(code: &str, state: &str, field: Option<FieldName>) -> Check {
    let passed = country::name(state).is_some();
    let message = match (field.is_some(), passed) {
        (true, true) => "The code of the nationality is a known one",
        (true, false) => "The code of the nationality is in no list of states",
        (false, true) => "The code of the issuing state is a known one",
        (false, false) => "The code of the issuing state is in no list of states",
    };
    let fields: Vec<FieldName> = field.into_iter().collect();
    check(code, outcome(passed), message, &fields)
}

/// Days of the calendar, in their order, and whether the document has expired.
pub(super) fn dates(birth: &DateAt, expiry: Option<&DateAt>, day: Date) -> Vec<Check> {
    let mut checks = vec![calendar(
        "date_of_birth_valid",
        "birth",
        birth,
        &FieldName::DATE_OF_BIRTH,
    )];
    let Some(expiry) = expiry else { return checks };
    checks.push(calendar(
        "date_of_expiry_valid",
        "expiry",
        expiry,
        &FieldName::DATE_OF_EXPIRY,
    ));
    let born = birth.date().and_then(PartialDate::earliest);
    let last = expiry.date().and_then(PartialDate::latest);
    let both = [FieldName::DATE_OF_BIRTH, FieldName::DATE_OF_EXPIRY];
    checks.push(match born.zip(last) {
        Some((born, last)) if born < last => check(
            "birth_before_expiry",
            Outcome::Passed,
            "The date of birth lies before the date of expiry",
            &both,
        ),
        Some(_) => check(
            "birth_before_expiry",
            Outcome::Failed,
            "The date of birth lies after the date of expiry",
            &both,
        ),
        None => check(
            "birth_before_expiry",
            Outcome::CouldNotRun,
            "Birth and expiry cannot be compared: one of the dates is missing",
            &both,
        ),
    });
    // About the document, not about a value: the date may be read right and past.
    checks.push(match last {
        Some(last) if last >= day => check(
            "not_expired",
            Outcome::Passed,
            "The document has not expired",
            &[],
        ),
        Some(_) => check(
            "not_expired",
            Outcome::Failed,
            "The document has expired",
            &[],
        ),
        None => check(
            "not_expired",
            Outcome::CouldNotRun,
            "Whether the document has expired is not known: no date of expiry could be read",
            &[],
        ),
    });
    checks
}

fn calendar(code: &str, what: &str, at: &DateAt, field: &FieldName) -> Check {
    let fields = [field.clone()];
    match at.printed {
        Printed::Date {
            century_doubtful: true,
            ..
        } => check(
            code,
            Outcome::CouldNotRun,
            &format!(
                "The century of the date of {what} is not printed and two are possible: compare it with the printed date"
            ),
            &fields,
        ),
        Printed::Date { date, .. } if date.is_complete() => check(
            code,
            Outcome::Passed,
            &format!("The date of {what} is a day of the calendar"),
            &fields,
        ),
        Printed::Date { .. } => check(
            code,
            Outcome::CouldNotRun,
            &format!("Parts of the date of {what} are given as unknown"),
            &fields,
        ),
        Printed::Nothing => check(
            code,
            Outcome::CouldNotRun,
            &format!("The zone gives no date of {what}"),
            &fields,
        ),
        Printed::Invalid => check(
            code,
            Outcome::Failed,
            &format!("The date of {what} is no day of the calendar"),
            &fields,
        ),
    }
}

/// Whether the name may be cut at the end of its field.
pub(super) fn complete_name(cut: bool) -> Check {
    let fields = [FieldName::SURNAME, FieldName::GIVEN_NAMES];
    if cut {
        check(
            "name_complete",
            Outcome::CouldNotRun,
            "The name fills its field to the end and may be cut: compare it with the printed name",
            &fields,
        )
    } else {
        check(
            "name_complete",
            Outcome::Passed,
            "The name ends before its field does, so nothing of it is cut",
            &fields,
        )
    }
}
