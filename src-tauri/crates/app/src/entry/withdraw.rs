//! Taken back by its author.

use kontor_domain::IntentId;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `entry.withdraw`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Withdraw {
    /// Which.
    #[schemars(with = "String")]
    entry: IntentId,
}

impl Command for Withdraw {
    const NAME: &'static str = "entry.withdraw";
    const ABOUT: &'static str = "Nimmt einen Eintrag zurück, der noch auf die Zentrale wartet.";
    const WHO: Who = Who::SignedIn;
    type Answer = ();

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut desk = office.desk()?;
        let Some(folded) = desk.entry(self.entry) else {
            let known = desk.work().entry(self.entry)?.is_some();
            return Err(if known { Code::EntrySettled } else { Code::EntryUnknown }.into());
        };
        let changed = folded.entry.intent.entities().into_iter().collect();
        if !desk.withdraw(self.entry)? {
            return Err(Code::EntrySettled.into());
        }
        drop(desk);
        office.entered.notify_one();
        Ok(Answer { answer: (), changed })
    }
}
