//! Thrown away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `draft.drop`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drop {
    /// Which form of which thing it belongs to.
    name: String,
}

/// Whether there was one.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Dropped {
    dropped: bool,
}

impl Command for Drop {
    const NAME: &'static str = "draft.drop";
    const ABOUT: &'static str = "Verwirft einen aufgehobenen Entwurf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Dropped;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let dropped = office.desk()?.work_mut().drop_draft(&self.name)?;
        Ok(Answer::unchanged(Dropped { dropped }))
    }
}
