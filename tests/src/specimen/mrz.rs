//! Machine-readable zones, encoded from the standards and from nothing of the program under test:
//! ICAO Doc 9303 (8th edition, 2021) parts 3 to 7, and papers of France and Switzerland with zones of their own.

use serde::{Deserialize, Serialize};

/// The 37 symbols of a machine-readable zone, in the order of the recogniser's classes.
pub const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// The forms that are encoded here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Cards of size ID-1: three lines of 30 (part 5).
    #[serde(rename = "TD1")]
    Td1,
    /// Documents of size ID-2: two lines of 36 (part 6).
    #[serde(rename = "TD2")]
    Td2,
    /// Passports: two lines of 44 (part 4).
    #[serde(rename = "TD3")]
    Td3,
    /// Visas of passport size: two lines of 44 (part 7).
    #[serde(rename = "MRVA")]
    MrvA,
    /// Visas of size ID-2: two lines of 36 (part 7).
    #[serde(rename = "MRVB")]
    MrvB,
    /// The French identity card issued from 1988 to 2021: two lines of 36, not ICAO's.
    #[serde(rename = "FRID")]
    FrenchId,
    /// The French driving licence issued since 2013: one line of 30.
    #[serde(rename = "FRDL")]
    FrenchLicence,
    /// The French vehicle certificate issued since 2009: two lines of 44; see [`french_vehicle`].
    #[serde(rename = "FRVR")]
    FrenchVehicle,
    /// The Swiss driving licence: a line of 9 and two of 30; see [`swiss_licence`].
    #[serde(rename = "CHDL")]
    SwissLicence,
}

/// What a zone says, not yet transliterated. Dates are `YYMMDD`.
#[derive(Clone, Debug)]
pub struct Content<'a> {
    /// The document code, one or two symbols.
    pub code: &'a str,
    /// The issuing state, up to three symbols.
    pub issuer: &'a str,
    /// Primary identifier, in any Latin letters.
    pub surname: &'a str,
    /// Secondary identifier, in any Latin letters.
    pub given_names: &'a str,
    /// The document number; over nine symbols it runs on into the optional data of TD1 and TD2.
    pub number: &'a str,
    /// The holder's state, up to three symbols.
    pub nationality: &'a str,
    /// Date of birth.
    pub birth: &'a str,
    /// `M`, `F` or `<`.
    pub sex: char,
    /// Last day of validity; the French identity card states the day of issue here instead, as it
    /// has no expiry in its zone.
    pub expiry_or_issue: &'a str,
    /// Optional data: of the second line, or of the first line of TD1. On the French identity card
    /// the six symbols of the issuing office.
    pub optional: &'a str,
    /// Optional data of the second line of TD1.
    pub optional_two: &'a str,
}

/// The check digit of ICAO Doc 9303 part 3, section 4.9: weights 7, 3, 1 and the sum modulo 10.
/// Symbols outside the alphabet count nothing.
pub fn check_digit(text: &str) -> char {
    let sum: u32 = text
        .bytes()
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(symbol, weight)| {
            weight
                * match symbol {
                    b'0'..=b'9' => u32::from(symbol - b'0'),
                    b'A'..=b'Z' => u32::from(symbol - b'A') + 10,
                    _ => 0,
                }
        })
        .sum();
    char::from(b'0' + (sum % 10) as u8)
}

