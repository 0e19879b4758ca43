//! The feed, read and carried out by somebody who believes nothing.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    Choice, Conflict, DocumentHash, Entity, EntityRef, Event, Feldwert, Intent, IntentId, Revision,
    Schriftstueck, Scope, Stand, apply,
};
use kontor_wire::{Head, Position, StateHash, Step};
use kontor_zentrale::chain;
use kontor_zentrale::storage::ChainedRow;

use super::ledger::Ledger;
use super::promise::{Kept, keep};

/// A thing at one revision.
#[derive(Debug, Clone)]
pub(super) struct Version {
    /// Where in the feed it came to be.
    pub(super) seq: u64,
    pub(super) revision: Revision,
    pub(super) scope: Scope,
    pub(super) entity: Entity,
    pub(super) state: String,
}

/// What one intent did.
#[derive(Debug, Default)]
pub(super) struct Effect {
    pub(super) last_seq: u64,
    entities: BTreeSet<EntityRef>,
    /// Values it set,
    set: Vec<Feldwert>,
    /// values that were so already when it came,
    stood: Vec<Feldwert>,
    /// and the conflict it met.
    pub(super) conflict: Option<Conflict>,
}

/// Everything the feed has said so far.
#[derive(Debug, Default)]
pub(super) struct History {
    pub(super) rows: Vec<ChainedRow>,
    versions: BTreeMap<EntityRef, Vec<Version>>,
    effects: BTreeMap<IntentId, Effect>,
    /// Documents that things refer to.
    pub(super) documents: BTreeSet<DocumentHash>,
}

impl History {
    pub(super) fn head(&self) -> Head {
        let last = self.rows.last();
        last.map_or(Head { seq: Position(0), hash: kontor_wire::ChainHash::default() }, |chained| {
            Head { seq: chained.row.seq, hash: chained.hash }
        })
    }

    pub(super) fn effect(&self, intent: IntentId) -> Option<&Effect> {
        self.effects.get(&intent)
    }

    /// A thing as it stood at a position.
    pub(super) fn at(&self, entity: EntityRef, seq: u64) -> Option<&Version> {
        self.versions.get(&entity)?.iter().rev().find(|version| version.seq <= seq)
    }

    pub(super) fn revision(&self, entity: EntityRef, revision: Revision) -> Option<&Version> {
        self.versions.get(&entity)?.iter().find(|version| version.revision == revision)
    }

