//! Barcodes of North American licences: every version of the standard, and what is done to them on the
//! way. All persons are invented.

use jiff::civil::{Date, date};
use lectern_parse::barcode::{self, Content, Kind};
use model::{Outcome, Payload, Quad, Symbology};
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 21);

fn parsed(text: &str) -> Option<Content> {
    let payload = Payload {
        symbology: Symbology::Pdf417,
        text: text.into(),
        quad: Quad::rectangle(10.0, 20.0, 30.0, 40.0),
    };
    barcode::parse(&payload, DAY)
}

/// What is said of a field; empty where nothing is.
fn value(content: &Content, field: &str) -> String {
    let claim = content
        .claims
        .iter()
        .find(|claim| claim.field.as_str() == field);
    claim.map_or(String::new(), |claim| claim.value.expose().to_owned())
}

fn outcome(content: &Content, code: &str) -> Outcome {
    let check = content.checks.iter().find(|check| check.code == code);
    check.expect("the check is run on every card").outcome
}

fn expect(text: &str, version: u8, expected: &[(&str, &str)]) -> Content {
    let content = parsed(text).expect("it is a licence");
    assert_eq!(content.kind, Kind::Aamva { version });
    for (field, wanted) in expected {
        assert_eq!(
            &value(&content, field),
            wanted,
            "{field} of version {version}"
        );
    }
    content
}

/// The standard of 2000: names in one element, dates with the year first, no country.
const VERSION_1: &str = "@\n\u{1e}\rANSI 6360320102DL00390187ZM02260032DLDAQM 123 456 789\nDAAMUSTER,ERIKA,ANN,JR\nDAG12 LAKE STREET\nDAILANSING\nDAJMI\nDAK48901\nDARO\nDAS1\nDATCY\nDAU507\nDAW140\nDAYBL\nDBA20281130\nDBB19861130\nDBC2\nDBD20241130\rZMZMAX\r";

/// Version 3, Canada: given names in one element, year first although the version does not say so.
const VERSION_3: &str = "@\n\u{1e}\rANSI 636012030102DL00410250ZO02910020DLDCSMUSTER\nDCTERIKA,ANN\nDCU\nDAG12 SPADINA AVE\nDAITORONTO\nDAJON\nDAKM5V2T6\nDAQM12345678901234\nDBA20301130\nDBB19861130\nDBD20251130\nDBC2\nDAU170 cm\nDCAG\nDCBNONE\nDCDNONE\nDCFAB1234567\nDCGCAN\nDAYBRO\rZOZOAN\r";

/// Version 10.
const VERSION_10: &str = "@\n\u{1e}\rANSI 636015100002DL00410290ZT03310015DLDCAC\nDCBA\nDCDM\nDBA11302031\nDCSMUSTER-SAMPLE\nDDEN\nDACERIKA\nDDFN\nDADNONE\nDDGN\nDBD11302023\nDBB11301986\nDBC9\nDAYHAZ\nDAU068 in\nDAG12 RIVER ROAD\nDAHUNIT 4\nDAIAUSTIN\nDAJTX\nDAK787010000  \nDAQ00000001\nDCF00000000000000000001\nDCGUSA\nDAZBRO\nDCK100000000001\nDDAF\nDDB07162021\nDAW150\nDDK1\nDDL0\nDDH11302004\nDDI11302005\nDDJ11302007\rZTZTAN\r";

