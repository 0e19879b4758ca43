//! To be had here.

use kontor_domain::EntityRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `pin.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    /// What: `vorgang/0190…`.
    #[schemars(with = "String")]
    entity: EntityRef,
}

/// Whether that changed anything.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Done {
    pinned: bool,
}

impl Command for Add {
    const NAME: &'static str = "pin.add";
    const ABOUT: &'static str = "Holt etwas dauerhaft auf diesen Arbeitsplatz.";
    const WHO: Who = Who::SignedIn;
    type Answer = Done;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let pinned = office.desk()?.work_mut().pin(self.entity)?;
        office.entered.notify_one();
        Ok(Answer { answer: Done { pinned }, changed: [self.entity].into() })
    }
}
