//! I8, I10: what a mirror holds is what the Zentrale said.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{EntityKind, EntityRef, Revision, Scope};
use kontor_store::database::DatabaseError;
use kontor_store::mirror::{Fetched, ListFilter, ListRow, VerlaufRow};
use kontor_sync::{Desk, DeskError};

use super::super::history::History;
use super::super::promise::{Kept, keep};
use super::super::scene::{Scene, lock};

const KINDS: [EntityKind; 7] = [
    EntityKind::Einheit,
    EntityKind::Person,
    EntityKind::Aktenplaneintrag,
    EntityKind::Akte,
    EntityKind::Eingang,
    EntityKind::Vorgang,
    EntityKind::Leistungspaket,
];

impl Scene {
    /// Compares a mirror with the feed. Returns whether it stood at one point of it, so that all of
    /// it could be compared. Reads the feed first.
    pub(in crate::simulation) fn check_mirror(&mut self, who: usize) -> Kept<bool> {
        self.read_feed()?;
        let Some(desk) = self.desk(who) else { return Ok(false) };
        let desk = lock(&desk)?;
        let Ok(things) = things(&desk) else { return Ok(false) };
        let seen = &mut self.desks[who].seen;
        for (entity, row) in &things {
            let version = self.history.revision(*entity, row.revision);
            // The feed may not be readable right now.
            if row.revision
                > self.history.at(*entity, u64::MAX).map_or(Revision::NONE, |it| it.revision)
            {
                return Ok(false);
            }
            let expected = version.map(|version| version.state.as_str());
            let is_same = expected == Some(row.state.as_str());
            keep!("I8", is_same, "desk {who}: {} instead of {expected:?}", row.state);
            let before = seen.insert(*entity, row.revision).unwrap_or_default();
            keep!("I10", before <= row.revision, "desk {who}: {entity} went back from {before:?}");
        }
        let fetched_at = super::super::network::lock(&self.network).lines[who].fetched_at;
        let Ok(whole) = Whole::of(&desk, &things, &self.history, fetched_at) else {
            return Ok(false);
        };
        let Some(whole) = whole else { return Ok(false) };
        whole.check(who, &things, &self.history)?;
        let Ok(told) = whole.told(&desk, &self.history) else { return Ok(false) };
        for (entity, verlauf) in told {
            let is_here = things.contains_key(&entity);
            keep!("I17", is_here, "desk {who} tells of {entity}, which is not there");
            let is_same = told_as_it_was(entity, &verlauf, &self.history);
            keep!("I8", is_same, "desk {who} tells something else of {entity}: {verlauf:?}");
            self.tally.count("Verlauf compared");
        }
        self.tally.count("mirror compared as a whole");
        Ok(true)
    }
}

pub(in crate::simulation) fn things(
    desk: &Desk,
) -> Result<BTreeMap<EntityRef, ListRow>, DatabaseError> {
    let mut things = BTreeMap::new();
    for kind in KINDS {
        let filter = ListFilter {
            kind,
            zuweisung: None,
            open_only: false,
            contested_only: false,
            rows_max: 100_000,
        };
        let rows = desk.mirror().list(&filter)?;
        things.extend(rows.into_iter().map(|row| (row.entity, row)));
    }
    Ok(things)
}

/// Whether every row stands in the feed like that.
fn told_as_it_was(entity: EntityRef, verlauf: &[VerlaufRow], history: &History) -> bool {
    verlauf.iter().all(|row| {
        history.revision(entity, row.revision).is_some_and(|version| version.seq == row.seq)
    })
}

/// A mirror that stands at one point of the feed.
struct Whole {
    seq: u64,
    complete: BTreeSet<Scope>,
    needs: BTreeSet<EntityRef>,
    pins: BTreeSet<EntityRef>,
}

impl Whole {
    /// `None` while pages are newer than the place in the feed.
    fn of(
        desk: &Desk,
        things: &BTreeMap<EntityRef, ListRow>,
        history: &History,
        fetched_at: u64,
    ) -> Result<Option<Self>, DeskError> {
        let mirror = desk.mirror();
        let Some(place) = mirror.place()? else { return Ok(None) };
        let newer = things.iter().any(|(entity, row)| {
            history.revision(*entity, row.revision).is_none_or(|it| it.seq > place.seq)
        });
        if newer || place.seq < fetched_at || place.seq > history.head().seq.0 {
            return Ok(None);
        }
        let scopes = mirror.scopes()?;
        if scopes.iter().any(|row| row.fetched != Fetched::Complete) {
            return Ok(None);
        }
        Ok(Some(Self {
            seq: place.seq,
            complete: scopes.into_iter().map(|row| row.scope).collect(),
            needs: mirror.needs()?.into_keys().collect(),
            pins: desk.work().pins()?.into_iter().collect(),
        }))
    }

    /// What the mirror tells of everything there ever was.
    fn told(
        &self,
        desk: &Desk,
        history: &History,
    ) -> Result<Vec<(EntityRef, Vec<VerlaufRow>)>, DatabaseError> {
        let mut told = Vec::new();
        for entity in history.entities().filter(|entity| !self.needs.contains(entity)) {
            let rows = desk.mirror().verlauf(entity, 10_000)?;
            told.extend((!rows.is_empty()).then_some((entity, rows)));
        }
        Ok(told)
    }

    fn check(&self, who: usize, things: &BTreeMap<EntityRef, ListRow>, history: &History) -> Kept {
        keep!(
            "I10",
            history.is_boundary(self.seq),
            "desk {who} stands within an intent at {}",
            self.seq
        );
        for entity in history.entities().filter(|entity| !self.needs.contains(entity)) {
            let there = history.at(entity, self.seq);
            let expected = there
                .filter(|version| self.complete.contains(&version.scope))
                .map(|version| version.revision);
            let found = things.get(&entity).map(|row| row.revision);
            let is_pinned = self.pins.contains(&entity);
            keep!(
                "I8",
                found == expected || (expected.is_none() && is_pinned),
                "desk {who} at {}: {entity} is {found:?}, not {expected:?}",
                self.seq
            );
        }
        Ok(())
    }
}
