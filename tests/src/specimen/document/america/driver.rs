//! A North American driver and what a licence says about them.

use super::places::Jurisdiction;
use crate::specimen::dice::Dice;
use crate::specimen::document::portrait::Sitter;
use crate::specimen::holder::{Day, Sex};

#[rustfmt::skip] // A list of words.
const SURNAMES: [&str; 56] = [
    "ABERNATHY", "ALVAREZ", "ANDERSON", "BAKER", "BLACKWELL", "BRADFORD", "CALDWELL", "CASTILLO",
    "CHAVEZ", "CLARK", "COLEMAN", "CRUZ", "DANIELS", "DE LA ROSA", "DUNN", "EDWARDS", "FERGUSON",
    "FOSTER", "GARCIA-LOPEZ", "GIBSON", "GREENE", "HARRINGTON", "HAYES", "HERNANDEZ", "HOLLOWAY",
    "HUNT", "JEFFERSON", "JOHNSON", "KELLY", "KOWALSKI", "LE", "LINDQUIST", "MCALLISTER",
    "MCDONALD", "MEYER", "MILLER", "MORALES", "NGUYEN", "O'BRIEN", "ORTIZ", "PARK", "PATEL",
    "PETERSON", "QUINN", "RAMIREZ", "REYES", "ROBINSON", "SCHNEIDER", "SINGH", "STEVENS",
    "THOMPSON", "VAN DYKE", "WASHINGTON", "WHITAKER", "YODER", "ZIMMERMAN",
];
#[rustfmt::skip] // A list of words.
const WOMEN: [&str; 28] = [
    "ABIGAIL", "ALICE", "AMANDA", "BRENDA", "CAROL", "CHLOE", "DEBORAH", "DIANA", "ELENA", "EMILY",
    "GRACE", "HANNAH", "HEATHER", "IRENE", "JANICE", "JOYCE", "KATHRYN", "LATOYA", "LINDA", "MARIA",
    "MEGAN", "NATALIE", "OLIVIA", "PATRICIA", "ROSA", "SOPHIA", "TIFFANY", "WENDY",
];
#[rustfmt::skip] // A list of words.
const MEN: [&str; 28] = [
    "AARON", "ANTHONY", "BRIAN", "CARLOS", "CHARLES", "DANIEL", "DAVID", "DERRICK", "ERIC",
    "FRANK", "GREGORY", "HECTOR", "IAN", "JAMES", "JEREMY", "JOSE", "KEVIN", "LEON", "MARCUS",
    "MICHAEL", "NATHAN", "OSCAR", "PAUL", "RAYMOND", "SAMUEL", "TYLER", "VICTOR", "WALTER",
];
#[rustfmt::skip] // A list of words.
const STREETS: [&str; 28] = [
    "MAPLE", "OAK HILL", "CEDAR", "ELM", "SUNSET", "LAKEVIEW", "WASHINGTON", "MILL CREEK", "PINE",
    "RIVERSIDE", "CHURCH", "HIGHLAND", "WILLOW", "MEADOW", "RIDGE", "COUNTY ROAD", "FOXGLOVE",
    "HARBOR", "ORCHARD", "SPRING GARDEN", "JEFFERSON", "PEACHTREE", "STATE", "QUARRY", "LOCUST",
    "BIRCHWOOD", "GRANITE", "STAGECOACH",
];
const WAYS: [&str; 11] = [
    "ST", "AVE", "RD", "DR", "LN", "BLVD", "CT", "WAY", "STREET", "AVENUE", "PL",
];
#[rustfmt::skip] // A list of words.
const TOWNS: [&str; 26] = [
    "SPRINGDALE", "FAIRMONT", "ANYTOWN", "LAKEWOOD", "GREENVILLE", "MILLBROOK", "CEDAR FALLS",
    "OAKHURST", "RIVERTON", "PORT HARMON", "SAINT CLAIR", "NEW HOPE", "CLAYTON", "MARLOW",
    "HARMONY", "BROOKSIDE", "WESTFIELD", "EASTON", "PINE BLUFFS", "GLEN ARBOR", "MT PLEASANT",
    "FORT DAVIS", "SALEM", "KINGSTON", "ASHLAND", "NORTH HAVEN",
];

/// Fills a pattern: `9` becomes a digit, `A` a letter.
pub(super) fn pattern(dice: &mut Dice, pattern: &str) -> String {
    pattern
        .chars()
        .map(|c| match c {
            '9' => dice.symbol("0123456789"),
            'A' => dice.symbol("ABCDEFGHJKLMNPRSTUVWXYZ"),
            c => c,
        })
        .collect()
}

