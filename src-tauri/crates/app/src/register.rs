//! Everything lists show, as rows in memory: a list of a hundred thousand Vorgänge is filtered and
//! sorted without a look into the database. Made from the desk and kept in step with it; never stored.

mod akten;
mod eingaenge;
mod folded;
mod names;
mod rows;
mod vorgaenge;
mod window;

use std::collections::BTreeSet;

use kontor_domain::{Entity, EntityKind, EntityRef};
use kontor_sync::{Desk, DeskError, Listener};

pub(crate) use akten::AkteRow;
pub(crate) use eingaenge::EingangRow;
pub(crate) use folded::folded;
pub(crate) use vorgaenge::{Due, VorgangRow};
pub(crate) use window::window;

/// The rows, by kind.
#[derive(Debug, Default)]
pub(crate) struct Register {
    pub(crate) names: names::Names,
    pub(crate) vorgaenge: rows::Rows<VorgangRow>,
    pub(crate) eingaenge: rows::Rows<EingangRow>,
    pub(crate) akten: rows::Rows<AkteRow>,
    /// Things that were opened on this desk.
    seen: BTreeSet<EntityRef>,
}

impl Register {
    /// Catches up with the desk.
    pub(crate) fn follow(&mut self, desk: &mut Desk) -> Result<(), DeskError> {
        let changed = desk.take_changed(Listener::Register);
        if changed.everything {
            *self = Self::default();
            for kind in KINDS {
                desk.rows(kind, Shown::of)?.into_iter().for_each(|shown| self.put(shown));
            }
            self.seen = desk.work().seen()?;
            return Ok(());
        }
        for entity in changed.things {
            match desk.stand(entity)? {
                Some(stand) => self.put(Shown::of(&stand.entity)),
                None => self.remove(entity),
            }
        }
        Ok(())
    }

    /// Whether a thing was opened on this desk.
    pub(crate) fn has_seen(&self, entity: impl Into<EntityRef>) -> bool {
        self.seen.contains(&entity.into())
    }

    /// Notes that it was.
    pub(crate) fn see(&mut self, entity: EntityRef) {
        self.seen.insert(entity);
    }

    fn put(&mut self, shown: Shown) {
        match shown {
            Shown::Vorgang(row) => self.vorgaenge.put(row),
            Shown::Eingang(row) => self.eingaenge.put(row),
            Shown::Akte(row) => self.akten.put(row),
            Shown::Named(entity) => self.names.put(&entity),
        }
    }

    fn remove(&mut self, entity: EntityRef) {
        match entity.kind {
            EntityKind::Vorgang => self.vorgaenge.remove(entity.id),
            EntityKind::Eingang => self.eingaenge.remove(entity.id),
            EntityKind::Akte => self.akten.remove(entity.id),
            // Reference data only grows.
            EntityKind::Einheit
            | EntityKind::Person
            | EntityKind::Aktenplaneintrag
            | EntityKind::Leistungspaket => {}
        }
    }
}

/// What lists show of one thing.
enum Shown {
    Vorgang(VorgangRow),
    Eingang(EingangRow),
    Akte(AkteRow),
    /// What only gives others their names.
    Named(Box<Entity>),
}

impl Shown {
    fn of(entity: &Entity) -> Self {
        match entity {
            Entity::Vorgang(vorgang) => Self::Vorgang(VorgangRow::of(vorgang)),
            Entity::Eingang(eingang) => Self::Eingang(EingangRow::of(eingang)),
            Entity::Akte(akte) => Self::Akte(AkteRow::of(akte)),
            Entity::Einheit(_)
            | Entity::Person(_)
            | Entity::Aktenplaneintrag(_)
            | Entity::Leistungspaket(_) => Self::Named(Box::new(entity.clone())),
        }
    }
}

const KINDS: [EntityKind; 6] = [
    EntityKind::Einheit,
    EntityKind::Person,
    EntityKind::Aktenplaneintrag,
    EntityKind::Akte,
    EntityKind::Eingang,
    EntityKind::Vorgang,
];
