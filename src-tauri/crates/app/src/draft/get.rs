//! Taken out again.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `draft.get`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Get {
    /// Which form of which thing it belongs to.
    name: String,
}

/// A draft, if there is one.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    draft: Option<Kept>,
}

/// A draft.
#[derive(Debug, Serialize, JsonSchema)]
struct Kept {
    /// Its content, as the form wants it.
    body: String,
    /// When it was kept, in ms since 1970.
    saved_at: i64,
}

impl Command for Get {
    const NAME: &'static str = "draft.get";
    const ABOUT: &'static str = "Holt einen aufgehobenen Entwurf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Found;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let draft = office.desk()?.work().draft(&self.name)?;
        let draft = draft.map(|draft| Kept { body: draft.body, saved_at: draft.saved_at });
        Ok(Answer::unchanged(Found { draft }))
    }
}
