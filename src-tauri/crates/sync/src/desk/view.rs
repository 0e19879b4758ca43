//! What a clerk sees.

use std::collections::BTreeMap;

use kontor_domain::{Entity, EntityRef, Stand, Status};
use kontor_store::mirror::ListFilter;
use kontor_store::work::Fate;

use super::{Desk, DeskError};

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Receipt {
    /// „hier gespeichert“.
    Here,
    /// „bei der Zentrale“.
    AtZentrale,
}

impl Receipt {
    /// The receipt for a fate.
    pub const fn of(fate: Fate) -> Self {
        match fate {
            Fate::Waiting => Self::Here,
            Fate::Accepted | Fate::Merged | Fate::Conflict | Fate::Refused => Self::AtZentrale,
        }
    }
}

impl Desk {
    /// A thing as the clerk sees it.
    pub fn stand(&self, entity: EntityRef) -> Result<Option<Stand>, DeskError> {
        self.looked(self.fold.stand(entity, &self.mirror))
    }

    /// Things as the clerk sees them: the mirror's list, with what waiting entries change. Own new
    /// things come first, because somebody has just made them.
    pub fn list(&self, filter: &ListFilter) -> Result<Vec<Stand>, DeskError> {
        let mut touched: BTreeMap<EntityRef, &Stand> = self
            .fold
            .touched()
            .filter(|(entity, _)| entity.kind == filter.kind)
            .map(|(entity, stand)| (*entity, stand))
            .collect();
        let mut list = Vec::new();
        for row in self.looked(self.mirror.list(filter))? {
            let stand = match touched.remove(&row.entity) {
                Some(stand) => Some(stand.clone()),
                None => serde_json::from_str(&row.state)
                    .ok()
                    .map(|entity| Stand { revision: row.revision, entity }),
            };
            list.extend(stand.filter(|stand| fits(filter, &stand.entity)));
        }
        let own = touched.into_values().filter(|stand| fits(filter, &stand.entity)).cloned();
        list.splice(0..0, own);
        list.truncate(filter.rows_max as usize);
        Ok(list)
    }
}

/// Whether a thing belongs into a list, with entries carried out that the mirror does not know.
fn fits(filter: &ListFilter, entity: &Entity) -> bool {
    let contested = entity.felder().is_some_and(|felder| !felder.conflicts.is_empty());
    let (zuweisung, status) = match entity {
        Entity::Vorgang(vorgang) => (vorgang.zuweisung, Some(vorgang.status)),
        _ => (None, None),
    };
    entity.reference().kind == filter.kind
        && filter.zuweisung.is_none_or(|person| zuweisung == Some(person))
        && !(filter.open_only && status == Some(Status::ZdA))
        && (!filter.contested_only || contested)
}
