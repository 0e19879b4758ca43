//! A file comes in as the new version of one that is there.

use std::path::PathBuf;

use kontor_domain::{self as domain, Entity, FassungId, Intent, SchriftstueckId, VorgangId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::import;
use crate::answer::Saved;
use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `schriftstueck.add_fassung`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AddFassung {
    /// In which Vorgang.
    #[schemars(with = "String")]
    vorgang: VorgangId,
    /// Of what.
    #[schemars(with = "String")]
    schriftstueck: SchriftstueckId,
    /// A file on this machine.
    path: PathBuf,
    /// The Fassung it was made from; the one that counts now if left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    from: Option<FassungId>,
}

/// A new Fassung.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Added {
    /// Its id.
    #[schemars(with = "String")]
    fassung: FassungId,
    #[serde(flatten)]
    saved: Saved,
}

impl Command for AddFassung {
    const NAME: &'static str = "schriftstueck.add_fassung";
    const ABOUT: &'static str = "Nimmt eine Datei als neue Fassung eines Schriftstücks auf.";
    const WHO: Who = Who::Bearbeitung;
    type Answer = Added;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let Self { vorgang, schriftstueck, path, from } = self;
        office.may_add_to(vorgang)?;
        let counts = office.aktuelle_fassung(vorgang, schriftstueck)?;
        let fassung = import::fassung(office, &path)?;
        let id = fassung.id;
        let from = from.unwrap_or(counts);
        let add = domain::AddFassung { vorgang, schriftstueck, from, fassung };
        let entered = office.enter(Intent::AddFassung(add))?;
        Ok(Answer::of(&entered, |saved| Added { fassung: id, saved }))
    }
}

impl Office {
    /// The Fassung that counts now, as the clerk sees it.
    fn aktuelle_fassung(
        &self,
        vorgang: VorgangId,
        schriftstueck: SchriftstueckId,
    ) -> Result<FassungId, AppError> {
        let stand = self.desk()?.stand(vorgang.into())?.ok_or(Code::Unknown)?;
        let Entity::Vorgang(vorgang) = stand.entity else { return Err(Code::Unknown.into()) };
        let found = vorgang.schriftstuecke.get(&schriftstueck).ok_or(Code::Unknown)?;
        Ok(found.aktuell)
    }
}
