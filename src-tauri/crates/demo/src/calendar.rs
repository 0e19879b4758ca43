//! Days and office hours, counted from now.

use jiff::civil::{Date, Weekday};
use jiff::{Timestamp, ToSpan, tz::Offset};
use kontor_domain::{Day, InvalidDay, Moment};

const MINUTE_MS: i64 = 60_000;
const DAY_MINUTES: i64 = 24 * 60;

/// A calendar in which today is known.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Calendar {
    now: Moment,
    today: Date,
}

impl Calendar {
    pub(crate) fn new(now: Moment) -> Self {
        let today = Timestamp::from_millisecond(now.unix_ms()).unwrap_or(Timestamp::UNIX_EPOCH);
        Self { now, today: Offset::UTC.to_datetime(today).date() }
    }

    /// So many minutes after the morning (7:30) of so many days ago, moved to a working day and never
    /// in the future.
    pub(crate) fn at(&self, days_ago: i64, minute: i64) -> Moment {
        let day = self.working_day(-days_ago);
        let midnight = Offset::UTC.to_timestamp(day.at(6, 30, 0, 0));
        let morning = midnight.map_or(self.now.unix_ms(), Timestamp::as_millisecond);
        let at = morning + minute.rem_euclid(DAY_MINUTES) * MINUTE_MS;
        // What has not come yet today came a little while ago.
        Moment::from_unix_ms(at.min(self.now.unix_ms() - (600 - minute.clamp(0, 599)) * 1_000))
    }

    /// The working day next to so many days from now.
    pub(crate) fn day(&self, days_ahead: i64) -> Result<Day, InvalidDay> {
        self.working_day(days_ahead).to_string().parse()
    }

    /// The year of so many days from now.
    pub(crate) fn year(&self, days_ahead: i64) -> i16 {
        self.working_day(days_ahead).year()
    }

    /// As a letter writes it: 21.11.2026.
    pub(crate) fn written(&self, days_ahead: i64) -> String {
        self.working_day(days_ahead).strftime("%d.%m.%Y").to_string()
    }

    fn working_day(&self, days_ahead: i64) -> Date {
        let day = self.today.saturating_add(days_ahead.days());
        match day.weekday() {
            Weekday::Saturday => day.saturating_sub(1.day()),
            Weekday::Sunday => day.saturating_sub(2.days()),
            _ => day,
        }
    }
}
