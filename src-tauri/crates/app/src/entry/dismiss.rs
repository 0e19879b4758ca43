//! Read and put away.

use kontor_domain::IntentId;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `entry.dismiss`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dismiss {
    /// Which.
    #[schemars(with = "String")]
    entry: IntentId,
}

impl Command for Dismiss {
    const NAME: &'static str = "entry.dismiss";
    const ABOUT: &'static str =
        "Räumt einen Eintrag weg, den die Zentrale nicht übernommen hat; gespeichert bleibt er.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut desk = office.desk()?;
        if desk.work().entry(self.entry)?.is_none() {
            return Err(Code::EntryUnknown.into());
        }
        // A second time it changes nothing.
        desk.work_mut().put_away(self.entry)?;
        Ok(Answer::unchanged(()))
    }
}
