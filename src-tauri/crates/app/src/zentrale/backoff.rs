//! How long to wait before trying again.

use std::time::Duration;

const SHORTEST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_mins(1);
/// More than this the Zentrale cannot ask for; somebody sits here.
const LONGEST_ASKED: Duration = Duration::from_mins(10);

/// Decorrelated jitter: each pause is drawn between the shortest one and three times the last, so
/// that a thousand workstations do not come back in the same moment.
#[derive(Debug)]
pub(super) struct Backoff {
    last: Duration,
}

impl Backoff {
    pub(super) const fn new() -> Self {
        Self { last: SHORTEST }
    }

    /// It worked.
    pub(super) const fn reset(&mut self) {
        self.last = SHORTEST;
    }

    /// The next pause; at least as long as the Zentrale asked for.
    pub(super) fn next(&mut self, asked_seconds: Option<u64>) -> Duration {
        self.draw(asked_seconds, random_share())
    }

    /// `share` lies between 0 and 1.
    fn draw(&mut self, asked_seconds: Option<u64>, share: f64) -> Duration {
        let span = (self.last * 3).min(LONGEST).saturating_sub(SHORTEST);
        self.last = SHORTEST + span.mul_f64(share);
        let asked = asked_seconds.map_or(Duration::ZERO, Duration::from_secs).min(LONGEST_ASKED);
        self.last.max(asked)
    }
}

fn random_share() -> f64 {
    let mut bytes = [0; 4];
    // Without randomness all wait the same; that is no reason to stop.
    match getrandom::fill(&mut bytes) {
        Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
        Err(_) => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_limit_and_begin_small_again() {
        let mut backoff = Backoff::new();
        let grown: Vec<u64> =
            (0..7).map(|_| backoff.draw(None, 1.0).as_millis().try_into().unwrap()).collect();
        assert_eq!(grown, [750, 2_250, 6_750, 20_250, 60_000, 60_000, 60_000]);
        assert_eq!(backoff.draw(None, 0.0), SHORTEST);
        backoff.reset();
        assert_eq!(backoff.draw(None, 1.0), Duration::from_millis(750));
    }

    #[test]
    fn the_zentrale_may_ask_for_longer_within_reason() {
        let mut backoff = Backoff::new();
        assert_eq!(backoff.draw(Some(30), 0.0), Duration::from_secs(30));
        assert_eq!(backoff.draw(Some(u64::MAX), 0.0), LONGEST_ASKED);
        assert!((0..100).all(|_| (SHORTEST..=LONGEST).contains(&Backoff::new().next(None))));
    }
}
