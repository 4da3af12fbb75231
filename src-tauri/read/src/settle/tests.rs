//! Invented places that agree and disagree.

use model::{DisagreementClass as Class, Evidence, FieldName, Personal, Quad, Zone};

use super::{Statement, settle};

fn says(zone: Zone, value: &str, trust: f32) -> Statement {
    Statement {
        value: Personal::new(value),
        zone,
        place: 0,
        evidence: vec![Evidence {
            zone,
            page: 0,
            quad: Quad::default(),
            text: Personal::new(value),
            rule: String::new(),
            certainty: None,
            agreed: false,
        }],
        trust,
        proven: false,
        doubtful: false,
        may_be_cut: false,
        alternatives: Vec::new(),
    }
}

fn settled(field: &str, statements: Vec<Statement>) -> (String, bool, f32, Option<Class>) {
    let (field, disagreement) = settle(&FieldName::new(field), statements).unwrap();
    assert!(field.alternatives.iter().all(|other| *other != field.value));
    if let Some(disagreement) = &disagreement {
        assert!(disagreement.proposed == field.value);
        assert!(disagreement.sources[0].evidence == field.evidence[..1]);
    }
    (
        field.value.expose().to_owned(),
        field.needs_review,
        field.confidence,
        disagreement.map(|one| one.class),
    )
}

#[test]
fn print_spells_what_the_zone_confirms() {
    for (field, zone, print, expected, class) in [
        (
            "surname",
            "MUELLER",
            "Müller",
            "Müller",
            Some(Class::Transliteration),
        ),
        (
            "surname",
            "KOWALSKA KWIATKOWSKA",
            "KOWALSKA-KWIATKOWSKA",
            "KOWALSKA-KWIATKOWSKA",
            None,
        ),
        ("given_names", "ANNA MARIA", "ANNAMARIA", "ANNA MARIA", None),
        // The zone ends before its field does: what the print has more is something else.
        (
            "given_names",
            "ANNA MARIA",
            "ANNA MARIA FEMALE",
            "ANNA MARIA",
            Some(Class::Truncation),
        ),
        (
            "personal_number",
            "111111 11648",
            "111111-11648",
            "111111-11648",
            None,
        ),
        ("document_number", "P8000", "P 8000", "P8000", None),
    ] {
        let statements = vec![says(Zone::Visual, print, 0.8), says(Zone::Mrz, zone, 0.95)];
        let (value, review, confidence, found) = settled(field, statements);
        assert_eq!((value.as_str(), found), (expected, class));
        assert!(!review && confidence > 0.98);
    }
}

#[test]
fn a_longer_print_completes_a_cut_name() {
    let mut zone = says(Zone::Mrz, "CHAYAPA DEJTHAMRONG K", 0.99);
    zone.may_be_cut = true;
    zone.doubtful = true;
    let (value, review, ..) = settled("given_names", vec![zone.clone()]);
    assert_eq!((value.as_str(), review), ("CHAYAPA DEJTHAMRONG K", true));
    let print = says(Zone::Visual, "Chayapa Dejthamrong Krasuang", 0.8);
    let (value, review, _, class) = settled("given_names", vec![zone, print]);
    assert_eq!(value, "Chayapa Dejthamrong Krasuang");
    assert_eq!((review, class), (false, Some(Class::Truncation)));
}

#[test]
fn four_printed_digits_decide_the_century() {
    let mut zone = says(Zone::Mrz, "2011-01-01", 0.99);
    zone.doubtful = true;
    let print = says(Zone::Visual, "1911-01-01", 0.8);
    let (value, review, _, class) = settled("date_of_birth", vec![zone, print]);
    assert_eq!((value.as_str(), review), ("1911-01-01", false));
    assert_eq!(class, Some(Class::CenturyAmbiguous));
}