/// The lines of a zone.
pub fn encode(format: Format, content: &Content<'_>) -> Vec<String> {
    let code = fill(content.code, 2);
    let issuer = fill(content.issuer, 3);
    let nationality = fill(content.nationality, 3);
    let Content {
        birth,
        sex,
        expiry_or_issue: expiry,
        ..
    } = *content;
    let (birth_digit, expiry_digit) = (check_digit(birth), check_digit(expiry));
    match format {
        Format::Td1 => {
            let (number, optional) = number_and_optional(content.number, content.optional, 15);
            let first = format!("{code}{issuer}{number}{optional}");
            let most = format!(
                "{birth}{birth_digit}{sex}{expiry}{expiry_digit}{nationality}{}",
                fill(content.optional_two, 11)
            );
            let covered = [&first[5..30], &most[..7], &most[8..15], &most[18..29]].concat();
            let second = format!("{most}{}", check_digit(&covered));
            vec![
                first,
                second,
                names(content.surname, content.given_names, 30),
            ]
        }
        Format::Td2 => {
            let (number, optional) = number_and_optional(content.number, content.optional, 7);
            let first = format!(
                "{code}{issuer}{}",
                names(content.surname, content.given_names, 31)
            );
            let most = format!(
                "{number}{nationality}{birth}{birth_digit}{sex}{expiry}{expiry_digit}{optional}"
            );
            let covered = [&most[..10], &most[13..20], &most[21..35]].concat();
            vec![first, format!("{most}{}", check_digit(&covered))]
        }
        Format::Td3 => {
            let first = format!(
                "{code}{issuer}{}",
                names(content.surname, content.given_names, 39)
            );
            let number = fill(content.number, 9);
            let personal = fill(content.optional, 14);
            // Part 4, 4.2.2.2: an empty personal number may have `<` as its digit.
            let personal_digit = if content.optional.is_empty() {
                '<'
            } else {
                check_digit(&personal)
            };
            let most = format!(
                "{number}{}{nationality}{birth}{birth_digit}{sex}{expiry}{expiry_digit}{personal}{personal_digit}",
                check_digit(&number)
            );
            let covered = [&most[..10], &most[13..20], &most[21..43]].concat();
            vec![first, format!("{most}{}", check_digit(&covered))]
        }
        Format::MrvA | Format::MrvB => {
            let (name_length, optional_length) = if format == Format::MrvA {
                (39, 16)
            } else {
                (31, 8)
            };
            let number = fill(content.number, 9);
            vec![
                format!(
                    "{code}{issuer}{}",
                    names(content.surname, content.given_names, name_length)
                ),
                format!(
                    "{number}{}{nationality}{birth}{birth_digit}{sex}{expiry}{expiry_digit}{}",
                    check_digit(&number),
                    fill(content.optional, optional_length)
                ),
            ]
        }
        Format::FrenchId => {
            let surname = fill(&transliterate(content.surname), 25);
            let first = format!("IDFRA{surname}{}", fill(content.optional, 6));
            // Given names are parted by two fillers here, parts of one name by a single one.
            let given: Vec<String> = content.given_names.split(", ").map(transliterate).collect();
            let number = fill(content.number, 12);
            let most = format!(
                "{number}{}{}{birth}{birth_digit}{sex}",
                check_digit(&number),
                fill(&given.join("<<"), 14)
            );
            let digit = check_digit(&[first.as_str(), most.as_str()].concat());
            vec![first, format!("{most}{digit}")]
        }
        Format::FrenchLicence => vec![french_licence(content.number, expiry, content.surname)],
        // What these say is not of this shape: `french_vehicle` and `swiss_licence` take it.
        Format::FrenchVehicle | Format::SwissLicence => Vec::new(),
    }
}

/// What the zone of a French vehicle certificate says.
#[derive(Clone, Copy, Debug)]
pub struct Vehicle<'a> {
    /// Registration number, letters and digits only.
    pub plate: &'a str,
    /// Chassis number, 17 symbols.
    pub vin: &'a str,
    /// First registration, `YYMMDD`.
    pub first: &'a str,
    /// National kind (J.1).
    pub kind: &'a str,
    /// National body (J.3).
    pub body: &'a str,
    /// Make (D.1).
    pub make: &'a str,
    /// Commercial name (D.3).
    pub model: &'a str,
    /// Formula number: four digits of a year, two letters, five digits.
    pub formula: &'a str,
}

/// The two lines of a French vehicle certificate, as read off public specimens: plate, chassis number
/// and first registration with a digit each, then the kind; body, make, model and the formula number
/// with its digit. What the last digit covers is not published; here it covers everything before it.
pub fn french_vehicle(vehicle: &Vehicle<'_>) -> [String; 2] {
    let plate = fill(&transliterate(vehicle.plate), 7);
    let first = format!(
        "CRFRA{plate}{}{}{}{}{}{}",
        check_digit(&plate),
        vehicle.vin,
        check_digit(vehicle.vin),
        vehicle.first,
        check_digit(vehicle.first),
        fill(&transliterate(vehicle.kind), 6)
    );
    let most = format!(
        "{}{}{}{}{}",
        fill(&transliterate(vehicle.body), 4),
        fill(&transliterate(vehicle.make), 14),
        fill(&transliterate(vehicle.model), 13),
        vehicle.formula,
        check_digit(vehicle.formula)
    );
    let last = check_digit(&format!("{first}{most}"));
    [first, format!("{most}{last}")]
}

/// The line of a French driving licence: code, state, number, a digit over these, expiry, the surname's
/// first eight symbols, and a digit over everything.
pub fn french_licence(number: &str, expiry: &str, surname: &str) -> String {
    let start = format!("D1FRA{}", fill(number, 9));
    let most = format!(
        "{start}{}{expiry}{}",
        check_digit(&start),
        fill(&transliterate(surname), 8)
    );
    format!("{most}{}", check_digit(&most))
}

