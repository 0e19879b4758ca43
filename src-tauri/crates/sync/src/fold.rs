//! The view: what a clerk sees is the mirror with their own waiting entries carried out on top, by
//! the same rules the Zentrale will use. A pure function of mirror and outbox, held in memory and
//! never stored; only what a change touches is folded anew.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    Akteur, Bestand, Conflict, Decision, EntityRef, Entry, IntentId, Refusal, Stand, apply,
    authorise, decide,
};
use kontor_store::database::DatabaseError;
use kontor_store::mirror::Mirror;
use kontor_store::work::Fate;

/// What the Zentrale will presumably say to an entry.
#[derive(Debug, Clone, PartialEq)]
pub enum Forecast {
    /// It will happen.
    Fine,
    /// It will meet another version.
    Contested(Conflict),
    /// It will be refused.
    Refused(Refusal),
    /// Its author took it back.
    Withdrawn,
}

/// An entry in the view.
#[derive(Debug, Clone)]
pub struct Folded {
    /// Its place in the outbox.
    pub number: u64,
    /// The entry.
    pub entry: Entry,
    /// Its JSON as stored.
    pub body: String,
    /// Entries it builds on.
    pub parents: Vec<IntentId>,
    /// What became of it so far.
    pub fate: Fate,
    /// The feed holds its effect from here on; 0 while it waits.
    pub seq: u64,
    /// Whether its author took it back.
    pub withdrawn: bool,
    /// What will presumably become of it.
    pub forecast: Forecast,
    /// Whether the rules find nothing left to do for it.
    pub(crate) is_idle: bool,
}

/// What is known of an entry's end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Nothing yet.
    Open,
    /// Its author took it back.
    Withdrawn,
    /// The Zentrale has decided it.
    Spoken(Fate),
}

impl Word {
    /// Whether the mirror shows a decided entry already: pages and single things may be newer than
    /// the mirror's place in the feed. Then the rules find nothing to do, or what came after it.
    fn is_shown(self, bestand: &dyn Bestand, entry: &Entry, decision: &Decision) -> bool {
        let Self::Spoken(fate) = self else { return false };
        match decision {
            _ if fate == Fate::Conflict => {
                let stand = bestand.stand(entry.intent.target());
                let felder = stand.and_then(|stand| stand.entity.felder());
                felder.is_some_and(|felder| felder.conflicts.contains_key(&entry.id))
            }
            Decision::Accept(_) => false,
            Decision::Merge(events) => events.values().all(Vec::is_empty),
            Decision::Conflict { .. } | Decision::Reject(_) => true,
        }
    }
}

impl Folded {
    /// Whether the view may look otherwise once the Zentrale has decided it.
    pub(crate) fn depends_on_word(&self) -> bool {
        self.withdrawn || self.is_idle || self.forecast != Forecast::Fine
    }

    fn word(&self) -> Word {
        match self.fate {
            Fate::Waiting if self.withdrawn => Word::Withdrawn,
            Fate::Waiting => Word::Open,
            fate => Word::Spoken(fate),
        }
    }
}

/// What may look different since somebody last asked ([`Desk::take_changed`](crate::Desk::take_changed)).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// More than could be named: look at everything anew.
    pub everything: bool,
    /// These things.
    pub things: BTreeSet<EntityRef>,
}

/// Who asks what has changed, each in their own time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listener {
    /// Whoever shows things. An own entry's answer has told them already what it changed.
    Window,
    /// The lists in memory.
    Register,
    /// The search index.
    Search,
}

impl Listener {
    const ALL: [Self; 3] = [Self::Window, Self::Register, Self::Search];
}

/// What has changed, for each listener since they last asked.
#[derive(Debug)]
pub(crate) struct News([Changed; Listener::ALL.len()]);

impl Default for News {
    /// At the beginning everything is new.
    fn default() -> Self {
        Self(std::array::from_fn(|_| Changed { everything: true, things: BTreeSet::new() }))
    }
}

impl News {
    fn tell(&mut self, things: &BTreeSet<EntityRef>) {
        self.0.iter_mut().for_each(|changed| changed.extend(things));
    }

    /// Tells everybody but the window.
    pub(crate) fn tell_of_own(&mut self, things: &BTreeSet<EntityRef>) {
        for (listener, changed) in Listener::ALL.into_iter().zip(&mut self.0) {
            if listener != Listener::Window {
                changed.extend(things);
            }
        }
    }

    pub(crate) fn of(&self, listener: Listener) -> Option<&Changed> {
        self.0.get(listener as usize)
    }

    pub(crate) fn take(&mut self, listener: Listener) -> Changed {
        self.0.get_mut(listener as usize).map(std::mem::take).unwrap_or_default()
    }
}

