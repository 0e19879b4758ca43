//! To another unit.

use kontor_domain::{EingangId, EinheitId, Feldwert, Text};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `eingang.forward`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Forward {
    /// Which.
    #[schemars(with = "String")]
    eingang: EingangId,
    /// The unit in whose inbox it goes.
    #[schemars(with = "String")]
    einheit: EinheitId,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<EinheitId>,
    /// Why; kept in the history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    grund: Option<Text>,
}

impl Command for Forward {
    const NAME: &'static str = "eingang.forward";
    const ABOUT: &'static str = "Leitet einen Eingang an eine andere Organisationseinheit weiter.";
    const WHO: Who = Who::Posteingang;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let to = vec![self.seen.wish(self.einheit, Feldwert::Einheit)];
        Ok(Answer::saved(&office.change(self.eingang, to, self.grund)?))
    }
}
