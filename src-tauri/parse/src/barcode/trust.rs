//! Whose signatures are believed: certificates by the names under which barcodes speak of them.
//!
//! A 2D-Doc names its signer by four characters for the certification authority and four for the
//! certificate. ANTS publishes a signed list of authorities (an ETSI TS 119 612 trust list in XML, with
//! the day it was issued and the day of the next), and each authority a directory of its signers'
//! certificates, whose subject's common name is the certificate's four characters and whose issuer's
//! common name the authority's. [`TrustList::parse`] reads either, and PEM or DER certificates in any
//! packing. Whoever hands a list in vouches for it: neither the list's own signature nor the chain of
//! the certificates is followed.

use jiff::civil::Date;
use x509_cert::{
    Certificate,
    der::{Decode, Encode, oid::ObjectIdentifier},
    name::Name,
    time::Time,
};

use crate::error::TrustListError;

/// Certificates that are believed, and how old the list of them is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustList {
    issued: Option<Date>,
    next_update: Option<Date>,
    certificates: Vec<TrustedCertificate>,
}

/// A certificate of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedCertificate {
    /// Common name of the authority that issued it, such as `FR01`.
    pub authority: String,
    /// Common name of its subject: the four characters by which a signer's barcodes name it.
    pub id: String,
    /// First day on which it may sign.
    pub not_before: Date,
    /// Last day on which it may sign.
    pub not_after: Date,
    key: Key,
}

/// A public key on a curve that 2D-Doc allows.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Key {
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
    /// Of another kind: an authority's key, which signs certificates and no barcodes.
    Other,
}

impl TrustList {
    /// Reads a list: the XML of a trust list, PEM, or DER certificates one after the other or in the
    /// parts of a directory's answer.
    pub fn parse(bytes: &[u8]) -> Result<Self, TrustListError> {
        // The encodings in text are found in whatever text begins the file.
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
        };
        let mut certificates = Vec::new();
        for encoded in between(text, "X509Certificate>", "<") {
            certificates.extend(base64(encoded).as_deref().and_then(certificate));
        }
        for encoded in between(text, "-----BEGIN CERTIFICATE-----", "-----END") {
            certificates.extend(base64(encoded).as_deref().and_then(certificate));
        }
        if certificates.is_empty() {
            certificates = embedded(bytes);
        }
        if certificates.is_empty() {
            return Err(TrustListError::NoCertificate);
        }
        let day = |element: &str| {
            let after = between(text, element, "<").next()?;
            after.trim().get(..10)?.parse().ok()
        };
        Ok(Self {
            issued: day("ListIssueDateTime>"),
            next_update: text
                .find("NextUpdate>")
                .and_then(|start| text.get(start..))
                .and_then(|rest| between(rest, "dateTime>", "<").next())
                .and_then(|moment| moment.trim().get(..10)?.parse().ok()),
            certificates,
        })
    }

    /// The day on which the list was issued, where it says.
    pub fn issued(&self) -> Option<Date> {
        self.issued
    }

    /// The day by which its issuer promises the next one, where it says.
    pub fn next_update(&self) -> Option<Date> {
        self.next_update
    }

    /// Its certificates, in the order of the file.
    pub fn certificates(&self) -> &[TrustedCertificate] {
        &self.certificates
    }

    /// Whether a newer list must exist on that day.
    pub fn is_expired(&self, day: Date) -> bool {
        self.next_update.is_some_and(|next| next < day)
    }

    /// The certificates that a barcode may mean: an authority may renew one under its name.
    pub(super) fn find<'a>(
        &'a self,
        authority: &'a str,
        id: &'a str,
    ) -> impl Iterator<Item = &'a TrustedCertificate> {
        self.certificates.iter().filter(move |certificate| {
            certificate.authority.eq_ignore_ascii_case(authority)
                && certificate.id.eq_ignore_ascii_case(id)
        })
    }
}

