//! 1 and 13: what is fetched, and when it is accepted.

use std::collections::BTreeSet;

use kontor_domain::Moment;

use crate::EinreichungId;
use crate::port::Listed;

/// 1 · Delivery is at least once: what is stored is not fetched again. Each only once, even if the
/// list repeats it.
pub fn unseen(listed: &[Listed], stored: &BTreeSet<EinreichungId>) -> Vec<Listed> {
    let mut seen = stored.clone();
    listed.iter().filter(|listed| seen.insert(listed.einreichung)).copied().collect()
}

/// How far storing has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Storage {
    /// Not all of it is durable.
    Unfinished,
    /// Everything outlives a power cut.
    Durable,
}

/// 13 · Accepting ends the content's life at the service, so it waits for durable storage.
pub const fn accept_is_due(storage: Storage) -> bool {
    matches!(storage, Storage::Durable)
}

/// How urgent an unfinished Einreichung is: the service rejects it by itself after 14 days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Alarm {
    /// In time.
    None,
    /// 3 days: tell IT.
    Notice,
    /// 7 days: tell IT again.
    Warning,
    /// 12 days: two days are left.
    Critical,
}

const DAY_MS: i64 = 86_400_000;

impl Alarm {
    /// After how many days it is raised.
    pub const fn days(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Notice => 3,
            Self::Warning => 7,
            Self::Critical => 12,
        }
    }

    /// For an Einreichung that was submitted then.
    pub fn of(submitted: Moment, now: Moment) -> Self {
        let waited = now.unix_ms().saturating_sub(submitted.unix_ms());
        [Self::Critical, Self::Warning, Self::Notice]
            .into_iter()
            .find(|alarm| waited >= alarm.days() * DAY_MS)
            .unwrap_or(Self::None)
    }
}
