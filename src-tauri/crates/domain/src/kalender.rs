//! Working days and public holidays of the Länder.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use crate::Day;
use crate::as_text::as_text;

/// Nobody counts working days further than this, in days.
const DAYS_MAX: i32 = 1_000;

/// A Land, by the code of ISO 3166-2:DE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the codes are the names")]
pub enum Land {
    BB,
    BE,
    BW,
    BY,
    HB,
    HE,
    HH,
    MV,
    NI,
    NW,
    RP,
    SH,
    SL,
    SN,
    ST,
    TH,
}

/// The text is not the code of a Land.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a Land is one of {}", Land::ALL.map(|land| land.to_string()).join(", "))]
pub struct InvalidLand;

/// Which days nobody works: weekends and the public holidays of one Land.
///
/// Without a Land it knows only those that all of them share. What a single town celebrates (Augsburg,
/// some places with Fronleichnam or Mariä Himmelfahrt) is in no calendar here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kalender {
    land: Option<Land>,
}

impl Land {
    /// All sixteen.
    pub const ALL: [Self; 16] = [
        Self::BB,
        Self::BE,
        Self::BW,
        Self::BY,
        Self::HB,
        Self::HE,
        Self::HH,
        Self::MV,
        Self::NI,
        Self::NW,
        Self::RP,
        Self::SH,
        Self::SL,
        Self::SN,
        Self::ST,
        Self::TH,
    ];
}

impl fmt::Display for Land {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl FromStr for Land {
    type Err = InvalidLand;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|land| land.to_string() == text).ok_or(InvalidLand)
    }
}

as_text!(Land);

impl Kalender {
    /// The calendar of a Land, or what all of them share.
    pub const fn new(land: Option<Land>) -> Self {
        Self { land }
    }

    /// The name of the public holiday on this day, if it is one.
    pub fn feiertag(self, day: Day) -> Option<&'static str> {
        let date = day.date();
        let there = |rule: &&Feiertag| {
            rule.since <= date.year()
                && (rule.laender.is_empty()
                    || self.land.is_some_and(|land| rule.laender.contains(&land)))
                && rule.when.falls_on(date)
        };
        FEIERTAGE.iter().find(there).map(|rule| rule.name)
    }

    /// Why nobody works on this day; `None` on a working day (Monday to Friday, no public holiday).
    pub fn frei(self, day: Day) -> Option<&'static str> {
        self.feiertag(day).or(match day.date().weekday() {
            Weekday::Saturday => Some("Samstag"),
            Weekday::Sunday => Some("Sonntag"),
            _ => None,
        })
    }

    /// Working days after `today` up to and including `day`; negative for those that have passed
    /// since. `None` for days further than 1,000 days away.
    pub fn arbeitstage(self, today: Day, day: Day) -> Option<i32> {
        let (from, to, sign) = if today <= day { (today, day, 1) } else { (day, today, -1) };
        if from.date().until(to.date()).ok()?.get_days() > DAYS_MAX {
            return None;
        }
        let days = from.date().series(1.day()).skip(1).take_while(|date| *date <= to.date());
        let count = days.filter_map(Day::from_date).filter(|day| self.frei(*day).is_none()).count();
        i32::try_from(count).ok().map(|count| sign * count)
    }
}

/// A public holiday: when, where, since which year.
struct Feiertag {
    name: &'static str,
    when: When,
    /// Nowhere in particular is everywhere.
    laender: &'static [Land],
    since: i16,
}

enum When {
    /// Month and day.
    On(i8, i8),
    /// Days from Easter Sunday.
    Easter(i64),
    /// The Wednesday before 23 November.
    BussUndBettag,
    /// Once, in this year.
    Once(i16, i8, i8),
}

impl When {
    fn falls_on(&self, date: Date) -> bool {
        let on = (date.month(), date.day());
        match *self {
            Self::On(month, day) => on == (month, day),
            Self::Once(year, month, day) => date.year() == year && on == (month, day),
            Self::Easter(days) => easter(date.year())
                .and_then(|sunday| sunday.checked_add(Span::new().days(days)).ok())
                .is_some_and(|there| there == date),
            Self::BussUndBettag => {
                date.weekday() == Weekday::Wednesday && on.0 == 11 && (16..=22).contains(&on.1)
            }
        }
    }
}

/// The Feiertagsgesetze of the Länder since 2019; that of the federation is only 3 October
/// (Einigungsvertrag Art. 2).
const FEIERTAGE: &[Feiertag] = {
    use Land::{BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH};
    use When::{BussUndBettag, Easter, On, Once};
    const fn of(name: &'static str, when: When, laender: &'static [Land]) -> Feiertag {
        Feiertag { name, when, laender, since: 0 }
    }
    &[
        of("Neujahr", On(1, 1), &[]),
        of("Heilige Drei Könige", On(1, 6), &[BW, BY, ST]),
        of("Internationaler Frauentag", On(3, 8), &[BE]),
        Feiertag { since: 2023, ..of("Internationaler Frauentag", On(3, 8), &[MV]) },
        of("Karfreitag", Easter(-2), &[]),
        of("Ostersonntag", Easter(0), &[BB]),
        of("Ostermontag", Easter(1), &[]),
        of("Tag der Arbeit", On(5, 1), &[]),
        of("Tag der Befreiung", Once(2020, 5, 8), &[BE]),
        of("Tag der Befreiung", Once(2025, 5, 8), &[BE]),
        of("75. Jahrestag des 17. Juni 1953", Once(2028, 6, 17), &[BE]),
        of("Christi Himmelfahrt", Easter(39), &[]),
        of("Pfingstsonntag", Easter(49), &[BB]),
        of("Pfingstmontag", Easter(50), &[]),
        of("Fronleichnam", Easter(60), &[BW, BY, HE, NW, RP, SL]),
        of("Mariä Himmelfahrt", On(8, 15), &[SL]),
        of("Weltkindertag", On(9, 20), &[TH]),
        of("Tag der Deutschen Einheit", On(10, 3), &[]),
        of("Reformationstag", On(10, 31), &[BB, HB, HH, MV, NI, SH, SN, ST, TH]),
        of("Allerheiligen", On(11, 1), &[BW, BY, NW, RP, SL]),
        of("Buß- und Bettag", BussUndBettag, &[SN]),
        of("1. Weihnachtstag", On(12, 25), &[]),
        of("2. Weihnachtstag", On(12, 26), &[]),
    ]
};

/// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
fn easter(year: i16) -> Option<Date> {
    let number = i32::from(year);
    let (golden, century, rest) = (number % 19, number / 100, number % 100);
    let moon =
        (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let place = moon + sunday - 7 * late + 114;
    let (month, day) = (i8::try_from(place / 31).ok()?, i8::try_from(place % 31 + 1).ok()?);
    Date::new(year, month, day).ok()
}
