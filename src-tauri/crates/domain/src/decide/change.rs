//! Fields are set, and may be contested.

use std::collections::{BTreeMap, BTreeSet};

use super::{Ruling, Verdict, add};
use crate::{
    Bestand, ChangeFelder, Conflict, Contest, Entity, Entry, Event, Feld, Feldaenderung, Feldwert,
    Intent, Refusal, Side, Stand, Status,
};

/// Sets fields. A field that moved since its author looked becomes part of a conflict; the others
/// are set.
pub(super) fn felder(bestand: &dyn Bestand, change: &ChangeFelder, entry: &Entry) -> Ruling {
    let mut verdict = without_grund(bestand, change, entry)?;
    if let (Some(grund), Some(events)) = (&change.grund, verdict.events.get_mut(&change.entity)) {
        events.insert(0, Event::Grund(grund.clone()));
    }
    Ok(verdict)
}

fn without_grund(bestand: &dyn Bestand, change: &ChangeFelder, entry: &Entry) -> Ruling {
    well_formed(&change.changes)?;
    let stand = bestand.stand(change.entity).ok_or(Refusal::Unknown)?;
    change.changes.iter().try_for_each(|change| settable(bestand, stand, change.to()))?;
    let unseen = stand.revision != entry.seen;
    if is_closed(&stand.entity) {
        if !change.changes.iter().any(Feldaenderung::opens) {
            return into_closed(stand, &change.changes, entry, unseen);
        }
    } else if unseen && change.closes() {
        // Closing decides about everything in the Vorgang, so it must have seen all of it.
        return contest_all(stand, &change.changes, entry);
    }
    one_by_one(stand, &change.changes, entry)
}

/// Each field at most once, and each with something new.
fn well_formed(changes: &[Feldaenderung]) -> Result<(), Refusal> {
    let felder: BTreeSet<Feld> = changes.iter().map(Feldaenderung::feld).collect();
    let all_change = changes.iter().all(|change| change.from() != change.to());
    if (1..=Intent::PARTS_MAX).contains(&changes.len())
        && felder.len() == changes.len()
        && all_change
    {
        Ok(())
    } else {
        Err(Refusal::ChangeUnfit)
    }
}

/// A value may only name what is there, and needs room.
pub(super) fn settable(
    bestand: &dyn Bestand,
    stand: &Stand,
    wert: &Feldwert,
) -> Result<(), Refusal> {
    match (wert, &stand.entity) {
        (Feldwert::Akte(Some(akte)), _) => bestand.akte(*akte).map(|_| ()).ok_or(Refusal::Unknown),
        (Feldwert::Fassung(id, fassung), Entity::Vorgang(vorgang)) => {
            let there = vorgang.schriftstuecke.get(id);
            let there = there.is_some_and(|it| it.fassungen.contains_key(fassung));
            there.then_some(()).ok_or(Refusal::ChangeUnfit)
        }
        (Feldwert::Frist(id, Some(_)), Entity::Vorgang(vorgang))
            if !vorgang.fristen.contains_key(id) =>
        {
            add::room_for_one_more(vorgang.fristen.len())
        }
        _ => Ok(()),
    }
}

/// Whoever saw it closed has to open it first; whoever did not meets the closing.
fn into_closed(stand: &Stand, changes: &[Feldaenderung], entry: &Entry, unseen: bool) -> Ruling {
    let verdict = contest_all(stand, changes, entry)?;
    if unseen || verdict.conflict.is_none() { Ok(verdict) } else { Err(Refusal::Closed) }
}

/// Each field for itself: set it, find it set already, or contest it.
pub(super) fn one_by_one(stand: &Stand, changes: &[Feldaenderung], entry: &Entry) -> Ruling {
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
    close_with(stand, events, contested, entry)
}

fn contest_all(stand: &Stand, changes: &[Feldaenderung], entry: &Entry) -> Ruling {
    let mut contested = BTreeMap::new();
    for change in changes {
        let current = stand.entity.feldwert(change.feld()).ok_or(Refusal::ChangeUnfit)?;
        if current != *change.to() {
            contested.insert(change.feld(), contest(stand, change, current, entry)?);
        }
    }
    close_with(stand, Vec::new(), contested, entry)
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
    stand: &Stand,
    mut events: Vec<Event>,
    contested: BTreeMap<Feld, Contest>,
    entry: &Entry,
) -> Ruling {
    let conflict = (!contested.is_empty()).then_some(Conflict { contested });
    if let Some(conflict) = &conflict {
        let open = stand.entity.felder().map_or(0, |felder| felder.conflicts.len());
        add::room_for_one_more(open)?;
        events.push(Event::ConflictOpened(entry.id, conflict.clone()));
    }
    let mut verdict = Verdict { conflict, ..Verdict::default() };
    if !events.is_empty() {
        verdict.events.insert(stand.entity.reference(), events);
    }
    Ok(verdict)
}

pub(super) fn is_closed(entity: &Entity) -> bool {
    matches!(entity, Entity::Vorgang(vorgang) if vorgang.status == Status::ZdA)
}
