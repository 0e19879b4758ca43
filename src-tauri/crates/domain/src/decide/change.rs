//! Fields are set, and may be contested.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ruling, Verdict};
use crate::{
    Bestand, ChangeFelder, Conflict, Contest, Entity, EntityRef, Entry, Event, Feld, Feldaenderung,
    Feldwert, Intent, Refusal, Side, Stand, Status,
};

/// Sets fields. A field that moved since its author looked becomes part of a conflict; the others
/// are set.
pub(super) fn felder(bestand: &dyn Bestand, change: &ChangeFelder, entry: &Entry) -> Ruling {
    let felder: BTreeSet<Feld> = change.changes.iter().map(Feldaenderung::feld).collect();
    if felder.len() < change.changes.len()
        || change.changes.is_empty()
        || change.changes.len() > Intent::PARTS_MAX
    {
        return Err(Refusal::ChangeUnfit);
    }
    let stand = bestand.stand(change.entity).ok_or(Refusal::Unknown)?;
    let names_missing_akte = change.changes.iter().any(
        |change| matches!(change.to(), Feldwert::Akte(Some(akte)) if bestand.akte(*akte).is_none()),
    );
    if names_missing_akte {
        return Err(Refusal::Unknown);
    }
    let unseen = stand.revision != entry.seen;
    if is_closed(&stand.entity) && !felder.contains(&Feld::Status) {
        // Whoever saw it closed has to open it first; whoever did not meets the closing.
        return if unseen {
            contest_all(stand, &change.changes, entry)
        } else {
            Err(Refusal::Closed)
        };
    }
    if change.closes() && unseen && !is_closed(&stand.entity) {
        // Closing decides about everything in the Vorgang, so it must have seen all of it.
        return contest_all(stand, &change.changes, entry);
    }
    one_by_one(bestand, change.entity, &change.changes, entry)
}

/// Each field for itself: set it, find it set already, or contest it.
pub(super) fn one_by_one(
    bestand: &dyn Bestand,
    entity: EntityRef,
    changes: &[Feldaenderung],
    entry: &Entry,
) -> Ruling {
    let stand = bestand.stand(entity).ok_or(Refusal::Unknown)?;
    let mut events = Vec::new();
    let mut contested = BTreeMap::new();
    for change in changes {
        let current = stand.entity.feldwert(change.feld()).ok_or(Refusal::ChangeUnfit)?;
        if current == *change.to() {
            continue;
        }
        if current == *change.from() {
            events.push(Event::Set { wert: change.to().clone(), stamp: entry.stamp() });
        } else {
            contested.insert(change.feld(), contest(stand, change, current, entry)?);
        }
    }
    Ok(close_with(entity, events, contested, entry))
}

fn contest_all(stand: &Stand, changes: &[Feldaenderung], entry: &Entry) -> Ruling {
    let mut contested = BTreeMap::new();
    for change in changes {
        let current = stand.entity.feldwert(change.feld()).ok_or(Refusal::ChangeUnfit)?;
        if current != *change.to() {
            contested.insert(change.feld(), contest(stand, change, current, entry)?);
        }
    }
    Ok(close_with(stand.entity.reference(), Vec::new(), contested, entry))
}

fn contest(
    stand: &Stand,
    change: &Feldaenderung,
    current: Feldwert,
    entry: &Entry,
) -> Result<Contest, Refusal> {
    let stamp = stand.entity.set_by(change.feld()).ok_or(Refusal::ChangeUnfit)?;
    Ok(Contest {
        base: change.from().clone(),
        mine: Side { wert: change.to().clone(), stamp: entry.stamp() },
        theirs: Side { wert: current, stamp },
    })
}

/// Adds the opening of the conflict, if there is one.
pub(super) fn close_with(
    entity: EntityRef,
    mut events: Vec<Event>,
    contested: BTreeMap<Feld, Contest>,
    entry: &Entry,
) -> Verdict {
    let conflict = (!contested.is_empty()).then_some(Conflict { contested });
    if let Some(conflict) = &conflict {
        events.push(Event::ConflictOpened(entry.id, conflict.clone()));
    }
    let mut verdict = Verdict { conflict, ..Verdict::default() };
    if !events.is_empty() {
        verdict.events.insert(entity, events);
    }
    verdict
}

fn is_closed(entity: &Entity) -> bool {
    matches!(entity, Entity::Vorgang(vorgang) if vorgang.status == Status::ZdA)
}
