//! How it stands with the lock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `session.state`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct State {}

/// How it stands with the lock.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Session {
    /// Whether nothing may be shown until somebody enters the PIN.
    locked: bool,
    /// Whether a PIN has been chosen; without one the desk cannot be locked.
    pin_set: bool,
    /// After so many minutes without anybody doing something it locks itself.
    idle_minutes: u16,
    /// So many days it may be without contact with the Zentrale.
    lease_days: u16,
    /// When that ends, in ms since 1970; none before the first contact.
    lease_ends: Option<i64>,
    /// Whether it has ended: only signing in at the Zentrale opens it again.
    lease_over: bool,
    /// Until the PIN may be tried again, in ms.
    wait_ms: i64,
}

impl Command for State {
    const NAME: &'static str = "session.state";
    const ABOUT: &'static str = "Sagt, ob dieser Arbeitsplatz gesperrt ist.";
    const WHO: Who = Who::Anybody;
    const WHILE_LOCKED: bool = true;
    type Answer = Session;

    fn run(self, office: &Office) -> Result<Answer<Session>, AppError> {
        let standing = office.guard.standing(office.world().now());
        Ok(Answer::unchanged(Session {
            locked: standing.locked,
            pin_set: standing.pin_set,
            idle_minutes: standing.rules.idle_minutes,
            lease_days: standing.rules.lease_days,
            lease_ends: standing.lease_ends_ms,
            lease_over: standing.lease_over,
            wait_ms: standing.wait_ms,
        }))
    }
}
