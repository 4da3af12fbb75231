//! Invented vehicle certificates.

use jiff::civil::date;
use proptest::prelude::*;

use crate::types;
use crate::visual::american::tests::sheet;
use crate::visual::{Content, Known, extract};

fn content(lines: &[(&str, f32, f32, f32)]) -> Content {
    extract(
        &sheet(lines),
        types::built_in(),
        &Known::default(),
        date(2026, 11, 21),
    )
}

fn value<'content>(content: &'content Content, field: &str) -> Option<&'content str> {
    content
        .claims
        .iter()
        .find(|claim| claim.field.as_str() == field)
        .map(|claim| claim.value.expose())
}

/// The form of 2009, as recognisers split it: codes apart from values, glued to them, or misread.
const FORM: [(&str, f32, f32, f32); 52] = [
    ("CERTIFICAT D'IMMATRICULATION", 300.0, 10.0, 24.0),
    ("A. GH-204-TK", 40.0, 80.0, 22.0),
    ("B 14/03/2015", 300.0, 80.0, 22.0),
    ("C.1 BERTHELOT", 40.0, 110.0, 22.0),
    ("MARIE ANNE", 100.0, 140.0, 22.0),
    ("C.4a", 40.0, 230.0, 22.0),
    ("EST LE PROPRIETAIRE DU VEHICULE", 110.0, 230.0, 22.0),
    ("C.4.1", 40.0, 260.0, 22.0),
    ("2 LEROUX", 120.0, 260.0, 22.0),
    ("C.3", 40.0, 290.0, 22.0),
    ("12 RUE DES TILLEULS", 100.0, 315.0, 22.0),
    ("35000", 100.0, 345.0, 22.0),
    ("RENNES", 190.0, 346.0, 22.0),
    ("FRANCE", 100.0, 375.0, 22.0),
    ("D.1RENAULT", 40.0, 410.0, 22.0),
    ("D.2", 40.0, 440.0, 22.0),
    ("5RCM0U4", 100.0, 440.0, 22.0),
    ("D.2.1M10RENVP123A456", 500.0, 470.0, 22.0),
    ("D.3 CLIO", 40.0, 500.0, 22.0),
    ("E.VF15RCM0U52123456", 560.0, 500.0, 22.0),
    ("F.11650", 40.0, 530.0, 22.0),
    ("F.2 1640", 240.0, 530.0, 22.0),
    ("F.3", 440.0, 530.0, 22.0),
    ("2550", 490.0, 530.0, 22.0),
    ("GJ", 40.0, 560.0, 22.0),
    ("1165", 90.0, 560.0, 22.0),
    ("G.1 1090", 240.0, 560.0, 22.0),
    ("JM1", 40.0, 590.0, 22.0),
    ("J.1 VP", 240.0, 590.0, 22.0),
    ("J.2", 440.0, 590.0, 22.0),
    ("C1", 490.0, 590.0, 22.0),
    ("J.3BREAK", 640.0, 590.0, 22.0),
    ("K e2*2001/116*0317*02", 40.0, 620.0, 22.0),
    ("P.1 1461", 40.0, 650.0, 22.0),
    ("P.2", 240.0, 650.0, 22.0),
    ("66,5", 290.0, 650.0, 22.0),
    ("P.3GO", 440.0, 650.0, 22.0),
    ("P.6 4", 640.0, 650.0, 22.0),
    ("Q", 40.0, 680.0, 22.0),
    ("S.1s", 240.0, 680.0, 22.0),
    ("S.2", 440.0, 680.0, 22.0),
    ("U.1 77", 640.0, 680.0, 22.0),
    ("U.23000", 40.0, 710.0, 22.0),
    ("V.7 83", 240.0, 710.0, 22.0),
    ("X1", 40.0, 740.0, 22.0),
    ("VISITE AVANT LE 14/03/2027", 100.0, 740.0, 22.0),
    ("Y.1 178.35", 40.0, 770.0, 22.0),
    ("Y.J", 40.0, 800.0, 22.0),
    ("Y.6178,35", 240.0, 830.0, 22.0),
    ("1", 40.0, 890.0, 22.0),
    ("04/12/2024", 100.0, 890.0, 22.0),
    ("2024CD90817", 60.0, 1100.0, 22.0),
];

