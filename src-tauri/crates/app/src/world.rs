//! The clock and the ids of this machine.

use std::time::{SystemTime, UNIX_EPOCH};

use kontor_domain::Moment;
use kontor_sync::World;
use uuid::Uuid;

/// The real ones. Ids are `UUIDv7`: ordered by time for storage, never for deciding.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemWorld;

impl World for SystemWorld {
    fn now(&self) -> Moment {
        // A clock before 1970 or beyond the year 200,000,000 says nothing; it decides nothing either.
        let ms = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(since) => i64::try_from(since.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        Moment::from_unix_ms(ms)
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}
