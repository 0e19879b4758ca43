//! The index catches up with the desk, in slices: nobody waits for more than one.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use kontor_domain::{Entity, EntityKind, EntityRef};
use kontor_search::{Index, Item, SearchError};
use kontor_sync::{Changed, Listener};

use super::Suche;
use super::item::{Reading, items};
use super::todo::{Next, Place, Todo, Walk};
use crate::register::Register;
use crate::{AppError, Office};

/// So many things are looked at while the desk is held, and so many are committed at once.
const SLICE: u32 = 128;

/// Why the index does not catch up.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    #[error("the desk cannot be read")]
    Desk(#[from] AppError),
    #[error(transparent)]
    Index(#[from] SearchError),
}

/// A thing as it is to be found, and its documents; nothing if it is gone.
type Found = (EntityRef, Option<(Item, Vec<Reading>)>);

impl Suche {
    /// Puts in what own entries changed, so that whoever searches finds it. Costs nothing if there
    /// is nothing.
    pub(super) fn catch_up_own(&self, office: &Office) -> Result<(), Trouble> {
        if !self.own_waits() && !office.desk()?.has_own_news(Listener::Search) {
            return Ok(());
        }
        let index = self.index()?;
        let mut todo = self.todo();
        self.follow(office, &mut todo)?;
        self.put_own(office, &index, &mut todo)?;
        self.tell(&todo);
        Ok(())
    }

    /// Does what comes next, documents aside; says what that was.
    pub(super) fn step(&self, office: &Office) -> Result<Next, Trouble> {
        let index = self.index()?;
        let mut todo = self.todo();
        self.follow(office, &mut todo)?;
        let next = todo.next();
        match next {
            Next::Own => self.put_own(office, &index, &mut todo)?,
            Next::Things => {
                let things = split_off(&mut todo.things);
                put(office, &index, &mut todo, &things)?;
            }
            Next::Walk => walk(office, &index, &mut todo)?,
            Next::Document | Next::Nothing => {}
        }
        self.tell(&todo);
        Ok(next)
    }

    /// Hears what has changed on the desk.
    fn follow(&self, office: &Office, todo: &mut Todo) -> Result<(), Trouble> {
        office.look(|desk, register| {
            let counts = [register.vorgaenge.len(), register.eingaenge.len(), register.akten.len()];
            todo.things_all = counts.into_iter().map(|count| count as u64).sum();
            let Changed { everything, things } = desk.take_changed(Listener::Search);
            if everything {
                todo.begin();
            }
            let own: BTreeSet<EntityRef> = desk.own().collect();
            let is_all = !std::mem::replace(&mut todo.knows_own, true);
            todo.note_own(own.iter().filter(|it| is_all || things.contains(it)).copied());
            todo.note(renamed(register, &things));
            todo.note(things.into_iter().filter(|it| !own.contains(it)));
            Ok(())
        })?;
        self.own_waits.store(!todo.own.is_empty(), Ordering::Release);
        Ok(())
    }

    fn put_own(&self, office: &Office, index: &Index, todo: &mut Todo) -> Result<(), Trouble> {
        while !todo.own.is_empty() {
            let things = split_off(&mut todo.own);
            put(office, index, todo, &things)?;
        }
        self.own_waits.store(false, Ordering::Release);
        Ok(())
    }
}

/// Compares one slice of the desk with the index.
fn walk(office: &Office, index: &Index, todo: &mut Todo) -> Result<(), Trouble> {
    let mut place = match std::mem::take(&mut todo.walk) {
        Walk::At(place) => place,
        Walk::Before | Walk::Done => Place::first(index.stand()?),
    };
    let slice = office.look(|desk, register| {
        let own: BTreeSet<EntityRef> = desk.own().collect();
        let page = desk.page(place.kind, place.after, SLICE)?.into_iter();
        // What own entries change is put in by itself, and looks otherwise than here.
        let mirrored = page.map(|(it, entity)| (it, entity.filter(|_| !own.contains(&it))));
        Ok(mirrored.map(|(it, entity)| (it, found(register, entity.as_ref()))).collect::<Vec<_>>())
    })?;
    let last = slice.last().map(|(entity, _)| *entity);
    let goes_on = place.advance(slice.len(), last);
    let mut is_put = false;
    for (_, found) in slice {
        let Some((item, readings)) = found else { continue };
        if place.known.remove(&item.entity).as_ref() != Some(&item.revision) {
            index.put(&item)?;
            is_put = true;
        }
        for reading in readings {
            let known = place.known.remove(&reading.item.entity);
            todo.note_document(office, reading, known.as_deref());
        }
    }
    if !goes_on {
        // What own entries made or changed has been put in by itself.
        let own: BTreeSet<String> =
            office.look(|desk, _| Ok(desk.own().map(|entity| entity.to_string()).collect()))?;
        let is_own = |entity: &str| own.iter().any(|own| entity.starts_with(own.as_str()));
        for entity in place.known.keys().filter(|entity| !is_own(entity)) {
            index.remove(entity)?;
            is_put = true;
        }
    }
    if is_put {
        index.commit()?;
    }
    todo.walk = if goes_on { Walk::At(place) } else { Walk::Done };
    Ok(())
}

/// Puts things in as they are now, and takes out those that are gone.
fn put(
    office: &Office,
    index: &Index,
    todo: &mut Todo,
    things: &[EntityRef],
) -> Result<(), Trouble> {
    let slice: Vec<Found> = office.look(|desk, register| {
        let one = |entity: &EntityRef| {
            let stand = desk.stand(*entity)?;
            Ok((*entity, found(register, stand.as_ref().map(|stand| &stand.entity))))
        };
        things.iter().map(one).collect()
    })?;
    let mut is_put = false;
    for (entity, found) in slice {
        let Some((item, readings)) = found else {
            todo.documents.retain(|_, reading| reading.owner != entity);
            index.remove(&entity.to_string())?;
            is_put = true;
            continue;
        };
        if index.revision(&item.entity)?.as_ref() != Some(&item.revision) {
            index.put(&item)?;
            is_put = true;
        }
        for reading in readings {
            let known = index.revision(&reading.item.entity)?;
            todo.note_document(office, reading, known.as_deref());
        }
    }
    if is_put {
        index.commit()?;
    }
    Ok(())
}

fn found(register: &Register, entity: Option<&Entity>) -> Option<(Item, Vec<Reading>)> {
    items(register, entity?)
}

/// What bears the name of something that changed.
fn renamed(register: &Register, changed: &BTreeSet<EntityRef>) -> Vec<EntityRef> {
    let bears = |kind| matches!(kind, EntityKind::Person | EntityKind::Einheit | EntityKind::Akte);
    let names: BTreeSet<&EntityRef> = changed.iter().filter(|it| bears(it.kind)).collect();
    if names.is_empty() {
        return Vec::new();
    }
    let is = |entity: EntityRef| names.contains(&entity);
    let vorgaenge = register.vorgaenge.iter().filter(|row| {
        is(row.einheit.into())
            || row.zuweisung.is_some_and(|person| is(person.into()))
            || row.akte.is_some_and(|akte| is(akte.into()))
    });
    let eingaenge = register.eingaenge.iter().filter(|row| is(row.einheit.into()));
    let akten = register.akten.iter().filter(|row| is(row.einheit.into()));
    let all = vorgaenge.map(|row| EntityRef::from(row.id));
    let all = all.chain(eingaenge.map(|row| EntityRef::from(row.id)));
    all.chain(akten.map(|row| EntityRef::from(row.id))).collect()
}

fn split_off(things: &mut BTreeSet<EntityRef>) -> Vec<EntityRef> {
    let taken: Vec<EntityRef> = things.iter().take(SLICE as usize).copied().collect();
    for entity in &taken {
        things.remove(entity);
    }
    taken
}
