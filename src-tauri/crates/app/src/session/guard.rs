//! Who is let through, and how long one has to wait after wrong guesses.

use std::sync::{Mutex, MutexGuard, PoisonError};

use kontor_domain::Moment;
use kontor_store::work::Work;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::factor::Factor;
use crate::zentrale::meta;
use crate::{AppError, Code, Office};

const FACTOR: &str = "session.factor";
const GUESSES: &str = "session.guesses";
const RULES: &str = "session.rules";

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// So many wrong guesses cost nothing but themselves.
const FREE_GUESSES: u32 = 3;
const PAUSE_MS: i64 = 5_000;
const PAUSE_MS_MAX: i64 = 15 * MINUTE_MS;

/// How long the desk may lie open, and how long it may be away from the Zentrale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rules {
    pub(super) idle_minutes: u16,
    pub(super) lease_days: u16,
}

impl Default for Rules {
    fn default() -> Self {
        Self { idle_minutes: 15, lease_days: 30 }
    }
}

/// Wrong guesses since the last right one.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
struct Guesses {
    wrong: u32,
    last_ms: i64,
}

/// Whether the desk is locked. One for each open profile.
#[derive(Default)]
pub(crate) struct Guard(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    locked: bool,
    /// When somebody last did something.
    used_ms: i64,
    factor: Option<Factor>,
    guesses: Guesses,
    rules: Rules,
    contact_ms: Option<i64>,
    /// Somebody has just proved to the Zentrale who they are: they may choose a new PIN.
    proved: bool,
}

/// How it stands, for whoever shows it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Standing {
    pub(super) locked: bool,
    pub(super) pin_set: bool,
    pub(super) rules: Rules,
    pub(super) lease_ends_ms: Option<i64>,
    pub(super) lease_over: bool,
    pub(super) wait_ms: i64,
}

impl Guard {
    /// As it was left; open, until somebody locks it.
    pub(crate) fn open(work: &Work, now: Moment) -> Result<Self, AppError> {
        Ok(Self(Mutex::new(Inner {
            locked: false,
            used_ms: now.unix_ms(),
            factor: read(work, FACTOR)?,
            guesses: read(work, GUESSES)?.unwrap_or_default(),
            rules: read(work, RULES)?.unwrap_or_default(),
            contact_ms: meta::last_contact(work)?,
            proved: false,
        })))
    }

    /// Lets a command through, or says why not. Whoever gets through has not walked away.
    pub(crate) fn admit(&self, now: Moment) -> Result<(), AppError> {
        let mut inner = self.inner();
        inner.look(now);
        if inner.lease_over(now) {
            return Err(Code::LeaseOver.into());
        }
        if inner.locked {
            return Err(Code::Locked.into());
        }
        inner.used_ms = now.unix_ms();
        Ok(())
    }

    /// The Zentrale was spoken to.
    pub(crate) fn note_contact(&self, now: Moment) {
        self.inner().contact_ms = Some(now.unix_ms());
    }

    /// Somebody has signed in at the Zentrale, with everything that takes.
    pub(crate) fn signed_in(&self, now: Moment) {
        let mut inner = self.inner();
        inner.contact_ms = Some(now.unix_ms());
        inner.used_ms = now.unix_ms();
        inner.locked = false;
        inner.proved = true;
    }

    /// Locks, if there is something to open it with again.
    pub(super) fn lock(&self) -> Result<(), AppError> {
        let mut inner = self.inner();
        if inner.factor.is_none() {
            return Err(Code::PinMissing.into());
        }
        inner.locked = true;
        inner.proved = false;
        Ok(())
    }

    /// Locks a desk that has a PIN.
    fn lock_if_possible(&self) {
        // Without a PIN there is nothing to lock it with.
        let _ = self.lock();
    }

