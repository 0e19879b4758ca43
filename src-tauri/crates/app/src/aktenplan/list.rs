//! The Aktenplan on this machine.

use kontor_domain::{AktenplaneintragId, Aktenplanschluessel, Entity, EntityKind, Name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `aktenplan.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// Entries in the order of their numbers.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    eintraege: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    aktenplaneintrag: AktenplaneintragId,
    #[schemars(with = "String")]
    schluessel: Aktenplanschluessel,
    #[schemars(with = "String")]
    name: Name,
    /// Full years the records under it are kept after they are closed.
    retention_years: Option<u16>,
}

impl Command for List {
    const NAME: &'static str = "aktenplan.list";
    const ABOUT: &'static str = "Listet den Aktenplan auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut eintraege: Vec<Line> = office
            .all(EntityKind::Aktenplaneintrag)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Aktenplaneintrag(it) => Some(Line {
                    aktenplaneintrag: it.id,
                    schluessel: it.schluessel,
                    name: it.name,
                    retention_years: it.aufbewahrung.map(|kept| kept.retention_years),
                }),
                _ => None,
            })
            .collect();
        eintraege.sort_by(|a, b| a.schluessel.cmp(&b.schluessel));
        Ok(Answer::unchanged(Listed { eintraege }))
    }
}