/// A driver and the papers one jurisdiction issued.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a mark of its own on a card, in any combination"
)]
pub(super) struct Driver {
    pub(super) from: &'static Jurisdiction,
    pub(super) canadian: bool,
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) suffix: &'static str,
    pub(super) sex: Sex,
    pub(super) birth: Day,
    pub(super) issue: Day,
    pub(super) expiry: Day,
    pub(super) number: String,
    pub(super) street: Vec<String>,
    pub(super) town: String,
    pub(super) postcode: String,
    /// Inches, or centimetres in Canada.
    pub(super) height: i32,
    /// Pounds, or kilograms in Canada.
    pub(super) weight: i32,
    pub(super) eyes: &'static str,
    pub(super) hair: &'static str,
    pub(super) class: &'static str,
    pub(super) endorsements: &'static str,
    pub(super) restrictions: &'static str,
    pub(super) discriminator: String,
    pub(super) donor: bool,
    pub(super) veteran: bool,
    pub(super) real_id: bool,
    /// An identification card for those who do not drive.
    pub(super) card_only: bool,
    pub(super) sitter: Sitter,
}

impl Driver {
    pub(super) fn deal(dice: &mut Dice, from: &'static Jurisdiction, canadian: bool) -> Self {
        let sex = dice.weighted(&[
            (Sex::Female, 0.49),
            (Sex::Male, 0.48),
            (Sex::Unspecified, 0.03),
        ]);
        let list: &[&str] = match sex {
            Sex::Female => &WOMEN,
            Sex::Unspecified if dice.chance(0.5) => &WOMEN,
            Sex::Male | Sex::Unspecified => &MEN,
        };
        let first = dice.word(list);
        let given = match dice.below(5) {
            0 => first.to_owned(),
            1 | 2 => {
                let second = dice.word(list);
                if second == first {
                    first.to_owned()
                } else {
                    format!("{first} {second}")
                }
            }
            3 => format!("{first} {}", dice.symbol("ABCDEGHJKLMNPRSTW")),
            _ => format!("{first} {}", dice.word(list)),
        };
        let birth = Day::deal(dice, 1938, 2006);
        let issue = Day::deal(dice, (birth.year + 16).max(2012), 2025);
        let years = *dice.pick(&[4, 5, 6, 8]);
        let expiry = Day {
            // Most licences end on a birthday.
            year: issue.year + years,
            ..if dice.chance(0.8) { birth } else { issue }
        };
        let mut street = vec![format!(
            "{} {}{} {}",
            dice.number(1, 9999),
            dice.word(&["", "", "", "N ", "SW ", "E "]),
            dice.word(&STREETS),
            dice.word(&WAYS)
        )];
        if dice.chance(0.25) {
            let unit = dice.number(1, 480);
            street.push(format!("{} {unit}", dice.word(&["APT", "UNIT", "#"])));
        }
        let postcode = if canadian {
            format!(
                "{}{}{} {}{}{}",
                from.postcode,
                dice.symbol("0123456789"),
                dice.symbol("ABCEGHJKLMNPRSTVWXYZ"),
                dice.symbol("0123456789"),
                dice.symbol("ABCEGHJKLMNPRSTVWXYZ"),
                dice.symbol("0123456789")
            )
        } else {
            let rest = dice.symbols("0123456789", 5 - from.postcode.len());
            let code = format!("{}{rest}", from.postcode);
            if dice.chance(0.3) {
                format!("{code}-{}", dice.symbols("0123456789", 4))
            } else {
                code
            }
        };
        let card_only = dice.chance(0.08);
        Self {
            from,
            canadian,
            surname: dice.word(&SURNAMES).to_owned(),
            given,
            suffix: if dice.chance(0.06) {
                dice.word(&["JR", "SR", "III"])
            } else {
                ""
            },
            sex,
            birth,
            issue,
            expiry,
            number: pattern(dice, from.numbers),
            street,
            town: dice.word(&TOWNS).to_owned(),
            postcode,
            height: if canadian {
                dice.number(150, 198)
            } else {
                dice.number(58, 77)
            },
            weight: if canadian {
                dice.number(48, 110)
            } else {
                dice.number(98, 265)
            },
            eyes: dice.word(&["BRO", "BLU", "GRN", "HAZ", "GRY", "BLK"]),
            hair: dice.word(&["BRO", "BLK", "BLN", "RED", "GRY", "BLD"]),
            class: dice.word(from.classes),
            endorsements: dice.word(&["NONE", "NONE", "NONE", "M", "P", "H"]),
            restrictions: dice.word(&["NONE", "NONE", "B", "A", "BF", "C"]),
            discriminator: {
                let letters = dice.symbols("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", 6);
                let length = dice.number(8, 16) as usize;
                format!("{}{letters}", dice.symbols("0123456789", length))
            },
            donor: dice.chance(0.4),
            veteran: dice.chance(0.1),
            real_id: dice.chance(0.6),
            card_only,
            sitter: Sitter::deal(dice, sex, birth.year),
        }
    }

    /// Given names with the suffix, as they stand on one line.
    pub(super) fn given_line(&self) -> String {
        if self.suffix.is_empty() {
            self.given.clone()
        } else {
            format!("{} {}", self.given, self.suffix)
        }
    }

    /// The second line of the address.
    pub(super) fn town_line(&self, comma: bool) -> String {
        let comma = if comma { "," } else { "" };
        format!("{}{comma} {} {}", self.town, self.from.code, self.postcode)
    }
}
