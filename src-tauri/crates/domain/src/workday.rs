//! Working days, for „noch 20 Arbeitstage“. Holidays of the whole federation only: those of a Land
//! are not known here, so a count may be a day too high there. No Frist ends by this.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan as _};

use crate::Day;

/// Nobody counts working days further than this, in days.
const DAYS_MAX: i32 = 1_000;

/// Holidays that move with Easter Sunday, in days from it: Karfreitag, Ostermontag, Christi
/// Himmelfahrt, Pfingstmontag.
const AROUND_EASTER: [i64; 4] = [-2, 1, 39, 50];

/// Holidays on the same date every year: Neujahr, 1. Mai, 3. Oktober, Christmas.
const FIXED: [(i8, i8); 5] = [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)];

/// Working days (Monday to Friday without holidays) after `today` up to and including `day`; negative
/// for those that have passed since. `None` for days far away.
pub fn workdays_until(today: Day, day: Day) -> Option<i32> {
    let (from, to) = (today.date(), day.date());
    let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
    if first.until(last).ok()?.get_days() > DAYS_MAX {
        return None;
    }
    let days = first.series(1.day()).skip(1).take_while(|date| *date <= last);
    let count = days.filter(|date| is_workday(*date)).count();
    i32::try_from(count).ok().map(|count| sign * count)
}

fn is_workday(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(date)
}

fn is_holiday(date: Date) -> bool {
    FIXED.contains(&(date.month(), date.day()))
        || AROUND_EASTER.into_iter().any(|days| {
            let there =
                easter(date.year()).map(|sunday| sunday.checked_add(Span::new().days(days)));
            matches!(there, Some(Ok(there)) if there == date)
        })
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(today: &str, day: &str, expect: i32) {
        let count = workdays_until(today.parse().unwrap(), day.parse().unwrap());
        assert_eq!(count, Some(expect), "{today} to {day}");
    }

    #[test]
    fn working_days_leave_out_weekends_and_holidays() {
        check("2026-11-25", "2026-11-25", 0);
        check("2026-11-25", "2026-11-26", 1);
        check("2026-11-25", "2026-12-22", 19);
        check("2026-11-27", "2026-11-30", 1);
        // Christmas 2026 falls on Friday and Saturday.
        check("2026-12-23", "2026-12-28", 2);
        // Gründonnerstag to the Tuesday after Easter 2026 (5 April).
        check("2026-04-02", "2026-04-07", 1);
        // Himmelfahrt and Pfingstmontag 2026.
        check("2026-05-13", "2026-05-15", 1);
        check("2026-05-22", "2026-05-26", 1);
        check("2026-11-26", "2026-11-25", -1);
    }

    #[test]
    fn days_far_away_are_not_counted() {
        assert_eq!(
            workdays_until("2026-01-01".parse().unwrap(), "2999-12-31".parse().unwrap()),
            None
        );
    }
}
