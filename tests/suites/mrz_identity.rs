//! Encode, draw, read, parse is the identity: what invented holders of every format have in their
//! zones comes out of the real program, character by character and field by field, with another
//! parser as a second opinion.

use std::fs;

use anyhow::{Context as _, Result};
use lectern_tests::program::Place;
use lectern_tests::specimen::degrade::{Degradation, Ground};
use lectern_tests::specimen::dice::Dice;
use lectern_tests::specimen::{self, Kind, Specimen, Truth, mrz::Format};
use serde_json::{Value, json};

/// Holders of each kind of document.
const HOLDERS: u64 = 6;

const KINDS: [Kind; 10] = [
    Kind::Passport,
    Kind::IdCardTd1,
    Kind::IdCardBack,
    Kind::IdCardTd2,
    Kind::VisaA,
    Kind::VisaB,
    Kind::FrenchIdCard,
    Kind::FrenchLicence,
    Kind::FrenchVehicle,
    Kind::SwissLicenceBack,
];

/// A usual scan: a little turned, a little soft, with the noise and the compression of a scanner.
fn scan(dice: &mut Dice) -> Degradation {
    Degradation {
        capital: dice.between(16.0, 26.0),
        angle: dice.between(-2.0, 2.0),
        blur: dice.between(0.3, 0.8),
        noise: dice.between(1.0, 3.0),
        ground: *dice.pick(&[Ground::White, Ground::Black]),
        margin: 6.0,
        quality: Some(85),
        ..Degradation::CLEAN
    }
}

/// What the zone spells out, by the names of the answer; dates as printed, in six digits.
fn spelt(truth: &Truth) -> Vec<(&'static str, String)> {
    let (Some(parsed), Some(lines)) = (&truth.mrz_parsed, &truth.mrz) else {
        return Vec::new();
    };
    if truth.mrz_format == Some(Format::FrenchVehicle) {
        return vec![("E", lines[0][13..30].to_owned())];
    }
    let sex = if parsed.sex == "<" { "X" } else { &parsed.sex };
    let mut spelt = vec![
        ("surname", parsed.surname.clone()),
        // The French card keeps given names apart by two fillers, for which the truth has a comma.
        ("given_names", parsed.given_names.replace(", ", " ")),
        ("document_number", parsed.document_number.clone()),
        ("date_of_birth", parsed.birth.clone()),
        ("sex", sex.to_owned()),
        (
            "nationality",
            parsed.nationality.clone().unwrap_or_default(),
        ),
        ("date_of_expiry", parsed.expiry.clone().unwrap_or_default()),
    ];
    spelt.retain(|(_, value)| !value.is_empty());
    spelt
}

fn answered(answer: &Value, name: &str) -> Option<String> {
    let value = answer["fields"][name]["value"].as_str()?;
    Some(if name.starts_with("date_of") {
        value.replace('-', "").get(2..)?.to_owned()
    } else {
        value.to_owned()
    })
}

/// The same lines as another parser understands them; none for formats that it does not know.
fn second_opinion(format: Option<Format>, lines: &[&str]) -> Option<mrz::MrzData> {
    let parsed = match (format?, lines) {
        (Format::Td3, [first, second]) => mrz::parse_td3(first, second),
        (Format::Td2, [first, second]) => mrz::parse_td2(first, second),
        (Format::MrvA, [first, second]) => mrz::parse_mrv_a(first, second),
        (Format::MrvB, [first, second]) => mrz::parse_mrv_b(first, second),
        (Format::Td1, [first, second, third]) => mrz::parse_td1(first, second, third),
        _ => return None,
    };
    Some(parsed.expect("the other parser accepts what the standard allows"))
}

#[test]
fn encode_draw_read_parse_is_the_identity() -> Result<()> {
    let place = Place::new()?;
    let specimens: Vec<Specimen> = (0..HOLDERS)
        .flat_map(|holder| KINDS.map(|kind| (kind, 7_000 + holder)))
        .map(|(kind, seed)| {
            specimen::draw_with(kind, seed, &scan(&mut Dice::at(seed, kind as u64)))
        })
        .collect();
    let mut arguments: Vec<String> = ["read", "--json", "--only", "mrz", "--day", "2026-11-21"]
        .map(str::to_owned)
        .into();
    for specimen in &specimens {
        let path = place.path().join(&specimen.truth.file);
        fs::write(&path, specimen.encode())?;
        arguments.push(path.display().to_string());
    }
    let output = place.run(arguments)?;
    let answers = std::str::from_utf8(&output.stdout)?.lines();
    let answers: Vec<Value> = answers
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()?;
    assert_eq!(answers.len(), specimens.len());
    for (Specimen { truth, .. }, answer) in specimens.iter().zip(&answers) {
        let id = &truth.id;
        assert_eq!(answer["mrz"], json!(truth.mrz), "{id}");
        assert_eq!(answer["mrz_format"], json!(truth.mrz_format), "{id}");
        for (name, wanted) in spelt(truth) {
            assert_eq!(answered(answer, name), Some(wanted), "{id}: {name}");
        }
        let lines = answer["mrz"].as_array().context("no lines")?;
        let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
        let Some(other) = second_opinion(truth.mrz_format, &lines) else {
            continue;
        };
        assert!(other.checks.all_valid(), "{id}");
        let number = other.full_document_number().to_string();
        for (name, value) in [
            ("surname", other.surname),
            ("given_names", other.given_names),
            ("document_number", number),
        ] {
            assert_eq!(answered(answer, name), Some(value), "{id}: {name}");
        }
    }
    Ok(())
}
