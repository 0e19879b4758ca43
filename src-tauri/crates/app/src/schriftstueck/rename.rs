//! Another name.

use kontor_domain::{Betreff, Feldwert, SchriftstueckId, VorgangId};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::answer::Saved;
use crate::command::Command;
use crate::seen::Seen;
use crate::{Answer, AppError, Office, Who};

/// Payload of `schriftstueck.rename`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rename {
    /// In which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Which.
    #[schemars(with = "String")]
    schriftstueck: SchriftstueckId,
    /// What it is. The names of its files stay as they came.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// What was shown before; what stands there now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    seen: Seen<Betreff>,
}

impl Command for Rename {
    const NAME: &'static str = "schriftstueck.rename";
    const ABOUT: &'static str = "Gibt einem Schriftstück einen anderen Namen.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Saved;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { vorgang, schriftstueck, betreff, seen } = self;
        let feldwert = |betreff| Feldwert::Schriftstueck(schriftstueck, betreff);
        let to = vec![seen.wish(betreff, feldwert)];
        Ok(Answer::saved(&office.change(vorgang, to, None)?))
    }
}