    pub(super) fn entities(&self) -> impl Iterator<Item = EntityRef> + '_ {
        self.versions.keys().copied()
    }

    /// Whether a position lies between two intents and not within one.
    pub(super) fn is_boundary(&self, seq: u64) -> bool {
        let row = |seq: u64| self.rows.get(usize::try_from(seq).ok()?.checked_sub(1)?);
        match (row(seq), row(seq + 1)) {
            (Some(one), Some(other)) => one.row.intent != other.row.intent,
            _ => true,
        }
    }

    /// Takes the next row; returns the documents it brought.
    pub(super) fn take(&mut self, chained: ChainedRow, ledger: &Ledger) -> Kept<Vec<DocumentHash>> {
        let head = self.head();
        let row = &chained.row;
        keep!("I7", row.seq.0 == head.seq.0 + 1, "after {} comes {}", head.seq.0, row.seq.0);
        keep!("I22", chain::verify(head.hash, &chained), "the chain breaks at {}", row.seq.0);
        let events: Vec<Event> = serde_json::from_str(row.events.get()).unwrap_or_default();
        let before = self.versions.get(&row.entity).and_then(|all| all.last()).cloned();
        let effect = self.effects.entry(row.intent).or_default();
        let in_one_piece = effect.last_seq == 0 || effect.last_seq + 1 == row.seq.0;
        keep!("I3", in_one_piece, "{} took effect twice, again at {}", row.intent, row.seq.0);
        effect.last_seq = row.seq.0;
        if row.step == Step::Exit {
            let left = before.is_some_and(|before| before.scope == row.scope);
            keep!("I7", left && events.is_empty(), "{} left where it was not", row.entity);
            self.rows.push(chained);
            return Ok(Vec::new());
        }
        let is_first = effect.entities.insert(row.entity);
        keep!("I3", is_first, "{} changed {} twice", row.intent, row.entity);
        let known = ledger.get(row.intent).map(|known| &known.intent);
        if let Some(intent) = known {
            Self::judge(intent, before.as_ref(), &events, effect, row.intent)?;
        }
        let documents = hashes(&events);
        self.grow(before, &events, &chained)?;
        self.documents.extend(&documents);
        self.rows.push(chained);
        Ok(documents)
    }

    fn grow(&mut self, before: Option<Version>, events: &[Event], chained: &ChainedRow) -> Kept {
        let row = &chained.row;
        let stand = before.map(|before| Stand { revision: before.revision, entity: before.entity });
        let revision = stand.as_ref().map_or(Revision::NONE, |stand| stand.revision);
        keep!("I3", row.revision == revision.next(), "{} skips a revision", row.entity);
        let open = stand.as_ref().map(|stand| open_conflicts(&stand.entity)).unwrap_or_default();
        let after = apply(stand, events);
        keep!("I7", after.is_ok(), "the events at {} do not fit", row.seq.0);
        let Ok(after) = after else { return Ok(()) };
        let state = serde_json::to_string(&after.entity).unwrap_or_default();
        let is_same = StateHash::of(state.as_bytes()) == row.state;
        keep!("I8", is_same, "the events at {} give another state", row.seq.0);
        let still_open = open_conflicts(&after.entity);
        for (id, conflict) in open {
            let closed = events.contains(&Event::ConflictClosed(id));
            let kept = still_open.get(&id) == Some(&conflict);
            keep!("I6", closed || kept, "the conflict {id} went without a decision");
        }
        let version = Version {
            seq: row.seq.0,
            revision: row.revision,
            scope: row.scope,
            entity: after.entity,
            state,
        };
        keep!("I8", version.scope == version.entity.scope(), "{} is in two scopes", row.entity);
        self.versions.entry(row.entity).or_default().push(version);
        Ok(())
    }

    /// Whether events are what their intent may do to what stood there (I3, I5, I6).
    fn judge(
        intent: &Intent,
        before: Option<&Version>,
        events: &[Event],
        effect: &mut Effect,
        id: IntentId,
    ) -> Kept {
        let value = |wert: &Feldwert| before.and_then(|it| it.entity.feldwert(wert.feld()));
        for wert in wishes(intent) {
            if value(&wert) == Some(wert.clone()) {
                effect.stood.push(wert);
            }
        }
        for event in events {
            match event {
                Event::Set { wert, .. } => {
                    let had = value(wert);
                    keep!(
                        "I5",
                        may_set(intent, wert, had.as_ref(), before),
                        "{id} overwrote unseen {had:?} by {wert:?}"
                    );
                    effect.set.push(wert.clone());
                }
                Event::ConflictOpened(opened, conflict) => {
                    keep!("I6", *opened == id, "{id} opened the conflict of another");
                    for (feld, contest) in &conflict.contested {
                        let had = before.and_then(|it| it.entity.feldwert(*feld));
                        keep!(
                            "I6",
                            had.as_ref() == Some(&contest.theirs.wert),
                            "{id}: theirs is wrong"
                        );
                        let wanted = wanted(intent, contest.mine.wert.feld(), before);
                        keep!(
                            "I6",
                            wanted == Some((contest.base.clone(), contest.mine.wert.clone())),
                            "{id}: base or mine is wrong"
                        );
                    }
                    effect.conflict = Some(conflict.clone());
                }
                Event::ConflictClosed(closed) => {
                    let decided =
                        matches!(intent, Intent::ResolveConflict(it) if it.conflict == *closed);
                    keep!("I6", decided, "{id} closed {closed} without deciding it");
                }
                Event::Grund(_) => {}
                _ => keep!("I3", is_new(before, event), "{id} added what was there"),
            }
        }
        Ok(())
    }
}

