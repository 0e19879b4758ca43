//! People and what they may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{EinheitId, Extra, Name, PersonId};

/// Somebody who works with Kontor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "PersonJson", into = "PersonJson")]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name as colleagues read it.
    pub name: Name,
    /// The units they work for.
    pub einheiten: BTreeSet<EinheitId>,
    /// What they may do there.
    pub rollen: BTreeSet<Rolle>,
    /// Whether they still work here; a former colleague's name stays in the history.
    pub aktiv: bool,
    /// What a newer version wrote, roles this one does not know among it.
    pub extra: Extra,
}

/// What somebody may do, within their units unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rolle {
    /// Works on Vorgänge.
    Sachbearbeitung,
    /// As Sachbearbeitung.
    Leitung,
    /// Records incoming mail for every unit and passes it on.
    Poststelle,
    /// Keeps units, people and the Aktenplan, for the whole Mandant; sees no Vorgang by it.
    Administration,
    /// Reads everything of the Mandant, changes nothing.
    Revision,
}

/// Reads the roles this version knows. A right it does not know, it cannot exercise.
pub(crate) fn known_rollen<'de, D>(deserializer: D) -> Result<BTreeSet<Rolle>, D::Error>
where
    D: Deserializer<'de>,
{
    let rollen = BTreeSet::<RolleJson>::deserialize(deserializer)?;
    Ok(rollen.into_iter().filter_map(RolleJson::known).collect())
}

/// Under this name [`Person::extra`] holds the roles of a newer version.
const ROLLEN: &str = "rollen";

#[derive(Serialize, Deserialize)]
struct PersonJson {
    id: PersonId,
    name: Name,
    einheiten: BTreeSet<EinheitId>,
    rollen: BTreeSet<RolleJson>,
    aktiv: bool,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
enum RolleJson {
    Known(Rolle),
    Newer(String),
}

impl RolleJson {
    fn known(self) -> Option<Rolle> {
        match self {
            Self::Known(rolle) => Some(rolle),
            Self::Newer(_) => None,
        }
    }
}

impl From<PersonJson> for Person {
    fn from(json: PersonJson) -> Self {
        let (mut rollen, mut newer, mut extra) = (BTreeSet::new(), Vec::new(), json.extra);
        for rolle in json.rollen {
            match rolle {
                RolleJson::Known(rolle) => {
                    rollen.insert(rolle);
                }
                RolleJson::Newer(name) => newer.push(Value::String(name)),
            }
        }
        if !newer.is_empty() {
            extra.keep(ROLLEN, Value::Array(newer));
        }
        let PersonJson { id, name, einheiten, aktiv, .. } = json;
        Self { id, name, einheiten, rollen, aktiv, extra }
    }
}

impl From<Person> for PersonJson {
    fn from(person: Person) -> Self {
        let Person { id, name, einheiten, rollen, aktiv, mut extra } = person;
        let mut all: BTreeSet<RolleJson> = rollen.into_iter().map(RolleJson::Known).collect();
        if let Some(Value::Array(newer)) = extra.take(ROLLEN) {
            let names = newer.into_iter().filter_map(|name| name.as_str().map(str::to_owned));
            all.extend(names.map(RolleJson::Newer));
        }
        Self { id, name, einheiten, rollen: all, aktiv, extra }
    }
}