/// So many things are named one by one.
const CHANGED_MAX: usize = 10_000;

impl Changed {
    fn extend(&mut self, things: &BTreeSet<EntityRef>) {
        if !self.everything {
            self.things.extend(things);
        }
        if self.things.len() > CHANGED_MAX {
            self.everything = true;
            self.things.clear();
        }
    }
}

/// Entries on top of the mirror.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    entries: BTreeMap<u64, Folded>,
    numbers: BTreeMap<IntentId, u64>,
    by_entity: BTreeMap<EntityRef, BTreeSet<u64>>,
    /// Things that entries touch, with all of them carried out.
    stands: BTreeMap<EntityRef, Stand>,
    akteur: Option<Akteur>,
    /// What was folded anew and not asked for yet.
    pub(crate) news: News,
}

/// An entry that was decided against the view but is not in it yet.
pub(crate) struct Prospect {
    after: BTreeMap<EntityRef, Stand>,
    pub(crate) forecast: Forecast,
    pub(crate) changed: BTreeSet<EntityRef>,
    is_idle: bool,
}

impl Fold {
    /// Folds `entries`, in the order of their numbers, over the mirror.
    pub(crate) fn new(
        entries: Vec<Folded>,
        akteur: Option<Akteur>,
        mirror: &Mirror,
    ) -> Result<Self, DatabaseError> {
        let mut fold = Self { akteur, ..Self::default() };
        for entry in entries {
            let prospect = fold.prospect(&entry.entry, entry.word(), mirror)?;
            fold.insert(entry, prospect);
        }
        Ok(fold)
    }

    /// A thing as the clerk sees it.
    pub(crate) fn stand(
        &self,
        entity: EntityRef,
        mirror: &Mirror,
    ) -> Result<Option<Stand>, DatabaseError> {
        match self.stands.get(&entity) {
            Some(stand) => Ok(Some(stand.clone())),
            None => mirrored(mirror, entity),
        }
    }

    /// Things that look different from the mirror.
    pub(crate) fn touched(&self) -> impl Iterator<Item = (&EntityRef, &Stand)> {
        self.stands.iter()
    }

    /// Whether a thing may look different from the mirror.
    pub(crate) fn is_touched(&self, entity: EntityRef) -> bool {
        self.stands.contains_key(&entity)
    }

    pub(crate) fn entries(&self) -> impl Iterator<Item = &Folded> {
        self.entries.values()
    }

    pub(crate) fn entry(&self, id: IntentId) -> Option<&Folded> {
        self.entries.get(self.numbers.get(&id)?)
    }

    /// Entries that touch a thing, in their order.
    pub(crate) fn of_entity(&self, entity: EntityRef) -> impl Iterator<Item = &Folded> {
        let numbers = self.by_entity.get(&entity).into_iter().flatten();
        numbers.filter_map(|number| self.entries.get(number))
    }

    /// Decides an entry against the view without putting it there.
    pub(crate) fn prospect(
        &mut self,
        entry: &Entry,
        word: Word,
        mirror: &Mirror,
    ) -> Result<Prospect, DatabaseError> {
        // Moved out instead of cloned: a Vorgang with a hundred waiting notes is large.
        let mut bestand = BTreeMap::new();
        for entity in entry.intent.entities() {
            let stand = match self.stands.remove(&entity) {
                Some(stand) => Some(stand),
                None => mirrored(mirror, entity)?,
            };
            bestand.extend(stand.map(|stand| (entity, stand)));
        }
        if word == Word::Withdrawn {
            return Ok(Prospect {
                after: bestand,
                forecast: Forecast::Withdrawn,
                changed: BTreeSet::new(),
                is_idle: false,
            });
        }
        let allowed =
            self.akteur.as_ref().map_or(Ok(()), |akteur| authorise(akteur, &bestand, entry));
        let decision = match allowed {
            Ok(()) => decide(&bestand as &dyn Bestand, entry),
            Err(refusal) => Decision::Reject(refusal),
        };
        if word.is_shown(&bestand, entry, &decision) {
            let (forecast, changed) = (Forecast::Fine, BTreeSet::new());
            return Ok(Prospect { after: bestand, forecast, changed, is_idle: true });
        }
        let forecast = match &decision {
            Decision::Accept(_) | Decision::Merge(_) => Forecast::Fine,
            Decision::Conflict { conflict, .. } => Forecast::Contested(conflict.clone()),
            Decision::Reject(refusal) => Forecast::Refused(*refusal),
        };
        let is_idle =
            matches!(&decision, Decision::Merge(events) if events.values().all(Vec::is_empty));
        let mut changed = BTreeSet::new();
        for (entity, events) in decision.into_events() {
            // What `decide` gave for this stand fits it.
            if let Ok(stand) = apply(bestand.remove(&entity), &events) {
                bestand.insert(entity, stand);
                changed.insert(entity);
            }
        }
        Ok(Prospect { after: bestand, forecast, changed, is_idle })
    }

