//! Taken back by its author.

use kontor_domain::IntentId;
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Deserialize;

use super::waiting;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `entry.withdraw`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdraw {
    /// Which.
    #[schemars(with = "String")]
    entry: IntentId,
}

impl Command for Withdraw {
    const NAME: &'static str = "entry.withdraw";
    const ABOUT: &'static str = "Nimmt einen Eintrag zurück, der noch auf die Zentrale wartet.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        waiting::change(office, self.entry, Desk::withdraw)
    }
}
