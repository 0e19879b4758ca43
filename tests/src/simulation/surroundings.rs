//! Clock and randomness of one simulated machine.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use kontor_domain::Moment;
use uuid::Uuid;

use super::dice::Dice;

/// 1 July 2026, 08:00 UTC, in milliseconds since 1970.
const FIRST_MORNING_MS: i64 = 1_782_892_800_000;
const TEN_YEARS_MS: i64 = 10 * 365 * 24 * 3_600_000;

/// Where the time in new ids comes from.
#[derive(Debug, Clone)]
pub(super) enum Ids {
    /// The machine's own clock, as wrong as it is.
    Clock,
    /// One counter for everybody, so that wrong clocks change no id and two runs can be compared.
    Counted(Arc<AtomicU64>),
}

/// What one machine sees of time and chance.
#[derive(Debug)]
pub(super) struct Surroundings {
    clock_ms: AtomicI64,
    dice: Mutex<Dice>,
    ids: Ids,
}

impl Surroundings {
    pub(super) fn new(dice: Dice, ids: Ids) -> Self {
        Self { clock_ms: AtomicI64::new(FIRST_MORNING_MS), dice: Mutex::new(dice), ids }
    }

    /// Sets the clock somewhere within ten years around the first morning.
    pub(super) fn jump(&self, clock_dice: &mut Dice) -> i64 {
        let span = usize::try_from(2 * TEN_YEARS_MS).unwrap_or(usize::MAX);
        let offset = i64::try_from(clock_dice.below(span)).unwrap_or(0) - TEN_YEARS_MS;
        self.clock_ms.store(FIRST_MORNING_MS + offset, Ordering::SeqCst);
        FIRST_MORNING_MS + offset
    }

    pub(super) fn time(&self) -> Moment {
        Moment::from_unix_ms(self.clock_ms.fetch_add(1, Ordering::SeqCst))
    }

    pub(super) fn new_id(&self) -> Uuid {
        let ms = match &self.ids {
            Ids::Clock => u64::try_from(self.time().unix_ms()).unwrap_or(0),
            Ids::Counted(counter) => counter.fetch_add(1, Ordering::SeqCst) + 1_782_892_800_000,
        };
        self.dice().uuid_v7(ms)
    }

    fn dice(&self) -> std::sync::MutexGuard<'_, Dice> {
        self.dice.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl kontor_sync::World for Surroundings {
    fn now(&self) -> Moment {
        self.time()
    }

    fn uuid(&self) -> Uuid {
        self.new_id()
    }
}

impl kontor_zentrale::world::World for Surroundings {
    fn now(&self) -> Moment {
        self.time()
    }

    fn fill(&self, bytes: &mut [u8]) {
        self.dice().fill(bytes);
    }
}
