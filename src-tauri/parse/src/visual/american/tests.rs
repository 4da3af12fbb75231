//! Invented cards of several states and editions.

use jiff::civil::date;
use model::{Line, Quad, Sheet, Word};
use proptest::prelude::*;

use super::jurisdictions::{has_format, repaired};
use crate::types;
use crate::visual::{Content, Known, extract};

/// A sheet of lines: text, left edge, top, height of the text; words as wide as usual type.
pub(in crate::visual) fn sheet(lines: &[(&str, f32, f32, f32)]) -> Sheet {
    let lines = lines.iter().map(|&(text, left, top, height)| {
        let mut at = left;
        let words: Vec<Word> = text
            .split_whitespace()
            .map(|word| {
                let right = at + 0.55 * height * word.chars().count() as f32;
                let quad = Quad::rectangle(at, top, right, top + height);
                at = right + 0.4 * height;
                Word {
                    text: word.into(),
                    quad,
                    confidence: 0.99,
                    second: Some(word.into()),
                    alternatives: Vec::new(),
                }
            })
            .collect();
        Line {
            words,
            quad: Quad::rectangle(left, top, at - 0.4 * height, top + height),
        }
    });
    Sheet {
        width: 1000,
        height: 630,
        lines: lines.collect(),
    }
}

fn content(lines: &[(&str, f32, f32, f32)]) -> Content {
    extract(
        &sheet(lines),
        types::built_in(),
        &Known::default(),
        date(2026, 11, 21),
    )
}

#[track_caller]
fn assert_says(content: &Content, country: &str, expected: &[(&str, &str)]) {
    assert_eq!(content.issuing_country.as_deref(), Some(country));
    for (field, value) in expected {
        let claim = content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == *field);
        assert_eq!(
            claim.map(|claim| claim.value.expose()),
            Some(*value),
            "{field}"
        );
    }
}

/// The layout of the standard of 2013 and after: numbers and captions before the values.
const NUMBERED: [(&str, f32, f32, f32); 15] = [
    ("NEVADA", 40.0, 20.0, 50.0),
    ("DRIVER LICENSE", 400.0, 25.0, 26.0),
    ("USA", 900.0, 20.0, 26.0),
    ("4d DLN 1234567890", 360.0, 110.0, 26.0),
    ("3 DOB 04/09/1981", 360.0, 150.0, 26.0),
    ("4a ISS 04/02/2021", 360.0, 190.0, 26.0),
    ("4b EXP 04/09/2029", 680.0, 190.0, 26.0),
    ("1 OKONKWO", 360.0, 240.0, 26.0),
    ("2 ADA GRACE", 360.0, 272.0, 26.0),
    ("8 77 JUNIPER WAY", 360.0, 310.0, 22.0),
    ("RENO, NV 89501-2211", 380.0, 338.0, 22.0),
    ("9 CLASS C", 360.0, 390.0, 22.0),
    ("9a END NONE 12 REST B", 560.0, 390.0, 22.0),
    (
        "15 SEX F 16 HGT 5'-06\" 17 WGT 140 lb 18 EYES BRO",
        360.0,
        430.0,
        22.0,
    ),
    ("5 DD 00098765432109876543", 360.0, 560.0, 20.0),
];

#[test]
fn captions_before_their_values() {
    let content = content(&NUMBERED);
    assert_eq!(content.definition.as_deref(), Some("us_driving_licence"));
    assert_says(
        &content,
        "USA-NV",
        &[
            ("surname", "OKONKWO"),
            ("given_names", "ADA GRACE"),
            ("document_number", "1234567890"),
            ("date_of_birth", "1981-04-09"),
            ("date_of_issue", "2021-04-02"),
            ("date_of_expiry", "2029-04-09"),
            ("address", "77 JUNIPER WAY RENO, NV 89501-2211"),
            ("licence_categories", "C"),
            ("endorsements", "NONE"),
            ("restrictions", "B"),
            ("sex", "F"),
            ("height", "5'-06"),
            ("weight", "140 lb"),
            ("eye_colour", "BRO"),
        ],
    );
    assert!(
        content
            .claims
            .iter()
            .all(|claim| claim.agreed && claim.confidence > 0.8)
    );
}

