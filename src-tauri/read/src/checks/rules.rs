//! The tests of the rules. Each answers nothing where the document has nothing to test it on.

use jiff::{ToSpan as _, civil::Date};
use model::{DisagreementClass, DocumentKind, FieldName, Side, definition::Validator};
use parse::{
    country, plate,
    vin::{self, CheckDigit},
};

use super::{Facts, Tested};

/// Longest plausible values, in characters.
const LENGTHS: &[(&str, usize)] = &[
    ("surname", 80),
    ("given_names", 120),
    ("document_number", 25),
    ("personal_number", 25),
    ("place_of_birth", 80),
    ("address", 200),
    ("A", 12),
    ("E", 20),
];

/// The limits of the AAMVA DL/ID Card Design Standard (2020), annex D table D.3.
const AAMVA_LENGTHS: &[(&str, usize)] = &[
    ("surname", 40),
    ("given_names", 80),
    ("document_number", 25),
    ("licence_categories", 6),
];

/// A picture smaller than this (long side, short side) shows print too small to be read surely.
const SMALLEST_PICTURE: (u32, u32) = (800, 600);

/// Both dates are there and the first lies before the second; nothing where neither is.
fn in_order(facts: &Facts<'_>, first: &str, second: &str) -> Option<Tested> {
    let (before, after) = (facts.earliest(first), facts.latest(second));
    if facts.value(first).is_none() || facts.value(second).is_none() {
        return None;
    }
    Some(Tested::maybe(
        before.zip(after).map(|(one, other)| one < other),
    ))
}

pub(super) fn birth_before_issue(facts: &Facts<'_>) -> Option<Tested> {
    in_order(facts, "date_of_birth", "date_of_issue")
}

pub(super) fn birth_before_expiry(facts: &Facts<'_>) -> Option<Tested> {
    in_order(facts, "date_of_birth", "date_of_expiry")
}

pub(super) fn issue_before_expiry(facts: &Facts<'_>) -> Option<Tested> {
    in_order(facts, "date_of_issue", "date_of_expiry")
}

pub(super) fn validity_in_order(facts: &Facts<'_>) -> Option<Tested> {
    in_order(facts, "valid_from", "valid_until")
}

/// A calendar day of the past or today; a part of it is enough.
fn not_in_future(facts: &Facts<'_>, name: &str) -> Option<Tested> {
    facts.value(name)?;
    Some(Tested::maybe(
        facts.earliest(name).map(|first| first <= facts.day),
    ))
}

pub(super) fn birth_not_in_future(facts: &Facts<'_>) -> Option<Tested> {
    not_in_future(facts, "date_of_birth")
}

pub(super) fn issue_not_in_future(facts: &Facts<'_>) -> Option<Tested> {
    not_in_future(facts, "date_of_issue")
}

/// A day of the calendar, whole.
fn calendar(facts: &Facts<'_>, name: &str) -> Option<Tested> {
    let value = facts.value(name)?;
    let whole = value.len() == "2026-11-21".len();
    Some(match facts.earliest(name) {
        Some(_) if whole => Tested::of(true),
        Some(_) => Tested::could_not_run(),
        None => Tested::of(false),
    })
}

/// The century of a zone's date is settled by print, or is the only one possible.
fn calendar_unless_doubtful(facts: &Facts<'_>, name: &str, code: &str) -> Option<Tested> {
    let doubtful = facts
        .reading
        .checks
        .iter()
        .any(|check| check.code == code && check.outcome != model::Outcome::Passed);
    let field = facts
        .reading
        .fields
        .iter()
        .find(|(known, _)| known.as_str() == name)
        .map(|(_, field)| field)?;
    let printed = field
        .evidence
        .iter()
        .any(|one| matches!(one.zone, model::Zone::Visual | model::Zone::Barcode));
    if doubtful && !printed {
        return None;
    }
    calendar(facts, name)
}

pub(super) fn birth_is_a_day(facts: &Facts<'_>) -> Option<Tested> {
    calendar_unless_doubtful(facts, "date_of_birth", "date_of_birth_valid")
}

pub(super) fn expiry_is_a_day(facts: &Facts<'_>) -> Option<Tested> {
    calendar_unless_doubtful(facts, "date_of_expiry", "date_of_expiry_valid")
}

