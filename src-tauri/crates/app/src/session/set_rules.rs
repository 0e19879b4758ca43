//! When the desk locks itself.

use schemars::JsonSchema;
use serde::Deserialize;

use super::guard::Rules;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

const IDLE_MINUTES_MAX: u16 = 240;
const LEASE_DAYS_MAX: u16 = 90;

/// Payload of `session.set_rules`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetRules {
    /// Minutes without anybody doing something, 1 to 240.
    idle_minutes: u16,
    /// Days without contact with the Zentrale, 1 to 90; as before if left out.
    #[serde(default)]
    lease_days: Option<u16>,
}

impl Command for SetRules {
    const NAME: &'static str = "session.set_rules";
    const ABOUT: &'static str = "Legt fest, wann sich dieser Arbeitsplatz von selbst sperrt.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<()>, AppError> {
        let before = office.guard.standing(office.world().now()).rules;
        let lease_days = self.lease_days.unwrap_or(before.lease_days);
        let fits = (1..=IDLE_MINUTES_MAX).contains(&self.idle_minutes)
            && (1..=LEASE_DAYS_MAX).contains(&lease_days);
        if !fits {
            return Err(Code::PayloadUnfit.into());
        }
        let rules = Rules { idle_minutes: self.idle_minutes, lease_days };
        office.set_rules(rules).map(Answer::unchanged)
    }
}
