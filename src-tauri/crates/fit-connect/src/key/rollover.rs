//! Changing the encryption key without losing what is on its way (facts § 3.2): generate, publish,
//! make it the current one, keep the old one until nothing can need it.

use kontor_domain::Moment;
use serde::{Deserialize, Serialize};

/// How far an encryption key of ours is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum KeyState {
    /// Made and stored, known to nobody.
    Generated,
    /// At the Zustellpunkt, but senders still take the other.
    Published,
    /// The one senders take.
    Current,
    /// Replaced; what was encrypted to it before may still arrive.
    Replaced {
        /// When another became current.
        since: Moment,
    },
    /// Nothing can need it any more.
    Retired,
}

/// What is to be done next with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyStep {
    /// `POST …/keys` with the public part.
    Publish,
    /// `PATCH` the Zustellpunkt's `encryptionKid`.
    MakeCurrent,
    /// Destroy the private part.
    Retire,
}

/// Senders may have fetched the old key and submit later; the service rejects what lies 14 days.
/// Twice that leaves room for what was announced late.
const KEPT_DAYS: i64 = 28;
const DAY_MS: i64 = 86_400_000;

/// The next step for a key, if it is time. `needed` says whether an unfinished Einreichung or kept
/// evidence still names the key.
pub fn rollover(state: KeyState, now: Moment, needed: bool) -> Option<KeyStep> {
    match state {
        KeyState::Generated => Some(KeyStep::Publish),
        KeyState::Published => Some(KeyStep::MakeCurrent),
        KeyState::Replaced { since } => {
            let kept_ms = now.unix_ms().saturating_sub(since.unix_ms());
            (!needed && kept_ms >= KEPT_DAYS * DAY_MS).then_some(KeyStep::Retire)
        }
        KeyState::Current | KeyState::Retired => None,
    }
}

/// The step does not follow from the state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key is not in a state for this step")]
pub struct NoSuchStep;

impl KeyState {
    /// The state after a step that was carried out.
    pub fn after(self, step: KeyStep) -> Result<Self, NoSuchStep> {
        match (self, step) {
            (Self::Generated, KeyStep::Publish) => Ok(Self::Published),
            (Self::Published, KeyStep::MakeCurrent) => Ok(Self::Current),
            (Self::Replaced { .. }, KeyStep::Retire) => Ok(Self::Retired),
            _ => Err(NoSuchStep),
        }
    }

    /// Whether messages to this key must be readable.
    pub fn decrypts(self) -> bool {
        !matches!(self, Self::Retired)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: i64) -> Moment {
        Moment::from_unix_ms(day * DAY_MS)
    }

    #[test]
    fn a_key_goes_its_way() {
        let mut state = KeyState::Generated;
        for step in [KeyStep::Publish, KeyStep::MakeCurrent] {
            assert_eq!(rollover(state, day(0), false), Some(step));
            state = state.after(step).unwrap();
            assert!(state.decrypts());
        }
        assert_eq!(rollover(state, day(900), false), None);
        assert_eq!(state.after(KeyStep::Retire), Err(NoSuchStep));
    }

    #[test]
    fn an_old_key_is_kept_while_something_may_need_it() {
        let old = KeyState::Replaced { since: day(10) };
        assert_eq!(rollover(old, day(37), false), None);
        assert_eq!(rollover(old, day(38), true), None);
        assert_eq!(rollover(old, day(38), false), Some(KeyStep::Retire));
        assert_eq!(rollover(old, day(1), false), None);
        assert!(old.decrypts());
        assert!(!KeyState::Retired.decrypts());
    }
}
