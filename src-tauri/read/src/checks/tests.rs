//! Invented documents that keep and break the rules.

use std::collections::HashSet;

use model::{Field, FieldName, Outcome, Personal, Reading, TypeDefinition};

use super::{CATALOGUE, apply};
use crate::{Only, Options, USUAL_AGES};

const OPTIONS: Options<'static> = Options {
    day: jiff::civil::date(2026, 11, 21),
    only: Only::Everything,
    limits: crate::Limits::DEFAULT,
    engine: crate::Engine::Network,
    types: &[],
    ages: USUAL_AGES,
    trust: None,
};

fn reading(document_type: &str, country: &str, fields: &[(&str, &str)]) -> Reading {
    let text = format!(
        r#"{{"engine": "2", "day": "2026-11-21", "document_type": "{document_type}", "issuing_country": "{country}",
            "mrz_format": null, "mrz": null, "problems": [], "checks": [], "fields": {{}},
            "pages": [{{"width": 1000, "height": 700}}]}}"#
    );
    let mut reading: Reading = serde_json::from_str(&text).unwrap();
    for (name, value) in fields {
        let field = Field {
            value: Personal::new(*value),
            confidence: 0.99,
            needs_review: false,
            proven: true,
            alternatives: Vec::new(),
            evidence: Vec::new(),
        };
        reading.fields.insert(FieldName::new(*name), field);
    }
    reading
}

fn outcome(reading: &Reading, code: &str) -> Option<Outcome> {
    let mut checks = reading.checks.iter();
    Some(checks.find(|check| check.code == code)?.outcome)
}

#[test]
fn every_rule_has_its_own_code_and_a_sentence_for_each_outcome_in_each_language() {
    let codes: HashSet<&str> = CATALOGUE.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), CATALOGUE.len());
    for rule in CATALOGUE {
        for outcome in [Outcome::Passed, Outcome::Failed, Outcome::CouldNotRun] {
            let sentence = rule.sentences.of(outcome);
            let arabic = |one: char| ('\u{600}'..='\u{6ff}').contains(&one);
            assert!(
                sentence.en.len() > 8 && sentence.fr.len() > 8,
                "{}",
                rule.code
            );
            assert!(sentence.ar.chars().any(arabic), "{}", rule.code);
            assert!(!sentence.en.chars().chain(sentence.fr.chars()).any(arabic));
        }
    }
}

#[test]
fn every_code_has_a_text_on_the_page() {
    for catalogue in [
        include_str!("../../../../ui/src/messages/en.json"),
        include_str!("../../../../ui/src/messages/fr.json"),
    ] {
        for rule in CATALOGUE {
            assert!(
                catalogue.contains(&format!("\"check.{}\"", rule.code)),
                "{}",
                rule.code
            );
        }
    }
}

