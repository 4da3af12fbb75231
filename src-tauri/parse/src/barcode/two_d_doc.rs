//! 2D-Doc, the signed barcodes of French documents.
//!
//! ANTS, Spécifications techniques des codes à barres 2D-Doc, versions 01 to 04: a header of fixed
//! length, fields, and after a unit separator the signature of all before it. Binary codes and those
//! with a second, unsigned message are not read.

use jiff::{Span, civil::Date};
use model::{Check, DocumentKind, DocumentType, FieldName, Outcome, Payload, Personal, Problem};

use super::{Content, Kind, Obstacle, Signature, Verdict, alpha_code::alpha_3, trust::TrustList};
use crate::{Claim, dates, names};
use field::{Field, US};

mod field;

/// What a claim from an error-corrected symbol is worth.
const CERTAIN: f32 = 0.99;
/// A value that the issuer cut.
const CUT: f32 = 0.7;

/// What stands before the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Header<'a> {
    version: u8,
    /// Certification authority and certificate, four characters each.
    authority: &'a str,
    certificate: &'a str,
    issued: Option<Date>,
    signed: Option<Date>,
    document: &'a str,
    /// Country of the issuer, ISO 3166-1 alpha-2; from version 4, France before.
    country: &'a str,
}

/// A message with its header, its fields and its signature.
struct Message<'a> {
    header: Header<'a>,
    /// All that is signed.
    signed: &'a str,
    fields: Vec<Field<'a>>,
    signature: Option<&'a str>,
}

impl<'a> Message<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let start = text.find("DC0").filter(|&start| start <= 3)?;
        let text = text.get(start..)?;
        let (signed, signature) = match text.split_once(US) {
            Some((signed, signature)) => (signed, Some(signature)),
            None => (text, None),
        };
        let version: u8 = signed.get(2..4)?.parse().ok()?;
        let length = match version {
            1 | 2 => 22,
            3 => 24,
            4 => 26,
            _ => return None,
        };
        let (header, fields) = signed.split_at_checked(length)?;
        if !header.is_ascii() {
            return None;
        }
        Some(Self {
            header: Header {
                version,
                authority: header.get(4..8)?,
                certificate: header.get(8..12)?,
                issued: day_of(header.get(12..16)?),
                signed: day_of(header.get(16..20)?),
                document: header.get(20..22)?,
                country: header.get(24..26).unwrap_or("FR"),
            },
            signed,
            fields: field::split(fields),
            signature,
        })
    }

    fn value(&self, id: &str) -> Option<&Field<'a>> {
        self.fields
            .iter()
            .find(|field| field.id == id && !field.value.is_empty())
    }
}

/// Four hexadecimal digits: days since 1 January 2000; `FFFF` is none.
fn day_of(digits: &str) -> Option<Date> {
    let days = i64::from(u16::from_str_radix(digits, 16).ok()?);
    (days != 0xffff).then_some(())?;
    Date::constant(2000, 1, 1)
        .checked_add(Span::new().days(days))
        .ok()
}

/// `DDMMYYYY`.
fn printed_day(digits: &str) -> Option<Date> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<i16>().ok();
    let part = |from: usize, to: usize| i8::try_from(number(from, to)?).ok();
    (digits.len() == 8).then_some(())?;
    Date::new(number(4, 8)?, part(2, 4)?, part(0, 2)?).ok()
}

/// How a value is written in the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// As it stands.
    Plain,
    /// `DDMMYYYY`.
    Day,
    /// Days since 2000.
    HexadecimalDay,
    /// ISO 3166-1 alpha-2.
    Country,
    /// Names separated by `/`.
    Names,
}

/// Fields of the record by the identifiers of the standard; of several identifiers for one field, the
/// first that is present.
const RECORD: &[(&str, &[&str], Form)] = &[
    (
        "surname",
        &["62", "80", "6G", "B2", "13", "46"],
        Form::Plain,
    ),
    (
        "given_names",
        &["60", "61", "81", "B0", "B1", "12"],
        Form::Names,
    ),
    ("used_name", &["63", "64", "B3", "B4"], Form::Plain),
    ("full_name", &["10", "30"], Form::Plain),
    ("document_number", &["66", "82", "AH", "AL"], Form::Plain),
    ("personal_number", &["47", "40"], Form::Plain),
    ("nationality", &["67", "B5"], Form::Country),
    ("sex", &["68", "B6"], Form::Plain),
    ("date_of_birth", &["69", "B7"], Form::Day),
    ("place_of_birth", &["6A", "B8"], Form::Plain),
    ("country_of_birth", &["6C", "B9"], Form::Country),
    ("valid_from", &["6N"], Form::Day),
    ("date_of_expiry", &["6O", "AI"], Form::Day),
    ("date_of_expiry", &["08"], Form::HexadecimalDay),
    ("postal_code", &["6W", "24"], Form::Plain),
    ("city", &["6X", "25"], Form::Plain),
    ("A", &["A1"], Form::Plain),
    ("B", &["AA"], Form::Day),
    ("D1", &["A2"], Form::Plain),
    ("D3", &["A3"], Form::Plain),
    ("E", &["A4"], Form::Plain),
    ("J", &["A5"], Form::Plain),
    ("P3", &["A6"], Form::Plain),
    ("V7", &["A7"], Form::Plain),
    ("V9", &["A8"], Form::Plain),
];

