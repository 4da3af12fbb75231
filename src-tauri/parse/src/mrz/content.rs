//! What a zone's lines mean: claims about fields, and the rules they keep or break.
//!
//! [`parse()`] takes text, wherever it comes from, and never fails: what is out of place is left out
//! or claimed as doubtful, and a check says so.

mod checks;
mod french;
mod kind;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use model::{Check, DocumentType, FieldName, MrzFormat, Outcome, Personal};

use super::{
    alphabet::{FILLER, check_digit, index},
    layout::{self, DigitKind, Layout, Span, span},
};
use crate::{
    country,
    dates::{self, PartialDate, Printed},
    names, personal_number,
};

/// "These positions say that this field has this value."
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The field.
    pub field: FieldName,
    /// Its value: dates in ISO 8601, codes without fillers, names with spaces.
    pub value: Personal,
    /// Where it stands, in reading order.
    pub spans: Vec<Span>,
    /// Whether the value may be wrong or incomplete although every character is read right: a name
    /// that may be cut, a century that is not printed, a code that nobody knows.
    pub doubtful: bool,
}

/// All that the lines of a zone say.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Family and side of the document.
    pub document_type: Option<DocumentType>,
    /// Issuing state or organisation as coded, without fillers.
    pub issuing_country: Option<String>,
    /// Whether the codes say that this is a specimen.
    pub is_specimen: bool,
    /// The fields, in the order a person would read them.
    pub claims: Vec<Claim>,
    /// The rules of the zone.
    pub checks: Vec<Check>,
}

/// The lines of a zone under its layout, for looking at positions.
struct Sheet<'a> {
    lines: Vec<Vec<char>>,
    layout: &'a Layout,
    day: Date,
}

/// A date as printed and where.
struct DateAt {
    printed: Printed,
    span: Span,
}

impl DateAt {
    fn date(&self) -> Option<PartialDate> {
        match self.printed {
            Printed::Date { date, .. } => Some(date),
            Printed::Nothing | Printed::Invalid => None,
        }
    }
}

impl Sheet<'_> {
    /// Whether the line has the length its layout says, so that positions mean something.
    fn is_regular(&self, line: usize) -> bool {
        self.lines.get(line).map(Vec::len) == Some(self.layout.length(line))
    }

    /// The text of a span; empty where its line is of another length.
    fn text(&self, span: Span) -> String {
        if !self.is_regular(span.line) {
            return String::new();
        }
        let line = self.lines.get(span.line).map_or(&[][..], Vec::as_slice);
        line.get(span.from..span.to)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    fn symbol(&self, (line, position): (usize, usize)) -> u8 {
        let character = self.lines.get(line).and_then(|line| line.get(position));
        character.copied().and_then(index).unwrap_or(FILLER)
    }

    /// The part of a span between its outer fillers, which evidence should show; the whole where
    /// there is nothing else.
    fn trimmed(&self, whole: Span) -> Span {
        let text = self.text(whole);
        let before = text.chars().take_while(|one| *one == '<').count();
        let after = text.chars().rev().take_while(|one| *one == '<').count();
        if before + after >= text.chars().count() {
            whole
        } else {
            span(whole.line, whole.from + before, whole.to - after)
        }
    }

    /// A claim of the words in a span; none where there are only fillers.
    fn words(&self, field: FieldName, whole: Span) -> Option<Claim> {
        let value = names::words(&self.text(whole));
        (!value.is_empty()).then(|| Claim {
            field,
            value: value.into(),
            spans: vec![self.trimmed(whole)],
            doubtful: false,
        })
    }

    fn birth(&self, span: Span) -> DateAt {
        DateAt {
            printed: dates::birth(&self.text(span), self.day),
            span,
        }
    }

    fn expiry(&self, span: Span) -> DateAt {
        DateAt {
            printed: dates::expiry(&self.text(span), self.day),
            span,
        }
    }

    fn sex(&self, span: Span) -> Option<Claim> {
        let value = match self.text(span).as_str() {
            "M" => "M",
            "F" => "F",
            "<" | "X" => "X",
            _ => return None,
        };
        Some(Claim {
            field: FieldName::SEX,
            value: value.into(),
            spans: vec![span],
            doubtful: false,
        })
    }

    /// A code of a state or nationality.
    fn state(&self, field: FieldName, whole: Span) -> Option<Claim> {
        let mut claim = self.words(field, whole)?;
        claim.doubtful = country::name(claim.value.expose()).is_none();
        Some(claim)
    }

    /// Surname and given names of one field, and whether they may be cut.
    ///
    /// A surname without given names is doubtful: few people have but one name, and a filler too few
    /// between the two looks the same.
    fn names(&self, whole: Span) -> (Vec<Claim>, bool) {
        let text = self.text(whole);
        let split = names::split(&text);
        let second = span(whole.line, whole.from + split.secondary_from, whole.to);
        let first_to = if split.secondary.is_empty() {
            whole.to
        } else {
            second.from.saturating_sub(2)
        };
        let first = span(whole.line, whole.from, first_to);
        let claim = |field, value: String, place: Span, doubtful| {
            (!value.is_empty()).then(|| Claim {
                field,
                value: value.into(),
                spans: vec![self.trimmed(place)],
                doubtful,
            })
        };
        let cut = split.may_be_truncated;
        let alone = split.secondary.is_empty();
        let claims = [
            claim(FieldName::SURNAME, split.primary, first, alone),
            claim(FieldName::GIVEN_NAMES, split.secondary, second, cut),
        ];
        (claims.into_iter().flatten().collect(), cut)
    }
}