#[test]
fn rules_are_kept_and_broken() {
    use Outcome::{CouldNotRun, Failed, Passed};
    type Case = (
        &'static str,
        &'static str,
        &'static [(&'static str, &'static str)],
        &'static str,
        Option<Outcome>,
    );
    let cases: &[Case] = &[
        (
            "passport",
            "UTO",
            &[
                ("date_of_birth", "1974-08-12"),
                ("date_of_issue", "2020-01-01"),
            ],
            "birth_before_issue",
            Some(Passed),
        ),
        (
            "passport",
            "UTO",
            &[
                ("date_of_birth", "2021-08-12"),
                ("date_of_issue", "2020-01-01"),
            ],
            "birth_before_issue",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_issue", "2020-01-01")],
            "birth_before_issue",
            None,
        ),
        (
            "passport",
            "UTO",
            &[
                ("date_of_issue", "2020-01-01"),
                ("date_of_expiry", "2019-12-31"),
            ],
            "issue_before_expiry",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "1984-02-30")],
            "date_of_birth_valid",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "1984")],
            "date_of_birth_valid",
            Some(CouldNotRun),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "2026-11-22")],
            "birth_not_in_future",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "2026-11-21")],
            "birth_not_in_future",
            Some(Passed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "2008-11-21")],
            "old_enough",
            Some(Passed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "2008-11-22")],
            "old_enough",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "1906-11-20")],
            "age_plausible",
            Some(Passed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_birth", "1905-11-20")],
            "age_plausible",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_expiry", "2026-11-21")],
            "not_expired",
            Some(Passed),
        ),
        (
            "passport",
            "UTO",
            &[("date_of_expiry", "2026-11-20")],
            "not_expired",
            Some(Failed),
        ),
        // The card of an adult of 2012 holds until 2027, a child's and one of 2003 do not.
        (
            "id_card",
            "FRA",
            &[
                ("date_of_birth", "1980-01-01"),
                ("date_of_issue", "2012-05-05"),
                ("date_of_expiry", "2022-05-04"),
            ],
            "not_expired",
            Some(Passed),
        ),
        (
            "id_card",
            "FRA",
            &[
                ("date_of_birth", "2000-01-01"),
                ("date_of_issue", "2012-05-05"),
                ("date_of_expiry", "2022-05-04"),
            ],
            "not_expired",
            Some(Failed),
        ),
        (
            "id_card",
            "BEL",
            &[
                ("date_of_birth", "1980-01-01"),
                ("date_of_issue", "2012-05-05"),
                ("date_of_expiry", "2022-05-04"),
            ],
            "not_expired",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("nationality", "QQQ")],
            "nationality_known",
            Some(Failed),
        ),
        (
            "driving_licence",
            "USA-CA",
            &[("sex", "F")],
            "issuing_country_known",
            Some(Passed),
        ),
        (
            "passport",
            "FRA",
            &[("document_number", "08CD50338")],
            "document_number_form",
            Some(Passed),
        ),
        (
            "passport",
            "FRA",
            &[("document_number", "O8CD50338")],
            "document_number_form",
            Some(Failed),
        ),
        (
            "passport",
            "UTO",
            &[("document_number", "1")],
            "document_number_form",
            None,
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("A", "AB-123-CD")],
            "plate_form",
            Some(Passed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("A", "AO-123-CD")],
            "plate_form",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("E", "VF7X18E00018E8472")],
            "vin_form",
            Some(Passed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("E", "VF7X18EO0018E8472")],
            "vin_form",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "TUN",
            &[("E", "12345")],
            "vin_form",
            None,
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("E", "VF7X18E00018E8472")],
            "vin_check_digit",
            Some(CouldNotRun),
        ),
        (
            "vehicle_registration",
            "USA",
            &[("E", "1M8GDM9AXKP042789")],
            "vin_check_digit",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("F1", "1915 kg"), ("F2", "1915")],
            "mass_in_service",
            Some(Passed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("F1", "1915"), ("F2", "2000")],
            "mass_in_service",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("G", "1350"), ("G1", "1275"), ("F1", "1915")],
            "mass_empty",
            Some(Passed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("G", "3030"), ("F1", "1915")],
            "mass_empty",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("B", "1998-01-05"), ("I", "2009-12-04")],
            "registration_in_order",
            Some(Passed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("B", "2010-01-05"), ("I", "2009-12-04")],
            "registration_in_order",
            Some(Failed),
        ),
        (
            "vehicle_registration",
            "FRA",
            &[("S1", "12"), ("J1", "VP")],
            "vehicle_figures",
            Some(Failed),
        ),
    ];
    for (kind, country, fields, code, expected) in cases {
        let mut reading = reading(kind, country, fields);
        apply(&mut reading, None, &OPTIONS);
        assert_eq!(
            outcome(&reading, code),
            *expected,
            "{kind} {country} {code} {fields:?}"
        );
        let named = reading
            .checks
            .iter()
            .filter(|check| check.outcome == Failed)
            .flat_map(|check| &check.fields);
        for name in named {
            if let Some(field) = reading.fields.get(name) {
                assert!(field.needs_review && !field.proven, "{code}");
            }
        }
    }
}

#[test]
fn a_type_asks_for_its_own_rules() {
    let definition: TypeDefinition = serde_json::from_str(
        r#"{"id": "badge", "kind": "other_id", "names": {"en": "", "fr": "", "ar": ""}, "checks": ["required_fields"],
            "fields": [{"name": "surname", "required": true}, {"name": "document_number", "required": true}]}"#,
    )
    .unwrap();
    let mut reading = reading("other_id", "UTO", &[("surname", "ERIKSSON"), ("A", "0")]);
    apply(&mut reading, Some(&definition), &OPTIONS);
    assert_eq!(outcome(&reading, "plate_form"), None);
    assert_eq!(outcome(&reading, "required_fields"), Some(Outcome::Failed));
    let missing = reading
        .checks
        .iter()
        .find(|check| check.code == "required_fields");
    let missing = &missing.unwrap().fields;
    assert!(
        missing.contains(&FieldName::DOCUMENT_NUMBER) && !missing.contains(&FieldName::SURNAME)
    );
}

#[test]
fn a_picture_too_small_is_the_document_s_matter() {
    let mut reading = reading("passport", "UTO", &[("surname", "ERIKSSON")]);
    reading.pages[0].height = 599;
    apply(&mut reading, None, &OPTIONS);
    assert_eq!(
        outcome(&reading, "picture_large_enough"),
        Some(Outcome::Failed)
    );
    assert!(!reading.fields[&FieldName::SURNAME].needs_review);
}