#[test]
fn every_version_is_read() {
    let old = expect(
        VERSION_1,
        1,
        &[
            ("surname", "MUSTER"),
            ("given_names", "ERIKA ANN"),
            ("suffix", "JR"),
            ("document_number", "M 123 456 789"),
            ("date_of_birth", "1986-11-30"),
            ("date_of_issue", "2024-11-30"),
            ("date_of_expiry", "2028-11-30"),
            ("sex", "F"),
            ("height", "5'-07\""),
            ("weight", "140 lb"),
            ("licence_categories", "O"),
            ("restrictions", "1"),
            ("endorsements", "CY"),
            ("address", "12 LAKE STREET, LANSING, MI 48901"),
        ],
    );
    assert_eq!(old.issuing_country.as_deref(), Some("USA-MI"));
    let canadian = expect(
        VERSION_3,
        3,
        &[
            ("given_names", "ERIKA ANN"),
            ("suffix", ""),
            ("date_of_birth", "1986-11-30"),
            ("postal_code", "M5V 2T6"),
            ("height", "170 cm"),
            ("licence_categories", "G"),
            ("restrictions", "NONE"),
            ("country", "CAN"),
        ],
    );
    assert_eq!(canadian.issuing_country.as_deref(), Some("CAN-ON"));
    let new = expect(
        VERSION_10,
        10,
        &[
            ("surname", "MUSTER-SAMPLE"),
            ("given_names", "ERIKA"),
            ("sex", "X"),
            ("street", "12 RIVER ROAD, UNIT 4"),
            ("address", "12 RIVER ROAD, UNIT 4, AUSTIN, TX 78701"),
            ("date_of_birth", "1986-11-30"),
            ("real_id", "F"),
            ("document_discriminator", "00000000000000000001"),
            ("inventory_number", "100000000001"),
            ("under_21_until", "2007-11-30"),
            ("organ_donor", "yes"),
            ("veteran", ""),
        ],
    );
    for content in [&old, &canadian, &new] {
        assert_eq!(outcome(content, "aamva_required_elements"), Outcome::Passed);
        assert_eq!(outcome(content, "aamva_element_shapes"), Outcome::Passed);
        assert_eq!(outcome(content, "aamva_dates"), Outcome::Passed);
        assert_eq!(outcome(content, "aamva_issuer"), Outcome::Passed);
        let kind = content.document_type.map(|kind| kind.to_string());
        assert_eq!(kind.as_deref(), Some("driving_licence"));
        assert!(content.problems.is_empty());
        assert!(content.claims.iter().all(|claim| claim.confidence > 0.95));
    }
    assert_eq!(outcome(&new, "aamva_age_dates"), Outcome::Passed);
}

/// The claims without their worth, which may fall with the damage.
fn said(content: &Content) -> Vec<(String, String)> {
    let pair =
        |claim: &lectern_parse::Claim| (claim.field.to_string(), claim.value.expose().to_owned());
    content.claims.iter().map(pair).collect()
}

#[test]
fn what_happens_on_the_way_changes_no_value() {
    let whole = said(&parsed(VERSION_10).unwrap());
    let damages: [(&str, String); 9] = [
        ("wrong file type", VERSION_10.replace("ANSI ", "AAMVA")),
        ("no space", VERSION_10.replace("ANSI ", "ANSI")),
        (
            "wrong offsets",
            VERSION_10.replace("DL00410290ZT03310015", "DL00000000ZT00000000"),
        ),
        ("no table", VERSION_10.replace("DL00410290ZT03310015", "")),
        ("type twice", VERSION_10.replace("DLDCA", "DLDLDCA")),
        (
            "only line feeds",
            VERSION_10.replace(['\u{1e}', '\r'], "\n"),
        ),
        ("line ends of Windows", VERSION_10.replace('\n', "\r\n")),
        (
            "replacement characters",
            VERSION_10.replace('\n', "\u{fffd}"),
        ),
        (
            "written out",
            VERSION_10
                .replace('\n', "\\n")
                .replace('\r', "\\r")
                .replace('\u{1e}', "\\u001e"),
        ),
    ];
    for (damage, text) in damages {
        let content = parsed(&text).unwrap_or_else(|| panic!("{damage} is no licence"));
        assert_eq!(said(&content), whole, "{damage}");
    }
}

#[test]
fn values_are_told_apart_without_separators() {
    for text in [VERSION_10, VERSION_3] {
        let whole = parsed(text).unwrap();
        for between in ["", " "] {
            let lost: String = text.replace(['\n', '\r', '\u{1e}'], between);
            let content = parsed(&lost).unwrap();
            for field in [
                "surname",
                "document_number",
                "date_of_birth",
                "date_of_expiry",
                "sex",
                "state",
                "city",
                "postal_code",
                "licence_categories",
            ] {
                assert_eq!(value(&content, field), value(&whole, field), "{field}");
            }
            assert_eq!(content.problems[0].code, "barcode_separators_lost");
            assert!(content.claims.iter().all(|claim| claim.confidence < 0.9));
        }
    }
}

