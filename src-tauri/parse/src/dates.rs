//! Dates of six digits, whose century and some of whose parts are not printed.
//!
//! ICAO Doc 9303 part 3 section 4.8: YYMMDD, unknown parts as fillers. The standard gives no
//! century; the policy here is ours and depends on the day of the reading, which is handed in.

use jiff::{ToSpan as _, civil::Date};

/// A date as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartialDate {
    /// With its century.
    pub year: i16,
    /// 1 to 12.
    pub month: Option<i8>,
    /// 1 to 31, valid in its month; never without a month.
    pub day: Option<i8>,
}

impl PartialDate {
    /// The first day it may mean.
    pub fn earliest(self) -> Option<Date> {
        Date::new(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1)).ok()
    }

    /// The last day it may mean.
    pub fn latest(self) -> Option<Date> {
        let month = Date::new(self.year, self.month.unwrap_or(12), 1).ok()?;
        match self.day {
            Some(day) => Date::new(self.year, self.month?, day).ok(),
            None => Some(month.last_of_month()),
        }
    }

    /// Whether day, month and year are all known.
    pub fn is_complete(self) -> bool {
        self.day.is_some()
    }
}

impl std::fmt::Display for PartialDate {
    /// ISO 8601 with unknown parts left out: `1984`, `1984-05`, `1984-05-09`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(formatter, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(formatter, "-{day:02}")?;
        }
        Ok(())
    }
}

/// What six characters say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Printed {
    /// Fillers only: nothing is said.
    Nothing,
    /// A date.
    Date {
        /// The date in the century the policy chooses.
        date: PartialDate,
        /// Whether another century is as good.
        century_doubtful: bool,
    },
    /// No date: a month of 13, a day of 32, a letter.
    Invalid,
}

/// Oldest age, in years, at which somebody is thought to hold a document.
const OLDEST: i16 = 110;

/// A date of birth: in the latest century that does not put it after `day`.
///
/// The century before is as good where the holder would then be no older than 110 years.
pub fn birth(yymmdd: &str, day: Date) -> Printed {
    resolve(
        yymmdd,
        |year_of_century| {
            let candidates = [2000, 1900, 1800].map(|century| century + year_of_century);
            candidates
                .into_iter()
                .filter(|year| *year <= day.year())
                .collect()
        },
        |date| date.earliest().is_some_and(|earliest| earliest <= day),
        |date| day.year() - (date.year - 100) <= OLDEST,
    )
}

/// A date of expiry: in the century that puts it between 30 years before and 50 years after `day`;
/// of years outside, the nearer to those, as doubtful.
pub fn expiry(yymmdd: &str, day: Date) -> Printed {
    let (first, last) = (day.year() - 30, day.year() + 50);
    let distance = move |year: i16| (first - year).max(year - last).max(0);
    resolve(
        yymmdd,
        |year_of_century| {
            let mut candidates = [1900, 2000, 2100].map(|century| century + year_of_century);
            candidates.sort_by_key(|year| distance(*year));
            candidates.to_vec()
        },
        |_| true,
        move |date| distance(date.year) > 0,
    )
}

/// Finds the date in the first of the years that make one; `years` gets the year of the century.
fn resolve(
    yymmdd: &str,
    years: impl Fn(i16) -> Vec<i16>,
    possible: impl Fn(PartialDate) -> bool,
    doubtful: impl Fn(PartialDate) -> bool,
) -> Printed {
    let part = |at: usize| {
        yymmdd
            .get(at * 2..at * 2 + 2)
            .map_or(Pair::Invalid, two_digits)
    };
    let known = |pair: Pair| match pair {
        Pair::Number(number) => Some(number),
        Pair::Unknown | Pair::Invalid => None,
    };
    let pairs = [part(0), part(1), part(2)];
    if yymmdd.len() != 6 || pairs.contains(&Pair::Invalid) {
        return Printed::Invalid;
    }
    let [year, month, day] = pairs.map(known);
    let Some(year_of_century) = year else {
        return if month.is_none() && day.is_none() {
            Printed::Nothing
        } else {
            Printed::Invalid
        };
    };
    let dates = years(year_of_century).into_iter().filter_map(|year| {
        let date = PartialDate {
            year,
            month: month.map(|month| month as i8),
            day: month.and(day).map(|day| day as i8),
        };
        let valid = date.earliest().is_some() && (day.is_none() || month.is_some());
        (valid && possible(date)).then_some(date)
    });
    match dates.into_iter().next() {
        Some(date) => Printed::Date {
            date,
            century_doubtful: doubtful(date),
        },
        None => Printed::Invalid,
    }
}

/// Two characters of a date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pair {
    Number(i16),
    /// Two fillers.
    Unknown,
    Invalid,
}

fn two_digits(text: &str) -> Pair {
    if text == "<<" {
        return Pair::Unknown;
    }
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.map_or(Pair::Invalid, Pair::Number)
}

/// The day so many years later; the last of February stands in for a 29th that is not there.
pub(crate) fn years_after(date: Date, years: i16) -> Option<Date> {
    date.checked_add(years.years()).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Printed, birth, expiry};

    fn shown(printed: Printed) -> String {
        match printed {
            Printed::Nothing => "nothing".into(),
            Printed::Invalid => "invalid".into(),
            Printed::Date {
                date,
                century_doubtful,
            } => format!("{date}{}", if century_doubtful { "?" } else { "" }),
        }
    }

    #[test]
    fn births() {
        let day = date(2026, 11, 21);
        for (text, expected) in [
            ("740812", "1974-08-12"),
            ("261121", "2026-11-21?"),
            ("261122", "1926-11-22"),
            ("100101", "2010-01-01"),
            ("160101", "2016-01-01?"),
            ("840<<<", "invalid"),
            ("8405<<", "1984-05"),
            ("84<<<<", "1984"),
            ("84<<11", "invalid"),
            ("<<<<<<", "nothing"),
            ("<<0511", "invalid"),
            ("991301", "invalid"),
            ("990230", "invalid"),
            ("000229", "2000-02-29"),
            ("AB0101", "invalid"),
            ("9901011", "invalid"),
            ("", "invalid"),
            ("ÑÑÑ", "invalid"),
        ] {
            assert_eq!(shown(birth(text, day)), expected, "{text}");
        }
    }

    #[test]
    fn expiries() {
        let day = date(2026, 11, 21);
        for (text, expected) in [
            ("120415", "2012-04-15"),
            ("960101", "1996-01-01"),
            ("951231", "1995-12-31?"),
            ("760101", "2076-01-01"),
            ("770101", "2077-01-01?"),
            ("<<<<<<", "nothing"),
        ] {
            assert_eq!(shown(expiry(text, day)), expected, "{text}");
        }
    }
}
