//! Choosing a PIN.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `session.set_pin`. Never printed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetPin {
    /// The PIN until now; left out if there is none, or after signing in anew.
    #[serde(default)]
    old: Option<String>,
    /// The new one.
    new: String,
}

impl Command for SetPin {
    const NAME: &'static str = "session.set_pin";
    const ABOUT: &'static str = "Legt die PIN fest, mit der dieser Arbeitsplatz entsperrt wird.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<()>, AppError> {
        office.set_pin(self.old.as_deref(), &self.new).map(Answer::unchanged)
    }
}