/// The last day on which the document holds: French identity cards of adults issued from 2 January
/// 2004 to 31 December 2013 hold five years longer than printed (decree 2013-1188).
fn last_day(facts: &Facts<'_>) -> Option<Date> {
    let printed = facts
        .latest("date_of_expiry")
        .or_else(|| facts.latest("valid_until"))?;
    if facts.kind() != Some(DocumentKind::IdCard) || facts.country() != "FRA" {
        return Some(printed);
    }
    let (Some(issued), Some(born)) = (
        facts.earliest("date_of_issue"),
        facts.earliest("date_of_birth"),
    ) else {
        return Some(printed);
    };
    let extended = issued >= Date::constant(2004, 1, 2) && issued <= Date::constant(2013, 12, 31);
    let adult = years(born, issued) >= 18;
    if extended && adult {
        printed.checked_add(5.years()).ok()
    } else {
        Some(printed)
    }
}

pub(super) fn not_expired(facts: &Facts<'_>) -> Option<Tested> {
    if facts.value("date_of_expiry").is_none() && facts.value("valid_until").is_none() {
        return None;
    }
    Some(Tested::maybe(last_day(facts).map(|last| last >= facts.day)))
}

/// Whole years from one day to another.
fn years(from: Date, to: Date) -> i16 {
    let years = to.year() - from.year();
    if (to.month(), to.day()) < (from.month(), from.day()) {
        years - 1
    } else {
        years
    }
}

pub(super) fn old_enough(facts: &Facts<'_>) -> Option<Tested> {
    let born = facts.latest("date_of_birth")?;
    Some(Tested::of(years(born, facts.day) >= facts.ages.0))
}

pub(super) fn not_too_old(facts: &Facts<'_>) -> Option<Tested> {
    let born = facts.earliest("date_of_birth")?;
    Some(Tested::of(years(born, facts.day) <= facts.ages.1))
}

/// How many places say a field, and whether any two of them cannot both be right.
fn agreement(facts: &Facts<'_>, names: &[&str]) -> Option<Tested> {
    let conflicts: Vec<FieldName> = facts
        .reading
        .disagreements
        .iter()
        .filter(|one| one.class == DisagreementClass::RealConflict && one.undecided)
        .filter(|one| names.contains(&one.field.as_str()))
        .map(|one| one.field.clone())
        .collect();
    if !conflicts.is_empty() {
        return Some(Tested {
            outcome: model::Outcome::Failed,
            fields: Some(conflicts),
        });
    }
    let compared = facts.reading.fields.iter().any(|(name, field)| {
        let first = field.evidence.first().map(|one| (one.zone, one.page));
        names.contains(&name.as_str())
            && field
                .evidence
                .iter()
                .any(|one| Some((one.zone, one.page)) != first)
    });
    compared.then(|| Tested::of(true))
}

pub(super) fn names_agree(facts: &Facts<'_>) -> Option<Tested> {
    agreement(facts, &["surname", "given_names"])
}

pub(super) fn places_agree(facts: &Facts<'_>) -> Option<Tested> {
    agreement(
        facts,
        &[
            "document_number",
            "personal_number",
            "date_of_birth",
            "date_of_expiry",
            "date_of_issue",
            "sex",
            "nationality",
        ],
    )
}

pub(super) fn back_present(facts: &Facts<'_>) -> Option<Tested> {
    facts.definition?.pairing.as_ref()?;
    match facts.reading.document_type?.side {
        Some(Side::Front) => Some(Tested::of(false)),
        Some(Side::Back) => None,
        None => Some(Tested::of(true)),
    }
}

pub(super) fn front_present(facts: &Facts<'_>) -> Option<Tested> {
    facts.definition?.pairing.as_ref()?;
    match facts.reading.document_type?.side {
        Some(Side::Back) => Some(Tested::of(false)),
        _ => None,
    }
}

pub(super) fn required_fields(facts: &Facts<'_>) -> Option<Tested> {
    let definition = facts.definition?;
    let side = facts
        .reading
        .document_type
        .and_then(|document| document.side);
    let mut wanted = definition.fields.iter().filter(|field| {
        field.required && side.is_none_or(|side| field.side.is_none_or(|known| known == side))
    });
    let missing: Vec<FieldName> = wanted
        .clone()
        .filter(|field| facts.value(field.name.as_str()).is_none())
        .map(|field| field.name.clone())
        .collect();
    wanted.next()?;
    Some(Tested {
        outcome: if missing.is_empty() {
            model::Outcome::Passed
        } else {
            model::Outcome::Failed
        },
        fields: Some(missing),
    })
}

