//! It does not run any more.

use kontor_domain::{Feldwert, FristId, Text, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `frist.remove`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remove {
    /// Of what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Which.
    #[schemars(with = "String")]
    frist: FristId,
    /// Why; kept in the history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    grund: Option<Text>,
}

impl Command for Remove {
    const NAME: &'static str = "frist.remove";
    const ABOUT: &'static str = "Nimmt eine Frist weg.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let to = vec![Feldwert::Frist(self.frist, None)];
        Ok(Answer::saved(&office.change(self.vorgang, to, self.grund)?))
    }
}
