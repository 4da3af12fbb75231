//! Properties over invented holders and hostile input, with the `mrz` crate as a second opinion.

use jiff::civil::date;
use model::{FieldName, Lattice, MrzFormat, Point};
use proptest::prelude::*;

use super::{
    Content, Decoded, check_digit, decode, glance, is_blind_to,
    layout::{self, DigitKind},
    parse,
    synthesis::{clean, misled},
};
use crate::country;

const DAY: jiff::civil::Date = date(2026, 11, 21);

/// An invented person and document, as printed.
#[derive(Debug, Clone)]
struct Holder {
    issuer: String,
    nationality: String,
    surname: Vec<String>,
    given: Vec<String>,
    number: String,
    birth: String,
    sex: char,
    expiry: String,
    optional: String,
}

fn date_text() -> impl Strategy<Value = String> {
    (0..100, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:02}{month:02}{day:02}"))
}

fn holder() -> impl Strategy<Value = Holder> {
    let codes: Vec<&'static str> = country::codes().filter(|code| code.len() != 2).collect();
    let state = proptest::sample::select(codes).prop_map(str::to_owned);
    let words = || proptest::collection::vec("[A-Z]{1,12}", 1..4);
    (
        (state.clone(), state),
        words(),
        words(),
        "[A-Z0-9]{4,14}",
        (date_text(), date_text()),
        proptest::sample::select(vec!['M', 'F', '<']),
        "([A-Z0-9]{1,7})?",
    )
        .prop_map(
            |((issuer, nationality), surname, given, number, (birth, expiry), sex, optional)| {
                Holder {
                    issuer,
                    nationality,
                    surname,
                    given,
                    number,
                    birth,
                    sex,
                    expiry,
                    optional,
                }
            },
        )
}

fn padded(text: &str, width: usize) -> String {
    let fillers = std::iter::repeat('<');
    text.chars().chain(fillers).take(width).collect()
}

impl Holder {
    fn names(&self, width: usize) -> String {
        let names = format!("{}<<{}", self.surname.join("<"), self.given.join("<"));
        padded(&names, width)
    }

    fn dates_and_sex(&self) -> (String, String) {
        (
            format!("{}{}", self.birth, check_digit(&self.birth)),
            format!("{}{}", self.expiry, check_digit(&self.expiry)),
        )
    }

    /// Number, digit and the start of the optional data.
    fn number(&self, may_be_long: bool) -> (String, String) {
        if may_be_long && self.number.len() > 9 {
            let rest = &self.number[9..];
            let overflow = format!("{rest}{}<", check_digit(&self.number));
            return (format!("{}<", &self.number[..9]), overflow);
        }
        let number = padded(&self.number, 9);
        (format!("{number}{}", check_digit(&number)), String::new())
    }

    fn print(&self, format: MrzFormat) -> Vec<String> {
        let (issuer, nationality) = (padded(&self.issuer, 3), padded(&self.nationality, 3));
        let (birth, expiry) = self.dates_and_sex();
        let middle = format!("{nationality}{birth}{}{expiry}", self.sex);
        match format {
            MrzFormat::Td3 => {
                let (number, _) = self.number(false);
                let optional = padded(&self.optional, 14);
                let optional = format!("{optional}{}", check_digit(&optional));
                let composite = check_digit(&format!("{number}{birth}{expiry}{optional}"));
                vec![
                    format!("P<{issuer}{}", self.names(39)),
                    format!("{number}{middle}{optional}{composite}"),
                ]
            }
            MrzFormat::Td2 => {
                let (number, overflow) = self.number(true);
                let optional = padded(&format!("{overflow}{}", self.optional), 7);
                let composite = check_digit(&format!("{number}{birth}{expiry}{optional}"));
                vec![
                    format!("I<{issuer}{}", self.names(31)),
                    format!("{number}{middle}{optional}{composite}"),
                ]
            }
            MrzFormat::Td1 => {
                let (number, overflow) = self.number(true);
                let first = padded(&format!("{overflow}{}", self.optional), 15);
                let second = padded("", 11);
                let composite = check_digit(&format!("{number}{first}{birth}{expiry}{second}"));
                vec![
                    format!("I<{issuer}{number}{first}"),
                    format!(
                        "{birth}{}{expiry}{nationality}{second}{composite}",
                        self.sex
                    ),
                    self.names(30),
                ]
            }
            MrzFormat::MrvA | MrzFormat::MrvB => {
                let (number, _) = self.number(false);
                let width = if format == MrzFormat::MrvA { 44 } else { 36 };
                vec![
                    format!("V<{issuer}{}", self.names(width - 5)),
                    padded(&format!("{number}{middle}{}", self.optional), width),
                ]
            }
            MrzFormat::FrenchId => {
                let number: String = "0408"
                    .chars()
                    .chain(padded(&self.number, 3).chars())
                    .chain("12345".chars())
                    .collect();
                let first = format!("IDFRA{}", padded(&self.surname.join("<"), 31));
                let second = format!(
                    "{number}{}{}{birth}{}",
                    check_digit(&number),
                    padded(&self.given.join("<<"), 14),
                    self.sex
                );
                let composite = check_digit(&format!("{first}{second}"));
                vec![first, format!("{second}{composite}")]
            }
            _ => {
                let start = format!("D1FRA13AA{:05}", self.surname.len() * 77);
                let body = format!(
                    "{start}{}{}{}",
                    check_digit(&start),
                    self.expiry,
                    padded(&self.surname.join("<"), 8)
                );
                vec![format!("{body}{}", check_digit(&body))]
            }
        }
    }
}