#[test]
fn captions_glued_to_their_values() {
    let content = content(&[
        ("INDIANA", 40.0, 20.0, 50.0),
        ("DRIVERLICENSE", 400.0, 25.0, 26.0),
        ("4dDLN0987-65-43213DOB11/30/1990", 360.0, 110.0, 26.0),
        ("1OKONKWO", 360.0, 150.0, 26.0),
        ("2ADAGRACE", 360.0, 180.0, 26.0),
        ("8123JUNIPERWAY", 360.0, 215.0, 22.0),
        ("GARY,IN46402", 380.0, 240.0, 22.0),
        ("9CLASSAM9aENDNONE", 360.0, 290.0, 22.0),
        (
            "15SEXF16HGT5'-0617WGT140lb18EYESBRO19HAIRBLK",
            360.0,
            330.0,
            22.0,
        ),
        ("4aISS11/20/201964bEXP11/30/2027", 360.0, 370.0, 22.0),
    ]);
    assert_says(
        &content,
        "USA-IN",
        &[
            ("surname", "OKONKWO"),
            ("given_names", "ADAGRACE"),
            ("document_number", "0987-65-4321"),
            ("date_of_birth", "1990-11-30"),
            ("date_of_issue", "2019-11-20"),
            ("date_of_expiry", "2027-11-30"),
            ("address", "123JUNIPERWAY GARY,IN46402"),
            ("licence_categories", "AM"),
            ("sex", "F"),
            ("weight", "140 lb"),
            ("eye_colour", "BRO"),
            ("hair_colour", "BLK"),
        ],
    );
}

#[test]
fn captions_above_their_values() {
    let content = content(&[
        ("MASSACHUSETTS", 40.0, 20.0, 40.0),
        ("DRIVER'S LICENSE", 400.0, 65.0, 24.0),
        ("4a ISS", 300.0, 110.0, 16.0),
        ("9 CLASS", 480.0, 110.0, 16.0),
        ("4d NUMBER", 640.0, 110.0, 16.0),
        ("03/14/2019", 300.0, 130.0, 26.0),
        ("D", 480.0, 130.0, 26.0),
        ("S44556677", 640.0, 130.0, 26.0),
        ("4b EXP", 300.0, 170.0, 16.0),
        ("3 DOB", 480.0, 170.0, 16.0),
        ("03/02/2024", 300.0, 190.0, 26.0),
        ("03/02/1975", 480.0, 190.0, 26.0),
        ("15 SEX", 300.0, 230.0, 16.0),
        ("16 HGT", 480.0, 230.0, 16.0),
        ("M", 300.0, 250.0, 26.0),
        ("6-01", 480.0, 250.0, 26.0),
        ("1 BRANNIGAN", 300.0, 300.0, 26.0),
        ("2 COLM PATRICK", 300.0, 330.0, 26.0),
        ("8 5 HARBOR ST", 300.0, 370.0, 22.0),
        ("SALEM, MA 01970-1234", 300.0, 396.0, 22.0),
    ]);
    assert_says(
        &content,
        "USA-MA",
        &[
            ("surname", "BRANNIGAN"),
            ("given_names", "COLM PATRICK"),
            ("document_number", "S44556677"),
            ("date_of_birth", "1975-03-02"),
            ("date_of_issue", "2019-03-14"),
            ("date_of_expiry", "2024-03-02"),
            ("licence_categories", "D"),
            ("sex", "M"),
            ("height", "6-01"),
        ],
    );
}

#[test]
fn without_captions_order_tells_dates_and_names_apart() {
    let content = content(&[
        ("MINNESOTA", 40.0, 20.0, 40.0),
        ("DRIVER'S LICENSE", 400.0, 30.0, 26.0),
        ("B123456789012", 360.0, 110.0, 30.0),
        ("WILMA RAE", 360.0, 160.0, 26.0),
        ("LINDQVIST", 360.0, 190.0, 26.0),
        ("410 BIRCH LANE", 360.0, 225.0, 24.0),
        ("DULUTH, MN 55802", 360.0, 252.0, 24.0),
        ("06-15-2031", 360.0, 330.0, 24.0),
        ("06-15-1988", 560.0, 330.0, 24.0),
        ("06-01-2027", 760.0, 330.0, 24.0),
    ]);
    assert_says(
        &content,
        "USA-MN",
        &[
            ("given_names", "WILMA RAE"),
            ("surname", "LINDQVIST"),
            ("document_number", "B123456789012"),
            ("date_of_birth", "1988-06-15"),
            ("date_of_expiry", "2031-06-15"),
        ],
    );
    // Nothing but their order speaks for the dates, so somebody should look.
    let dates = content
        .claims
        .iter()
        .filter(|claim| claim.field.as_str().starts_with("date"));
    assert!(dates.into_iter().all(|claim| claim.confidence < 0.9));
}

