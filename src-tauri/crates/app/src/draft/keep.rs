//! Kept, in place of the one before.

use kontor_store::work::Draft;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

const NAME_BYTES_MAX: usize = 400;
const BODY_BYTES_MAX: usize = 256 << 10;

/// Payload of `draft.keep`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    /// Which form of which thing it belongs to.
    name: String,
    /// Its content, as the form wants it.
    body: String,
}

impl Command for Keep {
    const NAME: &'static str = "draft.keep";
    const ABOUT: &'static str = "Hebt einen Entwurf auf diesem Rechner auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        if self.name.len() > NAME_BYTES_MAX || self.body.len() > BODY_BYTES_MAX {
            return Err(Code::DraftTooLarge.into());
        }
        let saved_at = office.world().now().unix_ms();
        let draft = Draft { name: self.name, body: self.body, saved_at };
        office.desk()?.work_mut().keep_draft(&draft)?;
        Ok(Answer::unchanged(()))
    }
}
