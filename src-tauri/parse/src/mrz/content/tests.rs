//! What zones mean, from the standards’ examples and from specimens.

use jiff::civil::date;
use model::{MrzFormat, Outcome};

use super::{Content, parse};

fn read(format: MrzFormat, lines: &[&str]) -> Content {
    parse(format, lines, date(2026, 11, 21))
}

fn failed(content: &Content) -> Vec<&str> {
    let failed = content.checks.iter();
    failed
        .filter(|check| check.outcome == Outcome::Failed)
        .map(|check| check.code.as_str())
        .collect()
}

/// Every claim as `field=value`, with a question mark where it is doubtful.
fn claims(content: &Content) -> Vec<String> {
    let one = |claim: &super::Claim| {
        let doubt = if claim.doubtful { "?" } else { "" };
        format!("{}={}{doubt}", claim.field, claim.value.expose())
    };
    content.claims.iter().map(one).collect()
}

#[track_caller]
fn check(format: MrzFormat, lines: &[&str], kind: &str, said: &[&str], broken: &[&str]) {
    let content = read(format, lines);
    assert_eq!(claims(&content), said);
    assert_eq!(failed(&content), broken);
    let found = content.document_type.map(|kind| kind.to_string());
    assert_eq!(found.as_deref(), (!kind.is_empty()).then_some(kind));
}

#[test]
fn the_standards_passport() {
    check(
        MrzFormat::Td3,
        &[
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        ],
        "passport",
        &[
            "surname=ERIKSSON",
            "given_names=ANNA MARIA",
            "document_number=L898902C3",
            "nationality=UTO",
            "date_of_birth=1974-08-12",
            "sex=F",
            "date_of_expiry=2012-04-15",
            "personal_number=ZE184226B",
        ],
        &["not_expired"],
    );
}

#[test]
fn a_long_number_runs_on_into_the_optional_data() {
    check(
        MrzFormat::Td1,
        &[
            "I<UTOD23145890<7349<<<<<<<<<<<",
            "3407127M9507122UTO<<<<<<<<<<<2",
            "STEVENSON<<PETER<JOHN<<<<<<<<<",
        ],
        "travel_document",
        &[
            "surname=STEVENSON",
            "given_names=PETER JOHN",
            "document_number=D23145890734",
            "nationality=UTO",
            "date_of_birth=1934-07-12",
            "sex=M",
            "date_of_expiry=1995-07-12?",
        ],
        &["not_expired"],
    );
}

#[test]
fn a_specimen_that_breaks_the_rules_is_claimed_as_printed() {
    check(
        MrzFormat::Td1,
        &[
            "IDESPAAA1000014<00000023T<<<<<",
            "7212018F1101236ESP<<<<<<<<<<<8",
            "ESPAÑOLA<ESPAÑOLA<CARMEN<<<<<<",
        ],
        "id_card_back",
        &[
            "surname=ESPAÑOLA ESPAÑOLA CARMEN?",
            "document_number=AAA100001",
            "nationality=ESP",
            "date_of_birth=1972-12-01",
            "sex=F",
            "date_of_expiry=2011-01-23",
            "personal_number=00000023T",
        ],
        &[
            "mrz_conforming",
            "check_digit_document_number",
            "check_digit_date_of_birth",
            "check_digit_composite",
            "not_expired",
        ],
    );
}

#[test]
fn what_is_unknown_is_left_out_and_what_is_doubtful_said() {
    check(
        MrzFormat::Td3,
        &[
            "PAQQQMOHAMADA<<FARIDA<ABCDEFGHIJKLMNOPQRSTUV",
            "LT00000004XXC84<<<<8<2603140111111<11648<<<9",
        ],
        "travel_document",
        &[
            "surname=MOHAMADA",
            "given_names=FARIDA ABCDEFGHIJKLMNOPQRSTUV?",
            "document_number=LT0000000",
            "nationality=XXC",
            "date_of_birth=1984?",
            "sex=X",
            "date_of_expiry=2026-03-14",
            "optional_data=111111 11648",
        ],
        &[
            "check_digit_personal_number",
            "check_digit_composite",
            "issuing_country_known",
            "not_expired",
        ],
    );
}