    pub(super) fn standing(&self, now: Moment) -> Standing {
        let mut inner = self.inner();
        inner.look(now);
        Standing {
            locked: inner.locked,
            pin_set: inner.factor.is_some(),
            rules: inner.rules,
            lease_ends_ms: inner.contact_ms.map(|contact| contact + inner.lease_ms()),
            lease_over: inner.lease_over(now),
            wait_ms: inner.guesses.wait_ms(now),
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Office {
    /// For a window that opens: if the desk has a PIN, it is asked for first. Whoever starts the
    /// console has shown the key store already that it is them.
    pub fn begin_locked(&self) {
        self.guard.lock_if_possible();
    }

    /// Whether nothing may be shown now.
    pub fn is_locked(&self) -> bool {
        let standing = self.guard.standing(self.world().now());
        standing.locked || standing.lease_over
    }

    /// Opens the lock.
    pub(super) fn unlock(&self, pin: &str) -> Result<(), AppError> {
        let now = self.world().now();
        let mut inner = self.guard.inner();
        if inner.lease_over(now) {
            return Err(Code::LeaseOver.into());
        }
        self.guess(&mut inner, pin)?;
        inner.locked = false;
        inner.used_ms = now.unix_ms();
        Ok(())
    }

    /// Sets another PIN; the old one has to be known, unless somebody has just signed in.
    pub(super) fn set_pin(&self, old: Option<&str>, new: &str) -> Result<(), AppError> {
        let mut inner = self.guard.inner();
        if inner.factor.is_some() && !inner.proved {
            self.guess(&mut inner, old.unwrap_or_default())?;
        }
        let factor = Factor::of(new)?;
        write(self.desk()?.work_mut(), FACTOR, &factor)?;
        inner.factor = Some(factor);
        inner.proved = false;
        Ok(())
    }

    pub(super) fn set_rules(&self, rules: Rules) -> Result<(), AppError> {
        let mut inner = self.guard.inner();
        write(self.desk()?.work_mut(), RULES, &rules)?;
        inner.rules = rules;
        Ok(())
    }

    /// Counted before it is known to be wrong, so that ending the program saves no guess.
    fn guess(&self, inner: &mut Inner, pin: &str) -> Result<(), AppError> {
        let now = self.world().now();
        let Some(factor) = inner.factor.clone() else { return Err(Code::PinMissing.into()) };
        let wait_ms = inner.guesses.wait_ms(now);
        if wait_ms > 0 {
            return Err(later(wait_ms));
        }
        inner.guesses =
            Guesses { wrong: inner.guesses.wrong.saturating_add(1), last_ms: now.unix_ms() };
        write(self.desk()?.work_mut(), GUESSES, &inner.guesses)?;
        if !factor.fits(pin)? {
            return Err(Code::PinWrong.into());
        }
        inner.guesses = Guesses::default();
        write(self.desk()?.work_mut(), GUESSES, &inner.guesses)
    }
}

impl Inner {
    /// Locks what nobody has touched for long. A clock that jumped says nothing about anybody.
    fn look(&mut self, now: Moment) {
        let idle_ms = (now.unix_ms() - self.used_ms).saturating_abs();
        if self.factor.is_some() && idle_ms > i64::from(self.rules.idle_minutes) * MINUTE_MS {
            self.locked = true;
        }
    }

    fn lease_ms(&self) -> i64 {
        i64::from(self.rules.lease_days) * DAY_MS
    }

    /// Before the first contact there is nothing here that could be leased.
    fn lease_over(&self, now: Moment) -> bool {
        self.contact_ms.is_some_and(|contact| now.unix_ms() - contact > self.lease_ms())
    }
}

impl Guesses {
    /// How long nobody may guess, in ms.
    fn wait_ms(self, now: Moment) -> i64 {
        let Some(over) = self.wrong.checked_sub(FREE_GUESSES) else { return 0 };
        let pause = PAUSE_MS.saturating_mul(1 << over.min(20)).min(PAUSE_MS_MAX);
        // A clock that was set back makes nobody wait for years.
        (self.last_ms + pause - now.unix_ms()).clamp(0, pause)
    }
}

fn later(wait_ms: i64) -> AppError {
    let seconds = wait_ms / 1_000 + 1;
    let wait = if seconds < 90 {
        format!("{seconds} Sekunden")
    } else {
        format!("{} Minuten", seconds / 60 + 1)
    };
    AppError::new(Code::PinLater)
        .saying(format!("Die PIN war mehrmals falsch. Der nächste Versuch geht in {wait}."))
}

fn read<T: DeserializeOwned>(work: &Work, name: &str) -> Result<Option<T>, AppError> {
    let Some(stored) = work.meta(name)? else { return Ok(None) };
    serde_json::from_slice(&stored)
        .map(Some)
        .map_err(|error| AppError::new(Code::StoredUnreadable).because(error))
}

fn write(work: &mut Work, name: &str, value: &impl Serialize) -> Result<(), AppError> {
    let value =
        serde_json::to_vec(value).map_err(|error| AppError::new(Code::Internal).because(error))?;
    Ok(work.set_meta(name, &value)?)
}

impl std::fmt::Debug for Guard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guard").field("locked", &self.inner().locked).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(guard: &Guard, day: i64) -> Option<Code> {
        guard.admit(Moment::from_unix_ms(day * DAY_MS)).err().map(|error| error.code)
    }

    #[test]
    fn a_desk_too_long_away_shows_nothing_until_the_zentrale_has_been_spoken_to() {
        let guard = Guard::default();
        assert_eq!(admitted(&guard, 1_000), None, "before the first contact nothing is leased");
        guard.note_contact(Moment::from_unix_ms(1_000 * DAY_MS));
        assert_eq!(admitted(&guard, 1_030), None);
        assert_eq!(admitted(&guard, 1_031), Some(Code::LeaseOver));
        guard.note_contact(Moment::from_unix_ms(1_031 * DAY_MS));
        assert_eq!(admitted(&guard, 1_032), None);
    }

    #[test]
    fn pauses_grow_to_a_limit() {
        let wait = |wrong| Guesses { wrong, last_ms: 0 }.wait_ms(Moment::from_unix_ms(0)) / 1_000;
        let waits: Vec<i64> = (0..8).map(wait).collect();
        assert_eq!(waits, [0, 0, 0, 5, 10, 20, 40, 80]);
        assert_eq!(wait(u32::MAX), 15 * 60);
        // A clock set back.
        let guesses = Guesses { wrong: 3, last_ms: 1_000 * DAY_MS };
        assert_eq!(guesses.wait_ms(Moment::from_unix_ms(0)), PAUSE_MS);
    }

    #[test]
    fn signing_in_opens_everything() {
        let guard = Guard::default();
        guard.inner().factor = Some(Factor::of("271828").unwrap());
        guard.lock().unwrap();
        assert_eq!(admitted(&guard, 0), Some(Code::Locked));
        guard.signed_in(Moment::from_unix_ms(0));
        assert_eq!(admitted(&guard, 0), None);
        assert!(guard.inner().proved);
    }
}
