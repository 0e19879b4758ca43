//! The time it is at the Zustelldienst.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A clock that can be moved. Clones show the same time.
#[derive(Debug, Clone)]
pub struct Clock {
    /// Seconds: since 1970 if it stands, else how far it is ahead of this machine's.
    seconds: Arc<AtomicI64>,
    stands: bool,
}

impl Clock {
    /// Shows `unix_seconds` until it is moved.
    pub fn standing(unix_seconds: i64) -> Self {
        Self { seconds: Arc::new(AtomicI64::new(unix_seconds)), stands: true }
    }

    /// Runs with this machine's clock, and ahead of it once it was moved.
    pub fn running() -> Self {
        Self { seconds: Arc::default(), stands: false }
    }

    /// Seconds since 1970.
    pub fn now(&self) -> i64 {
        let moved = self.seconds.load(Ordering::SeqCst);
        if self.stands { moved } else { moved.saturating_add(machine()) }
    }

    /// Moves it forward.
    pub fn advance(&self, by: Duration) {
        let seconds = i64::try_from(by.as_secs()).unwrap_or(i64::MAX);
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }
}

fn machine() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or_default()
}
