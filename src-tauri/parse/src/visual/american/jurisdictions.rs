//! The jurisdictions of the AAMVA and what their cards have of their own.
//!
//! Licence number formats: AAMVA's published list of jurisdictions' formats (DL/ID number formats);
//! postcodes: first three digits by state, USPS Publication 65. `9` is a digit, `A` a letter and `*`
//! either; punctuation in numbers is left out.

use super::super::track::Tracks;

/// A state, district, territory or province.
pub(in crate::visual) struct Jurisdiction {
    /// Two letters, as in addresses.
    pub code: &'static str,
    /// Its name as a card's title shows it, letters only.
    pub names: &'static [&'static str],
    /// Formats of its numbers, the usual first.
    pub numbers: &'static [&'static str],
    /// First three digits of its postcodes, first and last of each range; empty for Canada, whose
    /// postcodes begin with `letters`.
    pub postcodes: &'static [(u16, u16)],
    /// First letters of its Canadian postcodes.
    pub letters: &'static str,
    /// Whether cards without captions for names print given names before the family name.
    pub given_first: bool,
}

impl Jurisdiction {
    /// Whether it is a province of Canada.
    pub(super) fn is_canadian(&self) -> bool {
        !self.letters.is_empty()
    }

    /// ICAO code of the country and the jurisdiction's own, `USA-CA`.
    pub(super) fn country(&self) -> String {
        format!(
            "{}-{}",
            if self.is_canadian() { "CAN" } else { "USA" },
            self.code
        )
    }

    /// Whether a number of letters and digits has one of its formats, and how usual that is: 1 for
    /// the first, less for others.
    pub(super) fn likes_number(&self, number: &str) -> Option<f32> {
        self.numbers
            .iter()
            .position(|format| has_format(number, format))
            .map(|place| if place == 0 { 1.0 } else { 0.5 })
    }
}

/// Whether letters and digits follow a format.
pub(in crate::visual) fn has_format(number: &str, format: &str) -> bool {
    let mut characters = number.chars();
    format.chars().all(|expected| {
        characters.next().is_some_and(|character| match expected {
            '9' => character.is_ascii_digit(),
            'A' => character.is_ascii_alphabetic(),
            '*' => character.is_ascii_alphanumeric(),
            other => other == character,
        })
    }) && characters.next().is_none()
}

/// The number with letters and digits exchanged for those they look like where the format demands it;
/// nothing if that does not bring it into the format.
pub(in crate::visual) fn repaired(printed: &str, format: &str) -> Option<String> {
    let mut slots = format.chars();
    let mut text = String::new();
    for character in printed.chars() {
        let Some(key) = super::super::track::folded(character) else {
            text.push(character);
            continue;
        };
        let digit = || super::captions::digit(key).map(|(digit, _)| char::from(b'0' + digit));
        text.push(match slots.next()? {
            '9' => digit()?,
            'A' => match key {
                letter if letter.is_ascii_alphabetic() => letter,
                '0' => 'O',
                '1' => 'I',
                '2' => 'Z',
                '5' => 'S',
                '6' => 'G',
                '8' => 'B',
                _ => return None,
            },
            other if other == '*' || other == key => key,
            other
                if key.is_ascii_digit()
                    && digit()
                        == super::captions::digit(other)
                            .map(|(digit, _)| char::from(b'0' + digit)) =>
            {
                other
            }
            _ => return None,
        });
    }
    slots.next().is_none().then_some(text)
}

const fn us(
    code: &'static str,
    names: &'static [&'static str],
    numbers: &'static [&'static str],
    postcodes: &'static [(u16, u16)],
) -> Jurisdiction {
    Jurisdiction {
        code,
        names,
        numbers,
        postcodes,
        letters: "",
        given_first: false,
    }
}

/// A state whose older cards print given names first.
const fn given_first(mut jurisdiction: Jurisdiction) -> Jurisdiction {
    jurisdiction.given_first = true;
    jurisdiction
}

const fn ca(
    code: &'static str,
    names: &'static [&'static str],
    numbers: &'static [&'static str],
    letters: &'static str,
) -> Jurisdiction {
    Jurisdiction {
        code,
        names,
        numbers,
        postcodes: &[],
        letters,
        given_first: false,
    }
}

