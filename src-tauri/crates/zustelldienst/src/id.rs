//! Ids that come from a seed, so that a run can be repeated.

use std::sync::{Mutex, PoisonError};

use uuid::{Builder, Uuid};

/// Where ids and tokens come from.
#[derive(Debug)]
pub(crate) struct Ids(Mutex<fastrand::Rng>);

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self(Mutex::new(fastrand::Rng::with_seed(seed)))
    }

    pub(crate) fn next(&self) -> Uuid {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Builder::from_random_bytes(chance.u128(..).to_be_bytes()).into_uuid()
    }
}
