//! Read and put away.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `notice.dismiss`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dismiss {
    /// Which, by its number.
    notice: u64,
}

impl Command for Dismiss {
    const NAME: &'static str = "notice.dismiss";
    const ABOUT: &'static str = "Räumt einen Hinweis weg, der gelesen ist.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        // A second time it changes nothing.
        office.desk()?.work_mut().forget_notice(self.notice)?;
        Ok(Answer::unchanged(()))
    }
}