#[test]
fn both_names_in_one_line() {
    for (line, given, surname) in [
        ("VANTERPOOL, IRIS MAE", "IRIS MAE", "VANTERPOOL"),
        ("IRIS M. VANTERPOOL", "IRIS M.", "VANTERPOOL"),
        ("IRIS VANTERPOOL, JR", "IRIS, JR", "VANTERPOOL"),
    ] {
        let content = content(&[
            ("OHIO", 40.0, 20.0, 50.0),
            ("DRIVER LICENSE", 400.0, 25.0, 26.0),
            ("LICENSE NO. RX123456", 360.0, 100.0, 26.0),
            (
                "BIRTHDATE 02-20-1969 EXPIRES 02-20-2028",
                360.0,
                140.0,
                24.0,
            ),
            (line, 360.0, 200.0, 26.0),
            ("9 ELM COURT", 360.0, 232.0, 24.0),
            ("DAYTON OH 45402", 360.0, 260.0, 24.0),
        ]);
        assert_says(
            &content,
            "USA-OH",
            &[
                ("given_names", given),
                ("surname", surname),
                ("document_number", "RX123456"),
            ],
        );
    }
}

#[test]
fn a_name_may_begin_like_a_caption() {
    for (surname, given) in [
        ("HAIRSTON", "CLASSIE"),
        ("ENDERS", "REYES"),
        ("SEXTON", "DOBIE"),
        ("PUBLICOVER", "EXPOSITO"),
    ] {
        let content = content(&[
            ("TEXAS", 40.0, 20.0, 50.0),
            ("DRIVER LICENSE", 400.0, 25.0, 26.0),
            ("4d. DL: 12345678 9. Class: C", 360.0, 110.0, 26.0),
            ("3. DOB: 01/02/1990 4b. Exp: 01/02/2030", 360.0, 150.0, 26.0),
            (surname, 360.0, 220.0, 26.0),
            (given, 360.0, 250.0, 26.0),
            ("100 STAR LOOP", 360.0, 290.0, 22.0),
            ("WACO TX 76701", 360.0, 316.0, 22.0),
        ]);
        assert_says(
            &content,
            "USA-TX",
            &[
                ("surname", surname),
                ("given_names", given),
                ("document_number", "12345678"),
            ],
        );
    }
}

#[test]
fn canadian_dates_begin_with_the_year() {
    let content = content(&[
        ("Ontario", 40.0, 20.0, 50.0),
        ("DRIVER'S LICENCE", 400.0, 25.0, 26.0),
        ("PERMIS DE CONDUIRE", 400.0, 55.0, 26.0),
        ("1,2 NAME/NOM", 300.0, 100.0, 16.0),
        ("TREMAINE,", 300.0, 120.0, 24.0),
        ("NOELLE, K", 300.0, 146.0, 24.0),
        ("8 31 LAKE ROAD", 300.0, 180.0, 22.0),
        ("KINGSTON, ON, K7L 1A1", 300.0, 206.0, 22.0),
        (
            "4d NUMBER / NUMERO T7101 - 40706 - 60905",
            300.0,
            240.0,
            22.0,
        ),
        ("4a ISS/DEL 2019/07/11", 300.0, 280.0, 22.0),
        ("4b EXP/EXP 2024/09/05", 620.0, 280.0, 22.0),
        ("3 DOB/DDN 1976/09/05", 300.0, 320.0, 22.0),
        (
            "15 SEX/SEXE F 16 HGT/HAUT 168 cm 9 CLASS/CATEG G",
            300.0,
            360.0,
            20.0,
        ),
    ]);
    assert_eq!(content.definition.as_deref(), Some("ca_driving_licence"));
    assert_says(
        &content,
        "CAN-ON",
        &[
            ("surname", "TREMAINE"),
            ("given_names", "NOELLE, K"),
            ("document_number", "T7101 - 40706 - 60905"),
            ("date_of_birth", "1976-09-05"),
            ("date_of_issue", "2019-07-11"),
            ("date_of_expiry", "2024-09-05"),
            ("licence_categories", "G"),
            ("sex", "F"),
        ],
    );
}

