//! Ids become what people read.

use std::collections::BTreeMap;

use kontor_domain::{Akte, AkteId, EinheitId, Entity, EntityRef, Land, Name, PersonId, Stamp};
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Serialize;

use crate::AppError;

/// No authority has more levels; units that stand above each other in a circle end here.
const UNITS_ABOVE_MAX: usize = 16;

/// Looks names up, each once.
pub(crate) struct Names<'a> {
    desk: &'a Desk,
    known: BTreeMap<EntityRef, Option<Name>>,
}

/// Who did something and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Stamped {
    /// Who.
    #[schemars(with = "String")]
    pub(crate) by: PersonId,
    /// Their name, if they are known here.
    #[schemars(with = "Option<String>")]
    pub(crate) by_name: Option<Name>,
    /// When, by the clock of their machine, in ms since 1970.
    pub(crate) at: i64,
}

impl<'a> Names<'a> {
    pub(crate) const fn new(desk: &'a Desk) -> Self {
        Self { desk, known: BTreeMap::new() }
    }

    pub(crate) fn person(&mut self, person: PersonId) -> Result<Option<Name>, AppError> {
        self.name(person.into())
    }

    pub(crate) fn einheit(&mut self, einheit: EinheitId) -> Result<Option<Name>, AppError> {
        self.name(einheit.into())
    }

    /// The Land whose public holidays count in a unit: its own, or that of the units above it.
    pub(crate) fn land(&self, einheit: EinheitId) -> Result<Option<Land>, AppError> {
        let mut above = Some(einheit);
        for _ in 0..UNITS_ABOVE_MAX {
            let Some(einheit) = above else { break };
            let stand = self.desk.stand(einheit.into())?;
            let Some(Entity::Einheit(einheit)) = stand.map(|stand| stand.entity) else { break };
            if einheit.land.is_some() {
                return Ok(einheit.land);
            }
            above = einheit.uebergeordnet;
        }
        Ok(None)
    }

    pub(crate) fn stamped(&mut self, stamp: Stamp) -> Result<Stamped, AppError> {
        let by_name = self.person(stamp.by)?;
        Ok(Stamped { by: stamp.by, by_name, at: stamp.at.unix_ms() })
    }

    pub(crate) fn akte(&self, akte: AkteId) -> Result<Option<Akte>, AppError> {
        Ok(self.desk.stand(akte.into())?.and_then(|stand| match stand.entity {
            Entity::Akte(akte) => Some(akte),
            _ => None,
        }))
    }

    fn name(&mut self, entity: EntityRef) -> Result<Option<Name>, AppError> {
        if let Some(name) = self.known.get(&entity) {
            return Ok(name.clone());
        }
        let name = self.desk.stand(entity)?.and_then(|stand| match stand.entity {
            Entity::Einheit(einheit) => Some(einheit.name),
            Entity::Person(person) => Some(person.name),
            Entity::Aktenplaneintrag(_)
            | Entity::Leistungspaket(_)
            | Entity::Akte(_)
            | Entity::Eingang(_)
            | Entity::Vorgang(_) => None,
        });
        self.known.insert(entity, name.clone());
        Ok(name)
    }
}
