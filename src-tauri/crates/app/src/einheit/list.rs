//! Units on this machine.

use kontor_domain::{EinheitId, Entity, EntityKind, Name};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `einheit.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// Units in the order of their names.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    einheiten: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    einheit: EinheitId,
    #[schemars(with = "String")]
    name: Name,
    #[schemars(with = "Option<String>")]
    uebergeordnet: Option<EinheitId>,
}

impl Command for List {
    const NAME: &'static str = "einheit.list";
    const ABOUT: &'static str = "Listet die Organisationseinheiten auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut einheiten: Vec<Line> = office
            .all(EntityKind::Einheit)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Einheit(it) => {
                    Some(Line { einheit: it.id, name: it.name, uebergeordnet: it.uebergeordnet })
                }
                _ => None,
            })
            .collect();
        einheiten.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Answer::unchanged(Listed { einheiten }))
    }
}
