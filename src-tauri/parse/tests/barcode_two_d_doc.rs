//! Signed French barcodes, with authorities, certificates and persons of our own invention.

use jiff::civil::{Date, date};
use lectern_parse::barcode::{
    self, Content, Kind, Obstacle, TrustList, Verdict, trust::TrustedCertificate,
};
use model::{Outcome, Payload, Quad, Symbology};
use p256::ecdsa::signature::Signer as _;
use proptest::prelude::*;

const DAY: Date = date(2026, 11, 21);

/// An identity card's message, version 4, authority `FR91`, certificate `LEC1`, signed on 2023-05-01.
const MESSAGE: &str = "DC04FR91LEC121DE21520701FR60ERIKA/ANN\u{1d}62MUSTER\u{1d}65CI66X0000001\u{1d}67FR68F6930111986\
6AÎLE-D'YEU\u{1d}6CFR6O01052033";

fn payload(text: impl Into<String>) -> Payload {
    Payload {
        symbology: Symbology::DataMatrix,
        text: text.into().into(),
        quad: Quad::rectangle(0.0, 0.0, 10.0, 10.0),
    }
}

fn value(content: &Content, field: &str) -> String {
    let claim = content
        .claims
        .iter()
        .find(|claim| claim.field.as_str() == field);
    claim.map_or(String::new(), |claim| claim.value.expose().to_owned())
}

fn base32(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let bit = |index: usize| {
        let byte = bytes.get(index / 8).copied().unwrap_or_default();
        usize::from(byte >> (7 - index % 8) & 1)
    };
    (0..bytes.len() * 8)
        .step_by(5)
        .map(|start| (start..start + 5).fold(0, |value, index| value << 1 | bit(index)))
        .map(|value| char::from(ALPHABET[value]))
        .collect()
}

const IN_RANGE: &str = "the number is less than the order of the curve";

/// A key of the signer on each curve that the standard allows.
enum SigningKey {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
}

impl SigningKey {
    fn all(seed: u8) -> [Self; 3] {
        let mut long = [seed; 66];
        long[0] = 0;
        [
            Self::P256(p256::ecdsa::SigningKey::from_slice(&[seed; 32]).expect(IN_RANGE)),
            Self::P384(p384::ecdsa::SigningKey::from_slice(&[seed; 48]).expect(IN_RANGE)),
            Self::P521(p521::ecdsa::SigningKey::from_slice(&long).expect(IN_RANGE)),
        ]
    }

    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
            Self::P521(key) => {
                let signature: p521::ecdsa::Signature = key.sign(message);
                signature.to_bytes().to_vec()
            }
        }
    }

    /// The curve's object identifier in DER, and the public point.
    fn public(&self) -> (&'static [u8], Vec<u8>) {
        match self {
            Self::P256(key) => (
                &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            ),
            Self::P384(key) => (
                &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22],
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            ),
            Self::P521(key) => (
                &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23],
                key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            ),
        }
    }
}

/// A DER element.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    match content.len() {
        short @ 0..128 => bytes.push(short as u8),
        medium @ 128..256 => bytes.extend([0x81, medium as u8]),
        long => bytes.extend([0x82, (long >> 8) as u8, long as u8]),
    }
    bytes.extend(content);
    bytes
}

fn joined(parts: &[Vec<u8>]) -> Vec<u8> {
    parts.concat()
}

