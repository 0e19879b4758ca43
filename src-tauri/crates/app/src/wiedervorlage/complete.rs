//! Ticked off.

use kontor_domain::{CompleteWiedervorlage, Intent, VorgangId, WiedervorlageId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `wiedervorlage.complete`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Complete {
    /// Of what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Which.
    #[schemars(with = "String")]
    wiedervorlage: WiedervorlageId,
}

impl Command for Complete {
    const NAME: &'static str = "wiedervorlage.complete";
    const ABOUT: &'static str = "Hakt eine Wiedervorlage ab.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { vorgang, wiedervorlage } = self;
        let complete = CompleteWiedervorlage { vorgang, wiedervorlage };
        Ok(Answer::saved(&office.enter(Intent::CompleteWiedervorlage(complete))?))
    }
}