/// A claim of a date, where there is one.
fn dated(field: FieldName, at: &DateAt) -> Option<Claim> {
    let Printed::Date {
        date,
        century_doubtful,
    } = at.printed
    else {
        return None;
    };
    Some(Claim {
        field,
        value: date.to_string().into(),
        spans: vec![at.span],
        doubtful: century_doubtful || !date.is_complete(),
    })
}

/// Where the parts of an ICAO layout stand.
struct IcaoPlaces {
    number: Span,
    /// Where a long number goes on, and where other optional data stands.
    optional: &'static [Span],
    birth: Span,
    sex: Span,
    expiry: Span,
    issuer: Span,
    nationality: Span,
    names: Span,
}

fn icao_places(format: MrzFormat) -> Option<IcaoPlaces> {
    let two_lines = |names_to: usize, optional| IcaoPlaces {
        number: span(1, 0, 9),
        optional,
        birth: span(1, 13, 19),
        sex: span(1, 20, 21),
        expiry: span(1, 21, 27),
        issuer: span(0, 2, 5),
        nationality: span(1, 10, 13),
        names: span(0, 5, names_to),
    };
    match format {
        MrzFormat::Td3 => Some(two_lines(44, const { &[span(1, 28, 42)] })),
        MrzFormat::Td2 => Some(two_lines(36, const { &[span(1, 28, 35)] })),
        MrzFormat::MrvA => Some(two_lines(44, const { &[span(1, 28, 44)] })),
        MrzFormat::MrvB => Some(two_lines(36, const { &[span(1, 28, 36)] })),
        MrzFormat::Td1 => Some(IcaoPlaces {
            number: span(0, 5, 14),
            optional: const { &[span(0, 15, 30), span(1, 18, 29)] },
            birth: span(1, 0, 6),
            sex: span(1, 7, 8),
            expiry: span(1, 8, 14),
            issuer: span(0, 2, 5),
            nationality: span(1, 15, 18),
            names: span(2, 0, 30),
        }),
        MrzFormat::FrenchId
        | MrzFormat::FrenchDrivingLicence
        | MrzFormat::FrenchVehicleRegistration
        | MrzFormat::SwissDrivingLicence
        | MrzFormat::Nonstandard => None,
    }
}

/// Says what the lines of a zone mean, on a given day.
pub fn parse(format: MrzFormat, lines: &[&str], day: Date) -> Content {
    let characters: Vec<Vec<char>> = lines.iter().map(|line| line.chars().collect()).collect();
    let Some(layout) = layout::of(format) else {
        return unknown(lines);
    };
    let sheet = Sheet {
        lines: characters,
        layout,
        day,
    };
    let mut content = match (format, icao_places(format)) {
        (_, Some(places)) => icao(&sheet, format, &places),
        (MrzFormat::FrenchId, _) => french::identity_card(&sheet),
        (MrzFormat::FrenchDrivingLicence, _) => french::driving_licence(&sheet),
        (MrzFormat::FrenchVehicleRegistration, _) => french::vehicle_registration(&sheet),
        _ => swiss_driving_licence(&sheet),
    };
    let mut checks = vec![checks::conforming(&sheet)];
    checks.extend(checks::digits(&sheet));
    checks.append(&mut content.checks);
    content.checks = checks;
    content
}

/// A band of unknown layout: nothing is claimed. One line with the code of a state in positions 3 to
/// 5 and a digit at its end is the zone of a driving licence (ISO/IEC 18013-2); no other document
/// has a zone of one line.
fn unknown(lines: &[&str]) -> Content {
    let issuer = match lines {
        [line] if line.len() >= 28 && line.ends_with(|last: char| last.is_ascii_digit()) => line
            .get(2..5)
            .filter(|code| country::name(code).is_some())
            .filter(|_| line.starts_with(|first: char| first.is_ascii_uppercase())),
        _ => None,
    };
    Content {
        document_type: issuer.map(|_| DocumentType::of(model::DocumentKind::DrivingLicence)),
        issuing_country: issuer.map(str::to_owned),
        is_specimen: issuer == Some(country::SPECIMEN),
        claims: Vec::new(),
        checks: Vec::new(),
    }
}