const FORMATS: [MrzFormat; 7] = [
    MrzFormat::Td3,
    MrzFormat::Td2,
    MrzFormat::Td1,
    MrzFormat::MrvA,
    MrzFormat::MrvB,
    MrzFormat::FrenchId,
    MrzFormat::FrenchDrivingLicence,
];

fn format() -> impl Strategy<Value = MrzFormat> {
    proptest::sample::select(FORMATS.to_vec())
}

fn meaning(format: MrzFormat, lines: &[String]) -> Content {
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    parse(format, &lines, DAY)
}

fn value<'a>(content: &'a Content, field: &FieldName) -> &'a str {
    let mut claims = content.claims.iter();
    claims
        .find(|claim| claim.field == *field)
        .map_or("", |claim| claim.value.expose())
}

fn texts(decoded: &Decoded) -> Vec<String> {
    let lines = decoded.text().into_iter();
    lines.map(model::Personal::into_inner).collect()
}

/// The same zone as the `mrz` crate understands it; none for formats it does not know.
fn second_opinion(format: MrzFormat, lines: &[String]) -> Option<mrz::MrzData> {
    let line = |at: usize| lines[at].as_str();
    let opinion = match format {
        MrzFormat::Td3 => mrz::parse_td3(line(0), line(1)),
        MrzFormat::Td2 => mrz::parse_td2(line(0), line(1)),
        MrzFormat::Td1 => mrz::parse_td1(line(0), line(1), line(2)),
        MrzFormat::MrvA => mrz::parse_mrv_a(line(0), line(1)),
        MrzFormat::MrvB => mrz::parse_mrv_b(line(0), line(1)),
        _ => return None,
    };
    Some(opinion.expect("the other parser accepts what the standard allows"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    /// What is printed is decoded, and means what was meant; the other parser agrees.
    #[test]
    fn print_decode_parse_is_the_identity(holder in holder(), format in format()) {
        let lines = holder.print(format);
        let crops: Vec<Vec<Lattice>> = lines.iter().map(|line| vec![clean(line)]).collect();
        let decoded = decode(&crops).expect("a clean zone is decoded");
        prop_assert_eq!(decoded.format, format);
        prop_assert_eq!(&texts(&decoded), &lines);
        prop_assert!(decoded.agrees());
        let content = meaning(format, &lines);
        let failed = content.checks.iter().filter(|check| {
            check.code.starts_with("check_digit") && check.outcome != model::Outcome::Passed
        });
        prop_assert_eq!(failed.count(), 0);
        if format == MrzFormat::FrenchDrivingLicence || format == MrzFormat::FrenchId {
            prop_assert_eq!(content.issuing_country.as_deref(), Some("FRA"));
            return Ok(());
        }
        prop_assert_eq!(content.issuing_country.as_deref(), Some(holder.issuer.as_str()));
        prop_assert_eq!(value(&content, &FieldName::NATIONALITY), &holder.nationality);
        let number = value(&content, &FieldName::DOCUMENT_NUMBER);
        let long = matches!(format, MrzFormat::Td1 | MrzFormat::Td2);
        // Two-line cards have room for four characters more and the digit, three-line cards for all.
        let room = match format { MrzFormat::Td1 | MrzFormat::Td2 => 14, _ => 9 };
        if long && holder.number.len() <= room {
            prop_assert_eq!(number, &holder.number);
        } else {
            prop_assert!(holder.number.starts_with(number));
        }
        let other = second_opinion(format, &lines).expect("an ICAO format");
        prop_assert!(other.checks.all_valid());
        // Names that fill their field are cut by whoever prints them, each in his own way.
        let width = lines.iter().map(String::len).max().unwrap_or(0) - if format == MrzFormat::Td1 { 0 } else { 5 };
        if holder.names(60).trim_end_matches('<').len() < width {
            prop_assert_eq!(value(&content, &FieldName::SURNAME), &other.surname);
            prop_assert_eq!(value(&content, &FieldName::GIVEN_NAMES), &other.given_names);
        }
        prop_assert_eq!(number, other.full_document_number());
        let sex = value(&content, &FieldName::SEX).replace('X', "<");
        prop_assert_eq!(sex, other.sex.zone_char().to_string());
    }

    /// At most two characters taken for others never prove a wrong value, unless the digits cannot
    /// see the change: one character by its twin of a blind class, or two changes that cancel.
    #[test]
    fn no_substitution_proves_a_wrong_value_that_the_digits_could_see(
        holder in holder(),
        format in format(),
        places in proptest::collection::vec((0_usize..3, 0_usize..44, 0_usize..37, 0.0_f32..0.6), 1..=2),
        seed in 0_u64..1000,
        noise in 0.0_f32..0.5,
    ) {
        let lines = holder.print(format);
        let alphabet: Vec<char> = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<".chars().collect();
        let crops: Vec<Vec<Lattice>> = lines.iter().enumerate().map(|(line, text)| {
            let wrong: Vec<(usize, char, f32)> = places
                .iter()
                .filter(|place| place.0 == line && place.1 < text.len())
                .map(|place| (place.1, alphabet[place.2], place.3))
                .collect();
            vec![misled(text, &wrong, seed + line as u64, noise)]
        }).collect();
        let Some(decoded) = decode(&crops) else { return Ok(()) };
        let read = texts(&decoded);
        // Another layout of the same lengths must not prove anything wrong either; lines of other
        // lengths have no places in common with what was printed.
        if read.iter().map(String::len).ne(lines.iter().map(String::len)) {
            return Ok(());
        }
        for verdict in decoded.verdicts.iter().filter(|verdict| verdict.proven) {
            let changed: Vec<(char, char)> = verdict.over.iter().flat_map(|span| span.places())
                .map(|(line, at)| (char_at(&lines, line, at), char_at(&read, line, at)))
                .filter(|(printed, read)| printed != read)
                .collect();
            if let [(printed, read)] = changed[..] {
                prop_assert!(is_blind_to(printed, read), "{:?}", verdict.kind);
            }
            if !changed.is_empty() {
                // Whatever was changed, no digit of this zone may be able to tell.
                let known = layout::of(decoded.format).expect("a format with digits");
                let at = |(line, at): (usize, usize)| {
                    super::alphabet::index(char_at(&read, line, at)).unwrap_or(36)
                };
                for digit in known.digits(at) {
                    let own = digit.kind == verdict.kind || digit.kind == DigitKind::Composite;
                    prop_assert!(!own || digit.holds(at));
                }
            }
        }
    }

    /// Nothing that can be called text makes the parser fail.
    #[test]
    fn any_text_is_parsed(lines in proptest::collection::vec("\\PC{0,50}", 0..5), index in 0_usize..10) {
        let formats = [FORMATS.as_slice(), &[
            MrzFormat::SwissDrivingLicence,
            MrzFormat::FrenchVehicleRegistration,
            MrzFormat::Nonstandard,
        ]].concat();
        let content = meaning(formats[index], &lines);
        prop_assert!(content.claims.iter().all(|claim| !claim.value.is_empty()));
    }

    /// Nor does text of the right shape.
    #[test]
    fn any_zone_shaped_text_is_parsed(
        text in "[A-Z0-9<Ñ]{90}",
        index in 0_usize..10,
    ) {
        let formats = [FORMATS.as_slice(), &[
            MrzFormat::SwissDrivingLicence,
            MrzFormat::FrenchVehicleRegistration,
            MrzFormat::Nonstandard,
        ]].concat();
        let format = formats[index];
        let characters: Vec<char> = text.chars().collect();
        let lengths: Vec<usize> = match layout::of(format) {
            Some(layout) => (0..layout.lines.len()).map(|line| layout.length(line)).collect(),
            None => vec![33],
        };
        let mut from = 0;
        let lines: Vec<String> = lengths
            .into_iter()
            .map(|length| {
                from += length;
                characters[from - length..from].iter().collect()
            })
            .collect();
        let content = meaning(format, &lines);
        for span in content.claims.iter().flat_map(|claim| &claim.spans) {
            prop_assert!(span.from < span.to && span.to <= lines[span.line].chars().count());
        }
    }

    /// Nor do lattices of any numbers and any shape make the decoder fail.
    #[test]
    fn any_lattice_is_decoded(
        shapes in proptest::collection::vec((0_usize..4, 0_usize..90), 0..4),
        symbols in "[A-Z0-9<a-zÑé]{0,40}",
        numbers in proptest::collection::vec(any::<f32>(), 1..64),
        edges in 0_usize..3,
    ) {
        let alphabet: Vec<char> = symbols.chars().collect();
        let lattice = |steps: usize| Lattice {
            log_probabilities: numbers.iter().copied().cycle().take(steps * (alphabet.len() + 1)).collect(),
            alphabet: alphabet.clone(),
            edges: vec![(Point::default(), Point::default()); edges],
        };
        let crops: Vec<Vec<Lattice>> = shapes
            .iter()
            .map(|(count, steps)| (0..*count).map(|_| lattice(*steps)).collect())
            .collect();
        if let Some(decoded) = decode(&crops) {
            prop_assert_eq!(decoded.lines.len(), crops.len());
        }
        let _ = glance(&[lattice(numbers.len())]);
    }
}

fn char_at(lines: &[String], line: usize, at: usize) -> char {
    lines[line].chars().nth(at).unwrap_or('<')
}
