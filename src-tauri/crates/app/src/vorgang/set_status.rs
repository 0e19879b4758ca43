//! How far it is.

use kontor_domain::{Feldwert, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::word::VorgangStatus;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.set_status`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetStatus {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// How far it is.
    status: Working,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<VorgangStatus>")]
    seen: Seen<VorgangStatus>,
}

impl Command for SetStatus {
    const NAME: &'static str = "vorgang.set_status";
    const ABOUT: &'static str =
        "Sagt, wie weit ein Vorgang ist; öffnet einen geschlossenen wieder.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let status = match self.status {
            Working::Offen => VorgangStatus::Offen,
            Working::InBearbeitung => VorgangStatus::InBearbeitung,
            Working::Wartet => VorgangStatus::Wartet,
        };
        let feldwert = |status: VorgangStatus| Feldwert::Status(status.into());
        let to = vec![self.seen.wish(status, feldwert)];
        Ok(Answer::saved(&office.change(self.vorgang, to, None)?))
    }
}

/// Every status but z.d.A., which has a command of its own.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Working {
    /// Nobody has begun.
    Offen,
    /// Being worked on.
    InBearbeitung,
    /// Waits for somebody outside.
    Wartet,
}