fn icao(sheet: &Sheet<'_>, format: MrzFormat, places: &IcaoPlaces) -> Content {
    let code = names::words(&sheet.text(span(0, 0, 2)));
    let issuer = names::words(&sheet.text(places.issuer));
    let nationality = sheet.state(FieldName::NATIONALITY, places.nationality);
    let nationality_code = nationality
        .as_ref()
        .map_or_else(String::new, |claim| claim.value.expose().to_owned());
    let birth = sheet.birth(places.birth);
    let expiry = sheet.expiry(places.expiry);
    let (names, cut) = sheet.names(places.names);
    let (number, used) = document_number(sheet, places);
    let mut checks = vec![
        checks::known("issuing_country_known", &issuer, None),
        checks::known(
            "nationality_known",
            &nationality_code,
            Some(FieldName::NATIONALITY),
        ),
    ];
    checks.extend(checks::dates(&birth, Some(&expiry), sheet.day));
    checks.push(checks::complete_name(cut));
    let mut claims = names;
    claims.extend(number);
    claims.extend(nationality);
    claims.extend(dated(FieldName::DATE_OF_BIRTH, &birth));
    claims.extend(sheet.sex(places.sex));
    claims.extend(dated(FieldName::DATE_OF_EXPIRY, &expiry));
    claims.extend(optional_data(sheet, format, &issuer, places, used));
    Content {
        document_type: kind::of(format, &code, &issuer, &nationality_code),
        is_specimen: issuer == country::SPECIMEN
            || nationality_code == country::SPECIMEN
            || issuer == "BDR",
        issuing_country: (!issuer.is_empty()).then_some(issuer),
        claims,
        checks,
    }
}

/// The document number, and how many positions of the first optional data a long one takes, its
/// digit included.
fn document_number(sheet: &Sheet<'_>, places: &IcaoPlaces) -> (Option<Claim>, usize) {
    let digits = sheet.layout.digits(|place| sheet.symbol(place));
    let long = digits.iter().find(|digit| {
        let after = digit.place.1 > places.number.to || digit.place.0 != places.number.line;
        digit.kind == DigitKind::DocumentNumber && after
    });
    let optional = places.optional.first().copied();
    let (Some(long), Some(optional)) = (long, optional) else {
        return (sheet.words(FieldName::DOCUMENT_NUMBER, places.number), 0);
    };
    let tail = span(optional.line, optional.from, long.place.1);
    let value = format!("{}{}", sheet.text(places.number), sheet.text(tail));
    let value = names::words(&value);
    let claim = (!value.is_empty()).then(|| Claim {
        field: FieldName::DOCUMENT_NUMBER,
        value: value.into(),
        spans: vec![sheet.trimmed(places.number), tail],
        doubtful: false,
    });
    (claim, tail.to + 1 - optional.from)
}

/// The personal number where the issuer's layout is documented, everything else as optional data.
fn optional_data(
    sheet: &Sheet<'_>,
    format: MrzFormat,
    issuer: &str,
    places: &IcaoPlaces,
    used: usize,
) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let mut other: Vec<Claim> = Vec::new();
    for (at, whole) in places.optional.iter().enumerate() {
        let skipped = if at == 0 { used } else { 0 };
        let part = span(whole.line, (whole.from + skipped).min(whole.to), whole.to);
        let found = personal_number::find(issuer, format, &sheet.text(part));
        match found {
            Some((number, from)) if claims.is_empty() => {
                let first = part.from + from;
                claims.push(Claim {
                    field: FieldName::PERSONAL_NUMBER,
                    spans: vec![span(part.line, first, first + number.chars().count())],
                    value: number.into(),
                    doubtful: false,
                });
            }
            _ => other.extend(sheet.words(FieldName::OPTIONAL_DATA, part)),
        }
    }
    let joined: Vec<&str> = other.iter().map(|claim| claim.value.expose()).collect();
    if !joined.is_empty() {
        claims.push(Claim {
            field: FieldName::OPTIONAL_DATA,
            value: joined.join(" ").into(),
            spans: other.iter().flat_map(|claim| claim.spans.clone()).collect(),
            doubtful: false,
        });
    }
    claims
}

/// Swiss driving licence; the first line is kept in the zone and explained by nothing.
fn swiss_driving_licence(sheet: &Sheet<'_>) -> Content {
    let birth = sheet.birth(span(1, 19, 25));
    let (names, cut) = sheet.names(span(2, 0, 30));
    let mut claims = names;
    // The number and its version, as the card prints them in field 5.
    claims.extend(sheet.words(FieldName::DOCUMENT_NUMBER, span(1, 5, 17)));
    claims.extend(dated(FieldName::DATE_OF_BIRTH, &birth));
    let mut checks = checks::dates(&birth, None, sheet.day);
    checks.push(checks::complete_name(cut));
    Content {
        document_type: Some(DocumentType::of(model::DocumentKind::DrivingLicence)),
        issuing_country: Some("CHE".to_owned()),
        is_specimen: false,
        claims,
        checks,
    }
}

/// A check with its sentence.
fn check(code: &str, outcome: Outcome, message: &str, fields: &[FieldName]) -> Check {
    Check {
        code: code.to_owned(),
        outcome,
        message: message.to_owned(),
        fields: fields.to_vec(),
    }
}

/// Whether the digit at a position agrees with the text before it.
fn digit_follows(text: &str, digit: &str) -> bool {
    digit.starts_with(check_digit(text))
}
