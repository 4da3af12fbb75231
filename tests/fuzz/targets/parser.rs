//! Arbitrary text as the lines of a zone, and as single dates, names, codes and numbers.
//!
//! The first byte chooses the layout, the second the day of the reading, the rest are the lines.
#![no_main]

use jiff::{ToSpan as _, civil::date};
use libfuzzer_sys::fuzz_target;
use model::{FieldName, MrzFormat};
use parse::{country, dates, mrz, names, personal_number};

const FORMATS: [MrzFormat; 10] = [
    MrzFormat::Td1,
    MrzFormat::Td2,
    MrzFormat::Td3,
    MrzFormat::MrvA,
    MrzFormat::MrvB,
    MrzFormat::FrenchId,
    MrzFormat::FrenchDrivingLicence,
    MrzFormat::FrenchVehicleRegistration,
    MrzFormat::SwissDrivingLicence,
    MrzFormat::Nonstandard,
];

fuzz_target!(|input: &[u8]| {
    let [layout, days, text @ ..] = input else {
        return;
    };
    let format = FORMATS[usize::from(*layout) % FORMATS.len()];
    // About 1981 to 2071, so that every branch of the century policy is met.
    let day = date(2026, 11, 21) + ((i64::from(*days) - 128) * 128).days();
    let text = String::from_utf8_lossy(text);
    let lines: Vec<&str> = text.split('\n').collect();

    let content = mrz::parse(format, &lines, day);
    assert!(
        content == mrz::parse(format, &lines, day),
        "the same lines mean the same"
    );
    for claim in &content.claims {
        let value = claim.value.expose();
        assert!(!value.is_empty(), "a claim says something");
        assert!(!claim.spans.is_empty(), "a claim rests on something");
        for span in &claim.spans {
            let length = lines.get(span.line).map_or(0, |line| line.chars().count());
            assert!(
                span.from < span.to && span.to <= length,
                "{span:?} of {length}"
            );
        }
        if claim.field == FieldName::DATE_OF_BIRTH || claim.field == FieldName::DATE_OF_EXPIRY {
            assert!(is_iso(value), "a date is ISO 8601");
        }
        if claim.field == FieldName::DATE_OF_BIRTH {
            assert!(
                value.get(..4) <= day.to_string().get(..4),
                "nobody is born after the day"
            );
        }
    }
    let mut claimed: Vec<&FieldName> = content.claims.iter().map(|claim| &claim.field).collect();
    let count = claimed.len();
    claimed.sort();
    claimed.dedup();
    assert_eq!(claimed.len(), count, "a field is claimed once");

    for line in &lines {
        for printed in [dates::birth(line, day), dates::expiry(line, day)] {
            if let dates::Printed::Date { date, .. } = printed {
                let (Some(first), Some(last)) = (date.earliest(), date.latest()) else {
                    panic!("a date that is printed exists");
                };
                assert!(first <= last);
            }
        }
        let split = names::split(line);
        assert!(split.secondary_from <= line.chars().count());
        assert!(!split.primary.contains('<') && !split.secondary.contains('<'));
        assert!(mrz::check_digit(line).is_ascii_digit());
        let _ = (country::name(line), country::is_organisation(line));
        for issuer in ["ESP", "NLD", "POL", "UTO", *line] {
            if let Some((number, from)) = personal_number::find(issuer, format, line) {
                assert!(from + number.chars().count() <= line.chars().count());
            }
        }
    }
});

/// `1984`, `1984-05` or `1984-05-09`.
fn is_iso(value: &str) -> bool {
    let parts: Vec<&str> = value.split('-').collect();
    let digits =
        |part: &&str, count| part.len() == count && part.bytes().all(|one| one.is_ascii_digit());
    parts.len() <= 3 && digits(&parts[0], 4) && parts[1..].iter().all(|part| digits(part, 2))
}
