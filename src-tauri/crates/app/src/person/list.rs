//! People on this machine.

use std::collections::BTreeSet;

use kontor_domain::{EinheitId, Entity, EntityKind, Name, PersonId, Rolle};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::command::Command;
use crate::{Answer, AppError, Office, Who};

/// Payload of `person.list`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct List {}

/// People in the order of their names.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Listed {
    personen: Vec<Line>,
}

/// One of them.
#[derive(Debug, Serialize, JsonSchema)]
struct Line {
    #[schemars(with = "String")]
    person: PersonId,
    #[schemars(with = "String")]
    name: Name,
    #[schemars(with = "Vec<String>")]
    einheiten: BTreeSet<EinheitId>,
    #[schemars(with = "Vec<String>")]
    rollen: BTreeSet<Rolle>,
    /// Whether they still work here.
    aktiv: bool,
}

impl Command for List {
    const NAME: &'static str = "person.list";
    const ABOUT: &'static str = "Listet die Personen der Behörde auf.";
    const WHO: Who = Who::SignedIn;
    type Answer = Listed;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let mut personen: Vec<Line> = office
            .all(EntityKind::Person)?
            .into_iter()
            .filter_map(|entity| match entity {
                Entity::Person(it) => Some(Line {
                    person: it.id,
                    name: it.name,
                    einheiten: it.einheiten,
                    rollen: it.rollen,
                    aktiv: it.aktiv,
                }),
                _ => None,
            })
            .collect();
        personen.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Answer::unchanged(Listed { personen }))
    }
}
