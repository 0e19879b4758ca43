//! Who works on it.

use kontor_domain::{Feldwert, PersonId, Text, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.assign`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Assign {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// To whom; nobody if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    person: Option<PersonId>,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<Option<PersonId>>,
    /// Why; kept in the history.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    grund: Option<Text>,
}

impl Command for Assign {
    const NAME: &'static str = "vorgang.assign";
    const ABOUT: &'static str = "Weist einen Vorgang einer Person zu oder nimmt die Zuweisung weg.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let to = vec![self.seen.wish(self.person, Feldwert::Zuweisung)];
        Ok(Answer::saved(&office.change(self.vorgang, to, self.grund)?))
    }
}
