//! What the rules may look at.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Akte, AkteId, Eingang, EingangId, Entity, EntityRef, Vorgang, VorgangId};

/// How many intents found their way into a thing; 1 after its creation. Also one that found
/// everything so already counts: whoever counts revisions misses nobody.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Revision(u64);

impl Revision {
    /// Of a thing that does not exist yet.
    pub const NONE: Self = Self(0);

    /// Wraps a stored number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The bare number.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// The revision after one more change.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// A thing as it stands at one revision.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// Its revision.
    pub revision: Revision,
    /// Its content.
    pub entity: Entity,
}

/// Everything a rule may ask about the world: what stands under a reference.
///
/// Left out on purpose: listing and searching. An intent names all it touches
/// ([`Intent::entities`](crate::Intent::entities)), so the Zentrale can lock exactly that.
pub trait Bestand {
    /// The thing, if it exists here.
    fn stand(&self, entity: EntityRef) -> Option<&Stand>;

    /// Its revision, [`Revision::NONE`] if it does not exist here.
    fn revision(&self, entity: EntityRef) -> Revision {
        self.stand(entity).map_or(Revision::NONE, |stand| stand.revision)
    }

    /// The Vorgang, if it exists here.
    fn vorgang(&self, id: VorgangId) -> Option<&Vorgang> {
        match &self.stand(id.into())?.entity {
            Entity::Vorgang(vorgang) => Some(vorgang),
            _ => None,
        }
    }

    /// The Akte, if it exists here.
    fn akte(&self, id: AkteId) -> Option<&Akte> {
        match &self.stand(id.into())?.entity {
            Entity::Akte(akte) => Some(akte),
            _ => None,
        }
    }

    /// The Eingang, if it exists here.
    fn eingang(&self, id: EingangId) -> Option<&Eingang> {
        match &self.stand(id.into())?.entity {
            Entity::Eingang(eingang) => Some(eingang),
            _ => None,
        }
    }
}

impl Bestand for BTreeMap<EntityRef, Stand> {
    fn stand(&self, entity: EntityRef) -> Option<&Stand> {
        self.get(&entity)
    }
}
