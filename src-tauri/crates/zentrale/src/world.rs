//! What the Zentrale asks of the world: the time and random bytes. A parameter, so that a simulation
//! decides both.

use std::fmt::Debug;
use std::time::{SystemTime, UNIX_EPOCH};

use kontor_domain::Moment;
use uuid::Uuid;

/// Clock and randomness.
pub trait World: Debug + Send + Sync {
    /// The time now.
    fn now(&self) -> Moment;

    /// Fills `bytes` with random ones, fit for keys.
    fn fill(&self, bytes: &mut [u8]);
}

/// The machine's clock and random numbers.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemWorld;

impl World for SystemWorld {
    fn now(&self) -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Moment::from_unix_ms(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn fill(&self, bytes: &mut [u8]) {
        #[expect(clippy::expect_used, reason = "without randomness no token and no salt is safe")]
        getrandom::fill(bytes).expect("the operating system has random numbers");
    }
}

/// An array of random bytes.
pub fn random<const N: usize>(world: &dyn World) -> [u8; N] {
    let mut bytes = [0; N];
    world.fill(&mut bytes);
    bytes
}

/// A new id, ordered by time.
pub fn new_id(world: &dyn World) -> Uuid {
    let ms = u64::try_from(world.now().unix_ms()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(ms, &random(world)).into_uuid()
}