impl TrustedCertificate {
    /// Whether the key may sign barcodes at all.
    pub fn can_sign(&self) -> bool {
        self.key != Key::Other
    }

    /// Whether it could sign on a day.
    pub(super) fn is_valid_on(&self, day: Date) -> bool {
        (self.not_before..=self.not_after).contains(&day)
    }

    /// Whether `signature` (r and s one after the other, FIPS 186-4) is this key's on the message,
    /// hashed by SHA-256, SHA-384 or SHA-512 as goes with its curve.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        use p256::ecdsa::signature::Verifier as _;
        match &self.key {
            Key::P256(key) => p256::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Key::P384(key) => p384::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Key::P521(key) => p521::ecdsa::Signature::from_slice(signature)
                .is_ok_and(|signature| key.verify(message, &signature).is_ok()),
            Key::Other => false,
        }
    }
}

/// The pieces of a text after `start` and before the next `end`.
fn between<'a>(text: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    // A closing element ends like an opening one and has nothing but blanks after it.
    text.split(start)
        .skip(1)
        .filter_map(move |rest| rest.split(end).next())
        .filter(|piece| !piece.trim().is_empty())
}

/// RFC 4648 section 4; white space is passed over, and the text ends at the padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for character in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match character {
            b'A'..=b'Z' => character - b'A',
            b'a'..=b'z' => character - b'a' + 26,
            b'0'..=b'9' => character - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6 | u32::from(value)) & 0xff_ffff;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    Some(bytes)
}

/// Every certificate that begins somewhere in the bytes.
fn embedded(bytes: &[u8]) -> Vec<TrustedCertificate> {
    /// A sequence whose length takes two bytes, as that of every certificate does.
    const SEQUENCE: [u8; 2] = [0x30, 0x82];
    let mut found = Vec::new();
    let mut rest = bytes;
    while let Some(start) = rest.windows(2).position(|window| window == SEQUENCE) {
        rest = &rest[start..];
        let length = match *rest {
            [_, _, high, low, ..] => 4 + usize::from(high) * 256 + usize::from(low),
            _ => break,
        };
        match rest.get(..length).and_then(certificate) {
            Some(certificate) => {
                found.push(certificate);
                rest = &rest[length..];
            }
            None => rest = &rest[2..],
        }
    }
    found
}

/// A DER certificate; none where it is none or its names or days are missing.
fn certificate(der: &[u8]) -> Option<TrustedCertificate> {
    let certificate = Certificate::from_der(der).ok()?;
    let content = certificate.tbs_certificate();
    let common_name = |name: &Name| {
        let name = name.common_name().ok()??;
        Some(name.value().trim().to_owned())
    };
    Some(TrustedCertificate {
        authority: common_name(content.issuer())?,
        id: common_name(content.subject())?,
        not_before: day(content.validity().not_before)?,
        not_after: day(content.validity().not_after)?,
        key: key(&certificate),
    })
}

fn key(certificate: &Certificate) -> Key {
    const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
    const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
    const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
    let info = certificate.tbs_certificate().subject_public_key_info();
    let curve = info
        .algorithm
        .parameters
        .as_ref()
        .and_then(|parameters| parameters.to_der().ok())
        .and_then(|der| ObjectIdentifier::from_der(&der).ok());
    let point = info.subject_public_key.raw_bytes();
    let read = match curve {
        Some(P256) => p256::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .ok()
            .map(Key::P256),
        Some(P384) => p384::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .ok()
            .map(Key::P384),
        Some(P521) => p521::ecdsa::VerifyingKey::from_sec1_bytes(point)
            .ok()
            .map(Key::P521),
        _ => None,
    };
    read.unwrap_or(Key::Other)
}

fn day(time: Time) -> Option<Date> {
    let moment = time.to_date_time();
    let year = i16::try_from(moment.year()).ok()?;
    let part = |part: u8| i8::try_from(part).ok();
    Date::new(year, part(moment.month())?, part(moment.day())?).ok()
}