/// An X.509 certificate of `id`, issued by `authority`, valid from 2020 to the end of `last_year`.
fn certificate(authority: &str, id: &str, key: &SigningKey, last_year: u16) -> Vec<u8> {
    let name = |common: &str| {
        let attribute = joined(&[
            vec![0x06, 0x03, 0x55, 0x04, 0x03],
            der(0x0c, common.as_bytes()),
        ]);
        der(0x30, &der(0x31, &der(0x30, &attribute)))
    };
    let algorithm = der(
        0x30,
        &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02],
    );
    let (curve, point) = key.public();
    let kind = joined(&[
        vec![0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01],
        curve.to_vec(),
    ]);
    let bits = |bytes: &[u8]| der(0x03, &joined(&[vec![0], bytes.to_vec()]));
    let moment = |year: u16, rest: &str| der(0x17, format!("{:02}{rest}", year % 100).as_bytes());
    let content = der(
        0x30,
        &joined(&[
            der(0xa0, &[0x02, 0x01, 0x02]),
            der(0x02, &[1]),
            algorithm.clone(),
            name(authority),
            der(
                0x30,
                &joined(&[
                    moment(2020, "0101000000Z"),
                    moment(last_year, "1231235959Z"),
                ]),
            ),
            name(id),
            der(0x30, &joined(&[der(0x30, &kind), bits(&point)])),
        ]),
    );
    // Nobody follows the chain, so the authority's own signature may be anything.
    der(0x30, &joined(&[content, algorithm, bits(&[0; 72])]))
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    bytes
        .chunks(3)
        .map(|chunk| {
            let group = chunk
                .iter()
                .chain(&[0, 0])
                .take(3)
                .fold(0_u32, |sum, &byte| sum << 8 | u32::from(byte));
            let digit =
                |place: u32| char::from(ALPHABET[(group >> (18 - 6 * place)) as usize & 63]);
            (0..4)
                .map(|place| {
                    if place as usize > chunk.len() {
                        '='
                    } else {
                        digit(place)
                    }
                })
                .collect::<String>()
        })
        .collect()
}

/// A trust list in XML, issued on 2026-09-01.
fn xml(certificates: &[Vec<u8>], next_update: &str) -> Vec<u8> {
    let services: Vec<String> = certificates
        .iter()
        .map(|der| {
            format!(
                "<tsl:X509Certificate>\n  {}\n</tsl:X509Certificate>",
                base64(der)
            )
        })
        .collect();
    let services = services.concat();
    format!(
        "<?xml version=\"1.0\"?><tsl:TrustServiceStatusList xmlns:tsl=\"http://uri.etsi.org/02231/v2#\">\
         <tsl:ListIssueDateTime>2026-09-01T11:00:00Z</tsl:ListIssueDateTime>\
         <tsl:NextUpdate><tsl:dateTime>{next_update}T11:00:00Z</tsl:dateTime></tsl:NextUpdate>\
         {services}</tsl:TrustServiceStatusList>"
    )
    .into_bytes()
}

fn signed(key: &SigningKey, message: &str) -> Payload {
    payload(format!(
        "{message}\u{1f}{}",
        base32(&key.sign(message.as_bytes()))
    ))
}

fn verdict(payload: &Payload, list: Option<&TrustList>) -> Verdict {
    barcode::signature(payload, list, DAY)
        .expect("it is a 2D-Doc")
        .verdict
}

#[test]
fn fields_become_claims() {
    let content = barcode::parse(&payload(MESSAGE), DAY).unwrap();
    assert_eq!(content.kind, Kind::TwoDDoc { version: 4 });
    assert_eq!(content.issuing_country.as_deref(), Some("FRA"));
    assert_eq!(content.document_type.unwrap().to_string(), "id_card");
    for (field, expected) in [
        ("given_names", "ERIKA ANN"),
        ("surname", "MUSTER"),
        ("document_number", "X0000001"),
        ("nationality", "FRA"),
        ("sex", "F"),
        ("date_of_birth", "1986-11-30"),
        ("place_of_birth", "ÎLE-D'YEU"),
        ("country_of_birth", "FRA"),
        ("date_of_expiry", "2033-05-01"),
    ] {
        assert_eq!(value(&content, field), expected, "{field}");
    }
    assert_eq!(content.problems[0].code, "two_d_doc_without_signature");
}

