//! Rows of the feed are carried out in the mirror. However many rows touch a thing, it is read, written
//! and hashed once per slice.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{EntityKind, EntityRef, Event, Revision, Stand, apply};
use kontor_store::mirror::{MirrorChange, NewThing, Thing, VerlaufRow};
use kontor_wire::{FeedRow, PullRequest, StateHash, Step};

use super::SyncError;
use super::pull::{Holds, put, take_out};

/// So many things are written in one transaction: about forty milliseconds. Somebody at the desk may
/// be waiting.
const THINGS_PER_SLICE: usize = 1_000;

/// Cuts rows into pieces for one transaction each.
pub(super) fn slices(rows: &[FeedRow]) -> Vec<&[FeedRow]> {
    let mut slices = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let mut things = BTreeSet::new();
        let fits = |row: &&FeedRow| {
            things.insert(row.entity);
            things.len() <= THINGS_PER_SLICE
        };
        let (slice, more) = rest.split_at(rest.iter().take_while(fits).count());
        slices.push(slice);
        rest = more;
    }
    slices
}

/// A thing on its way through the rows of a slice.
struct Course<'a> {
    /// As it was before them.
    here: Option<Thing>,
    /// As it is after those carried out; `None` if it is not here, or cannot be read.
    stand: Option<Stand>,
    revision: Revision,
    /// The first and the last row carried out.
    rows: Option<(&'a FeedRow, &'a FeedRow)>,
    /// The first row that could not be carried out; none after it can.
    stuck: Option<&'a FeedRow>,
}

pub(super) fn follow_rows(
    change: &MirrorChange<'_>,
    request: &PullRequest,
    holds: &Holds,
    rows: &[FeedRow],
) -> Result<(), SyncError> {
    let mut courses: BTreeMap<EntityRef, Course<'_>> = BTreeMap::new();
    for row in rows {
        if row.step == Step::Exit {
            if let Some(course) = courses.remove(&row.entity) {
                course.end(change)?;
            }
            leave(change, request, row)?;
            continue;
        }
        // Somebody may have let it go while the answer was on its way.
        if !holds.scopes.contains(&row.scope) && !holds.pins.contains(&row.entity) {
            continue;
        }
        happened(change, row)?;
        let course = match courses.remove(&row.entity) {
            Some(course) => course,
            None => Course::begin(change.thing(row.entity)?),
        };
        courses.insert(row.entity, course.follow(row));
    }
    courses.into_values().try_for_each(|course| course.end(change))
}

/// Reference data has no Verlauf anybody reads.
fn happened(change: &MirrorChange<'_>, row: &FeedRow) -> Result<(), SyncError> {
    match row.entity.kind {
        EntityKind::Einheit
        | EntityKind::Person
        | EntityKind::Aktenplaneintrag
        | EntityKind::Leistungspaket => return Ok(()),
        EntityKind::Akte | EntityKind::Eingang | EntityKind::Vorgang => {}
    }
    let events = row.events.get();
    Ok(change.happened(
        row.entity,
        &VerlaufRow {
            revision: row.revision,
            seq: row.seq.0,
            intent: row.intent,
            author: row.author,
            received: row.received,
            events: events.to_owned(),
        },
    )?)
}

/// A thing goes to another scope. A pinned one stays until its row there replaces it.
fn leave(change: &MirrorChange<'_>, request: &PullRequest, row: &FeedRow) -> Result<(), SyncError> {
    if request.pins.contains(&row.entity) {
        return Ok(());
    }
    let here = change.thing(row.entity)?;
    if here.is_some_and(|thing| thing.scope == row.scope && thing.revision < row.revision) {
        take_out(change, row.entity)?;
    }
    change.met(row.entity)?;
    Ok(change.forget_absent(row.entity)?)
}

impl<'a> Course<'a> {
    fn begin(here: Option<Thing>) -> Self {
        let revision = here.as_ref().map_or(Revision::NONE, |thing| thing.revision);
        let stand = here.as_ref().and_then(|thing| {
            let entity = serde_json::from_str(&thing.state).ok()?;
            Some(Stand { revision, entity })
        });
        Self { here, stand, revision, rows: None, stuck: None }
    }

    fn follow(mut self, row: &'a FeedRow) -> Self {
        if self.stuck.is_some() || self.revision >= row.revision {
            return self;
        }
        let is_readable = self.stand.is_some() || self.revision == Revision::NONE;
        let is_next = self.revision.next() == row.revision;
        let events = serde_json::from_str::<Vec<Event>>(row.events.get()).ok();
        let after = events
            .filter(|_| is_readable && is_next)
            .and_then(|events| apply(self.stand.take(), &events).ok());
        let Some(stand) = after else {
            self.stuck = Some(row);
            return self;
        };
        self.revision = stand.revision;
        self.stand = Some(stand);
        let first = self.rows.map_or(row, |(first, _)| first);
        self.rows = Some((first, row));
        self
    }

    /// Writes the thing if it came out with the bytes that its last row names. Otherwise, and where
    /// this version could not go on, its stand has to be asked for.
    fn end(self, change: &MirrorChange<'_>) -> Result<(), SyncError> {
        let since = match (self.rows, self.stuck) {
            (None, None) => return Ok(()),
            (Some((first, last)), None) => match self.state(last) {
                Some(state) => {
                    return put(
                        change,
                        self.here.as_ref(),
                        &NewThing {
                            entity: last.entity,
                            revision: last.revision,
                            scope: last.scope,
                            hash: *last.state.as_bytes(),
                            state: &state,
                        },
                    );
                }
                None => first,
            },
            (Some((first, _)), Some(_)) => first,
            (None, Some(stuck)) => stuck,
        };
        Ok(change.need(since.entity, since.seq.0)?)
    }

    fn state(&self, last: &FeedRow) -> Option<String> {
        let state = serde_json::to_string(&self.stand.as_ref()?.entity).ok()?;
        (StateHash::of(state.as_bytes()) == last.state).then_some(state)
    }
}
