//! Let go although one it builds on did not happen.

use kontor_domain::IntentId;
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Deserialize;

use super::waiting;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `entry.release`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Release {
    /// Which.
    #[schemars(with = "String")]
    entry: IntentId,
}

impl Command for Release {
    const NAME: &'static str = "entry.release";
    const ABOUT: &'static str = "Gibt einen Eintrag frei, der auf einen nicht übernommenen wartet; die Zentrale entscheidet.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        waiting::change(office, self.entry, Desk::release)
    }
}
