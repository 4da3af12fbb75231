//! North American licences and identity cards: AAMVA DL/ID Card Design Standard, annex D, versions of
//! 2000 to 2025.
//!
//! Two elements of old versions are left out on purpose: race (DCL) and social security number (DBK,
//! DBM), because no record asks for them and whatever is not kept cannot leak.

use jiff::civil::Date;
use model::{DocumentKind, DocumentType, FieldName, Payload, Personal, Problem, Symbology};

use super::{Content, Kind};
use crate::Claim;
use elements::Elements;
use jurisdiction::{Country, Jurisdiction};

mod checks;
mod elements;
mod jurisdiction;
mod shape;
mod value;

/// What a claim from an error-corrected symbol is worth.
const CERTAIN: f32 = 0.99;
/// The same where the value had to be told from its neighbours by its shape.
const CUT_OUT: f32 = 0.85;
/// A value without the shape that the standard gives it.
const MISSHAPEN: f32 = 0.6;
/// A name that the issuer cut, or says that it may have cut.
const TRUNCATED: f32 = 0.7;

/// Understands a payload; none where it is nothing of this kind.
pub(super) fn parse(payload: &Payload, day: Date) -> Option<Content> {
    if payload.symbology != Symbology::Pdf417 {
        return None;
    }
    let found = elements::find(payload.text.expose())?;
    let card = Card::new(&found, payload);
    let claims = card.claims();
    let mut problems = Vec::new();
    if found.separators_lost {
        problems.push(Problem {
            code: "barcode_separators_lost".to_owned(),
            message:
                "The barcode lacks the separators between its values; they were told apart by \
                      their shape and should be compared with the card"
                    .to_owned(),
        });
    }
    Some(Content {
        kind: Kind::Aamva {
            version: found.header.version,
        },
        document_type: card.document_type(),
        issuing_country: card.jurisdiction.map(|issuer| issuer.to_string()),
        checks: checks::run(&card, day),
        claims,
        problems,
    })
}

/// A payload's elements with what decides how they are read.
struct Card<'a> {
    found: &'a Elements,
    payload: &'a Payload,
    /// From the issuer's number, else from the state of the address.
    jurisdiction: Option<Jurisdiction>,
    country: Option<Country>,
}

impl<'a> Card<'a> {
    fn new(found: &'a Elements, payload: &'a Payload) -> Self {
        let mut card = Self {
            found,
            payload,
            jurisdiction: jurisdiction::by_number(&found.header.issuer),
            country: None,
        };
        card.jurisdiction = card
            .jurisdiction
            .or_else(|| jurisdiction::by_code(card.value("DAJ").or_else(|| card.value("DAO"))?));
        card.country = match card.value("DCG") {
            Some("USA") => Some(Country::UnitedStates),
            Some("CAN" | "CDN") => Some(Country::Canada),
            _ => card.jurisdiction.map(|issuer| issuer.country),
        };
        card
    }