/// All of them. Where a literal letter would be read as a placeholder (`A`), the placeholder stands.
pub(in crate::visual) const JURISDICTIONS: &[Jurisdiction] = &[
    given_first(us(
        "AL",
        &["ALABAMA"],
        &["9999999", "99999999"],
        &[(350, 369)],
    )),
    us(
        "AK",
        &["ALASKA"],
        &["9999999", "999999", "99999"],
        &[(995, 999)],
    ),
    us(
        "AZ",
        &["ARIZONA"],
        &["A99999999", "999999999"],
        &[(850, 865)],
    ),
    us(
        "AR",
        &["ARKANSAS"],
        &["999999999", "99999999"],
        &[(716, 729)],
    ),
    us("CA", &["CALIFORNIA"], &["A9999999"], &[(900, 961)]),
    us("CO", &["COLORADO"], &["999999999"], &[(800, 816)]),
    us("CT", &["CONNECTICUT"], &["999999999"], &[(60, 69)]),
    us(
        "DE",
        &["DELAWARE"],
        &["9999999", "99999999", "999999"],
        &[(197, 199)],
    ),
    us(
        "DC",
        &["DISTRICTOFCOLUMBIA", "WASHINGTONDC"],
        &["9999999", "999999999"],
        &[(200, 200), (202, 205)],
    ),
    given_first(us(
        "FL",
        &["FLORIDA"],
        &["A999999999999", "A99999999999"],
        &[(320, 349)],
    )),
    given_first(us(
        "GA",
        &["GEORGIA"],
        &["999999999", "99999999", "9999999"],
        &[(300, 319), (398, 399)],
    )),
    us(
        "HI",
        &["HAWAII"],
        &["H99999999", "999999999"],
        &[(967, 968)],
    ),
    us("ID", &["IDAHO"], &["AA999999A", "999999999"], &[(832, 838)]),
    us("IL", &["ILLINOIS"], &["A99999999999"], &[(600, 629)]),
    us(
        "IN",
        &["INDIANA"],
        &["9999999999", "A999999999", "999999999"],
        &[(460, 479)],
    ),
    us("IA", &["IOWA"], &["999AA9999", "999999999"], &[(500, 528)]),
    us(
        "KS",
        &["KANSAS"],
        &["K99999999", "999999999"],
        &[(660, 679)],
    ),
    us(
        "KY",
        &["KENTUCKY"],
        &["A99999999", "A999999999", "999999999"],
        &[(400, 427)],
    ),
    us("LA", &["LOUISIANA"], &["999999999"], &[(700, 714)]),
    us(
        "ME",
        &["MAINE"],
        &["9999999", "9999999A", "99999999"],
        &[(39, 49)],
    ),
    us(
        "MD",
        &["MARYLAND"],
        &["A999999999999", "AA99999999999"],
        &[(206, 219)],
    ),
    us(
        "MA",
        &["MASSACHUSETTS"],
        &["A99999999", "AA9999999", "999999999"],
        &[(10, 27), (55, 55)],
    ),
    given_first(us(
        "MI",
        &["MICHIGAN"],
        &["A999999999999", "A9999999999"],
        &[(480, 499)],
    )),
    given_first(us("MN", &["MINNESOTA"], &["A999999999999"], &[(550, 567)])),
    us("MS", &["MISSISSIPPI"], &["999999999"], &[(386, 397)]),
    us(
        "MO",
        &["MISSOURI"],
        &[
            "A999999999",
            "A99999999",
            "999999999",
            "999A999999",
            "A9999999",
            "A999999",
            "A99999",
        ],
        &[(630, 658)],
    ),
    us(
        "MT",
        &["MONTANA"],
        &["9999999999999", "A99999999", "99999999999999", "999999999"],
        &[(590, 599)],
    ),
    us(
        "NE",
        &["NEBRASKA"],
        &["A99999999", "A9999999", "A999999"],
        &[(680, 693)],
    ),
    us(
        "NV",
        &["NEVADA"],
        &["9999999999", "999999999999", "X99999999", "999999999"],
        &[(889, 898)],
    ),
    us(
        "NH",
        &["NEWHAMPSHIRE"],
        &["99AAA99999", "NHL99999999", "NHV99999999"],
        &[(30, 38)],
    ),
    us("NJ", &["NEWJERSEY"], &["A99999999999999"], &[(70, 89)]),
    us(
        "NM",
        &["NEWMEXICO"],
        &["999999999", "99999999"],
        &[(870, 884)],
    ),
    us(
        "NY",
        &["NEWYORKSTATE", "NEWYORK"],
        &["999999999", "A9999999"],
        &[(5, 5), (100, 149)],
    ),
    us(
        "NC",
        &["NORTHCAROLINA"],
        &["999999999999", "99999999", "9999999"],
        &[(270, 289)],
    ),
    us(
        "ND",
        &["NORTHDAKOTA"],
        &["AAA999999", "999999999"],
        &[(580, 588)],
    ),
    us(
        "OH",
        &["OHIO"],
        &["AA999999", "A9999999", "99999999"],
        &[(430, 459)],
    ),
    us(
        "OK",
        &["OKLAHOMA"],
        &["A999999999", "999999999"],
        &[(730, 731), (734, 749)],
    ),
    us(
        "OR",
        &["OREGON"],
        &["A999999", "9999999", "999999"],
        &[(970, 979)],
    ),
    us("PA", &["PENNSYLVANIA"], &["99999999"], &[(150, 196)]),
    us(
        "RI",
        &["RHODEISLAND"],
        &["9999999", "A999999", "99999999"],
        &[(28, 29)],
    ),
    us(
        "SC",
        &["SOUTHCAROLINA"],
        &["999999999", "9999999999", "99999999", "99999999999"],
        &[(290, 299)],
    ),
    us(
        "SD",
        &["SOUTHDAKOTA"],
        &["99999999", "999999", "999999999999"],
        &[(570, 577)],
    ),
    us(
        "TN",
        &["TENNESSEE"],
        &["999999999", "99999999", "9999999"],
        &[(370, 385)],
    ),
    us(
        "TX",
        &["TEXAS"],
        &["99999999", "9999999"],
        &[(733, 733), (750, 799), (885, 885)],
    ),
    us(
        "UT",
        &["UTAH"],
        &["999999999", "99999999", "9999999"],
        &[(840, 847)],
    ),
    us(
        "VT",
        &["VERMONT"],
        &["99999999", "9999999A"],
        &[(50, 54), (56, 59)],
    ),
    us(
        "VA",
        &["VIRGINIA"],
        &["A99999999", "999999999", "A999999999"],
        &[(201, 201), (220, 246)],
    ),
    us(
        "WA",
        &["WASHINGTON"],
        &[
            "AAAAAAA999**",
            "WDL*********",
            "AAAAAAA99***",
            "AAAAAA999**",
        ],
        &[(980, 994)],
    ),
    us(
        "WV",
        &["WESTVIRGINIA"],
        &["A999999", "9999999", "AA999999"],
        &[(247, 268)],
    ),
    us("WI", &["WISCONSIN"], &["A9999999999999"], &[(530, 549)]),
    us(
        "WY",
        &["WYOMING"],
        &["999999999", "9999999999"],
        &[(820, 831)],
    ),
    us(
        "PR",
        &["PUERTORICO"],
        &["9999999", "999999999"],
        &[(6, 7), (9, 9)],
    ),
    us("GU", &["GUAM"], &["999999999", "9999999999"], &[(969, 969)]),
    us("VI", &["VIRGINISLANDS"], &["999999999"], &[(8, 8)]),
    us("AS", &["AMERICANSAMOA"], &[], &[]),
    us("MP", &["NORTHERNMARIANAISLANDS"], &[], &[]),
    ca("AB", &["ALBERTA"], &["999999999", "999999"], "T"),
    ca("BC", &["BRITISHCOLUMBIA"], &["9999999"], "V"),
    ca("MB", &["MANITOBA"], &["AAAAAAA999AA"], "R"),
    ca(
        "NB",
        &["NEWBRUNSWICK", "NOUVEAUBRUNSWICK"],
        &["9999999", "999999"],
        "E",
    ),
    ca(
        "NL",
        &["NEWFOUNDLANDANDLABRADOR", "NEWFOUNDLANDLABRADOR"],
        &["A999999999"],
        "A",
    ),
    ca("NS", &["NOVASCOTIA"], &["AAAAA999999999"], "B"),
    ca("NT", &["NORTHWESTTERRITORIES"], &["999999"], "X"),
    ca("NU", &["NUNAVUT"], &["999999"], "X"),
    ca("ON", &["ONTARIO"], &["A99999999999999"], "KLMNP"),
    ca("PE", &["PRINCEEDWARDISLAND"], &["999999", "99999"], "C"),
    ca("QC", &["QUEBEC"], &["A999999999999"], "GHJ"),
    ca("SK", &["SASKATCHEWAN"], &["99999999"], "S"),
    ca("YT", &["YUKON"], &["999999"], "Y"),
];

