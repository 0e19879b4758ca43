//! From a beginning and a length to the last day, each step told.

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan as _};

use crate::{Beginn, Dauer, Day, Fristrechnung, Kalender};

/// From this day on, what is given to the post counts as announced on the fourth day after it, before
/// on the third (Postrechtsmodernisierungsgesetz, `BGBl.` 2024 I Nr. 236, Art. 4).
const FOUR_DAYS_SINCE: Date = date(2025, 1, 1);

/// No run of days off is longer.
const DAYS_OFF_MAX: usize = 30;

/// The end of a Frist and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reckoned {
    /// Its last day; it ends when that day does.
    pub ende: Day,
    /// What led there, in order.
    pub schritte: Vec<Schritt>,
}

/// One step of the reckoning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schritt {
    /// Given to the post on one day, it counts as announced on another (`VwVfG` § 41 Abs. 2).
    Bekanntgabe {
        /// The day it was given to the post.
        aufgegeben: Day,
        /// The day it counts as announced.
        gilt: Day,
    },
    /// The first day that counts (BGB § 187).
    Beginn {
        /// That day.
        am: Day,
    },
    /// The last day by its length alone (BGB § 188).
    Ende {
        /// That day.
        am: Day,
    },
    /// Days that did not count (BGB § 209).
    Hemmung {
        /// The first of them.
        von: Day,
        /// The last of them.
        bis: Day,
        /// The end after them.
        ende: Day,
    },
    /// Nobody works on the last day, so the next working day is the last (BGB § 193, `VwVfG` § 31
    /// Abs. 3).
    Verschoben {
        /// The day it would have been.
        von: Day,
        /// Why not: „Samstag“, „Karfreitag“.
        weil: &'static str,
        /// The day it is.
        auf: Day,
    },
}

impl Fristrechnung {
    /// Reckons the last day. `None` if it lies outside the years that a [`Day`] holds.
    pub fn reckon(&self) -> Option<Reckoned> {
        let kalender = Kalender::new(self.land);
        let mut schritte = Vec::new();
        let anfang = self.beginn.anfang(&mut schritte)?;
        let counted = anfang.counted()?;
        schritte.push(Schritt::Beginn { am: counted });

        let mut ende = self.dauer.last(anfang, kalender)?;
        schritte.push(Schritt::Ende { am: ende });

        ende = self.held(counted, ende, &mut schritte)?;
        if !self.fest {
            ende = moved(ende, kalender, &mut schritte)?;
        }
        Some(Reckoned { ende, schritte })
    }

    /// The end after all times that do not count. No day is left out twice; what begins after the end
    /// leaves nothing out.
    fn held(&self, counted: Day, mut ende: Day, schritte: &mut Vec<Schritt>) -> Option<Day> {
        let mut hemmungen = self.hemmungen.clone();
        hemmungen.sort_unstable();
        let mut free = counted;
        for hemmung in hemmungen {
            let von = hemmung.von.max(free);
            if von > ende || hemmung.bis < von {
                continue;
            }
            free = days_after(hemmung.bis, 1)?;
            let days = von.date().until(free.date()).ok()?.get_days();
            ende = days_after(ende, days.into())?;
            schritte.push(Schritt::Hemmung { von, bis: hemmung.bis, ende });
        }
        Some(ende)
    }
}

/// What counting starts from: an event on a day, or a whole day (BGB § 187 Abs. 1 and 2).
#[derive(Clone, Copy)]
enum Anfang {
    Event(Day),
    WholeDay(Day),
}

impl Beginn {
    fn anfang(self, schritte: &mut Vec<Schritt>) -> Option<Anfang> {
        Some(match self {
            Self::Tagesbeginn(day) => Anfang::WholeDay(day),
            Self::Ereignis(day) => Anfang::Event(day),
            Self::Aufgabe(aufgegeben) => {
                let days = if aufgegeben.date() >= FOUR_DAYS_SINCE { 4 } else { 3 };
                let gilt = days_after(aufgegeben, days)?;
                schritte.push(Schritt::Bekanntgabe { aufgegeben, gilt });
                Anfang::Event(gilt)
            }
        })
    }
}

impl Anfang {
    /// The first day that counts.
    fn counted(self) -> Option<Day> {
        match self {
            Self::WholeDay(day) => Some(day),
            Self::Event(day) => days_after(day, 1),
        }
    }

    /// BGB § 188 Abs. 2: for an event the day with its number, for a whole day the one before that.
    /// Where the month has no such number, its last day (Abs. 3).
    fn months_later(self, months: i32) -> Option<Day> {
        let (Self::Event(day) | Self::WholeDay(day)) = self;
        let there = day.date().checked_add(Span::new().try_months(months).ok()?).ok()?;
        let whole = matches!(self, Self::WholeDay(_)) && there.day() == day.date().day();
        Day::from_date(if whole { there.yesterday().ok()? } else { there })
    }
}

impl Dauer {
    fn last(self, anfang: Anfang, kalender: Kalender) -> Option<Day> {
        let counted = anfang.counted()?;
        match self {
            Self::Tage(count) => days_after(counted, i64::from(count.get()) - 1),
            Self::Wochen(count) => days_after(counted, 7 * i64::from(count.get()) - 1),
            Self::Monate(count) => anfang.months_later(count.get().into()),
            Self::Jahre(count) => anfang.months_later(12 * i32::from(count.get())),
            Self::Arbeitstage(count) => {
                let days = counted.date().series(1.day()).map_while(Day::from_date);
                let mut working = days.filter(|day| kalender.frei(*day).is_none());
                working.nth(usize::from(count.get()) - 1)
            }
        }
    }
}

fn days_after(day: Day, days: i64) -> Option<Day> {
    Day::from_date(day.date().checked_add(Span::new().try_days(days).ok()?).ok()?)
}

/// The first working day that is not before `von`.
fn moved(von: Day, kalender: Kalender, schritte: &mut Vec<Schritt>) -> Option<Day> {
    let Some(weil) = kalender.frei(von) else { return Some(von) };
    let days = von.date().series(1.day()).take(DAYS_OFF_MAX).map_while(Day::from_date);
    let auf = { days }.find(|day| kalender.frei(*day).is_none())?;
    schritte.push(Schritt::Verschoben { von, weil, auf });
    Some(auf)
}