    /// The value of an element that is there and not empty.
    fn value(&self, tag: &str) -> Option<&'a str> {
        self.found
            .found
            .iter()
            .find(|element| element.specification.tag == tag && !element.value.is_empty())
            .map(|element| element.value.as_str())
    }

    /// The same, unless the value is a word for none.
    fn present(&self, tag: &str) -> Option<&'a str> {
        self.value(tag).filter(|value| !value::is_absent(value))
    }

    fn date(&self, tag: &str) -> Option<Date> {
        value::date(self.value(tag)?, self.country, self.found.header.version)
    }

    fn is_identity_card(&self) -> bool {
        self.found.header.subfile == "ID"
    }

    fn document_type(&self) -> Option<DocumentType> {
        let licensed = self.present("DCA").or_else(|| self.present("DAR"));
        match self.found.header.subfile.as_str() {
            "ID" => Some(DocumentType::of(DocumentKind::IdCard)),
            "DL" | "EN" => Some(DocumentType::of(DocumentKind::DrivingLicence)),
            _ => licensed.map(|_| DocumentType::of(DocumentKind::DrivingLicence)),
        }
    }

    fn claim(&self, field: FieldName, tag: &str, value: impl Into<Personal>) -> Claim {
        let element = self
            .found
            .found
            .iter()
            .find(|element| element.specification.tag == tag && !element.value.is_empty());
        let text = element.map_or("", |element| element.value.as_str());
        let fits = element.is_some_and(|element| element.specification.fits(text));
        let base = if self.found.separators_lost {
            CUT_OUT
        } else {
            CERTAIN
        };
        Claim {
            field,
            value: value.into(),
            text: text.into(),
            quads: vec![self.payload.quad],
            confidence: if fits { base } else { MISSHAPEN },
            agreed: false,
            rule: format!("aamva:{tag}"),
            alternatives: Vec::new(),
        }
    }

    /// The first of the elements that is present, as it stands.
    fn plain(&self, field: &FieldName, tags: &[&str]) -> Option<Claim> {
        tags.iter().find_map(|tag| {
            let value = self.present(tag)?;
            Some(self.claim(field.clone(), tag, value))
        })
    }

    fn claims(&self) -> Vec<Claim> {
        let mut claims = self.names();
        let named = |name: &str| FieldName::new(name);
        claims.extend(self.plain(&FieldName::DOCUMENT_NUMBER, &["DAQ"]));
        for (field, tag) in [
            (FieldName::DATE_OF_BIRTH, "DBB"),
            (FieldName::DATE_OF_ISSUE, "DBD"),
            (FieldName::DATE_OF_EXPIRY, "DBA"),
        ] {
            claims.extend(self.dated(field, tag));
        }
        if let Some(sex) = self.value("DBC").and_then(value::sex) {
            claims.push(self.claim(FieldName::SEX, "DBC", sex));
        }
        claims.extend(self.plain(&named("place_of_birth"), &["DCI"]));
        claims.extend(self.address());
        claims.extend(self.description());
        claims.extend(self.privileges());
        for (field, tags) in [
            ("document_discriminator", ["DCF"].as_slice()),
            ("inventory_number", &["DCK"]),
            ("audit_information", &["DCJ"]),
            ("customer_number", &["DBJ"]),
            ("real_id", &["DDA"]),
            ("alias_surname", &["DBN"]),
            ("alias_given_names", &["DBG"]),
            ("alias_suffix", &["DBS"]),
        ] {
            claims.extend(self.plain(&named(field), tags));
        }
        for (field, tag) in [
            ("under_18_until", "DDH"),
            ("under_19_until", "DDI"),
            ("under_21_until", "DDJ"),
            ("card_revision_date", "DDB"),
            ("hazmat_expiry", "DDC"),
        ] {
            claims.extend(self.dated(named(field), tag));
        }
        for (field, tag) in [
            ("limited_term", "DDD"),
            ("organ_donor", "DDK"),
            ("veteran", "DDL"),
        ] {
            if matches!(self.value(tag), Some("1" | "Y")) {
                claims.push(self.claim(named(field), tag, "yes"));
            }
        }
        claims
    }

    fn dated(&self, field: FieldName, tag: &str) -> Option<Claim> {
        let date = self.date(tag)?;
        Some(self.claim(field, tag, date.to_string()))
    }

    /// Surname, given names and suffix, from whichever elements the version has.
    fn names(&self) -> Vec<Claim> {
        let spaced = |name: &str| {
            let words: Vec<&str> = name
                .split([' ', ','])
                .filter(|word| !word.is_empty() && !value::is_absent(word))
                .collect();
            words.join(" ")
        };
        // The standard of 2000: `SURNAME,FIRST,MIDDLE,SUFFIX` in one element.
        let whole: Vec<&str> = self
            .present("DAA")
            .filter(|name| name.contains(','))
            .map(|name| name.split(',').map(str::trim).collect())
            .unwrap_or_default();
        let part = |index: usize| whole.get(index).copied().unwrap_or_default();
        let first_of = |tags: &[&'static str]| {
            tags.iter()
                .find_map(|tag| Some((*tag, self.present(tag)?.to_owned())))
        };
        let whole_part = |name: String| (!name.is_empty()).then_some(("DAA", name));
        let surname = first_of(&["DCS", "DAB"]).or_else(|| whole_part(part(0).to_owned()));
        let separate = self.present("DAC").map(|first| {
            let middle = self.present("DAD").unwrap_or_default();
            ("DAC", spaced(&format!("{first} {middle}")))
        });
        let together = self.present("DCT").map(|names| ("DCT", spaced(names)));
        let (given, other) = if self.found.header.version >= 4 {
            (separate.clone().or(together), None)
        } else {
            // Both are only found in the versions between; the one in one piece is what they demand.
            let other = separate
                .as_ref()
                .zip(together.as_ref())
                .and_then(|(a, b)| (a.1 != b.1).then(|| a.1.clone()));
            (together.or(separate), other)
        };
        let given = given.or_else(|| whole_part(spaced(&format!("{} {}", part(1), part(2)))));
        let suffix = first_of(&["DCU", "DAE"]).or_else(|| whole_part(part(3).to_owned()));
        let mut claims = Vec::new();
        if let Some((tag, surname)) = surname {
            let mut claim = self.claim(FieldName::SURNAME, tag, surname);
            self.lower_if_cut(&mut claim, &["DDE"]);
            claims.push(claim);
        }
        if let Some((tag, given)) = given.filter(|(_, given)| !given.is_empty()) {
            let mut claim = self.claim(FieldName::GIVEN_NAMES, tag, given);
            if let Some(other) = other {
                claim.alternatives.push(other.into());
                claim.confidence = claim.confidence.min(MISSHAPEN);
            }
            self.lower_if_cut(&mut claim, &["DDF", "DDG"]);
            claims.push(claim);
        }
        if let Some((tag, suffix)) = suffix {
            claims.push(self.claim(FieldName::new("suffix"), tag, suffix));
        }
        if claims.is_empty() {
            // A name that nothing divides: saying where the surname ends would be a guess.
            claims.extend(self.plain(&FieldName::new("full_name"), &["DAA"]));
        }
        claims
    }

    fn lower_if_cut(&self, claim: &mut Claim, flags: &[&str]) {
        if flags.iter().any(|flag| self.value(flag) == Some("T")) {
            claim.confidence = claim.confidence.min(TRUNCATED);
        }
    }

    /// The address as one line and in its parts; the mailing address where both are given.
    fn address(&self) -> Vec<Claim> {
        let tags = if self.present("DAG").is_some() {
            ["DAG", "DAH", "DAI", "DAJ", "DAK"]
        } else {
            ["DAL", "DAM", "DAN", "DAO", "DAP"]
        };
        let [street, second, city, state, postal_code] = tags.map(|tag| self.present(tag));
        let joined = |parts: &[Option<&str>], separator: &str| {
            let parts: Vec<&str> = parts.iter().flatten().copied().collect();
            parts.join(separator)
        };
        let street_line = joined(&[street, second], ", ");
        let postal_code = postal_code.map(value::postal_code);
        let region = joined(&[state, postal_code.as_deref()], " ");
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let whole: Vec<String> = [some(&street_line), city.map(str::to_owned), some(&region)]
            .into_iter()
            .flatten()
            .collect();
        let mut claims = Vec::new();
        if street.is_some() {
            claims.push(self.claim(FieldName::new("address"), tags[0], whole.join(", ")));
        }
        let parts = [
            ("street", tags[0], some(&street_line)),
            ("city", tags[2], city.map(str::to_owned)),
            ("state", tags[3], state.map(str::to_owned)),
            ("postal_code", tags[4], postal_code.clone()),
        ];
        for (field, tag, value) in parts {
            claims.extend(value.map(|value| self.claim(FieldName::new(field), tag, value)));
        }
        claims.extend(self.plain(&FieldName::new("country"), &["DCG"]));
        claims
    }

    /// Height, weight, colours.
    fn description(&self) -> Vec<Claim> {
        let measure = |field: &'static str,
                       tags: [&'static str; 2],
                       read: fn(&str, &str) -> Option<String>| {
            tags.into_iter().find_map(|tag| {
                let value = read(self.present(tag)?, tag)?;
                Some(self.claim(FieldName::new(field), tag, value))
            })
        };
        let mut claims = Vec::new();
        claims.extend(measure("height", ["DAU", "DAV"], value::height));
        let weight = measure("weight", ["DAW", "DAX"], value::weight).or_else(|| {
            let range = value::weight_range(self.value("DCE")?)?;
            Some(self.claim(FieldName::new("weight"), "DCE", range))
        });
        claims.extend(weight);
        claims.extend(self.plain(&FieldName::new("eye_colour"), &["DAY"]));
        claims.extend(self.plain(&FieldName::new("hair_colour"), &["DAZ"]));
        claims
    }

    /// Class, restrictions, endorsements. A licence says `NONE`; an identity card has no such thing.
    fn privileges(&self) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (field, tags) in [
            ("licence_categories", ["DCA", "DAR"]),
            ("restrictions", ["DCB", "DAS"]),
            ("endorsements", ["DCD", "DAT"]),
        ] {
            let found = tags.into_iter().find_map(|tag| {
                let value = self.value(tag)?;
                let says =
                    !value::is_absent(value) || (value == "NONE" && !self.is_identity_card());
                says.then(|| self.claim(FieldName::new(field), tag, value))
            });
            claims.extend(found);
        }
        claims
    }
}