#[test]
fn the_order_of_elements_does_not_matter() {
    let (header, body) = VERSION_10.split_once("DLDCA").unwrap();
    let body = format!("DCA{}", body.split_once('\r').unwrap().0);
    let mut lines: Vec<&str> = body.split('\n').collect();
    lines.reverse();
    let turned = format!("{header}DL{}\r", lines.join("\n"));
    let sorted = |text: &str| {
        let mut said = said(&parsed(text).unwrap());
        said.sort();
        said
    };
    assert_eq!(sorted(&turned), sorted(VERSION_10));
}

#[test]
fn rules_of_the_standard_are_applied() {
    for (from, to, code, expected) in [
        (
            "DBB11301986\n",
            "",
            "aamva_required_elements",
            Outcome::Failed,
        ),
        ("DBB11301986", "DBB13451986", "aamva_dates", Outcome::Failed),
        ("DBB11301986", "DBB11302036", "aamva_dates", Outcome::Failed),
        ("DBD11302023", "DBD11302033", "aamva_dates", Outcome::Failed),
        ("DAJTX", "DAJNY", "aamva_issuer", Outcome::Failed),
        ("DCGUSA", "DCGCAN", "aamva_issuer", Outcome::Failed),
        ("DDEN", "DDET", "aamva_names_whole", Outcome::Failed),
        (
            "DDJ11302007",
            "DDJ11302010",
            "aamva_age_dates",
            Outcome::Failed,
        ),
        ("DAYHAZ", "DAY#!?", "aamva_element_shapes", Outcome::Failed),
        ("636015", "999999", "aamva_issuer", Outcome::CouldNotRun),
    ] {
        let content = parsed(&VERSION_10.replace(from, to)).unwrap();
        assert_eq!(outcome(&content, code), expected, "{to} against {code}");
    }
    let unknown_issuer = parsed(&VERSION_10.replace("636015", "999999")).unwrap();
    assert_eq!(unknown_issuer.issuing_country.as_deref(), Some("USA-TX"));
    let missing = parsed(&VERSION_10.replace("DBB11301986\n", "")).unwrap();
    let check = missing
        .checks
        .iter()
        .find(|check| check.code == "aamva_required_elements");
    assert_eq!(check.unwrap().fields[0].as_str(), "date_of_birth");
}

#[test]
fn a_cut_name_is_doubtful() {
    let content = parsed(&VERSION_10.replace("DDEN", "DDET")).unwrap();
    let surname = content
        .claims
        .iter()
        .find(|claim| claim.field.as_str() == "surname");
    assert!(surname.unwrap().confidence < 0.75);
}

#[test]
fn identity_cards_have_no_classes() {
    let card = VERSION_10
        .replace("DL00410290", "ID00410290")
        .replace("DLDCAC\nDCBA\nDCDM", "IDDCANONE\nDCBNONE\nDCDNONE");
    let content = parsed(&card).unwrap();
    let kind = content.document_type.map(|kind| kind.to_string());
    assert_eq!(kind.as_deref(), Some("id_card"));
    assert_eq!(value(&content, "licence_categories"), "");
    assert_eq!(value(&content, "restrictions"), "");
}

#[test]
fn claims_point_to_the_barcode_and_name_their_rule() {
    let content = parsed(VERSION_10).unwrap();
    for claim in &content.claims {
        assert_eq!(claim.quads, [Quad::rectangle(10.0, 20.0, 30.0, 40.0)]);
        assert!(claim.rule.starts_with("aamva:D"), "{}", claim.rule);
    }
}

#[test]
fn other_payloads_are_left_alone() {
    for text in [
        "",
        "@",
        "https://example.org",
        "DAQ",
        "ANSI",
        "ANSI 636015",
        "DAQ1\nDCS2\nDAC3",
    ] {
        assert!(parsed(text).is_none(), "{text}");
    }
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in "\\PC{0,200}") {
        parsed(&text);
    }

    #[test]
    fn no_damage_breaks_it(at in 0_usize..400, length in 0_usize..40, with in "[\\x00-\\x7f]{0,6}") {
        let mut characters: Vec<char> = VERSION_10.chars().collect();
        let start = at.min(characters.len());
        let end = (start + length).min(characters.len());
        characters.splice(start..end, with.chars());
        let text: String = characters.into_iter().collect();
        if let Some(content) = parsed(&text) {
            for claim in content.claims {
                prop_assert!((0.0..=1.0).contains(&claim.confidence));
                prop_assert!(!claim.value.is_empty());
            }
        }
    }
}