/// The lines of a Swiss driving licence, as read off public specimens; it has no check digits. `form` is the
/// number of the blank, six symbols and a letter; `number` has nine digits and three of its version; `birth`
/// is `YYMMDD`.
pub fn swiss_licence(
    form: &str,
    number: &str,
    birth: &str,
    surname: &str,
    given_names: &str,
) -> [String; 3] {
    [
        fill(form, 9),
        fill(&format!("FACHE{number}<<{birth}"), 30),
        names(surname, given_names, 30),
    ]
}

/// Number, its digit and the optional data, `9 + 1 + optional_length` symbols in all. A number of more
/// than nine symbols goes on in the optional data, behind a filler in the digit's place, and its digit
/// follows it there (part 5, 4.2.2.1 note j).
fn number_and_optional(number: &str, optional: &str, optional_length: usize) -> (String, String) {
    let letters = fill(number, number.len().max(9));
    let (head, rest) = letters.split_at(9);
    if rest.is_empty() {
        (
            format!("{head}{}", check_digit(head)),
            fill(optional, optional_length),
        )
    } else {
        let rest = format!("{rest}{}<{optional}", check_digit(&letters));
        (format!("{head}<"), fill(&rest, optional_length))
    }
}

/// The name field of `length` symbols; a name that does not fit is cut so that at least one symbol of
/// the given names stays (part 3, 4.6).
fn names(surname: &str, given_names: &str, length: usize) -> String {
    let surname = transliterate(surname);
    let given = transliterate(given_names);
    if given.is_empty() {
        return fill(&surname, length);
    }
    let room = length - 3;
    let surname = &surname[..surname.len().min(room)];
    fill(&format!("{surname}<<{given}"), length)
}

/// The text in the zone's alphabet, words parted by single fillers (part 3, section 6): accents fall,
/// Ä, Ö, Ü, Å and Ø become two letters, apostrophes vanish, hyphens and spaces part words.
pub fn transliterate(text: &str) -> String {
    let mut done = String::new();
    for letter in text.chars().flat_map(char::to_uppercase) {
        match letter {
            'A'..='Z' | '0'..='9' => done.push(letter),
            ' ' | '-' | ',' | '<' => {
                if !done.is_empty() && !done.ends_with('<') {
                    done.push('<');
                }
            }
            'Ä' | 'Æ' => done += "AE",
            'Å' => done += "AA",
            'Ö' | 'Ø' | 'Œ' => done += "OE",
            'Ü' => done += "UE",
            'ẞ' => done += "SS",
            'Þ' => done += "TH",
            other => done.extend(plain(other)),
        }
    }
    done.trim_end_matches('<').to_owned()
}

/// The letter under the accent, for letters whose accent simply falls.
fn plain(letter: char) -> Option<char> {
    const PLAIN: [(char, &str); 19] = [
        ('A', "ÀÁÂÃĀĂĄẠẢẤẦẨẪẬẮẰẲẴẶ"),
        ('C', "ÇĆĈĊČ"),
        ('D', "ĎĐÐ"),
        ('E', "ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ"),
        ('G', "ĜĞĠĢ"),
        ('H', "ĤĦ"),
        ('I', "ÌÍÎÏĨĪĬĮİỈỊ"),
        ('J', "Ĵ"),
        ('K', "Ķ"),
        ('L', "ĹĻĽĿŁ"),
        ('N', "ÑŃŅŇ"),
        ('O', "ÒÓÔÕŌŎŐỌỎỐỒỔỖỘƠỚỜỞỠỢ"),
        ('R', "ŔŖŘ"),
        ('S', "ŚŜŞŠȘ"),
        ('T', "ŢŤŦȚ"),
        ('U', "ÙÚÛŨŪŬŮŰŲỤỦƯỨỪỬỮỰ"),
        ('W', "ŴẀẂẄ"),
        ('Y', "ÝŶŸỲỴỶỸ"),
        ('Z', "ŹŻŽ"),
    ];
    PLAIN
        .iter()
        .find(|(_, accented)| accented.contains(letter))
        .map(|(plain, _)| *plain)
}

/// The text cut or filled to `length` symbols.
pub fn fill(text: &str, length: usize) -> String {
    let mut text = text.to_owned();
    text.truncate(length);
    let missing = length - text.len();
    text + &"<".repeat(missing)
}
