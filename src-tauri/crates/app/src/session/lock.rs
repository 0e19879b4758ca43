//! Locking the desk.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `session.lock`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lock {}

impl Command for Lock {
    const NAME: &'static str = "session.lock";
    const ABOUT: &'static str = "Sperrt den Arbeitsplatz, bis jemand ihn mit der PIN entsperrt.";
    const WHO: Who = Who::SignedIn;
    const WHILE_LOCKED: bool = true;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<()>, AppError> {
        office.guard.lock().map(Answer::unchanged)
    }
}
