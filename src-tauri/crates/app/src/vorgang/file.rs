//! Into an Akte.

use kontor_domain::{AkteId, Feldwert, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `vorgang.file`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct File {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Into which Akte; taken out of its Akte if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    akte: Option<AkteId>,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<Option<AkteId>>,
}

impl Command for File {
    const NAME: &'static str = "vorgang.file";
    const ABOUT: &'static str = "Ordnet einen Vorgang einer Akte zu.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let to = vec![self.seen.wish(self.akte, Feldwert::Akte)];
        Ok(Answer::saved(&office.change(self.vorgang, to, None)?))
    }
}
