//! What is still to be put into the index. Pure: it knows neither the desk nor the disk.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{DocumentHash, EntityKind, EntityRef};

use super::Progress;
use super::item::Reading;

/// Kinds of things that are found, the ones a clerk misses first at the front.
const KINDS: [EntityKind; 3] = [EntityKind::Vorgang, EntityKind::Eingang, EntityKind::Akte];

/// What is to be done, and how much has been.
#[derive(Debug, Default)]
pub(super) struct Todo {
    /// Things that own entries change.
    pub(super) own: BTreeSet<EntityRef>,
    /// Whether all of those are known.
    pub(super) knows_own: bool,
    /// Things that may have changed.
    pub(super) things: BTreeSet<EntityRef>,
    /// Documents to be read, by what they are called in the index.
    pub(super) documents: BTreeMap<String, Reading>,
    /// Documents that are not on this device, and whose they are.
    pub(super) absent: BTreeMap<DocumentHash, EntityRef>,
    /// Whether some document could not be read, or not as a whole.
    pub(super) unread: bool,
    pub(super) walk: Walk,
    /// Things on the desk, as last counted.
    pub(super) things_all: u64,
    /// Documents that are in the index.
    pub(super) documents_done: u64,
}

/// The comparison of everything on the desk with everything in the index.
#[derive(Debug, Default)]
pub(super) enum Walk {
    /// The index has not been looked at.
    #[default]
    Before,
    /// At this kind, behind this thing.
    At(Place),
    Done,
}

#[derive(Debug)]
pub(super) struct Place {
    pub(super) kind: EntityKind,
    pub(super) after: Option<EntityRef>,
    /// What the index holds and has not been met on the desk, with its revision.
    pub(super) known: BTreeMap<String, String>,
    walked: u64,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    Own,
    Things,
    Walk,
    Document,
    Nothing,
}

impl Place {
    pub(super) fn first(known: BTreeMap<String, String>) -> Self {
        let [kind, ..] = KINDS;
        Self { kind, after: None, known, walked: 0 }
    }

    /// Moves behind what was compared; `false` if that was all.
    pub(super) fn advance(&mut self, walked: usize, last: Option<EntityRef>) -> bool {
        self.walked += walked as u64;
        if last.is_some() {
            self.after = last;
            return true;
        }
        let mut kinds = KINDS.into_iter().skip_while(|kind| *kind != self.kind);
        let Some(kind) = kinds.nth(1) else { return false };
        self.kind = kind;
        self.after = None;
        true
    }
}

impl Todo {
    /// Everything is to be compared.
    pub(super) fn begin(&mut self) {
        *self = Self { things_all: self.things_all, ..Self::default() };
    }

    /// Takes in what may have changed.
    pub(super) fn note(&mut self, things: impl IntoIterator<Item = EntityRef>) {
        self.things.extend(things.into_iter().filter(|entity| KINDS.contains(&entity.kind)));
    }

    pub(super) fn note_own(&mut self, things: impl IntoIterator<Item = EntityRef>) {
        self.own.extend(things.into_iter().filter(|entity| KINDS.contains(&entity.kind)));
    }

    pub(super) fn next(&self) -> Next {
        match self.walk {
            _ if !self.own.is_empty() => Next::Own,
            _ if !self.things.is_empty() => Next::Things,
            Walk::Before | Walk::At(_) => Next::Walk,
            Walk::Done if !self.documents.is_empty() => Next::Document,
            Walk::Done => Next::Nothing,
        }
    }

    /// Whether every word of everything on this device is found.
    pub(super) fn is_complete(&self) -> bool {
        self.next() == Next::Nothing && self.absent.is_empty() && !self.unread
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        if self.next() == Next::Nothing {
            return None;
        }
        let walk = match &self.walk {
            Walk::Before => self.things_all,
            Walk::At(place) => self.things_all.saturating_sub(place.walked),
            Walk::Done => 0,
        };
        let things = walk + (self.own.len() + self.things.len()) as u64;
        let things_done = self.things_all.saturating_sub(things);
        let done = things_done + self.documents_done;
        let all = self.things_all.max(things) + self.documents_done + self.documents.len() as u64;
        Some(Progress { done, all })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn thing(kind: EntityKind, id: u128) -> EntityRef {
        EntityRef { kind, id: Uuid::from_u128(id) }
    }

    #[test]
    fn own_entries_come_first_and_documents_last() {
        let mut todo = Todo { things_all: 2, ..Todo::default() };
        assert_eq!(todo.next(), Next::Walk);
        todo.note([thing(EntityKind::Vorgang, 1)]);
        assert_eq!(todo.next(), Next::Things);
        todo.note_own([thing(EntityKind::Vorgang, 2)]);
        assert_eq!(todo.next(), Next::Own);
        assert_eq!(todo.progress(), Some(Progress { done: 0, all: 4 }));
        todo.own.clear();
        todo.things.clear();
        todo.walk = Walk::Done;
        assert_eq!((todo.next(), todo.progress()), (Next::Nothing, None));
    }

    #[test]
    fn reference_data_is_not_found_by_itself() {
        let mut todo = Todo { walk: Walk::Done, ..Todo::default() };
        todo.note([thing(EntityKind::Person, 1), thing(EntityKind::Einheit, 2)]);
        assert_eq!(todo.next(), Next::Nothing);
    }

    #[test]
    fn the_walk_passes_every_kind_once() {
        let mut place = Place::first(BTreeMap::new());
        let mut kinds = vec![place.kind];
        assert!(place.advance(1, Some(thing(EntityKind::Vorgang, 1))));
        assert!(place.after.is_some());
        while place.advance(0, None) {
            assert_eq!(place.after, None);
            kinds.push(place.kind);
        }
        assert_eq!(kinds, KINDS);
    }
}