#[test]
fn the_codes_of_the_form_lead_to_its_values() {
    let content = content(&FORM);
    assert_eq!(
        content.definition.as_deref(),
        Some("fr_vehicle_registration")
    );
    assert_eq!(content.issuing_country.as_deref(), Some("FRA"));
    for (field, expected) in [
        ("A", "GH-204-TK"),
        ("B", "2015-03-14"),
        ("C1", "BERTHELOT MARIE ANNE"),
        ("surname", "BERTHELOT"),
        ("given_names", "MARIE ANNE"),
        ("C4_1", "2 LEROUX"),
        ("C3", "12 RUE DES TILLEULS 35000 RENNES FRANCE"),
        ("D1", "RENAULT"),
        ("D2", "5RCM0U4"),
        ("D2_1", "M10RENVP123A456"),
        ("D3", "CLIO"),
        ("E", "VF15RCM0U52123456"),
        ("F1", "1650"),
        ("F2", "1640"),
        ("F3", "2550"),
        ("G", "1165"),
        ("G1", "1090"),
        ("J", "M1"),
        ("J1", "VP"),
        ("J2", "CI"),
        ("J3", "BREAK"),
        ("K", "e2*2001/116*0317*02"),
        ("P1", "1461"),
        ("P2", "66,5"),
        ("P3", "GO"),
        ("P6", "4"),
        ("S1", "5"),
        ("U1", "77"),
        ("U2", "3000"),
        ("V7", "83"),
        ("X1", "2027-03-14"),
        ("Y1", "178,35"),
        ("Y6", "178,35"),
        ("I", "2024-12-04"),
        ("formula_number", "2024CD90817"),
    ] {
        assert_eq!(value(&content, field), Some(expected), "{field}");
    }
    // What was exchanged is for somebody to look at; empty fields stay empty.
    for field in ["S1", "J2"] {
        let claim = content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == field)
            .unwrap();
        assert!(claim.confidence < 0.8, "{field}");
    }
    for field in ["Q", "S2", "Y3", "H"] {
        assert_eq!(value(&content, field), None, "{field}");
    }
}

#[test]
fn a_firm_has_no_given_names() {
    let mut form = FORM;
    form[3].0 = "C.1 GARAGE DE LA POSTE";
    form[4].0 = "SARL";
    let content = content(&form);
    assert_eq!(value(&content, "C1"), Some("GARAGE DE LA POSTE SARL"));
    assert_eq!(value(&content, "surname"), None);
    assert_eq!(value(&content, "given_names"), None);
}

#[test]
fn the_detachable_part_stands_in_for_what_is_lost() {
    let mut form = FORM.to_vec();
    form.retain(|line| !line.0.starts_with("A.") && !line.0.starts_with("E."));
    form.push(("GH-204-TK", 60.0, 1060.0, 22.0));
    form.push(("VF15RCM0U52123456", 60.0, 1140.0, 22.0));
    let content = content(&form);
    assert_eq!(value(&content, "A"), Some("GH-204-TK"));
    assert_eq!(value(&content, "E"), Some("VF15RCM0U52123456"));
}

#[test]
fn a_chassis_number_printed_twice_alike_is_what_is_printed() {
    let mut form = FORM.to_vec();
    let place = form
        .iter()
        .position(|line| line.0.starts_with("E."))
        .unwrap();
    form[place].0 = "E.VFSIV2009ASIV2009";
    // I is never issued, so a single reading of it is taken for a 1.
    assert_eq!(value(&content(&form), "E"), Some("VFS1V2009AS1V2009"));
    form.push(("VFSIV2009ASIV2009", 60.0, 1140.0, 22.0));
    assert_eq!(value(&content(&form), "E"), Some("VFSIV2009ASIV2009"));
}

#[test]
fn a_tunisian_plate_is_read_as_it_stands() {
    // Series left, number right; the recogniser may tell the groups in any order.
    for lines in [
        vec![("187 تونس 4432", 600.0, 120.0, 24.0)],
        vec![
            ("4432", 760.0, 120.0, 24.0),
            ("تونس", 690.0, 121.0, 24.0),
            ("187", 600.0, 119.0, 24.0),
        ],
    ] {
        let mut all = vec![
            ("الجمهورية التونسية", 300.0, 10.0, 24.0),
            ("شهادة تسجيل عربة", 300.0, 40.0, 24.0),
            ("Certificat d'immatriculation", 300.0, 70.0, 24.0),
        ];
        all.extend(lines);
        let content = content(&all);
        assert_eq!(
            content.definition.as_deref(),
            Some("tn_vehicle_registration")
        );
        assert_eq!(value(&content, "A"), Some("187 TUN 4432"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_form_is_too_strange(
        lines in prop::collection::vec(
            ("[A-Z]\\.?[0-9]?\\.?[0-9]?[A-Z0-9,. ]{0,12}|\\PC{0,12}|[0-9/]{6,12}", 0_f32..900.0, 0_f32..600.0, 1_f32..60.0),
            0..20
        )
    ) {
        let mut lines: Vec<(&str, f32, f32, f32)> =
            lines.iter().map(|(text, left, top, height)| (text.as_str(), *left, *top, *height)).collect();
        lines.push(("CERTIFICAT D'IMMATRICULATION", 40.0, 20.0, 30.0));
        let content = content(&lines);
        for claim in &content.claims {
            prop_assert!((0.0..=1.0).contains(&claim.confidence));
            prop_assert!(!claim.value.is_empty());
        }
    }
}