#[test]
fn a_line_of_another_length_claims_nothing() {
    let content = read(
        MrzFormat::Td3,
        &[
            "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<",
            "L898902C36UTO7408122F1204159ZE184226B<<<<<1",
        ],
    );
    assert_eq!(
        claims(&content),
        ["surname=ERIKSSON", "given_names=ANNA MARIA"]
    );
    assert!(failed(&content).contains(&"mrz_conforming"));
    let composite = content.checks.iter();
    let mut composite = composite.filter(|check| check.code == "check_digit_composite");
    assert_eq!(composite.next().unwrap().outcome, Outcome::CouldNotRun);
}

#[test]
fn french_documents() {
    check(
        MrzFormat::FrenchId,
        &[
            "IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<",
            "9409923102854CORINNE<<<<<<<6512068F4",
        ],
        "id_card_front",
        &[
            "surname=BERTHIER",
            "given_names=CORINNE",
            "document_number=940992310285",
            "date_of_birth=1965-12-06",
            "sex=F",
            "date_of_issue=1994-09?",
        ],
        &["french_id_validity"],
    );
    check(
        MrzFormat::FrenchDrivingLicence,
        &["D1FRA13AA000026181231MARTIN<<9"],
        "driving_licence",
        &[
            "surname=MARTIN",
            "document_number=13AA00002",
            "date_of_expiry=2018-12-31",
        ],
        &["not_expired"],
    );
    check(
        MrzFormat::FrenchVehicleRegistration,
        &[
            "CRFRAAB123CD0VFSIV2009ASIV200929801059VP<<<<",
            "CI<<MARQUES<<<<<<<MODELE<<<<<<<2009AS0528402",
        ],
        "vehicle_registration",
        &[
            "A=AB-123-CD",
            "E=VFSIV2009ASIV2009",
            "B=1998-01-05",
            "J1=VP?",
            "J3=CI?",
            "D1=MARQUES?",
            "D3=MODELE?",
            "formula_number=2009AS05284",
        ],
        &[],
    );
}

#[test]
fn an_extended_french_card_is_valid_and_says_so() {
    for (issued, birth, outcome, word) in [
        ("1206", "700101", Outcome::Passed, "extended by law"),
        ("1012", "700101", Outcome::Failed, "no longer valid"),
        ("1206", "000101", Outcome::Failed, "no longer valid"),
        ("1506", "700101", Outcome::Passed, "fifteen years"),
        ("2006", "100101", Outcome::Passed, "less than ten"),
        ("<<<<", "700101", Outcome::CouldNotRun, "not known"),
    ] {
        let second = format!("{issued}923102854CORINNE<<<<<<<{birth}8F4");
        let content = read(
            MrzFormat::FrenchId,
            &["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", &second],
        );
        let check = content.checks.last().unwrap();
        assert_eq!(check.code, "french_id_validity");
        assert_eq!(check.outcome, outcome, "{issued} {birth}");
        assert!(check.message.contains(word), "{}", check.message);
    }
}

#[test]
fn the_swiss_licence_and_bands_of_unknown_layout() {
    check(
        MrzFormat::SwissDrivingLicence,
        &[
            "AAA001D<<",
            "FACHE003110410001<<650311<<<<<",
            "MUSTER<<MARTIN<<<<<<<<<<<<<<<<",
        ],
        "driving_licence",
        &[
            "surname=MUSTER",
            "given_names=MARTIN",
            "document_number=003110410001",
            "date_of_birth=1965-03-11",
        ],
        &[],
    );
    let one_line = read(MrzFormat::Nonstandard, &["A1FRA13AA00026140101RICHARD<SP7"]);
    assert_eq!(one_line.issuing_country.as_deref(), Some("FRA"));
    assert_eq!(
        one_line.document_type.unwrap().to_string(),
        "driving_licence"
    );
    let other = read(MrzFormat::Nonstandard, &["ABCDEF<GHIJKL<12345678<MN"]);
    assert_eq!((other.document_type, other.issuing_country), (None, None));
}