/// The jurisdiction of these two letters.
pub(in crate::visual) fn by_code(code: &str) -> Option<&'static Jurisdiction> {
    JURISDICTIONS
        .iter()
        .find(|jurisdiction| jurisdiction.code == code)
}

/// Which jurisdiction the sheet's words speak for, and how surely (0 to 1).
pub(in crate::visual) fn recognise(tracks: &Tracks<'_>) -> Option<(&'static Jurisdiction, f32)> {
    let mut scores = vec![0.0_f32; JURISDICTIONS.len()];
    let height = (tracks.bottom - tracks.top).max(1.0);
    let mut sizes: Vec<f32> = tracks
        .lines
        .iter()
        .map(super::super::track::Track::height)
        .collect();
    sizes.sort_by(f32::total_cmp);
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(1.0);
    let text: Vec<(String, String)> = tracks
        .lines
        .iter()
        .map(|track| {
            let spelled = track.spelled(0, track.glyphs.len()).to_uppercase();
            (track.all_folded(), spelled)
        })
        .collect();
    for (score, jurisdiction) in scores.iter_mut().zip(JURISDICTIONS) {
        let mut title: f32 = 0.0;
        for (track, (folded, spelled)) in tracks.lines.iter().zip(&text) {
            let upper = track.middle() < tracks.top + 0.4 * height;
            let large = (track.height() / usual).clamp(0.7, 1.6);
            for name in jurisdiction.names {
                let Some(alike) = likeness(folded, name) else {
                    continue;
                };
                let place = if upper { 1.0 } else { 0.25 };
                title = title.max(3.0 * alike * place * large);
            }
            // Offices' web addresses: dmv.nebraska.gov, bmv.IN.gov, mass.gov/rmv.
            let web = ["WWW", ".GOV", ".COM", ".ORG", ".CA"]
                .iter()
                .any(|part| spelled.contains(part));
            if web {
                let label = spelled
                    .split(|character: char| !character.is_ascii_alphanumeric())
                    .any(|label| label == jurisdiction.code || jurisdiction.names.contains(&label));
                let visit = spelled.contains(&format!("VISIT{}", jurisdiction.code));
                title = title.max(if label || visit { 2.5 } else { 0.0 });
            }
            let beside = [
                format!("USA{}", jurisdiction.code),
                format!("{}USA", jurisdiction.code),
            ];
            if beside.contains(folded) {
                title = title.max(2.0);
            }
        }
        *score += title;
    }
    for address in tracks.lines.iter().filter_map(town) {
        for (score, jurisdiction) in scores.iter_mut().zip(JURISDICTIONS) {
            let same = jurisdiction.code == address.code;
            let inside = address.postcode.is_some_and(|postcode| {
                jurisdiction
                    .postcodes
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&postcode))
            });
            let letter = address
                .letter
                .is_some_and(|letter| jurisdiction.letters.contains(letter));
            *score += match (same, inside || letter) {
                (true, true) => 2.5,
                (true, false) => 1.5,
                (false, true) => 0.3,
                (false, false) => 0.0,
            };
        }
    }
    // West Virginia's title holds Virginia's, Arkansas' holds Kansas'.
    let names = |index: usize| JURISDICTIONS[index].names[0];
    for inner in 0..scores.len() {
        for outer in 0..scores.len() {
            let holds =
                names(outer).len() > names(inner).len() && names(outer).contains(names(inner));
            if holds && scores[outer] > 2.0 && scores[outer] + 0.6 > scores[inner] {
                scores[inner] = scores[inner].min(scores[outer] - 0.5);
            }
        }
    }
    let (best, score) = scores
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1))?;
    let second = scores
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best)
        .map(|(_, score)| *score)
        .fold(0.0, f32::max);
    (*score >= 1.4).then(|| {
        let lead = (score - second) / score;
        (
            &JURISDICTIONS[best],
            (score / 4.0).min(1.0) * (0.5 + 0.5 * lead),
        )
    })
}