#[test]
fn a_zone_within_is_read() {
    let zone = "I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<";
    let content = barcode::parse(
        &payload(format!("DC03FR91LEC121DE21520801{}{zone}", "6F")),
        DAY,
    )
    .unwrap();
    for (field, expected) in [
        ("surname", "ERIKSSON"),
        ("given_names", "ANNA MARIA"),
        ("document_number", "D23145890"),
        ("nationality", "UTO"),
        ("date_of_birth", "1974-08-12"),
        ("sex", "F"),
        ("date_of_expiry", "2012-04-15"),
    ] {
        assert_eq!(value(&content, field), expected, "{field}");
    }
    assert_eq!(content.document_type.unwrap().to_string(), "id_card");
}

#[test]
fn vehicles_keep_the_codes_of_their_papers() {
    let message = "DC02FR91LEC121DE2152A7A0FRA1AB-123-CD\u{1d}A2LECTERN\u{1d}A4VF1AAAAAA00000001A5VP A6ESA7120AA15042009";
    let content = barcode::parse(&payload(message), DAY).unwrap();
    for (field, expected) in [
        ("A", "AB-123-CD"),
        ("D1", "LECTERN"),
        ("E", "VF1AAAAAA00000001"),
        ("J", "VP"),
        ("P3", "ES"),
        ("V7", "120"),
        ("B", "2009-04-15"),
    ] {
        assert_eq!(value(&content, field), expected, "{field}");
    }
}

#[test]
fn a_signature_has_three_outcomes() {
    for key in SigningKey::all(7) {
        let certificates = [certificate("FR91", "LEC1", &key, 2030)];
        let list = TrustList::parse(&xml(&certificates, "2027-03-01")).unwrap();
        let good = signed(&key, MESSAGE);
        let signature = barcode::signature(&good, Some(&list), DAY).unwrap();
        assert_eq!(signature.verdict, Verdict::Valid);
        assert_eq!(
            (signature.authority.as_str(), signature.certificate.as_str()),
            ("FR91", "LEC1")
        );
        assert_eq!(signature.check().outcome, Outcome::Passed);
        assert!(signature.check().message.contains("2026-09-01"));

        let changed = payload(good.text.expose().replace("MUSTER", "MASTER"));
        assert_eq!(verdict(&changed, Some(&list)), Verdict::Invalid);
        let unsigned = payload(MESSAGE);
        assert_eq!(verdict(&unsigned, Some(&list)), Verdict::Invalid);

        let unknown = signed(&key, &MESSAGE.replace("LEC1", "LEC2"));
        let cannot = |obstacle| Verdict::CannotVerify(obstacle);
        assert_eq!(
            verdict(&unknown, Some(&list)),
            cannot(Obstacle::UnknownSigner)
        );
        assert_eq!(verdict(&good, None), cannot(Obstacle::NoTrustList));
        let old = TrustList::parse(&xml(&certificates, "2026-11-20")).unwrap();
        assert_eq!(
            verdict(&good, Some(&old)),
            cannot(Obstacle::TrustListExpired)
        );
        assert_eq!(verdict(&changed, Some(&old)), Verdict::Invalid);
        let lapsed = [certificate("FR91", "LEC1", &key, 2022)];
        let list = TrustList::parse(&xml(&lapsed, "2027-03-01")).unwrap();
        assert_eq!(
            verdict(&good, Some(&list)),
            cannot(Obstacle::CertificateNotValid)
        );
        assert_eq!(
            barcode::signature(&good, Some(&list), DAY)
                .unwrap()
                .check()
                .outcome,
            Outcome::CouldNotRun
        );
    }
}

#[test]
fn another_key_under_the_same_name_does_not_do() {
    let [key, ..] = SigningKey::all(7);
    let [other, ..] = SigningKey::all(9);
    let list = TrustList::parse(&xml(
        &[certificate("FR91", "LEC1", &other, 2030)],
        "2027-03-01",
    ))
    .unwrap();
    assert_eq!(
        verdict(&signed(&key, MESSAGE), Some(&list)),
        Verdict::Invalid
    );
    // Renewed under the same name: either may have signed.
    let both = [
        certificate("FR91", "LEC1", &other, 2030),
        certificate("FR91", "LEC1", &key, 2030),
    ];
    let list = TrustList::parse(&xml(&both, "2027-03-01")).unwrap();
    assert_eq!(verdict(&signed(&key, MESSAGE), Some(&list)), Verdict::Valid);
}

