//! To another unit.

use kontor_domain::{EinheitId, Feldwert, Text, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
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
        let to = vec![Feldwert::Einheit(self.einheit)];
        Ok(Answer::saved(&office.change(self.vorgang, to, Some(self.grund))?))
    }
}
