//! How long something is kept: a span of the calendar, such as 30 days or 5 years.

use std::{fmt, str::FromStr};

use jiff::tz::TimeZone;
use model::Timestamp;

use crate::Error;

/// The longest span, in years: longer than anybody has to keep anything.
const LONGEST: i64 = 200;

/// A span of years, months, weeks and days, at least one day long.
#[derive(Debug, Clone, Copy)]
pub struct Span(jiff::Span);

impl Span {
    /// When a time is over that began at an instant; days begin and end in UTC.
    pub fn after(self, at: Timestamp) -> Timestamp {
        let begun = jiff::Timestamp::from_millisecond(at.0).ok();
        let over = begun.and_then(|at| at.to_zoned(TimeZone::UTC).checked_add(self.0).ok());
        // Beyond the calendar: never.
        over.map_or(Timestamp(i64::MAX), |over| {
            Timestamp(over.timestamp().as_millisecond())
        })
    }

    /// The latest instant at which something began that can be over at another one, and hardly later: months
    /// are of different lengths.
    pub(crate) fn begun_before(self, at: Timestamp) -> Timestamp {
        const FEW_DAYS: i64 = 4 * 24 * 3_600_000;
        let over = jiff::Timestamp::from_millisecond(at.0).ok();
        let begun = over.and_then(|at| at.to_zoned(TimeZone::UTC).checked_sub(self.0).ok());
        begun.map_or(Timestamp(i64::MIN), |begun| {
            Timestamp(begun.timestamp().as_millisecond() + FEW_DAYS)
        })
    }

    /// In words, such as `5 years`.
    pub fn words(self) -> String {
        let parts = [
            (i64::from(self.0.get_years()), "year"),
            (i64::from(self.0.get_months()), "month"),
            (i64::from(self.0.get_weeks()), "week"),
            (i64::from(self.0.get_days()), "day"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let parts = parts.map(|(count, unit)| match count {
            1 => format!("1 {unit}"),
            count => format!("{count} {unit}s"),
        });
        parts.collect::<Vec<_>>().join(" ")
    }
}

impl PartialEq for Span {
    fn eq(&self, other: &Self) -> bool {
        self.0.fieldwise() == other.0.fieldwise()
    }
}

impl Eq for Span {}

/// As an ISO 8601 duration, such as `P5Y`.
impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// From an ISO 8601 duration, or from words such as `30 days` and `5y`.
impl FromStr for Span {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let span: jiff::Span = text.trim().parse().map_err(|_| Error::SpanInvalid)?;
        let of_a_day = [
            span.get_hours().into(),
            span.get_minutes(),
            span.get_seconds(),
            span.get_milliseconds(),
            span.get_microseconds(),
            span.get_nanoseconds(),
        ];
        let days = 366 * i64::from(span.get_years())
            + 31 * i64::from(span.get_months())
            + 7 * i64::from(span.get_weeks())
            + i64::from(span.get_days());
        if of_a_day.iter().any(|part| *part != 0) || !(1..=366 * LONGEST).contains(&days) {
            return Err(Error::SpanInvalid);
        }
        Ok(Self(span))
    }
}

#[cfg(test)]
mod tests {
    use model::Timestamp;

    use super::Span;

    #[test]
    fn years_are_those_of_the_calendar() {
        let leap_day: jiff::Timestamp = "2028-02-29T10:00:00Z".parse().unwrap();
        for (span, over, words) in [
            ("5 years", "2033-02-28T10:00:00Z", "5 years"),
            ("P1M", "2028-03-29T10:00:00Z", "1 month"),
            ("30d", "2028-03-30T10:00:00Z", "30 days"),
            (
                "P1Y2M3W4D",
                "2029-05-24T10:00:00Z",
                "1 year 2 months 3 weeks 4 days",
            ),
        ] {
            let span: Span = span.parse().unwrap();
            let over: jiff::Timestamp = over.parse().unwrap();
            let begun = Timestamp(leap_day.as_millisecond());
            assert_eq!(span.after(begun).0, over.as_millisecond(), "{span}");
            assert!(span.begun_before(span.after(begun)) >= begun, "{span}");
            assert_eq!(span.words(), words);
            assert_eq!(span.to_string().parse::<Span>().unwrap(), span);
        }
        for wrong in [
            "",
            "0 days",
            "-3 days",
            "5 hours",
            "P1DT1H",
            "500 years",
            "soon",
        ] {
            assert!(wrong.parse::<Span>().is_err(), "{wrong}");
        }
    }
}
