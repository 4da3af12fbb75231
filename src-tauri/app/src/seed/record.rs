//! One invented record: what was handed in, what was read from it, and what a person made of that.

use jiff::{Span, civil::Date};
use model::{
    Check, CorrectionKind, DocumentKind, DocumentType, Evidence, Field, FieldName, MrzFormat,
    Outcome, PageFacts, Personal, Problem, Quad, Reading, Side, Zone,
};

use super::{
    dice::Dice,
    names::{Holder, holder},
};

/// The version that the invented readings bear, which no real one has.
const ENGINE: &str = "invented+1";

/// Documents that nobody could read, and those that somebody stopped.
const UNREADABLE: f32 = 0.03;
const CANCELLED: f32 = 0.01;

/// Documents with something doubtful, and how many of them a person has been at.
const DOUBTFUL: f32 = 0.24;
const SETTLED: f32 = 0.68;

/// How often a person looks at what was certain all the same.
const CONFIRMED: f32 = 0.02;

/// What an office gets, in the proportions it gets it.
const KINDS: [((Family, &str), f32); 12] = [
    ((Family(DocumentKind::Passport, None), "passport"), 34.0),
    ((Family(DocumentKind::IdCard, None), "id_card"), 12.0),
    (
        (Family(DocumentKind::IdCard, Some(Side::Front)), "id_card"),
        12.0,
    ),
    (
        (Family(DocumentKind::IdCard, Some(Side::Back)), "id_card"),
        7.0,
    ),
    ((Family(DocumentKind::ResidencePermit, None), "permit"), 8.0),
    ((Family(DocumentKind::Visa, None), "visa"), 6.0),
    ((Family(DocumentKind::DrivingLicence, None), "licence"), 9.0),
    (
        (
            Family(DocumentKind::DrivingLicence, Some(Side::Front)),
            "licence",
        ),
        4.0,
    ),
    (
        (Family(DocumentKind::VehicleRegistration, None), "vehicle"),
        5.0,
    ),
    ((Family(DocumentKind::TravelDocument, None), "travel"), 1.0),
    ((Family(DocumentKind::OtherId, None), "scan"), 1.5),
    ((Family(DocumentKind::Visa, Some(Side::Front)), "visa"), 0.5),
];

/// The rules that a reading says it was held against.
const RULES: [(&str, &str); 9] = [
    (
        "check_digit_document_number",
        "The check digit of the document number is right",
    ),
    (
        "check_digit_date_of_birth",
        "The check digit of the date of birth is right",
    ),
    (
        "check_digit_date_of_expiry",
        "The check digit of the date of expiry is right",
    ),
    (
        "check_digit_composite",
        "The check digit over the whole zone is right",
    ),
    ("date_of_birth_past", "The date of birth lies in the past"),
    (
        "date_of_birth_before_expiry",
        "The holder was born before the document expires",
    ),
    (
        "issuing_state_known",
        "The issuing state is on the list of codes",
    ),
    (
        "nationality_known",
        "The nationality is on the list of codes",
    ),
    (
        "zones_agree",
        "The machine-readable zone and the print say the same",
    ),
];

/// Kind and side; a passport where nothing else is said.
#[derive(Clone, Copy)]
struct Family(DocumentKind, Option<Side>);

impl Default for Family {
    fn default() -> Self {
        Self(DocumentKind::Passport, None)
    }
}

/// What a person did to a field.
pub(super) struct Touch {
    pub(super) field: FieldName,
    pub(super) kind: CorrectionKind,
    pub(super) value: Personal,
}

/// An invented record.
pub(super) struct Invented {
    /// What the file was called.
    pub(super) name: Personal,
    /// Bytes the file would have.
    pub(super) size: u64,
    /// What was read; none where somebody stopped it before.
    pub(super) reading: Option<Reading>,
    /// What a person did, in this order.
    pub(super) touches: Vec<Touch>,
    /// From the submission to the last change, in milliseconds.
    pub(super) took: i64,
}

/// Deals a record; `number` is the one of its file, `day` the day on which it was read.
pub(super) fn invent(dice: &mut Dice, number: u64, day: Date) -> Invented {
    let (Family(kind, side), word) = dice.weighted(&KINDS);
    let name = format!("{word}-{number:07}.jpg");
    let size = dice.number(40_000, 900_000) as u64;
    let holder = holder(dice);
    let mut invented = Invented {
        name: Personal::new(name),
        size,
        reading: None,
        touches: Vec::new(),
        took: dice.number(2_000, 60_000),
    };
    if dice.chance(CANCELLED) {
        return invented;
    }
    if dice.chance(UNREADABLE) {
        invented.reading = Some(unreadable(day));
        return invented;
    }
    let mut reading = read(dice, &holder, DocumentType { kind, side }, day);
    if dice.chance(DOUBTFUL) {
        let doubtful = make_doubtful(dice, &mut reading);
        if dice.chance(SETTLED) {
            invented.took = dice.number(60_000, 5 * 24 * 3_600_000);
            invented.touches = settle(dice, &reading, &doubtful);
        }
    } else if dice.chance(CONFIRMED) {
        invented.took = dice.number(60_000, 24 * 3_600_000);
        invented.touches = settle(dice, &reading, &[0]);
    }
    invented.reading = Some(reading);
    invented
}

fn unreadable(day: Date) -> Reading {
    Reading {
        engine: ENGINE.to_owned(),
        day,
        document_type: None,
        definition: None,
        issuing_country: None,
        mrz_format: None,
        mrz: None,
        fields: std::iter::empty().collect(),
        disagreements: Vec::new(),
        checks: Vec::new(),
        problems: vec![Problem {
            code: "invented_unreadable".to_owned(),
            message: "This invented file stands for one that cannot be read".to_owned(),
        }],
        pages: Vec::new(),
        outside: Vec::new(),
        regions: Vec::new(),
    }
}

