//! Not to be had here any more.

use kontor_domain::EntityRef;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `pin.remove`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Remove {
    /// What: `vorgang/0190…`.
    #[schemars(with = "String")]
    entity: EntityRef,
}

/// Whether that changed anything.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Done {
    removed: bool,
}

impl Command for Remove {
    const NAME: &'static str = "pin.remove";
    const ABOUT: &'static str = "Gibt etwas wieder frei, das dauerhaft hier lag.";
    const WHO: Who = Who::SignedIn;
    type Answer = Done;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let removed = office.desk()?.unpin(self.entity)?;
        Ok(Answer { answer: Done { removed }, changed: [self.entity].into() })
    }
}