/// The lines of an address: of a title of identity, else of the place served.
const ADDRESSES: [[&str; 6]; 2] = [
    ["6S", "6T", "6U", "6V", "6W", "6X"],
    ["20", "21", "22", "23", "24", "25"],
];

/// Understands a payload; none where it is nothing of this kind.
pub(super) fn parse(payload: &Payload, day: Date) -> Option<Content> {
    let message = Message::read(payload.text.expose())?;
    let reader = Reader { message, payload };
    let mut claims = reader.claims();
    if let Some(zone) = reader.message.value("6F") {
        for claim in reader.zone(zone.value, day) {
            if !claims.iter().any(|known| known.field == claim.field) {
                claims.push(claim);
            }
        }
    }
    let header = &reader.message.header;
    Some(Content {
        kind: Kind::TwoDDoc {
            version: header.version,
        },
        document_type: reader.document_type(),
        issuing_country: alpha_3(header.country).map(str::to_owned),
        checks: reader.checks(day),
        problems: reader.problems(),
        claims,
    })
}

/// A message with the symbol it comes from.
struct Reader<'a> {
    message: Message<'a>,
    payload: &'a Payload,
}

impl Reader<'_> {
    fn claim(&self, field: &'static str, source: &Field<'_>, value: impl Into<Personal>) -> Claim {
        Claim {
            field: FieldName::new(field),
            value: value.into(),
            text: source.value.into(),
            quads: vec![self.payload.quad],
            confidence: if source.cut { CUT } else { CERTAIN },
            agreed: false,
            rule: format!("2ddoc:{}", source.id),
            alternatives: Vec::new(),
        }
    }

    fn claims(&self) -> Vec<Claim> {
        let mut claims: Vec<Claim> = Vec::new();
        for (name, ids, form) in RECORD {
            let Some(field) = ids.iter().find_map(|id| self.message.value(id)) else {
                continue;
            };
            let value = match form {
                Form::Plain => Some(field.value.to_owned()),
                Form::Day => printed_day(field.value).map(|day| day.to_string()),
                Form::HexadecimalDay => day_of(field.value).map(|day| day.to_string()),
                Form::Country => alpha_3(field.value).map(str::to_owned),
                Form::Names => Some(field.value.replace('/', " ")),
            };
            let known = claims.iter().any(|claim| claim.field.as_str() == *name);
            if let Some(value) = value.filter(|_| !known) {
                claims.push(self.claim(name, field, value));
            }
        }
        for lines in ADDRESSES {
            let parts: Vec<&Field<'_>> = lines
                .iter()
                .filter_map(|id| self.message.value(id))
                .collect();
            let [first, ..] = parts.as_slice() else {
                continue;
            };
            let address: Vec<&str> = parts.iter().map(|field| field.value).collect();
            claims.push(self.claim("address", first, address.join(" ")));
            break;
        }
        claims
    }

    /// What the machine-readable zone of a title of identity (field 6F) says, ICAO Doc 9303 parts 4 to
    /// 6: its lines one after the other.
    fn zone(&self, text: &str, day: Date) -> Vec<Claim> {
        let Some(source) = self.message.value("6F") else {
            return Vec::new();
        };
        if !text.is_ascii() {
            return Vec::new();
        }
        let at = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
        // Names, number, nationality, birth, sex, expiry.
        let [zone_names, number, nationality, birth, sex, expiry] = match text.len() {
            90 => [
                at(60, 90),
                at(5, 14),
                at(45, 48),
                at(30, 36),
                at(37, 38),
                at(38, 44),
            ],
            88 => [
                at(5, 44),
                at(44, 53),
                at(54, 57),
                at(57, 63),
                at(64, 65),
                at(65, 71),
            ],
            72 if !text.starts_with("IDFRA") => [
                at(5, 36),
                at(36, 45),
                at(46, 49),
                at(49, 55),
                at(56, 57),
                at(57, 63),
            ],
            _ => return Vec::new(),
        };
        let zone_names = names::split(zone_names);
        let dated = |printed: dates::Printed| match printed {
            dates::Printed::Date { date, .. } => date.to_string(),
            _ => String::new(),
        };
        let sex = match sex {
            "M" | "F" => sex,
            "<" => "X",
            _ => "",
        };
        [
            ("surname", zone_names.primary.clone()),
            ("given_names", zone_names.secondary.clone()),
            ("document_number", names::words(number)),
            ("nationality", names::words(nationality)),
            ("date_of_birth", dated(dates::birth(birth, day))),
            ("sex", sex.to_owned()),
            ("date_of_expiry", dated(dates::expiry(expiry, day))),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(field, value)| self.claim(field, source, value))
        .collect()
    }

    fn document_type(&self) -> Option<DocumentType> {
        let kind = match self.message.header.document {
            // The kind of title: CI or CN an identity card, P a passport, TS or TR a residence permit.
            "07" | "08" => {
                let title = self.message.value("65").map_or("", |field| field.value);
                let zone = self.message.value("6F").map_or("", |field| field.value);
                match (title.chars().next(), zone.chars().next()) {
                    (Some('P'), _) | (None, Some('P')) => DocumentKind::Passport,
                    (Some('C' | 'I'), _) | (None, Some('I')) => DocumentKind::IdCard,
                    (Some('T'), _) => DocumentKind::ResidencePermit,
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(DocumentType::of(kind))
    }

    fn checks(&self, day: Date) -> Vec<Check> {
        let header = &self.message.header;
        let birth = self
            .message
            .value("69")
            .and_then(|field| printed_day(field.value));
        let order = [
            birth.zip(Some(day)),
            header.issued.zip(header.signed),
            header.signed.zip(Some(day)),
        ];
        let known: Vec<bool> = order
            .into_iter()
            .flatten()
            .map(|(earlier, later)| earlier <= later)
            .collect();
        let outcome = if known.is_empty() {
            Outcome::CouldNotRun
        } else if known.iter().all(|&good| good) {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        vec![Check {
            code: "two_d_doc_dates".to_owned(),
            outcome,
            message:
                "Birth, issue and signature of the 2D-Doc follow each other and are not to come"
                    .to_owned(),
            fields: vec![FieldName::DATE_OF_BIRTH],
        }]
    }

    fn problems(&self) -> Vec<Problem> {
        let lost = self.message.signature.is_none();
        lost.then(|| Problem {
            code: "two_d_doc_without_signature".to_owned(),
            message: "The 2D-Doc has no signature: nothing proves that its issuer made it"
                .to_owned(),
        })
        .into_iter()
        .collect()
    }
}

/// Who signed a payload and whether it is proven; none where it is no 2D-Doc.
pub(super) fn signature(
    payload: &Payload,
    list: Option<&TrustList>,
    day: Date,
) -> Option<Signature> {
    let text = payload.text.expose();
    let message = Message::read(text)?;
    let header = message.header;
    Some(Signature {
        authority: header.authority.to_owned(),
        certificate: header.certificate.to_owned(),
        signed_on: header.signed,
        list_issued: list.and_then(TrustList::issued),
        verdict: verdict(&message, list, day),
    })
}

fn verdict(message: &Message<'_>, list: Option<&TrustList>, day: Date) -> Verdict {
    let header = message.header;
    let Some(signature) = message.signature.filter(|signature| !signature.is_empty()) else {
        return Verdict::Invalid;
    };
    let Some(list) = list else {
        return Verdict::CannotVerify(Obstacle::NoTrustList);
    };
    let certificates: Vec<_> = list
        .find(header.authority, header.certificate)
        .filter(|certificate| certificate.can_sign())
        .collect();
    if certificates.is_empty() {
        return Verdict::CannotVerify(Obstacle::UnknownSigner);
    }
    // Version 1 has the bytes themselves; all later ones Base32.
    let signatures = [base32(signature), latin_1(signature)];
    // The bytes of the symbol: the text is UTF-8 where they were, else a character a byte.
    let messages = [
        Some(message.signed.as_bytes().to_vec()),
        latin_1(message.signed),
    ];
    let signer = certificates.into_iter().find(|certificate| {
        messages.iter().flatten().any(|message| {
            signatures
                .iter()
                .flatten()
                .any(|signature| certificate.verifies(message, signature))
        })
    });
    match signer {
        None => Verdict::Invalid,
        Some(signer) if !signer.is_valid_on(header.signed.unwrap_or(day)) => {
            Verdict::CannotVerify(Obstacle::CertificateNotValid)
        }
        Some(_) if list.is_expired(day) => Verdict::CannotVerify(Obstacle::TrustListExpired),
        Some(_) => Verdict::Valid,
    }
}

fn latin_1(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|character| u8::try_from(u32::from(character)).ok())
        .collect()
}

/// RFC 4648 section 6, without padding; white space is passed over.
fn base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for character in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'2'..=b'7' => character - b'2' + 26,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xffff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::{base32, day_of, printed_day};

    #[test]
    fn dates_of_the_header_count_from_2000() {
        for (digits, expected) in [
            ("0000", Some("2000-01-01")),
            ("092D", Some("2006-06-07")),
            ("1636", Some("2015-07-27")),
            ("FFFF", None),
            ("GGGG", None),
        ] {
            let found = day_of(digits).map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{digits}");
        }
        assert_eq!(printed_day("06061986").unwrap().to_string(), "1986-06-06");
        assert!(printed_day("31021986").is_none() && printed_day("").is_none());
    }

    #[test]
    fn base32_is_read_without_padding() {
        assert_eq!(base32("MZXW6YTB").unwrap(), b"fooba");
        assert_eq!(base32("MZXW6YTBOI").unwrap(), b"foobar");
        assert!(base32("mzxw").is_none());
    }
}