fn lengths(facts: &Facts<'_>, limits: &[(&str, usize)]) -> Option<Tested> {
    let long: Vec<FieldName> = limits
        .iter()
        .filter(|(name, most)| {
            let value = facts.value(name);
            value.is_some_and(|value| {
                value.chars().filter(|one| !one.is_whitespace()).count() > *most
            })
        })
        .map(|(name, _)| FieldName::new(*name))
        .collect();
    let any = limits.iter().any(|(name, _)| facts.value(name).is_some());
    any.then_some(Tested {
        outcome: if long.is_empty() {
            model::Outcome::Passed
        } else {
            model::Outcome::Failed
        },
        fields: Some(long),
    })
}

pub(super) fn field_lengths(facts: &Facts<'_>) -> Option<Tested> {
    lengths(facts, LENGTHS)
}

pub(super) fn aamva_limits(facts: &Facts<'_>) -> Option<Tested> {
    lengths(facts, AAMVA_LENGTHS)
}

pub(super) fn nationality_known(facts: &Facts<'_>) -> Option<Tested> {
    let code = facts.value("nationality")?;
    Some(Tested::of(country::name(code).is_some()))
}

pub(super) fn issuing_country_known(facts: &Facts<'_>) -> Option<Tested> {
    facts.reading.issuing_country.as_ref()?;
    Some(Tested::of(country::name(facts.state()).is_some()))
}

pub(super) fn picture_large_enough(facts: &Facts<'_>) -> Option<Tested> {
    let pages = &facts.reading.pages;
    if pages.is_empty() {
        return None;
    }
    let large = pages.iter().all(|page| {
        page.width.max(page.height) >= SMALLEST_PICTURE.0
            && page.width.min(page.height) >= SMALLEST_PICTURE.1
    });
    Some(Tested::of(large))
}

pub(super) fn plate_form(facts: &Facts<'_>) -> Option<Tested> {
    let text = facts.value("A")?;
    let found = match facts.state() {
        "FRA" => plate::french(text),
        "TUN" => plate::tunisian(text),
        _ => return None,
    };
    Some(Tested::of(
        found.is_some_and(|plate| plate.repairs.is_empty()),
    ))
}

pub(super) fn vin_form(facts: &Facts<'_>) -> Option<Tested> {
    let text = facts.value("E")?;
    // Chassis numbers of before 1981 and of some imports have other lengths: nothing is held against
    // them here.
    let vin = vin::parse(text)?;
    Some(Tested::of(vin.repairs.is_empty()))
}

pub(super) fn vin_maker(facts: &Facts<'_>) -> Option<Tested> {
    let vin = vin::parse(facts.value("E")?)?;
    // Not every state's identifiers are published.
    Some(Tested::maybe(vin.country.map(|_| true)))
}

pub(super) fn vin_digit(facts: &Facts<'_>) -> Option<Tested> {
    let vin = vin::parse(facts.value("E")?)?;
    Some(Tested::maybe(match vin.check_digit {
        CheckDigit::Agrees => Some(true),
        CheckDigit::Wrong => Some(false),
        CheckDigit::NotUsed => None,
    }))
}

pub(super) fn masses_in_service(facts: &Facts<'_>) -> Option<Tested> {
    Some(Tested::of(facts.number("F2")? <= facts.number("F1")?))
}

pub(super) fn masses_empty(facts: &Facts<'_>) -> Option<Tested> {
    let (empty, most) = (facts.number("G"), facts.number("F1"));
    let national = facts.number("G1");
    let mut holds = None;
    for (less, more) in [(national, empty), (empty, most), (national, most)] {
        if let Some((less, more)) = less.zip(more) {
            holds = Some(holds.unwrap_or(true) && less <= more);
        }
    }
    holds.map(Tested::of)
}

pub(super) fn registered_in_order(facts: &Facts<'_>) -> Option<Tested> {
    let (first, certificate) = (facts.earliest("B")?, facts.latest("I")?);
    Some(Tested::of(first <= certificate && certificate <= facts.day))
}

pub(super) fn vehicle_figures(facts: &Facts<'_>) -> Option<Tested> {
    let mut odd: Vec<FieldName> = Vec::new();
    let mut any = false;
    for (name, least, most) in [("P6", 1.0, 99.0), ("S1", 1.0, 99.0), ("V7", 0.0, 999.0)] {
        if let Some(value) = facts.number(name) {
            any = true;
            if !(least..=most).contains(&value) {
                odd.push(FieldName::new(name));
            }
        }
    }
    if let (Some("VP"), Some(seats)) = (facts.value("J1"), facts.number("S1"))
        && !(1.0..=9.0).contains(&seats)
    {
        odd.push(FieldName::new("S1"));
    }
    any.then_some(Tested {
        outcome: if odd.is_empty() {
            model::Outcome::Passed
        } else {
            model::Outcome::Failed
        },
        fields: Some(odd),
    })
}

