//! All of one.

use std::collections::BTreeSet;

use kontor_domain::{DocumentHash, Entity, EntityRef, Schriftstueck, VorgangId};
use kontor_store::work::Fate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::Command;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `vorgang.show`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Show {
    /// Which.
    #[schemars(with = "String")]
    vorgang: VorgangId,
}

/// A Vorgang as its clerk sees it, own waiting entries included.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Shown {
    /// `kontor_domain::Vorgang` as JSON.
    vorgang: Value,
    /// How many entries found their way into it.
    revision: u64,
    /// Entries about it that wait for the Zentrale.
    waiting: usize,
    /// Documents of it whose bytes are not on this machine yet.
    #[schemars(with = "Vec<String>")]
    absent: BTreeSet<DocumentHash>,
}

impl Command for Show {
    const NAME: &'static str = "vorgang.show";
    const ABOUT: &'static str = "Zeigt einen Vorgang mit allem, was darin liegt.";
    const WHO: Who = Who::SignedIn;
    type Answer = Shown;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let entity = EntityRef::from(self.vorgang);
        let desk = office.desk()?;
        let stand = desk.stand(entity)?.ok_or(Code::Unknown)?;
        let Entity::Vorgang(vorgang) = &stand.entity else { return Err(Code::Unknown.into()) };
        let mut absent = BTreeSet::new();
        for hash in vorgang.schriftstuecke.values().flat_map(Schriftstueck::hashes) {
            if !office.documents().contains(hash)? {
                absent.insert(hash);
            }
        }
        let about = |fate: Fate, target| fate == Fate::Waiting && target == entity;
        let waiting =
            desk.entries().filter(|entry| about(entry.fate, entry.entry.intent.target())).count();
        let vorgang = serde_json::to_value(vorgang)
            .map_err(|error| AppError::new(Code::Internal).because(error))?;
        let revision = stand.revision.number();
        Ok(Answer::unchanged(Shown { vorgang, revision, waiting, absent }))
    }
}