/// How alike a title is to a name it may hold among other words: 1 for the name itself.
fn likeness(title: &str, name: &str) -> Option<f32> {
    if title.len() > name.len() + 24 || title.len() + 2 < name.len() {
        return None;
    }
    // Row by row over the name; it may begin and end anywhere in the title.
    let title: Vec<char> = title.chars().collect();
    let mut row = vec![0_usize; title.len() + 1];
    for (index, expected) in name.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for used in 1..=title.len() {
            let swap = diagonal + usize::from(title[used - 1] != expected);
            diagonal = row[used];
            row[used] = swap.min(row[used] + 1).min(row[used - 1] + 1);
        }
    }
    let wrong = row.iter().min().copied().unwrap_or(usize::MAX);
    let allowed = match name.len() {
        0..=4 => 0,
        5..=6 => 1,
        _ => 2,
    };
    if wrong > allowed {
        return None;
    }
    let filled = name.len() as f32 / title.len().max(name.len()) as f32;
    Some((1.0 - wrong as f32 / name.len() as f32) * (0.5 + 0.5 * filled))
}

/// The end of an address: town, state and postcode.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::visual) struct Town {
    /// Two letters that may be a jurisdiction.
    pub code: String,
    /// First three digits of a postcode of the United States.
    pub postcode: Option<u16>,
    /// First letter of a Canadian postcode.
    pub letter: Option<char>,
}

