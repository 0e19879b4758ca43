//! Opening the lock.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `session.unlock`. Never printed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Unlock {
    /// The PIN.
    pin: String,
}

impl Command for Unlock {
    const NAME: &'static str = "session.unlock";
    const ABOUT: &'static str = "Entsperrt den Arbeitsplatz mit der PIN.";
    const WHO: Who = Who::SignedIn;
    const WHILE_LOCKED: bool = true;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<()>, AppError> {
        office.unlock(&self.pin).map(Answer::unchanged)
    }
}
