//! What a clerk sees.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{Eingang, Entity, EntityKind, EntityRef, Stand, Status, Verbleib, VorgangId};
use kontor_store::mirror::ListFilter;
use kontor_store::work::Fate;

use super::{Desk, DeskError};
use crate::fold::Listener;

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

    /// Eingänge that went into a Vorgang, as the clerk sees them, in the order of their ids.
    pub fn eingaenge_of(&self, vorgang: VorgangId) -> Result<Vec<Eingang>, DeskError> {
        let mut keys: BTreeSet<EntityRef> =
            self.looked(self.mirror.eingaenge_of(vorgang))?.into_iter().collect();
        keys.extend(self.fold.touched().map(|(entity, _)| *entity));
        keys.retain(|entity| entity.kind == EntityKind::Eingang);
        let mut eingaenge = Vec::new();
        for entity in keys {
            let Some(Stand { entity: Entity::Eingang(eingang), .. }) = self.stand(entity)? else {
                continue;
            };
            if eingang.verbleib == Verbleib::Zugeordnet(vorgang) {
                eingaenge.push(eingang);
            }
        }
        Ok(eingaenge)
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

    /// Things of a kind behind one of them, in the order of their ids, as mirrored; `None` for one
    /// that this version cannot read. What entries change is not in them, see [`own`](Self::own).
    pub fn page(
        &self,
        kind: EntityKind,
        after: Option<EntityRef>,
        rows_max: u32,
    ) -> Result<Vec<(EntityRef, Option<Entity>)>, DeskError> {
        let page = self.looked(self.mirror.page(kind, after, rows_max))?;
        Ok(page
            .into_iter()
            .map(|(entity, state)| (entity, serde_json::from_str(&state).ok()))
            .collect())
    }

    /// Things that look different from the mirror, because of own entries.
    pub fn own(&self) -> impl Iterator<Item = EntityRef> {
        self.fold.touched().map(|(entity, _)| *entity)
    }

    /// Whether a listener has not asked yet about something that own entries change.
    pub fn has_own_news(&self, listener: Listener) -> bool {
        let news = self.fold.news.of(listener);
        news.is_some_and(|news| {
            self.own().any(|entity| news.everything || news.things.contains(&entity))
        })
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