impl Effect {
    /// Whether a value somebody entered was set, stood there already, or is named in the conflict.
    pub(super) fn accounts_for(&self, wert: &Feldwert) -> bool {
        let contested = self.conflict.iter().flat_map(|conflict| conflict.contested.values());
        self.set.iter().chain(&self.stood).any(|it| it == wert)
            || contested.map(|contest| &contest.mine.wert).any(|it| it == wert)
    }
}

/// Field values an intent names outright.
pub(super) fn wishes(intent: &Intent) -> Vec<Feldwert> {
    match intent {
        Intent::ChangeFelder(change) => {
            change.changes.iter().map(|change| change.to().clone()).collect()
        }
        Intent::AddFassung(add) => vec![Feldwert::Fassung(add.schriftstueck, add.fassung.id)],
        _ => Vec::new(),
    }
}

/// What an intent saw in a field and what it wants there.
fn wanted(
    intent: &Intent,
    feld: kontor_domain::Feld,
    before: Option<&Version>,
) -> Option<(Feldwert, Feldwert)> {
    match intent {
        Intent::ChangeFelder(change) => {
            let change = change.changes.iter().find(|change| change.feld() == feld)?;
            Some((change.from().clone(), change.to().clone()))
        }
        Intent::AddFassung(add) => Some((
            Feldwert::Fassung(add.schriftstueck, add.from),
            Feldwert::Fassung(add.schriftstueck, add.fassung.id),
        )),
        Intent::ResolveConflict(resolve) => {
            let conflict = open_conflicts(&before?.entity).remove(&resolve.conflict)?;
            let contest = conflict.contested.get(&feld)?;
            let chosen = match resolve.choices.get(&feld)? {
                Choice::Mine => contest.mine.wert.clone(),
                Choice::Theirs => return None,
                Choice::Other(wert) => wert.clone(),
            };
            Some((contest.theirs.wert.clone(), chosen))
        }
        _ => None,
    }
}

fn may_set(
    intent: &Intent,
    wert: &Feldwert,
    had: Option<&Feldwert>,
    before: Option<&Version>,
) -> bool {
    wanted(intent, wert.feld(), before)
        .is_some_and(|(seen, wish)| Some(&seen) == had && wish == *wert)
}

fn is_new(before: Option<&Version>, event: &Event) -> bool {
    let vorgang = match before.map(|before| &before.entity) {
        Some(Entity::Vorgang(vorgang)) => vorgang,
        Some(Entity::Eingang(eingang)) => {
            return matches!(event, Event::EingangAssigned(_))
                && eingang.verbleib == kontor_domain::Verbleib::Offen;
        }
        Some(_) => return false,
        None => return matches!(event, Event::Recorded(_)),
    };
    match event {
        Event::NotizAdded(id, _) => !vorgang.notizen.contains_key(id),
        Event::WiedervorlageAdded(id, _) => !vorgang.wiedervorlagen.contains_key(id),
        Event::WiedervorlageCompleted(id, _) => {
            vorgang.wiedervorlagen.get(id).is_some_and(|it| it.erledigt.is_none())
        }
        Event::SchriftstueckAdded(it) => !vorgang.schriftstuecke.contains_key(&it.id),
        Event::FassungAdded(id, fassung) => {
            vorgang.schriftstuecke.get(id).is_some_and(|it| !it.fassungen.contains_key(&fassung.id))
        }
        _ => false,
    }
}

pub(super) fn open_conflicts(entity: &Entity) -> BTreeMap<IntentId, Conflict> {
    entity.felder().map(|felder| felder.conflicts.clone()).unwrap_or_default()
}

fn hashes(events: &[Event]) -> Vec<DocumentHash> {
    events
        .iter()
        .flat_map(|event| match event {
            Event::Recorded(entity) => match &**entity {
                Entity::Eingang(eingang) => {
                    eingang.schriftstuecke.values().flat_map(Schriftstueck::hashes).collect()
                }
                _ => Vec::new(),
            },
            Event::SchriftstueckAdded(schriftstueck) => schriftstueck.hashes().collect(),
            Event::FassungAdded(_, fassung) => fassung.hashes().collect(),
            _ => Vec::new(),
        })
        .collect()
}

#[cfg(test)]
mod tests;
