//! Opened on this desk.

use kontor_domain::VorgangId;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.see`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct See {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

impl Command for See {
    const NAME: &'static str = "vorgang.see";
    const ABOUT: &'static str = "Merkt sich auf diesem Rechner, dass ein Vorgang angesehen wurde.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        office.see(self.vorgang.into())
    }
}