/// Whether a line ends an address: two letters and a postcode of five or nine digits (one may be
/// misread), or a Canadian one.
pub(in crate::visual) fn town(track: &super::super::track::Track) -> Option<Town> {
    let keys: Vec<char> = track.keys.iter().map(|key| key.character).collect();
    // Of the last nine characters of a Canadian address six are the postcode, `A1A 1A1`.
    if keys.len() >= 8 {
        let (front, postcode) = keys.split_at(keys.len() - 6);
        let canadian = postcode.iter().enumerate().all(|(index, character)| {
            if index % 2 == 0 {
                character.is_ascii_alphabetic()
            } else {
                character.is_ascii_digit()
            }
        });
        let code: String = front[front.len() - 2..].iter().collect();
        if canadian && by_code(&code).is_some_and(Jurisdiction::is_canadian) {
            return Some(Town {
                code,
                postcode: None,
                letter: Some(postcode[0]),
            });
        }
    }
    // The run of digits, and letters like digits, at the end; a digit may be lost or too many.
    let digits = |part: &[char]| {
        part.iter()
            .filter(|character| character.is_ascii_digit())
            .count()
    };
    for length in [9, 5, 8, 10, 4, 6] {
        let Some(split) = keys.len().checked_sub(length).filter(|split| *split >= 4) else {
            continue;
        };
        let (front, postcode) = keys.split_at(split);
        let (before, code) = front.split_at(front.len() - 2);
        let complete = matches!(length, 5 | 9);
        let alike = postcode
            .iter()
            .all(|character| super::captions::digit(*character).is_some())
            || complete && digits(postcode) + 2 >= length;
        let dashed = length < 8
            || track.keys[split + 3..]
                .iter()
                .any(|key| key.before.is_some());
        let named = before
            .iter()
            .filter(|character| character.is_ascii_alphabetic())
            .count()
            >= 2;
        let letters = code.iter().all(char::is_ascii_alphabetic);
        if !(alike && dashed && named && letters && digits(postcode) >= 3) {
            continue;
        }
        let code: String = code.iter().collect();
        let apart = track.keys[split].before.is_some() || track.keys[split - 2].before.is_some();
        // Sample cards invent states (`XX 00000`); other words before numbers are no address.
        let known = by_code(&code).is_some() || matches!(code.as_str(), "XX" | "AA" | "ZZ");
        if known && (complete || apart) || complete && track.keys[split].before == Some(' ') {
            let prefix: Option<u16> = postcode[..3].iter().collect::<String>().parse().ok();
            return Some(Town {
                code,
                postcode: prefix.filter(|_| complete),
                letter: None,
            });
        }
    }
    None
}
