//! No value anybody entered is overwritten unless the overwriting names it, or both stand side by
//! side.

use std::collections::BTreeSet;

use kontor_domain::{
    Decision, Entity, Entry, Event, Feld, Feldaenderung, Feldwert, Intent, decide,
};
use proptest::prelude::*;

use super::draw::{act, after, day, next, seen};
use crate::office::{Office, carry_out};

fn felder(entity: &Entity) -> Vec<(Feld, Feldwert)> {
    let mut felder = vec![
        Feld::Betreff,
        Feld::Leistung,
        Feld::Status,
        Feld::Zuweisung,
        Feld::Einheit,
        Feld::Akte,
    ];
    if let Entity::Vorgang(vorgang) = entity {
        felder.extend((1..=2).map(|n| Feld::Frist(crate::office::frist(n))));
        felder.extend(vorgang.wiedervorlagen.keys().map(|id| Feld::Wiedervorlage(*id)));
        felder.extend(vorgang.schriftstuecke.keys().map(|id| Feld::Fassung(*id)));
        felder.extend(vorgang.schriftstuecke.keys().map(|id| Feld::Schriftstueck(*id)));
    }
    felder.into_iter().filter_map(|feld| Some((feld, entity.feldwert(feld)?))).collect()
}

/// The value an entry says it replaces.
fn named(entry: &Entry, before: &Entity, feld: Feld) -> Option<Feldwert> {
    match &entry.intent {
        Intent::ChangeFelder(change) => {
            let change = change.changes.iter().find(|change| change.feld() == feld);
            change.map(|change| change.from().clone())
        }
        Intent::AddFassung(add) if feld == Feld::Fassung(add.schriftstueck) => {
            Some(Feldwert::Fassung(add.schriftstueck, add.from))
        }
        Intent::ResolveConflict(resolve) => {
            let conflict = before.felder()?.conflicts.get(&resolve.conflict)?;
            Some(conflict.contested.get(&feld)?.theirs.wert.clone())
        }
        _ => None,
    }
}

/// What an entry wants its fields to be.
fn wanted(entry: &Entry) -> Vec<Feldaenderung> {
    match &entry.intent {
        Intent::ChangeFelder(change) => change.changes.clone(),
        Intent::AddFassung(add) => {
            let value = |fassung| Feldwert::Fassung(add.schriftstueck, fassung);
            Feldaenderung::new(value(add.from), value(add.fassung.id)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Ids of everything in lists.
fn items(entity: &Entity) -> BTreeSet<uuid::Uuid> {
    match entity {
        Entity::Vorgang(vorgang) => {
            let versions = vorgang.schriftstuecke.values().flat_map(|it| it.fassungen.keys());
            let documents = vorgang.schriftstuecke.keys().map(|id| id.uuid());
            let reminders = vorgang.wiedervorlagen.keys().map(|id| id.uuid());
            let notes = vorgang.notizen.keys().map(|id| id.uuid());
            notes.chain(reminders).chain(documents).chain(versions.map(|id| id.uuid())).collect()
        }
        Entity::Eingang(eingang) => eingang.schriftstuecke.keys().map(|id| id.uuid()).collect(),
        _ => BTreeSet::new(),
    }
}

fn step(office: &Office, entry: &Entry) -> (Decision, Office) {
    let mut after = office.clone();
    let decision = decide(&office.stands, entry);
    carry_out(&mut after.stands, &decision);
    (decision, after)
}

proptest! {
    #[test]
    fn a_value_gives_way_only_to_whoever_names_it(day in day(), act in act(), seen in seen()) {
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let (decision, after) = step(&office, &entry);
        let events = decision.into_events();
        for (entity, stand) in &office.stands {
            for (feld, was) in felder(&stand.entity) {
                let is = after.entity(*entity).feldwert(feld);
                if is.as_ref() == Some(&was) {
                    continue;
                }
                prop_assert_eq!(named(&entry, &stand.entity, feld), Some(was), "{:?}", feld);
                let said = events[entity].iter().any(|event| {
                    matches!(event, Event::Set { wert, stamp } if Some(wert) == is.as_ref() && *stamp == entry.stamp())
                });
                prop_assert!(said, "the feed says so");
            }
        }
    }

    #[test]
    fn what_was_wanted_stands_or_stands_beside(day in day(), act in act(), seen in seen()) {
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let target = entry.intent.target();
        let (decision, after) = step(&office, &entry);
        if matches!(decision, Decision::Reject(_)) {
            return Ok(());
        }
        for change in wanted(&entry) {
            if after.entity(target).feldwert(change.feld()).as_ref() == Some(change.to()) {
                continue;
            }
            let conflicts = &after.entity(target).felder().unwrap().conflicts;
            if !conflicts.contains_key(&entry.id) {
                // A Fassung met a second time: what counts by now is none of its business.
                prop_assert!(decision.clone().into_events().values().all(Vec::is_empty));
                prop_assert!(matches!(entry.intent, Intent::AddFassung(_)));
                continue;
            }
            let contest = &conflicts[&entry.id].contested[&change.feld()];
            let current = office.entity(target).feldwert(change.feld());
            prop_assert_eq!(&contest.base, change.from());
            prop_assert_eq!((&contest.mine.wert, contest.mine.stamp), (change.to(), entry.stamp()));
            prop_assert_eq!(Some(&contest.theirs.wert), current.as_ref());
            let setter = office.entity(target).set_by(change.feld());
            prop_assert_eq!(Some(contest.theirs.stamp), setter);
        }
    }

    #[test]
    fn lists_and_open_conflicts_only_grow_until_somebody_decides(
        day in day(), act in act(), seen in seen(),
    ) {
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let (_, after) = step(&office, &entry);
        for (entity, stand) in &office.stands {
            let (before, after) = (&stand.entity, after.entity(*entity));
            prop_assert!(items(before).is_subset(&items(after)));
            let Some(felder) = before.felder() else { continue };
            for (id, conflict) in &felder.conflicts {
                let decided = matches!(&entry.intent, Intent::ResolveConflict(it) if it.conflict == *id);
                let still = after.felder().unwrap().conflicts.get(id);
                prop_assert!(decided || still == Some(conflict));
            }
        }
    }

    #[test]
    fn what_counts_is_always_a_version_there_is(day in day()) {
        for stand in after(&day).stands.values() {
            if let Entity::Vorgang(vorgang) = &stand.entity {
                for document in vorgang.schriftstuecke.values() {
                    prop_assert!(document.fassungen.contains_key(&document.aktuell));
                }
            }
        }
    }

    /// Nothing is closed over something its closer had not seen: they had seen the revision before.
    #[test]
    fn closing_has_seen_everything(day in day(), act in act(), seen in seen()) {
        use kontor_domain::Status;
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let (_, after) = step(&office, &entry);
        for (entity, stand) in &office.stands {
            let closed = Some(Feldwert::Status(Status::ZdA));
            if stand.entity.feldwert(Feld::Status) != closed
                && after.entity(*entity).feldwert(Feld::Status) == closed
            {
                prop_assert_eq!(entry.seen, stand.revision);
            }
        }
    }
}
