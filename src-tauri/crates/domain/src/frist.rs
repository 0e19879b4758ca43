//! Deadlines by rule, and how their end was reckoned.

mod reckon;

use std::num::NonZeroU16;

use serde::{Deserialize, Serialize};

use crate::{Day, Land, Name};

pub use reckon::{Reckoned, Schritt};

/// A Frist: a deadline by rule (BGB §§ 186–193, `VwVfG` § 31); not a Wiedervorlage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frist {
    /// What it is the deadline for.
    pub name: Name,
    /// Its last day, as it was set. What the calendar of a later version makes of `rechnung` does not
    /// move it.
    pub ende: Day,
    /// From what the end was reckoned; nothing if somebody set the day by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rechnung: Option<Fristrechnung>,
}

/// What the end of a Frist is reckoned from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fristrechnung {
    /// When it begins.
    pub beginn: Beginn,
    /// How long it is.
    pub dauer: Dauer,
    /// Whose public holidays move its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land: Option<Land>,
    /// Times that do not count (BGB § 209).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hemmungen: Vec<Hemmung>,
    /// It ends on its day, whatever day that is (`VwVfG` § 31 Abs. 3 Satz 2 and Abs. 4).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fest: bool,
    /// The rule it follows, for example „§ 42a Abs. 2 `VwVfG`“.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rechtsgrundlage: Option<Name>,
}

/// When a Frist begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beginn {
    /// Something happens on this day, which is not counted (BGB § 187 Abs. 1).
    Ereignis(Day),
    /// This whole day counts (BGB § 187 Abs. 2).
    Tagesbeginn(Day),
    /// A decision is given to the post or sent electronically on this day; it counts as announced on
    /// the fourth day after it, until the end of 2024 on the third (`VwVfG` § 41 Abs. 2). That day
    /// does not move from a weekend.
    Aufgabe(Day),
}

/// How long a Frist is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dauer {
    /// Calendar days.
    Tage(NonZeroU16),
    /// Working days of the Land.
    Arbeitstage(NonZeroU16),
    /// Weeks.
    Wochen(NonZeroU16),
    /// Months.
    Monate(NonZeroU16),
    /// Years.
    Jahre(NonZeroU16),
}

/// A time in which a Frist does not run, first and last day included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Hemmung {
    /// Its first day.
    pub von: Day,
    /// Its last day.
    pub bis: Day,
}
