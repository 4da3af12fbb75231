//! Invented persons and the states that might have issued their documents.
//!
//! Names are put together from common ones of several regions, so that every accent and habit of
//! spelling that a reader must survive occurs; no combination is taken from a person. Utopia is the
//! state that ICAO Doc 9303 uses for examples.

mod names;
mod states;
mod streets;

use serde::{Deserialize, Serialize};

use self::names::{MORE_NAMES, NAMES};
pub(crate) use self::states::state_of;
pub use self::states::{MORE_STATES, STATES, State};
use super::dice::Dice;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Full year.
    pub year: i32,
    /// 1 to 12.
    pub month: i32,
    /// 1 to 31.
    pub day: i32,
}

impl Day {
    /// A day within the years, never after the 28th, so that every year has it.
    pub fn deal(dice: &mut Dice, first_year: i32, last_year: i32) -> Self {
        Self {
            year: dice.number(first_year, last_year),
            month: dice.number(1, 12),
            day: dice.number(1, 28),
        }
    }

    /// `YYYY-MM-DD`.
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// `YYMMDD`, as machine-readable zones have it.
    pub fn short(self) -> String {
        format!("{:02}{:02}{:02}", self.year % 100, self.month, self.day)
    }

    /// `12.08.1974`, with the given mark between the numbers.
    pub fn numeric(self, mark: char) -> String {
        format!(
            "{:02}{mark}{:02}{mark}{:04}",
            self.day, self.month, self.year
        )
    }

    /// `12 AUG/AOÛT 1974`.
    pub fn in_words(self) -> String {
        const MONTHS: [&str; 12] = [
            "JAN/JAN",
            "FEB/FÉV",
            "MAR/MARS",
            "APR/AVR",
            "MAY/MAI",
            "JUN/JUIN",
            "JUL/JUIL",
            "AUG/AOÛT",
            "SEP/SEPT",
            "OCT/OCT",
            "NOV/NOV",
            "DEC/DÉC",
        ];
        format!(
            "{:02} {} {:04}",
            self.day,
            MONTHS[(self.month - 1) as usize],
            self.year
        )
    }

    /// The same day `years` later, less one day: when a document of so many years ends.
    #[must_use]
    pub fn expiry(self, years: i32) -> Self {
        let year = self.year + years;
        match (self.month, self.day) {
            (1, 1) => Self {
                year: year - 1,
                month: 12,
                day: 31,
            },
            // Days are never after the 28th, so the last day of the month before is near enough.
            (month, 1) => Self {
                year,
                month: month - 1,
                day: 28,
            },
            (month, day) => Self {
                year,
                month,
                day: day - 1,
            },
        }
    }
}

/// What a document says about sex.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    #[serde(rename = "F")]
    Female,
    /// Male.
    #[serde(rename = "M")]
    Male,
    /// Unspecified: `X` in print, a filler in the machine-readable zone.
    #[serde(rename = "X")]
    Unspecified,
}

impl Sex {
    /// As printed.
    pub fn printed(self) -> &'static str {
        match self {
            Self::Female => "F",
            Self::Male => "M",
            Self::Unspecified => "X",
        }
    }

    /// As in the machine-readable zone.
    pub fn symbol(self) -> char {
        match self {
            Self::Female => 'F',
            Self::Male => 'M',
            Self::Unspecified => '<',
        }
    }
}

/// An invented person.
#[derive(Clone, Debug)]
pub struct Holder {
    /// Surname in full spelling.
    pub surname: String,
    /// Given names in full spelling, parted by spaces.
    pub given_names: Vec<String>,
    /// As documents state it.
    pub sex: Sex,
    /// Day of birth.
    pub birth: Day,
    /// Place of birth, in capitals.
    pub place_of_birth: &'static str,
}

impl Holder {
    /// A person born and named as is common in a state.
    pub fn deal(dice: &mut Dice, state: &State) -> Self {
        let names = NAMES
            .iter()
            .chain(&MORE_NAMES)
            .find(|names| names.region == state.region && dice.chance(0.9))
            .unwrap_or_else(|| dice.pick(&NAMES));
        let sex = dice.weighted(&[
            (Sex::Female, 0.49),
            (Sex::Male, 0.48),
            (Sex::Unspecified, 0.03),
        ]);
        let list = match sex {
            Sex::Female => names.female,
            Sex::Male => names.male,
            Sex::Unspecified => *dice.pick(&[names.female, names.male]),
        };
        let mut given_names: Vec<String> = Vec::new();
        for _ in 0..*dice.pick(&[1, 1, 2, 2, 3]) {
            let name = dice.word(list).to_owned();
            if !given_names.contains(&name) {
                given_names.push(name);
            }
        }
        Self {
            surname: dice.word(names.surnames).to_owned(),
            given_names,
            sex,
            birth: Day::deal(dice, 1941, 2004),
            place_of_birth: dice.word(&state.places),
        }
    }

    /// Surname as printed in capitals.
    pub fn surname_in_capitals(&self) -> String {
        capitals(&self.surname)
    }

    /// Given names in capitals, with the given text between them.
    pub fn given_names_in_capitals(&self, between: &str) -> String {
        capitals(&self.given_names.join(between))
    }
}

/// Capitals, with the sharp s spelt out, as documents do.
fn capitals(text: &str) -> String {
    text.to_uppercase()
}

impl State {
    /// One of the state's places, in capitals.
    pub fn place(&self, dice: &mut Dice) -> &'static str {
        dice.word(&self.places)
    }
}
