//! Becomes part of a Vorgang.

use kontor_domain::{AssignEingang, EingangId, Intent, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `eingang.assign`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assign {
    /// Which.
    #[schemars(with = "String")]
    eingang: EingangId,
    /// Into which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

impl Command for Assign {
    const NAME: &'static str = "eingang.assign";
    const ABOUT: &'static str = "Ordnet einen Eingang einem Vorgang zu.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { eingang, vorgang } = self;
        let assign = AssignEingang { eingang, vorgang };
        Ok(Answer::saved(&office.enter(Intent::AssignEingang(assign))?))
    }
}
