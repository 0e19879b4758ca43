//! A file comes in.

use std::path::PathBuf;

use kontor_domain::{AddSchriftstueck, Betreff, DocumentHash, Intent, SchriftstueckId, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::import;
use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `schriftstueck.add`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Add {
    /// Into which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// A file on this machine.
    path: PathBuf,
    /// What it is; the name of the file if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    betreff: Option<Betreff>,
}

/// A new Schriftstueck.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schemars(with = "String")]
    schriftstueck: SchriftstueckId,
    /// SHA-256 over its bytes.
    #[schemars(with = "Vec<String>")]
    hashes: Vec<DocumentHash>,
    #[serde(flatten)]
    saved: Saved,
}

impl Command for Add {
    const NAME: &'static str = "schriftstueck.add";
    const ABOUT: &'static str = "Nimmt eine Datei als Schriftstück in einen Vorgang auf.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Added;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { vorgang, path, betreff } = self;
        office.may_add_to(vorgang)?;
        let schriftstueck = import::schriftstueck(office, &path, betreff)?;
        let (id, hashes) = (schriftstueck.id, schriftstueck.hashes().collect());
        let add = AddSchriftstueck { vorgang, schriftstueck };
        let entered = office.enter(Intent::AddSchriftstueck(add))?;
        Ok(Answer::of(&entered, |saved| Added { schriftstueck: id, hashes, saved }))
    }
}
