//! To another unit.

use kontor_domain::{EinheitId, Feldwert, Text, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.move`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Move {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// The unit that becomes responsible.
    #[schemars(with = "String")]
    einheit: EinheitId,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<EinheitId>,
    /// Why; kept in the history.
    #[schemars(with = "String")]
    grund: Text,
}

impl Command for Move {
    const NAME: &'static str = "vorgang.move";
    const ABOUT: &'static str =
        "Gibt einen Vorgang mit Begründung an eine andere Organisationseinheit ab.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let to = vec![self.seen.wish(self.einheit, Feldwert::Einheit)];
        Ok(Answer::saved(&office.change(self.vorgang, to, Some(self.grund))?))
    }
}
