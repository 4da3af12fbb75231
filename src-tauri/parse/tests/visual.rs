//! Invented documents, line by line as a recogniser would give them, and what is read from them.

use jiff::civil::date;
use lectern_parse::types::{built_in, shared_labels};
use lectern_parse::visual::{Content, Known, extract};
use model::{DocumentKind, DocumentType, FieldName, Line, Quad, Sheet, Word};
use proptest::prelude::*;

/// A line of text: left edge, top edge, height, text. Letters are 0.55 of the height wide.
type Printed<'a> = (f32, f32, f32, &'a str);

fn line((left, top, height, text): Printed<'_>) -> Line {
    let width = 0.55 * height;
    let rightwards = !text
        .chars()
        .any(|one| ('\u{621}'..='\u{64a}').contains(&one));
    let length = text.chars().count() as f32;
    let mut at = 0.0;
    let words = text
        .split_whitespace()
        .map(|word| {
            let (from, to) = (at * width, (at + word.chars().count() as f32) * width);
            at += word.chars().count() as f32 + 1.0;
            let (from, to) = if rightwards {
                (from, to)
            } else {
                (length * width - to, length * width - from)
            };
            Word {
                text: word.into(),
                quad: Quad::rectangle(left + from, top, left + to, top + height),
                confidence: 0.98,
                second: None,
                alternatives: Vec::new(),
            }
        })
        .collect();
    Line {
        words,
        quad: Quad::rectangle(left, top, left + length * width, top + height),
    }
}