/// What was read of a document on which all is clear.
fn read(dice: &mut Dice, holder: &Holder, document_type: DocumentType, day: Date) -> Reading {
    let state = holder.state.trim_end_matches('<');
    let number = dice.code(pattern(document_type.kind));
    let birth = date(dice, day, -75 * 365, -17 * 365);
    let expiry = date(dice, day, -4 * 365, 10 * 365);
    let issue = date(dice, day, -10 * 365, -10);
    let has_zone = matches!(
        document_type.kind,
        DocumentKind::Passport
            | DocumentKind::IdCard
            | DocumentKind::ResidencePermit
            | DocumentKind::Visa
            | DocumentKind::TravelDocument
    ) && document_type.side != Some(Side::Front);
    let sex = dice.pick(&["F", "M"]).to_owned();
    let mut values = vec![
        (FieldName::SURNAME, holder.family.clone()),
        (FieldName::GIVEN_NAMES, holder.given.clone()),
        (FieldName::DOCUMENT_NUMBER, number),
        (FieldName::NATIONALITY, state.to_owned()),
        (FieldName::DATE_OF_BIRTH, birth),
        (FieldName::SEX, sex),
        (FieldName::DATE_OF_EXPIRY, expiry),
        (FieldName::DATE_OF_ISSUE, issue),
    ];
    if dice.chance(0.4) {
        values.push((FieldName::PERSONAL_NUMBER, dice.code("999999999999")));
    }
    if document_type.kind == DocumentKind::VehicleRegistration {
        let plate = dice.code("AA-999-AA");
        values.push((FieldName::new("registration_number"), plate));
    }
    let fields = values.into_iter().enumerate();
    let fields = fields.map(|(line, (name, value))| {
        let field = field(dice, line, Personal::new(value), has_zone);
        (name, field)
    });
    Reading {
        engine: ENGINE.to_owned(),
        day,
        document_type: Some(document_type),
        definition: Some(format!("{}@1", document_type.kind.as_str())),
        issuing_country: Some(state.to_owned()),
        mrz_format: has_zone.then_some(MrzFormat::Td3),
        mrz: None,
        fields: fields.collect(),
        disagreements: Vec::new(),
        checks: RULES.iter().map(check).collect(),
        problems: Vec::new(),
        pages: vec![PageFacts {
            width: 1748,
            height: 1240,
            quarter_turns: 0,
        }],
        outside: Vec::new(),
        regions: Vec::new(),
    }
}

const fn pattern(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Passport | DocumentKind::TravelDocument => "99AA99999",
        DocumentKind::IdCard => "999999999999",
        _ => "A99999999",
    }
}

/// A day between so many days from another and so many, as it is kept.
fn date(dice: &mut Dice, from: Date, earliest: i64, latest: i64) -> String {
    let days = Span::new().days(dice.number(earliest, latest));
    from.checked_add(days).unwrap_or(from).to_string()
}

fn field(dice: &mut Dice, line: usize, value: Personal, has_zone: bool) -> Field {
    let top = 120.0 + 90.0 * line as f32;
    let mut evidence = vec![Evidence {
        zone: Zone::Visual,
        page: 0,
        quad: Quad::rectangle(620.0, top, 1180.0, top + 42.0),
        text: value.clone(),
        rule: "label".to_owned(),
        certainty: Some(0.98),
        agreed: true,
    }];
    if has_zone && line < 7 {
        evidence.push(Evidence {
            zone: Zone::Mrz,
            page: 0,
            quad: Quad::rectangle(90.0 + 120.0 * line as f32, 1060.0, 1660.0, 1110.0),
            text: value.clone(),
            rule: "mrz".to_owned(),
            certainty: None,
            agreed: false,
        });
    }
    Field {
        value,
        confidence: (dice.between(0.95, 0.999) * 1000.0).round() / 1000.0,
        needs_review: false,
        proven: has_zone,
        alternatives: Vec::new(),
        evidence,
    }
}

fn check((code, message): &(&str, &str)) -> Check {
    Check {
        code: (*code).to_owned(),
        outcome: Outcome::Passed,
        message: (*message).to_owned(),
        fields: Vec::new(),
    }
}

/// Makes one to three fields doubtful; says which.
fn make_doubtful(dice: &mut Dice, reading: &mut Reading) -> Vec<usize> {
    let last = reading.fields.len().saturating_sub(1) as i64;
    let count = dice.number(1, 3);
    let mut doubtful: Vec<usize> = (0..count).map(|_| dice.number(0, last) as usize).collect();
    doubtful.sort_unstable();
    doubtful.dedup();
    for place in &doubtful {
        if let Some((_, field)) = reading.fields.get_index_mut(*place) {
            field.confidence = (dice.between(0.3, 0.85) * 1000.0).round() / 1000.0;
            field.needs_review = true;
            field.proven = false;
        }
    }
    doubtful
}

/// What a person does about some fields: most often the machine was right.
fn settle(dice: &mut Dice, reading: &Reading, places: &[usize]) -> Vec<Touch> {
    let fields = places
        .iter()
        .filter_map(|place| reading.fields.get_index(*place));
    let touch = fields.map(|(name, field)| {
        let edited = dice.chance(0.35) && *name != FieldName::DATE_OF_BIRTH;
        Touch {
            field: name.clone(),
            kind: if edited {
                CorrectionKind::Edited
            } else {
                CorrectionKind::Confirmed
            },
            value: match (edited, name == &FieldName::DATE_OF_EXPIRY) {
                (true, false) => Personal::new(format!("{}X", field.value.expose())),
                _ => field.value.clone(),
            },
        }
    });
    touch.collect()
}