#[test]
fn a_check_digit_wins_over_print() {
    let mut zone = says(Zone::Mrz, "XAB271602", 0.998);
    zone.proven = true;
    let look_alike = says(Zone::Visual, "XA8271602", 0.9);
    let (value, review, _, class) = settled("document_number", vec![zone.clone(), look_alike]);
    assert_eq!((value.as_str(), review), ("XAB271602", false));
    assert_eq!(class, Some(Class::OcrConfusion));
    // What misreading does not explain is for a person, whoever is right.
    let other = says(Zone::Visual, "XAB271999", 0.9);
    let (value, review, _, class) = settled("document_number", vec![zone, other]);
    assert_eq!((value.as_str(), review), ("XAB271602", true));
    assert_eq!(class, Some(Class::RealConflict));
}

#[test]
fn an_altered_birth_is_a_conflict_for_a_person() {
    let mut zone = says(Zone::Mrz, "1974-08-12", 0.999);
    zone.proven = true;
    let print = says(Zone::Visual, "1979-08-12", 0.8);
    let (value, review, _, class) = settled("date_of_birth", vec![zone, print]);
    assert_eq!((value.as_str(), review), ("1974-08-12", true));
    assert_eq!(class, Some(Class::RealConflict));
}

#[test]
fn print_alone_is_for_a_person_unless_another_place_says_the_same() {
    let front = says(Zone::Visual, "1990-01-05", 0.9);
    let (_, review, alone, _) = settled("date_of_issue", vec![front.clone()]);
    assert!(review);
    // The same place read twice is one place.
    let (_, review, twice, _) = settled("date_of_issue", vec![front.clone(), front.clone()]);
    assert!(review && (twice - alone).abs() < 1e-6);
    let mut back = front.clone();
    back.place = 1;
    let (_, review, both, class) = settled("date_of_issue", vec![front, back]);
    assert!(!review && both > alone);
    assert_eq!(class, None);
}

#[test]
fn two_weak_places_that_agree_beat_one_that_does_not() {
    let mut back = says(Zone::Visual, "12345678", 0.8);
    back.place = 1;
    let front = says(Zone::Visual, "12345678", 0.8);
    let mut other = says(Zone::Visual, "12345679", 0.85);
    other.place = 2;
    let (value, review, ..) = settled("document_number", vec![other, front, back]);
    assert_eq!((value.as_str(), review), ("12345678", true));
}

#[test]
fn the_order_of_the_statements_changes_nothing() {
    let statements = vec![
        says(Zone::Visual, "Müller", 0.8),
        says(Zone::Mrz, "MUELLER", 0.95),
        says(Zone::Barcode, "MULLER", 0.99),
    ];
    let field = FieldName::SURNAME;
    let forwards = settle(&field, statements.clone()).unwrap();
    let backwards = settle(&field, statements.into_iter().rev().collect()).unwrap();
    assert!(forwards == backwards);
}

#[test]
fn nothing_said_is_nothing_settled() {
    assert!(settle(&FieldName::SEX, Vec::new()).is_none());
}

#[test]
fn a_reader_outside_never_overrules_what_is_proven_and_alone_waits_for_a_person() {
    let mut zone = says(Zone::Mrz, "L898902C3", 0.6);
    zone.proven = true;
    let outside = |place: usize, value: &str| Statement {
        place,
        ..says(Zone::Outside, value, crate::calibration::OUTSIDE)
    };
    let said = vec![
        zone,
        outside(1, "XY1234567"),
        outside(2, "XY1234567"),
        outside(3, "XY1234567"),
    ];
    let (value, _, _, class) = settled("document_number", said);
    assert_eq!(
        (value.as_str(), class),
        ("L898902C3", Some(Class::RealConflict))
    );

    let (value, needs_review, ..) = settled("surname", vec![outside(0, "ERIKSSON")]);
    assert_eq!((value.as_str(), needs_review), ("ERIKSSON", true));

    // The print spells; what stands outside confirms.
    let said = vec![outside(1, "MULLER"), says(Zone::Visual, "Muller", 0.95)];
    let (value, needs_review, confidence, _) = settled("surname", said);
    assert_eq!((value.as_str(), needs_review), ("Muller", false));
    assert!(confidence > 0.95);
}