/// Patterns of document numbers: family, state, patterns. `9` a digit, `A` a letter, `*` either.
const NUMBERS: &[(DocumentKind, &str, &[&str])] = &[
    (DocumentKind::Passport, "FRA", &["99AA99999"]),
    (
        DocumentKind::IdCard,
        "FRA",
        &["*********", "999999999999", "9999*9999999", "999999A99999"],
    ),
    (
        DocumentKind::DrivingLicence,
        "FRA",
        &["99AA99999", "999999999999"],
    ),
    (DocumentKind::Passport, "TUN", &["A999999"]),
    (DocumentKind::IdCard, "TUN", &["99999999"]),
    (DocumentKind::IdCard, "BEL", &["999999999999"]),
];

pub(super) fn number_form(facts: &Facts<'_>) -> Option<Tested> {
    let (kind, state) = (facts.kind()?, facts.state());
    let number: String = facts
        .value("document_number")?
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let (.., patterns) = NUMBERS
        .iter()
        .find(|(of, country, _)| *of == kind && *country == state)?;
    Some(Tested::of(
        patterns.iter().any(|pattern| fits(&number, pattern)),
    ))
}

fn fits(text: &str, pattern: &str) -> bool {
    let one = |(one, wanted): (char, char)| match wanted {
        '9' => one.is_ascii_digit(),
        'A' => one.is_ascii_uppercase(),
        '*' => one.is_ascii_digit() || one.is_ascii_uppercase(),
        other => one == other,
    };
    text.len() == pattern.len() && text.chars().zip(pattern.chars()).all(one)
}

pub(super) fn personal_number_form(facts: &Facts<'_>) -> Option<Tested> {
    let definition = facts.definition?;
    let asked = |validator: Validator| {
        definition
            .fields
            .iter()
            .find(|field| field.validators.contains(&validator))
    };
    if let Some(field) = asked(Validator::SpanishLetter) {
        let value = facts.value(field.name.as_str())?;
        return Some(Tested {
            fields: Some(vec![field.name.clone()]),
            ..Tested::of(has_spanish_letter(value))
        });
    }
    let field = asked(Validator::TunisianCard)?;
    let value = facts.value(field.name.as_str())?;
    Some(Tested {
        fields: Some(vec![field.name.clone()]),
        ..Tested::of(fits(value, "99999999"))
    })
}

/// The letter after the digits of the Spanish identity number (Real Decreto 1553/2005): the remainder
/// of the number by 23. X, Y and Z in front of a foreigner's number count as 0, 1 and 2.
fn has_spanish_letter(text: &str) -> bool {
    const LETTERS: &[u8] = b"TRWAGMYFPDXBNJZSQVHLCKE";
    let text: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let (Some(letter), Some(body)) = (
        text.chars().last(),
        text.get(..text.len().saturating_sub(1)),
    ) else {
        return false;
    };
    let digits: String = body
        .chars()
        .enumerate()
        .map(|(at, one)| match (at, one) {
            (0, 'X') => '0',
            (0, 'Y') => '1',
            (0, 'Z') => '2',
            _ => one,
        })
        .collect();
    let number = digits.parse::<usize>().ok();
    let expected = number.and_then(|number| LETTERS.get(number % 23)).copied();
    digits.len() == 8 && expected.map(char::from) == Some(letter)
}

#[cfg(test)]
mod tests {
    use super::{fits, has_spanish_letter};

    #[test]
    fn spanish_letters() {
        for (text, expected) in [
            ("12345678Z", true),
            ("12345678-Z", true),
            ("12345678A", false),
            ("X1234567L", true),
            ("1234567L", false),
            ("Z", false),
            ("", false),
        ] {
            assert_eq!(has_spanish_letter(text), expected, "{text}");
        }
    }

    #[test]
    fn patterns() {
        assert!(fits("08CD50338", "99AA99999") && !fits("08CD5033", "99AA99999"));
        assert!(fits("X4RTBPFW4", "*********") && !fits("x4RTBPFW4", "*********"));
    }
}
