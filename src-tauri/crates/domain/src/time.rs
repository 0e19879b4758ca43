//! Points in time and days, always handed in from outside.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::as_text::as_text;

/// A point in time in milliseconds since 1970-01-01T00:00:00Z.
///
/// What a clock *claimed*. It is shown to people and never decides an order or an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    /// From milliseconds since the Unix epoch.
    pub const fn from_unix_ms(ms: i64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn unix_ms(self) -> i64 {
        self.0
    }
}

/// A calendar day, written `2026-11-25` (ISO 8601).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(jiff::civil::Date);

/// The text is not a day of the years 1900 to 2999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written year-month-day and lies between 1900 and 2999")]
pub struct InvalidDay;

impl Day {
    /// A date of the calendar library; `None` outside the years this holds.
    pub fn from_date(date: jiff::civil::Date) -> Option<Self> {
        (1900..=2999).contains(&date.year()).then_some(Self(date))
    }

    /// The day as a date of the calendar library, for the rules on deadlines.
    pub const fn date(self) -> jiff::civil::Date {
        self.0
    }
}

impl FromStr for Day {
    type Err = InvalidDay;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // The library also reads times and offsets behind the date; an office form does not.
        if text.len() != 10 {
            return Err(InvalidDay);
        }
        let date: jiff::civil::Date = text.parse().map_err(|_| InvalidDay)?;
        Self::from_date(date).ok_or(InvalidDay)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Day({})", self.0)
    }
}

as_text!(Day);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_days() {
        assert_eq!("2028-02-29".parse::<Day>().unwrap().to_string(), "2028-02-29");
        for text in [
            "2027-02-29",
            "2026-13-01",
            "1899-12-31",
            "26-11-25",
            "25.11.2026",
            "2026-11-25T10",
            "",
        ] {
            assert_eq!(text.parse::<Day>(), Err(InvalidDay), "{text}");
        }
    }
}
