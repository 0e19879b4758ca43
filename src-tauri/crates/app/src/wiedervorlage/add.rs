//! A day on which somebody wants to see it again.

use kontor_domain::{AddWiedervorlage, Betreff, Day, Intent, VorgangId, WiedervorlageId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `wiedervorlage.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    /// Of what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// The day it comes back.
    #[schemars(with = "String")]
    am: Day,
    /// Why.
    #[schemars(with = "String")]
    grund: Betreff,
}

impl Command for Add {
    const NAME: &'static str = "wiedervorlage.add";
    const ABOUT: &'static str = "Legt einen Vorgang auf Wiedervorlage.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Added;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let wiedervorlage = office.fresh(WiedervorlageId::new);
        let Self { vorgang, am, grund } = self;
        let add = AddWiedervorlage { vorgang, wiedervorlage, am, grund };
        let entered = office.enter(Intent::AddWiedervorlage(add))?;
        Ok(Answer::of(&entered, |saved| Added { wiedervorlage, saved }))
    }
}

/// A new Wiedervorlage.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schemars(with = "String")]
    wiedervorlage: WiedervorlageId,
    #[serde(flatten)]
    saved: Saved,
}