    /// Notes that something about a thing looks different that is not folded.
    pub(crate) fn touch(&mut self, entity: EntityRef) {
        self.news.tell(&BTreeSet::from([entity]));
    }

    /// Puts a decided entry into the view.
    pub(crate) fn insert(&mut self, mut entry: Folded, prospect: Prospect) {
        entry.forecast = prospect.forecast;
        entry.is_idle = prospect.is_idle;
        self.stands.extend(prospect.after);
        for entity in entry.entry.intent.entities() {
            self.by_entity.entry(entity).or_default().insert(entry.number);
        }
        self.numbers.insert(entry.entry.id, entry.number);
        self.entries.insert(entry.number, entry);
    }

    /// Undoes [`Fold::prospect`] for an entry that did not get into the view: the things it touched
    /// are folded anew.
    pub(crate) fn abandon(&mut self, entry: &Entry, mirror: &Mirror) -> Result<(), DatabaseError> {
        self.refold(&entry.intent.entities().into_iter().collect(), mirror)
    }

    /// Changes one entry, if it is in the view. The caller folds anew what it touches.
    pub(crate) fn change(
        &mut self,
        number: u64,
        change: impl FnOnce(&mut Folded),
    ) -> Vec<EntityRef> {
        let Some(entry) = self.entries.get_mut(&number) else { return Vec::new() };
        change(entry);
        entry.entry.intent.entities()
    }

    /// Takes entries out of the view: the mirror shows their effect, or they have none.
    pub(crate) fn remove(&mut self, numbers: &[u64]) -> BTreeSet<EntityRef> {
        let mut touched = BTreeSet::new();
        for number in numbers {
            let Some(entry) = self.entries.remove(number) else { continue };
            self.numbers.remove(&entry.entry.id);
            for entity in entry.entry.intent.entities() {
                if let Some(others) = self.by_entity.get_mut(&entity) {
                    others.remove(number);
                    if others.is_empty() {
                        self.by_entity.remove(&entity);
                    }
                }
                touched.insert(entity);
            }
        }
        touched
    }

    /// Other rights may mean other forecasts.
    pub(crate) fn set_akteur(
        &mut self,
        akteur: Akteur,
        mirror: &Mirror,
    ) -> Result<(), DatabaseError> {
        if self.akteur.as_ref() == Some(&akteur) {
            return Ok(());
        }
        self.akteur = Some(akteur);
        let all = self.by_entity.keys().copied().collect();
        self.refold(&all, mirror)
    }

    /// Folds `dirty` things anew, and everything that hangs together with them through entries.
    pub(crate) fn refold(
        &mut self,
        dirty: &BTreeSet<EntityRef>,
        mirror: &Mirror,
    ) -> Result<(), DatabaseError> {
        let mut numbers = BTreeSet::new();
        let mut entities: BTreeSet<EntityRef> = BTreeSet::new();
        let mut open: Vec<EntityRef> = dirty.iter().copied().collect();
        while let Some(entity) = open.pop() {
            if !entities.insert(entity) {
                continue;
            }
            for number in self.by_entity.get(&entity).into_iter().flatten() {
                if numbers.insert(*number) {
                    let entry = self.entries.get(number);
                    open.extend(entry.into_iter().flat_map(|entry| entry.entry.intent.entities()));
                }
            }
        }
        self.news.tell(&entities);
        for entity in &entities {
            self.stands.remove(entity);
        }
        for number in numbers {
            let Some(mut folded) = self.entries.remove(&number) else { continue };
            let prospect = self.prospect(&folded.entry, folded.word(), mirror)?;
            folded.forecast = prospect.forecast;
            folded.is_idle = prospect.is_idle;
            self.stands.extend(prospect.after);
            self.entries.insert(number, folded);
        }
        Ok(())
    }
}

/// A thing as mirrored. One that this version cannot read is as good as absent for the rules; the
/// mirror carries it on all the same.
pub(crate) fn mirrored(mirror: &Mirror, entity: EntityRef) -> Result<Option<Stand>, DatabaseError> {
    Ok(mirror.thing(entity)?.and_then(|thing| {
        let entity = serde_json::from_str(&thing.state).ok()?;
        Some(Stand { revision: thing.revision, entity })
    }))
}
