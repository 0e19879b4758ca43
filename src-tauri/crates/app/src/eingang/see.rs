//! Opened on this desk.

use kontor_domain::EingangId;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `eingang.see`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct See {
    /// Which.
    #[schemars(with = "String")]
    eingang: EingangId,
}

impl Command for See {
    const NAME: &'static str = "eingang.see";
    const ABOUT: &'static str = "Merkt sich auf diesem Rechner, dass ein Eingang angesehen wurde.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        office.see(self.eingang.into())
    }
}
