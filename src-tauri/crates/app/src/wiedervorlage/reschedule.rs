//! Another day.

use kontor_domain::{Day, Feldwert, VorgangId, WiedervorlageId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `wiedervorlage.reschedule`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reschedule {
    /// Of what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Which.
    #[schemars(with = "String")]
    wiedervorlage: WiedervorlageId,
    /// The day it comes back.
    #[schemars(with = "String")]
    am: Day,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<Day>,
}

impl Command for Reschedule {
    const NAME: &'static str = "wiedervorlage.reschedule";
    const ABOUT: &'static str = "Verlegt eine Wiedervorlage auf einen anderen Tag.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let feldwert = |am| Feldwert::Wiedervorlage(self.wiedervorlage, am);
        let to = vec![self.seen.wish(self.am, feldwert)];
        Ok(Answer::saved(&office.change(self.vorgang, to, None)?))
    }
}
