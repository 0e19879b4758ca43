//! A new one; it is never edited.

use kontor_domain::{AddNotiz, Intent, NotizId, Text, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `notiz.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    /// To what.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// What it says.
    #[schemars(with = "String")]
    text: Text,
}

impl Command for Add {
    const NAME: &'static str = "notiz.add";
    const ABOUT: &'static str = "Hält eine Notiz zu einem Vorgang fest.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Added;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let notiz = office.fresh(NotizId::new);
        let Self { vorgang, text } = self;
        let entered = office.enter(Intent::AddNotiz(AddNotiz { vorgang, notiz, text }))?;
        Ok(Answer::of(&entered, |saved| Added { notiz, saved }))
    }
}

/// A new Notiz.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schemars(with = "String")]
    notiz: NotizId,
    #[serde(flatten)]
    saved: Saved,
}