#[test]
fn version_1_and_symbols_of_latin_1_are_verified() {
    let [key, ..] = SigningKey::all(5);
    let list = TrustList::parse(&certificate("FR91", "LEC1", &key, 2030)).unwrap();
    // Bytes that are no UTF-8 come as one character each.
    let message = MESSAGE.replace("DC04", "DC02").replace("0701FR", "07");
    let bytes: Vec<u8> = message.chars().map(|c| c as u8).collect();
    let latin = payload(format!("{message}\u{1f}{}", base32(&key.sign(&bytes))));
    assert_eq!(verdict(&latin, Some(&list)), Verdict::Valid);
    let raw: String = key.sign(&bytes).into_iter().map(char::from).collect();
    let first = message.replace("DC02", "DC01");
    let bytes: Vec<u8> = first.chars().map(|c| c as u8).collect();
    let raw_signature: String = key.sign(&bytes).into_iter().map(char::from).collect();
    assert_ne!(raw, raw_signature);
    let plain = payload(format!("{first}\u{1f}{raw_signature}"));
    assert_eq!(verdict(&plain, Some(&list)), Verdict::Valid);
}

#[test]
fn lists_come_in_any_packing() {
    let [key, ..] = SigningKey::all(7);
    let [one, two] = ["LEC1", "LEC2"].map(|id| certificate("FR91", id, &key, 2030));
    let pem = |der: &[u8]| {
        format!(
            "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
            base64(der)
        )
    };
    let mut parts = b"--part\r\nContent-Type: application/pkix-cert\r\n\r\n".to_vec();
    parts.extend(&one);
    parts.extend(b"\r\n--part\r\nContent-Type: application/pkix-cert\r\n\r\n");
    parts.extend(&two);
    for file in [
        joined(&[one.clone(), two.clone()]),
        parts,
        format!("{}{}", pem(&one), pem(&two)).into_bytes(),
        xml(&[one.clone(), two.clone()], "2027-03-01"),
    ] {
        let list = TrustList::parse(&file).unwrap();
        let ids: Vec<&str> = list
            .certificates()
            .iter()
            .map(|one| one.id.as_str())
            .collect();
        assert_eq!(ids, ["LEC1", "LEC2"]);
        assert!(list.certificates().iter().all(TrustedCertificate::can_sign));
        assert_eq!(list.certificates()[0].not_after, date(2030, 12, 31));
    }
    let dated = TrustList::parse(&xml(&[one], "2027-03-01")).unwrap();
    assert_eq!(dated.issued(), Some(date(2026, 9, 1)));
    assert_eq!(dated.next_update(), Some(date(2027, 3, 1)));
    assert!(!dated.is_expired(DAY) && dated.is_expired(date(2027, 3, 2)));
    let nothing = TrustList::parse(b"a letter").unwrap_err();
    assert_eq!(nothing.code(), "trust_list_no_certificate");
}

#[test]
fn other_payloads_are_left_alone() {
    for text in [
        "",
        "DC",
        "DC09FR91LEC121DE21520701FR",
        "DC04FR91",
        "https://example.org",
    ] {
        assert!(barcode::parse(&payload(text), DAY).is_none(), "{text}");
        assert!(barcode::signature(&payload(text), None, DAY).is_none());
    }
}

proptest! {
    #[test]
    fn no_bytes_break_the_list(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = TrustList::parse(&bytes);
    }

    #[test]
    fn no_damage_breaks_it(at in 0_usize..200, length in 0_usize..30, with in "[\\x00-\\xff]{0,6}") {
        let mut characters: Vec<char> = MESSAGE.chars().collect();
        let start = at.min(characters.len());
        let end = (start + length).min(characters.len());
        characters.splice(start..end, with.chars());
        let text: String = characters.into_iter().collect();
        barcode::parse(&payload(text.clone()), DAY);
        barcode::signature(&payload(text), None, DAY);
    }
}