fn sheet(width: u32, height: u32, printed: &[Printed<'_>]) -> Sheet {
    Sheet {
        width,
        height,
        lines: printed.iter().copied().map(line).collect(),
    }
}

fn read(width: u32, height: u32, printed: &[Printed<'_>]) -> Content {
    let day = date(2026, 11, 21);
    extract(
        &sheet(width, height, printed),
        built_in(),
        &Known::default(),
        day,
    )
}

/// Reads a document and compares its family, its state and its fields.
fn check(content: &Content, kind: DocumentKind, country: &str, expected: &[(&str, &str)]) {
    assert_eq!(
        content.document_type.map(|found| found.kind),
        Some(kind),
        "{:?}",
        content.type_scores
    );
    assert_eq!(content.issuing_country.as_deref(), Some(country));
    for (field, value) in expected {
        let claims = content
            .claims
            .iter()
            .filter(|claim| claim.field.as_str() == *field);
        let found: Vec<&str> = claims.map(|claim| claim.value.expose()).collect();
        assert_eq!(found.first(), Some(value), "{field}");
    }
}

#[test]
fn a_passport_with_labels_in_two_languages_above_the_values() {
    let content = read(
        1250,
        880,
        &[
            (400.0, 40.0, 40.0, "EESTI VABARIIK REPUBLIC OF ESTONIA"),
            (60.0, 60.0, 36.0, "PASS / PASSPORT"),
            (400.0, 120.0, 20.0, "Tüüp/Type"),
            (420.0, 145.0, 28.0, "P"),
            (800.0, 120.0, 20.0, "Dokumendi nr/Document No."),
            (800.0, 145.0, 28.0, "KE0123456"),
            (400.0, 200.0, 20.0, "1. Perekonnanimi/Surname"),
            (410.0, 224.0, 28.0, "TAMMSAAR-KUUSK"),
            (400.0, 270.0, 20.0, "2. Eesnimed/Given names"),
            (410.0, 294.0, 28.0, "LIISA MARIA"),
            (400.0, 340.0, 20.0, "3. Kodakondsus/Nationality"),
            (410.0, 364.0, 28.0, "EESTI/ESTONIAN"),
            (400.0, 410.0, 20.0, "4. Sünniaeg/Date of birth"),
            (410.0, 434.0, 28.0, "07.03.1988"),
            (760.0, 410.0, 20.0, "5. Sugu/Sex"),
            (770.0, 434.0, 28.0, "N/F"),
            (400.0, 480.0, 20.0, "7. Väljaandmise kuupäev/Date of issue"),
            (410.0, 504.0, 28.0, "15.06.2021"),
            (400.0, 550.0, 20.0, "8. Kehtiv kuni/Date of expiry"),
            (410.0, 574.0, 28.0, "15.06.2031"),
            (
                60.0,
                740.0,
                30.0,
                "P<ESTTAMMSAAR<KUUSK<<LIISA<MARIA<<<<<<<<<<<<",
            ),
        ],
    );
    check(
        &content,
        DocumentKind::Passport,
        "EST",
        &[
            ("surname", "TAMMSAAR-KUUSK"),
            ("given_names", "LIISA MARIA"),
            ("nationality", "EST"),
            ("date_of_birth", "1988-03-07"),
            ("sex", "F"),
            ("document_number", "KE0123456"),
            ("date_of_issue", "2021-06-15"),
            ("date_of_expiry", "2031-06-15"),
        ],
    );
}

#[test]
fn dates_without_readable_labels_are_told_apart_by_their_order() {
    let content = read(
        1250,
        880,
        &[
            (60.0, 40.0, 36.0, "PASSPORT"),
            (400.0, 40.0, 36.0, "NEW ZEALAND"),
            (400.0, 640.0, 28.0, "03 SEP/SEP 2029"),
            (400.0, 430.0, 28.0, "21 DEC/DEC 1979"),
            (400.0, 560.0, 28.0, "03 SEP/SEP 2019"),
            (400.0, 500.0, 28.0, "M/M"),
        ],
    );
    check(
        &content,
        DocumentKind::Passport,
        "NZL",
        &[
            ("date_of_birth", "1979-12-21"),
            ("date_of_issue", "2019-09-03"),
            ("date_of_expiry", "2029-09-03"),
            ("sex", "M"),
        ],
    );
}

#[test]
fn a_span_of_validity_on_one_line_is_two_dates() {
    let content = read(
        1000,
        704,
        &[
            (40.0, 30.0, 34.0, "ROMÂNIA"),
            (40.0, 70.0, 30.0, "CARTE DE IDENTITATE"),
            (348.0, 114.0, 30.0, "SERIA TZ NR 102030"),
            (348.0, 185.0, 20.0, "Nume/Nom/Last name"),
            (348.0, 206.0, 28.0, "IONESCU"),
            (348.0, 245.0, 20.0, "Cetățenie/Nationalite/Nationality"),
            (348.0, 266.0, 28.0, "Română / ROU"),
            (348.0, 316.0, 20.0, "Data nașterii"),
            (348.0, 340.0, 28.0, "05.06.1985"),
            (638.0, 427.0, 20.0, "Valabilitate/Validite/Validity"),
            (638.0, 448.0, 28.0, "17.01.14-16.01.2024"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "ROU",
        &[
            ("date_of_birth", "1985-06-05"),
            ("date_of_issue", "2014-01-17"),
            ("date_of_expiry", "2024-01-16"),
        ],
    );
}

#[test]
fn a_word_for_a_people_is_a_nationality_without_its_label() {
    let content = read(
        1000,
        631,
        &[
            (54.0, 25.0, 32.0, "BELGIË BELGIQUE BELGIEN BELGIUM"),
            (54.0, 67.0, 26.0, "IDENTITEITSKAART CARTE D'IDENTITÉ"),
            (364.0, 132.0, 20.0, "Naam / Name"),
            (363.0, 155.0, 28.0, "PEETERS"),
            (536.0, 262.0, 20.0, "Natlonabm"),
            (530.0, 284.0, 28.0, "Belg"),
            (744.0, 262.0, 20.0, "Geboortedatum / Date of birth"),
            (743.0, 286.0, 28.0, "17 APR/AVR 1961"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "BEL",
        &[("surname", "PEETERS"), ("nationality", "BEL")],
    );
}

#[test]
fn a_number_that_reaches_under_the_next_label_is_whole() {
    let content = read(
        1106,
        772,
        &[
            (138.0, 97.0, 32.0, "BELGIË BELGIQUE BELGIEN BELGIUM"),
            (136.0, 138.0, 26.0, "IDENTITEITSKAART CARTE D'IDENTITÉ"),
            (
                421.0,
                389.0,
                18.0,
                "Rijksregisternr. / National Register N°",
            ),
            (420.0, 413.0, 28.0, "85.04.57-309.71"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "BEL",
        &[("personal_number", "85.04.57-309.71")],
    );
}

#[test]
fn text_that_can_hardly_be_read_yields_to_text_that_can() {
    let mut sheet = sheet(
        1000,
        631,
        &[
            (54.0, 25.0, 32.0, "REPUBLIC OF UTOPIA"),
            (54.0, 67.0, 26.0, "IDENTITY CARD"),
            (364.0, 132.0, 20.0, "Surname"),
            (363.0, 155.0, 28.0, "LARSEN"),
            (364.0, 200.0, 20.0, "Given names"),
            (363.0, 240.0, 28.0, "KARI MARIE"),
            (520.0, 200.0, 20.0, "Obade"),
        ],
    );
    if let Some(word) = sheet
        .lines
        .last_mut()
        .and_then(|line| line.words.last_mut())
    {
        word.confidence = 0.19;
    }
    let content = extract(&sheet, built_in(), &Known::default(), date(2026, 11, 21));
    let claims = content.claims.iter();
    let mut given = claims.filter(|claim| claim.field == FieldName::GIVEN_NAMES);
    let value = given.next().map(|claim| claim.value.expose());
    assert_eq!(value, Some("KARI MARIE"));
}

#[test]
fn an_older_french_card_with_values_behind_their_labels() {
    let content = read(
        1000,
        700,
        &[
            (200.0, 30.0, 28.0, "RÉPUBLIQUE FRANÇAISE"),
            (
                200.0,
                80.0,
                26.0,
                "CARTE NATIONALE D'IDENTITÉ N° : 110775P00427",
            ),
            (200.0, 120.0, 22.0, "Nationalité Française"),
            (420.0, 170.0, 24.0, "Nom : PERRAUDIN"),
            (420.0, 230.0, 24.0, "Prénom(s) : AGATHE, LOUISE"),
            (420.0, 290.0, 24.0, "Sexe : F"),
            (700.0, 290.0, 24.0, "Né(e) le : 19.05.1985"),
            (420.0, 322.0, 24.0, "à : QUIMPER (29)"),
            (420.0, 354.0, 24.0, "Taille : 1,68 m"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "FRA",
        &[
            ("document_number", "110775P00427"),
            ("nationality", "FRA"),
            ("surname", "PERRAUDIN"),
            ("given_names", "AGATHE, LOUISE"),
            ("sex", "F"),
            ("date_of_birth", "1985-05-19"),
            ("place_of_birth", "QUIMPER (29)"),
            ("height", "1,68 m"),
        ],
    );
}

#[test]
fn labels_beside_each_other_share_the_line_below() {
    let content = read(
        1280,
        806,
        &[
            (240.0, 60.0, 50.0, "RÉPUBLIQUE FRANÇAISE"),
            (
                240.0,
                125.0,
                34.0,
                "CARTE NATIONALE D'IDENTITÉ / IDENTITY CARD",
            ),
            (500.0, 175.0, 24.0, "NOM / Surname"),
            (502.0, 203.0, 38.0, "PERRAUDIN"),
            (500.0, 280.0, 24.0, "Prénoms / Given names"),
            (502.0, 308.0, 38.0, "Agathe, Louise"),
            (500.0, 390.0, 24.0, "SEXE / Sex NATIONALITÉ / Nationality"),
            (502.0, 420.0, 32.0, "F"),
            (640.0, 420.0, 32.0, "FRA"),
            (960.0, 390.0, 24.0, "DATE DE NAISS. / Date of birth"),
            (962.0, 420.0, 32.0, "19 05 1985"),
            (500.0, 640.0, 24.0, "N° DU DOCUMENT / Document No"),
            (502.0, 672.0, 36.0, "T8WK31X52"),
            (960.0, 640.0, 24.0, "DATE D'EXPIR. / Expiry date"),
            (962.0, 672.0, 34.0, "01 02 2033"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "FRA",
        &[
            ("surname", "PERRAUDIN"),
            ("given_names", "Agathe, Louise"),
            ("sex", "F"),
            ("nationality", "FRA"),
            ("date_of_birth", "1985-05-19"),
            ("document_number", "T8WK31X52"),
            ("date_of_expiry", "2033-02-01"),
        ],
    );
}

#[test]
fn spanish_surnames_take_two_lines() {
    let content = read(
        1000,
        630,
        &[
            (10.0, 10.0, 40.0, "ESPAÑA"),
            (400.0, 12.0, 34.0, "DOCUMENTO NACIONAL DE IDENTIDAD"),
            (380.0, 130.0, 20.0, "APELLIDOS"),
            (380.0, 152.0, 28.0, "ARRIETA"),
            (380.0, 182.0, 28.0, "LLORENTE"),
            (380.0, 222.0, 20.0, "NOMBRE"),
            (380.0, 244.0, 28.0, "NEREA"),
            (380.0, 284.0, 20.0, "SEXO"),
            (380.0, 306.0, 28.0, "F"),
            (500.0, 284.0, 20.0, "NACIONALIDAD"),
            (500.0, 306.0, 28.0, "ESP"),
            (380.0, 346.0, 20.0, "FECHA DE NACIMIENTO"),
            (380.0, 368.0, 28.0, "24 09 1990"),
            (380.0, 408.0, 20.0, "NÚM SOPORT"),
            (560.0, 408.0, 20.0, "VALIDEZ"),
            (380.0, 430.0, 28.0, "CCA012345"),
            (560.0, 430.0, 28.0, "05 11 2030"),
            (20.0, 560.0, 40.0, "DNI 12345678Z"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "ESP",
        &[
            ("surname", "ARRIETA LLORENTE"),
            ("given_names", "NEREA"),
            ("sex", "F"),
            ("date_of_birth", "1990-09-24"),
            ("document_number", "CCA012345"),
            ("date_of_expiry", "2030-11-05"),
            ("personal_number", "12345678Z"),
        ],
    );
}

#[test]
fn a_european_licence_by_its_numbers() {
    let content = read(
        1000,
        630,
        &[
            (300.0, 40.0, 34.0, "FÜHRERSCHEIN"),
            (560.0, 44.0, 28.0, "BUNDESREPUBLIK DEUTSCHLAND"),
            (330.0, 110.0, 28.0, "1. Brandhorst"),
            (330.0, 150.0, 28.0, "2. Jan Erik"),
            (330.0, 190.0, 28.0, "3. 02.11.91 Lüneburg"),
            (330.0, 230.0, 28.0, "4a. 14.01.20"),
            (600.0, 230.0, 28.0, "4c. Landkreis Celle"),
            (330.0, 270.0, 28.0, "4b13.01.35"),
            (330.0, 310.0, 28.0, "5. N0123K7LM51"),
            (40.0, 450.0, 28.0, "9. AM/B/L"),
        ],
    );
    check(
        &content,
        DocumentKind::DrivingLicence,
        "D",
        &[
            ("surname", "Brandhorst"),
            ("given_names", "Jan Erik"),
            ("date_of_birth", "1991-11-02"),
            ("place_of_birth", "Lüneburg"),
            ("date_of_issue", "2020-01-14"),
            ("date_of_expiry", "2035-01-13"),
            ("authority", "Landkreis Celle"),
            ("document_number", "N0123K7LM51"),
            ("licence_categories", "AM/B/L"),
        ],
    );
}

#[test]
fn a_class_among_others_is_no_number_of_a_field() {
    let content = read(
        836,
        650,
        &[
            (252.0, 176.0, 20.0, "RIJBEWIJS"),
            (251.0, 200.0, 20.0, "KONINKRIJK DER NEDERLANDEN"),
            (330.0, 234.0, 16.0, "1 VAN DEN BERG"),
            (330.0, 256.0, 16.0, "2 Willeke"),
            (330.0, 278.0, 16.0, "3 12-08-1985 DEN HAAG"),
            (330.0, 300.0, 16.0, "4a 15-06-2020"),
            (330.0, 322.0, 16.0, "4b 14-06-2030"),
            (330.0, 446.0, 16.0, "9 AM, B, BE"),
        ],
    );
    check(
        &content,
        DocumentKind::DrivingLicence,
        "NLD",
        &[("licence_categories", "AM/B/BE")],
    );
    let mut claims = content.claims.iter();
    assert!(!claims.any(|claim| claim.field.as_str() == "address"));
}

#[test]
fn a_number_that_was_not_read_leaves_its_value_between_its_neighbours() {
    let content = read(
        1000,
        630,
        &[
            (300.0, 40.0, 34.0, "PRAWO JAZDY"),
            (560.0, 44.0, 28.0, "RZECZPOSPOLITA POLSKA"),
            (365.0, 110.0, 28.0, "WIERZBICKI"),
            (330.0, 150.0, 28.0, "2."),
            (365.0, 150.0, 28.0, "PAWEŁ"),
            (330.0, 190.0, 28.0, "3. 17.02.1969 GNIEZNO"),
            (330.0, 230.0, 28.0, "4a. 30.06.2016"),
            (330.0, 270.0, 28.0, "4b. 30.06.2031"),
            (330.0, 310.0, 28.0, "5. 00213/16/3003"),
        ],
    );
    check(
        &content,
        DocumentKind::DrivingLicence,
        "POL",
        &[
            ("surname", "WIERZBICKI"),
            ("given_names", "PAWEŁ"),
            ("document_number", "00213/16/3003"),
        ],
    );
}

#[test]
fn the_table_on_the_back_of_a_licence() {
    let known = Known {
        document_type: Some(DocumentType::of(DocumentKind::DrivingLicence)),
        country: Some("NLD"),
        values: &[],
    };
    let page = sheet(
        1000,
        630,
        &[
            (300.0, 50.0, 22.0, "9."),
            (500.0, 50.0, 22.0, "10."),
            (700.0, 50.0, 22.0, "11."),
            (300.0, 100.0, 24.0, "AM"),
            (500.0, 100.0, 24.0, "03.05.16"),
            (700.0, 100.0, 24.0, "08.08.31"),
            (300.0, 150.0, 24.0, "B"),
            (500.0, 150.0, 24.0, "08.08.21"),
            (700.0, 150.0, 24.0, "08.08.31"),
            (850.0, 150.0, 24.0, "01.06"),
        ],
    );
    let content = extract(&page, built_in(), &known, date(2026, 11, 21));
    check(
        &content,
        DocumentKind::DrivingLicence,
        "NLD",
        &[
            ("category_AM_from", "2016-05-03"),
            ("category_AM_until", "2031-08-08"),
            ("category_B_from", "2021-08-08"),
            ("category_B_codes", "01.06"),
            ("licence_categories", "AM/B"),
        ],
    );
}

#[test]
fn the_legend_on_the_back_of_a_licence_is_no_value() {
    let content = read(
        1000,
        630,
        &[
            (40.0, 60.0, 20.0, "1. Surame"),
            (40.0, 90.0, 20.0, "2. Other names"),
            (40.0, 120.0, 20.0, "3. Date and place of birth"),
            (40.0, 150.0, 20.0, "4a. Date of issue"),
            (40.0, 180.0, 20.0, "4b. Date of expiry"),
            (40.0, 210.0, 20.0, "4c. Issued by"),
            (40.0, 240.0, 20.0, "5. Licence number"),
            (40.0, 270.0, 20.0, "9. Categories"),
            (300.0, 100.0, 24.0, "A1"),
            (500.0, 100.0, 24.0, "03.05.06"),
            (700.0, 100.0, 24.0, "08.08.31"),
            (300.0, 150.0, 24.0, "8"),
            (500.0, 150.0, 24.0, "08.08.11"),
            (700.0, 150.0, 24.0, "08.08.31"),
        ],
    );
    let of = |name: &str| {
        let mut claims = content.claims.iter().filter(|claim| claim.rule != "tagger");
        claims.find(|claim| claim.field.as_str() == name)
    };
    assert_eq!(
        of("licence_categories").map(|claim| claim.value.expose()),
        Some("A1/B")
    );
    for name in [
        "surname",
        "given_names",
        "date_of_birth",
        "date_of_issue",
        "place_of_birth",
    ] {
        assert!(of(name).is_none(), "{name}");
    }
}

#[test]
fn a_residence_permit_is_no_identity_card() {
    let content = read(
        1000,
        630,
        &[
            (300.0, 30.0, 34.0, "AUFENTHALTSTITEL RESIDENCE PERMIT"),
            (40.0, 30.0, 34.0, "D"),
            (420.0, 90.0, 20.0, "NAME/NAME"),
            (420.0, 114.0, 28.0, "OYELARAN"),
            (420.0, 150.0, 20.0, "VORNAMEN/FORENAMES"),
            (420.0, 174.0, 28.0, "FOLASADE"),
            (420.0, 220.0, 20.0, "GESCHLECHT/SEX"),
            (420.0, 244.0, 28.0, "F"),
            (560.0, 220.0, 20.0, "STAATSANGEHÖRIGKEIT/NATIONALITY"),
            (560.0, 244.0, 28.0, "NGA"),
            (420.0, 290.0, 20.0, "GEBURTSDATUM/DATE OF BIRTH"),
            (420.0, 314.0, 28.0, "30 04 1993"),
            (420.0, 360.0, 20.0, "ART DES TITELS/TYPE OF PERMIT"),
            (420.0, 384.0, 28.0, "AUFENTHALTSERLAUBNIS"),
            (420.0, 430.0, 20.0, "KARTE GÜLTIG BIS/CARD EXPIRY"),
            (420.0, 454.0, 28.0, "11 02 2028"),
        ],
    );
    assert_eq!(
        content.document_type.map(|found| found.kind),
        Some(DocumentKind::ResidencePermit)
    );
    let value = |name: &str| {
        content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == name)
            .map(|claim| claim.value.expose())
    };
    for (field, expected) in [
        ("surname", "OYELARAN"),
        ("given_names", "FOLASADE"),
        ("sex", "F"),
        ("nationality", "NGA"),
        ("date_of_birth", "1993-04-30"),
        ("date_of_expiry", "2028-02-11"),
        ("permit_type", "AUFENTHALTSERLAUBNIS"),
    ] {
        assert_eq!(value(field), Some(expected), "{field}");
    }
}

#[test]
fn a_schengen_visa() {
    let content = read(
        1050,
        740,
        &[
            (40.0, 30.0, 40.0, "VISA"),
            (300.0, 30.0, 30.0, "FRANCE"),
            (300.0, 90.0, 18.0, "VALABLE POUR / VALID FOR"),
            (620.0, 88.0, 24.0, "ETATS SCHENGEN"),
            (300.0, 140.0, 18.0, "DU / FROM"),
            (420.0, 138.0, 24.0, "01-03-26"),
            (620.0, 140.0, 18.0, "AU / UNTIL"),
            (760.0, 138.0, 24.0, "30-03-26"),
            (300.0, 190.0, 18.0, "NOMBRE D'ENTREES / NUMBER OF ENTRIES"),
            (760.0, 188.0, 24.0, "MULT"),
            (
                300.0,
                240.0,
                18.0,
                "NUMERO DE PASSEPORT / NUMBER OF PASSPORT",
            ),
            (760.0, 238.0, 24.0, "K4410297"),
            (300.0, 290.0, 18.0, "NOM, PRENOM / SURNAME, NAME"),
            (640.0, 288.0, 24.0, "BENSALEM, RYM"),
        ],
    );
    check(
        &content,
        DocumentKind::Visa,
        "FRA",
        &[
            ("valid_from", "2026-03-01"),
            ("valid_until", "2026-03-30"),
            ("passport_number", "K4410297"),
            ("surname", "BENSALEM"),
            ("given_names", "RYM"),
        ],
    );
}

#[test]
fn a_tunisian_card_in_arabic() {
    let content = read(
        1000,
        630,
        &[
            (560.0, 30.0, 34.0, "الجمهورية التونسية"),
            (540.0, 80.0, 34.0, "بطاقة التعريف الوطنية"),
            (560.0, 150.0, 34.0, "04512987"),
            (560.0, 220.0, 30.0, "اللقب بن يونس"),
            (560.0, 270.0, 30.0, "الاسم هادية"),
            (460.0, 370.0, 30.0, "تاريخ الولادة 12 مارس 1985"),
            (600.0, 420.0, 30.0, "مكانها قليبية"),
        ],
    );
    check(
        &content,
        DocumentKind::IdCard,
        "TUN",
        &[
            ("document_number", "04512987"),
            ("surname", "بن يونس"),
            ("given_names", "هادية"),
            ("date_of_birth", "1985-03-12"),
            ("place_of_birth", "قليبية"),
        ],
    );
}

#[test]
fn a_document_of_no_known_type_still_yields_what_is_labelled() {
    let content = read(
        800,
        500,
        &[
            (40.0, 30.0, 30.0, "Members' club of Anytown"),
            (40.0, 120.0, 24.0, "Surname: Hollister"),
            (40.0, 160.0, 24.0, "First name: Edith"),
            (40.0, 200.0, 24.0, "Date of birth: 3 May 1951"),
            (40.0, 240.0, 24.0, "Valid until: 31.12.2027"),
        ],
    );
    assert_eq!(content.document_type, None);
    let value = |name: &str| {
        content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == name)
            .map(|claim| claim.value.expose())
    };
    assert_eq!(value("surname"), Some("Hollister"));
    assert_eq!(value("given_names"), Some("Edith"));
    assert_eq!(value("date_of_birth"), Some("1951-05-03"));
    assert_eq!(value("date_of_expiry"), Some("2027-12-31"));
}

#[test]
fn what_the_zone_tells_finds_its_print_and_is_never_claimed_unread() {
    let values = [
        (FieldName::SURNAME, "AEVARSDOTTIR".to_owned()),
        (FieldName::DOCUMENT_NUMBER, "A7654321".to_owned()),
    ];
    let known = Known {
        document_type: Some(DocumentType::of(DocumentKind::Passport)),
        country: Some("ISL"),
        values: &values,
    };
    let page = sheet(
        1250,
        880,
        &[
            (400.0, 200.0, 28.0, "ÆVARSDÓTTIR"),
            (400.0, 260.0, 28.0, "ÞÓRA"),
        ],
    );
    let content = extract(&page, built_in(), &known, date(2026, 11, 21));
    let of = |name: &str| {
        content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == name)
    };
    assert_eq!(
        of("surname").map(|claim| claim.value.expose()),
        Some("ÆVARSDÓTTIR")
    );
    assert!(of("document_number").is_none());
}

#[test]
fn the_second_recogniser_is_heard() {
    let mut page = sheet(
        800,
        500,
        &[
            (40.0, 120.0, 24.0, "Surname: Hollister"),
            (40.0, 160.0, 24.0, "Date of birth: 3I.l2.l95l"),
        ],
    );
    for (line, texts) in page.lines.iter_mut().zip([
        vec!["Surname:", "Hollister"],
        vec!["Date", "of", "birth:", "31.12.1951"],
    ]) {
        for (word, second) in line.words.iter_mut().zip(texts) {
            word.second = Some(second.into());
        }
    }
    let content = extract(&page, built_in(), &Known::default(), date(2026, 11, 21));
    let of = |name: &str| {
        content
            .claims
            .iter()
            .find(|claim| claim.field.as_str() == name)
    };
    assert!(of("surname").is_some_and(|claim| claim.agreed));
    assert_eq!(
        of("date_of_birth").map(|claim| claim.value.expose()),
        Some("1951-12-31")
    );
}

#[test]
fn every_shared_label_is_found_on_a_page_of_its_own_language() {
    let day = date(2026, 11, 21);
    let wanted = [
        "surname",
        "given_names",
        "date_of_birth",
        "place_of_birth",
        "document_number",
    ];
    let value = |list: &str| match list {
        "date_of_birth" => "12.08.1964",
        "document_number" => "KE0123456",
        _ => "WESTERHOLT",
    };
    let mut missed = Vec::new();
    for (list, label) in
        shared_labels().filter(|(list, label)| wanted.contains(list) && label.chars().count() > 3)
    {
        let text = format!("{label}: {}", value(list));
        let page = sheet(
            800,
            500,
            &[(40.0, 120.0, 24.0, &text), (40.0, 300.0, 24.0, "Anytown")],
        );
        let content = extract(&page, built_in(), &Known::default(), day);
        if !content
            .claims
            .iter()
            .any(|claim| claim.field.as_str() == list)
        {
            missed.push(label);
        }
    }
    // Some mean two fields in two languages: "Name", "Nome", "Ime".
    assert!(missed.len() <= 6, "{missed:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_page_is_too_strange(
        lines in proptest::collection::vec(
            (-50.0_f32..900.0, -50.0_f32..700.0, 0.0_f32..80.0, "[A-Za-zÀ-ž0-9./:<() اللقبت-]{0,40}"),
            0..25,
        ),
        title in prop_oneof![
            Just("PASSPORT"), Just("FÜHRERSCHEIN"), Just("VISA"), Just("بطاقة التعريف الوطنية"),
            Just("DOCUMENTO NACIONAL DE IDENTIDAD"), Just("DRIVER LICENSE"), Just("Certificat d'immatriculation"), Just(""),
        ],
    ) {
        let mut printed: Vec<Printed<'_>> = lines.iter().map(|(x, y, height, text)| (*x, *y, *height, text.as_str())).collect();
        printed.push((10.0, 10.0, 30.0, title));
        let content = read(900, 600, &printed);
        for claim in &content.claims {
            prop_assert!((0.0..=1.0).contains(&claim.confidence));
            prop_assert!(!claim.value.is_empty());
        }
    }
}
