//! To the Akten.

use kontor_domain::{Feldwert, Text, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use super::closing;
use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::word::VorgangStatus;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.close`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Close {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<VorgangStatus>")]
    seen: Seen<VorgangStatus>,
    /// Why; kept in the history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    grund: Option<Text>,
}

impl Command for Close {
    const NAME: &'static str = "vorgang.close";
    const ABOUT: &'static str =
        "Legt einen Vorgang zu den Akten (z.d.A.), wenn nichts es verhindert.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        closing::admit(office, self.vorgang)?;
        let feldwert = |status: VorgangStatus| Feldwert::Status(status.into());
        let to = vec![self.seen.wish(VorgangStatus::ZdA, feldwert)];
        Ok(Answer::saved(&office.change(self.vorgang, to, self.grund)?))
    }
}
