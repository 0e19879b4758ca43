//! What has arrived.

use kontor_domain::{
    Betreff, Eingang, EingangId, EinheitId, Entity, EntityKind, Kanal, Stamp, Verbleib, VorgangId,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `eingang.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {
    /// Also those that are part of a Vorgang already.
    #[serde(default)]
    assigned_too: bool,
}

/// Eingänge, the newest first.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    eingaenge: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    eingang: EingangId,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    kanal: Kanal,
    #[schemars(with = "String")]
    einheit: EinheitId,
    /// Who recorded it and when.
    #[schemars(with = "Value")]
    erfasst: Stamp,
    /// The Vorgang it became part of.
    #[schemars(with = "Option<String>")]
    vorgang: Option<VorgangId>,
    /// How many documents came with it.
    schriftstuecke: usize,
    contested: bool,
}

impl Command for List {
    const NAME: &'static str = "eingang.list";
    const ABOUT: &'static str = "Listet auf, was eingegangen ist.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut eingaenge: Vec<Line> = office
            .all(EntityKind::Eingang)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Eingang(eingang) => Some(line(&eingang)),
                _ => None,
            })
            .filter(|line| self.assigned_too || line.vorgang.is_none())
            .collect();
        eingaenge.sort_by_key(|line| (std::cmp::Reverse(line.erfasst.at), line.eingang));
        Ok(Answer::unchanged(Listed { eingaenge }))
    }
}

fn line(eingang: &Eingang) -> Line {
    Line {
        eingang: eingang.id,
        betreff: eingang.betreff.clone(),
        kanal: eingang.kanal,
        einheit: eingang.einheit,
        erfasst: eingang.erfasst,
        vorgang: match eingang.verbleib {
            Verbleib::Offen => None,
            Verbleib::Zugeordnet(vorgang) => Some(vorgang),
        },
        schriftstuecke: eingang.schriftstuecke.len(),
        contested: !eingang.felder.conflicts.is_empty(),
    }
}
