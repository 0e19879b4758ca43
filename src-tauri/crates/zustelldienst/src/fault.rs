//! Faults on demand.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::Endpoint;

/// What can go wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The connection breaks before anything is done.
    Reset,
    /// It is done, and the connection breaks before the answer.
    LostReply,
    /// It is not done; this status instead.
    Status(u16),
    /// Not done: 429 with `Retry-After`.
    Busy {
        /// When to come back.
        retry_after_seconds: u32,
    },
    /// It takes so long.
    Slow(Duration),
    /// The answer breaks off in its middle.
    HalfBody,
    /// 401, as after a token has run out.
    TokenExpired,
    /// An Einreichung's data or an Anlage comes with another authentication tag.
    WrongTag,
    /// The last event's signature is broken.
    BrokenSignature,
    /// The first `submit-submission` of the log is there twice.
    ReplayedEvent,
    /// The log does not say that anything was submitted.
    NoSubmitEvent,
}

/// Faults by chance, the same for the same seed and order of requests.
#[derive(Debug, Clone)]
pub struct Storm {
    /// Chooses.
    pub seed: u64,
    /// How many requests of a thousand it meets.
    pub per_mille: u32,
    /// Which faults, evenly.
    pub faults: Vec<Fault>,
    /// Which endpoints; none means all.
    pub endpoints: Vec<Endpoint>,
}

#[derive(Debug, Default)]
pub(crate) struct Faults(Mutex<Plan>);

#[derive(Debug, Default)]
struct Plan {
    once: Vec<(Endpoint, Fault)>,
    storm: Option<(Storm, fastrand::Rng)>,
    struck: BTreeMap<Endpoint, usize>,
}

impl Faults {
    pub(crate) fn once(&self, endpoint: Endpoint, fault: Fault) {
        self.with(|plan| plan.once.push((endpoint, fault)));
    }

    pub(crate) fn storm(&self, storm: Option<Storm>) {
        self.with(|plan| {
            plan.storm = storm.map(|storm| {
                let chance = fastrand::Rng::with_seed(storm.seed);
                (storm, chance)
            });
        });
    }

    pub(crate) fn struck(&self) -> BTreeMap<Endpoint, usize> {
        self.with(|plan| plan.struck.clone())
    }

    /// What meets the next request for `endpoint`.
    pub(crate) fn next(&self, endpoint: Endpoint) -> Option<Fault> {
        self.with(|plan| {
            let fault = plan.planned(endpoint).or_else(|| plan.by_chance(endpoint))?;
            *plan.struck.entry(endpoint).or_default() += 1;
            Some(fault)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut Plan) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Plan {
    fn planned(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let place = self.once.iter().position(|(at, _)| *at == endpoint)?;
        Some(self.once.remove(place).1)
    }

    fn by_chance(&mut self, endpoint: Endpoint) -> Option<Fault> {
        let (storm, chance) = self.storm.as_mut()?;
        let meant = storm.endpoints.is_empty() || storm.endpoints.contains(&endpoint);
        if !meant || chance.u32(0..1000) >= storm.per_mille {
            return None;
        }
        chance.choice(&storm.faults).copied()
    }
}
