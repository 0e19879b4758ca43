//! Akten on this machine.

use kontor_domain::{
    AkteId, AktenplaneintragId, Aktenzeichen, Betreff, EinheitId, Entity, EntityKind,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `akte.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// Akten in the order of their signs.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    akten: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    akte: AkteId,
    #[schemars(with = "String")]
    aktenzeichen: Aktenzeichen,
    #[schemars(with = "String")]
    betreff: Betreff,
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    #[schemars(with = "String")]
    einheit: EinheitId,
    contested: bool,
}

impl Command for List {
    const NAME: &'static str = "akte.list";
    const ABOUT: &'static str = "Listet die Akten auf diesem Arbeitsplatz auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut akten: Vec<Line> = office
            .all(EntityKind::Akte)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Akte(akte) => Some(Line {
                    akte: akte.id,
                    aktenzeichen: akte.aktenzeichen,
                    betreff: akte.betreff,
                    aktenplaneintrag: akte.aktenplaneintrag,
                    einheit: akte.einheit,
                    contested: !akte.felder.conflicts.is_empty(),
                }),
                _ => None,
            })
            .collect();
        akten.sort_by(|a, b| a.aktenzeichen.cmp(&b.aktenzeichen));
        Ok(Answer::unchanged(Listed { akten }))
    }
}