#[test]
fn an_identity_card_is_no_licence() {
    let content = content(&[
        ("WASHINGTON", 40.0, 20.0, 44.0),
        ("IDENTIFICATION CARD", 400.0, 25.0, 26.0),
        ("4d IDN WDL1234567AB", 360.0, 110.0, 26.0),
        ("3 DOB 04/09/1981 4b EXP 04/09/2029", 360.0, 150.0, 26.0),
        ("1 OKONKWO", 360.0, 240.0, 26.0),
        ("2 ADA GRACE", 360.0, 272.0, 26.0),
        ("8 77 JUNIPER WAY", 360.0, 310.0, 22.0),
        ("SPOKANE WA 99201", 360.0, 338.0, 22.0),
    ]);
    assert_eq!(content.definition.as_deref(), Some("us_id_card"));
    assert_says(
        &content,
        "USA-WA",
        &[("surname", "OKONKWO"), ("date_of_birth", "1981-04-09")],
    );
}

#[test]
fn states_are_told_apart() {
    for (title, town, country) in [
        ("WEST VIRGINIA", "BECKLEY WV 25801", "USA-WV"),
        ("VIRGINIA", "NORFOLK VA 23510", "USA-VA"),
        ("ARKANSAS", "CONWAY AR 72032", "USA-AR"),
        ("KANSAS", "SALINA KS 67401", "USA-KS"),
        // A letter misread, or the title lost.
        ("Pennsylvenia", "ERIE PA 16501", "USA-PA"),
        ("?", "MACON GA 31201", "USA-GA"),
        // The town of another state's name.
        ("NEW JERSEY", "WASHINGTON NJ 07882", "USA-NJ"),
    ] {
        let content = content(&[
            (title, 40.0, 20.0, 44.0),
            ("DRIVER LICENSE", 400.0, 25.0, 26.0),
            ("1 OKONKWO", 360.0, 240.0, 26.0),
            ("2 ADA", 360.0, 272.0, 26.0),
            ("8 77 JUNIPER WAY", 360.0, 310.0, 22.0),
            (town, 360.0, 338.0, 22.0),
        ]);
        assert_eq!(content.issuing_country.as_deref(), Some(country));
    }
}

#[test]
fn a_number_is_repaired_only_into_its_state_s_format() {
    assert_eq!(
        repaired("11234568", "A9999999").as_deref(),
        Some("I1234568")
    );
    assert_eq!(
        repaired("S123-45O7-6501-00", "A9999999999999").as_deref(),
        Some("S123-4507-6501-00")
    );
    assert_eq!(repaired("71234568", "A9999999"), None);
    assert_eq!(repaired("A123456", "A9999999"), None);
    assert!(has_format("NHL12345678", "NHL99999999") && !has_format("NHX12345678", "NHL99999999"));
}

#[test]
fn a_tilted_card_reads_the_same() {
    let mut tilted = sheet(&NUMBERED);
    let (sine, cosine) = 0.09_f32.sin_cos();
    let turn = |quad: &mut Quad| {
        for point in &mut quad.0 {
            (point.x, point.y) = (
                point.x * cosine - point.y * sine,
                point.x * sine + point.y * cosine,
            );
        }
    };
    for line in &mut tilted.lines {
        turn(&mut line.quad);
        line.words.iter_mut().for_each(|word| turn(&mut word.quad));
    }
    let content = extract(
        &tilted,
        types::built_in(),
        &Known::default(),
        date(2026, 11, 21),
    );
    assert_says(
        &content,
        "USA-NV",
        &[
            ("surname", "OKONKWO"),
            ("licence_categories", "C"),
            ("date_of_expiry", "2029-04-09"),
        ],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever stands on the sheet, reading it ends and claims are within their bounds.
    #[test]
    fn no_card_is_too_strange(
        lines in prop::collection::vec(
            ("[A-Z0-9a-z./:,# <'-]{0,28}|\\PC{0,12}|[0-9/]{6,12}", 0_f32..900.0, 0_f32..600.0, 1_f32..60.0),
            0..14
        )
    ) {
        let mut lines: Vec<(&str, f32, f32, f32)> =
            lines.iter().map(|(text, left, top, height)| (text.as_str(), *left, *top, *height)).collect();
        lines.push(("TEXAS DRIVER LICENSE", 40.0, 20.0, 30.0));
        let content = content(&lines);
        for claim in &content.claims {
            prop_assert!((0.0..=1.0).contains(&claim.confidence));
            prop_assert!(!claim.value.is_empty());
        }
    }
}
