//! Feeds that break promises are found.

use kontor_domain::{
    AddNotiz, ChangeFelder, CreateVorgang, Feldaenderung, Moment, Notiz, NotizId, PersonId, Stamp,
    VorgangId, decide,
};
use kontor_wire::FeedRow;
use serde_json::value::to_raw_value;
use uuid::Uuid;

use super::*;
use crate::simulation::office::{EINHEITEN, PEOPLE};

const VORGANG: VorgangId = VorgangId::new(Uuid::from_u128(0xF0));
const AUTHOR: PersonId = PEOPLE[0];

/// A feed with one open Vorgang, and clerks who remember what they entered.
struct Office {
    history: History,
    ledger: Ledger,
    intents: u128,
}

impl Office {
    fn open() -> Self {
        let (history, ledger) = (History::default(), Ledger::default());
        let mut office = Self { history, ledger, intents: 0 };
        let create = Intent::CreateVorgang(CreateVorgang {
            vorgang: VORGANG,
            einheit: EINHEITEN[0],
            betreff: "Gewerbeanmeldung".parse().unwrap(),
            leistung: None,
        });
        let entry = kontor_domain::Entry {
            id: IntentId::new(Uuid::from_u128(0xFF)),
            author: AUTHOR,
            at: stamp().at,
            seen: Revision::NONE,
            intent: create.clone(),
        };
        let nothing: BTreeMap<EntityRef, Stand> = BTreeMap::new();
        let events = decide(&nothing, &entry).into_events().remove(&VORGANG.into()).unwrap();
        office.enter(&create, &events).unwrap();
        office
    }

    /// What the feed says an intent did, whether it may or not.
    fn enter(&mut self, intent: &Intent, events: &[Event]) -> Kept {
        let id = self.next_id();
        self.ledger.attempt(id, 0, intent);
        self.add(id, events)
    }

    fn next_id(&mut self) -> IntentId {
        self.intents += 1;
        IntentId::new(Uuid::from_u128(self.intents))
    }

    fn add(&mut self, intent: IntentId, events: &[Event]) -> Kept {
        let head = self.history.head();
        let entity = EntityRef::from(VORGANG);
        let before = self
            .history
            .at(entity, u64::MAX)
            .map(|version| Stand { revision: version.revision, entity: version.entity.clone() });
        let after = apply(before, events).unwrap();
        let state = serde_json::to_string(&after.entity).unwrap();
        let row = FeedRow {
            seq: Position(head.seq.0 + 1),
            scope: after.entity.scope(),
            entity,
            revision: after.revision,
            intent,
            author: AUTHOR,
            received: Moment::from_unix_ms(2_000),
            step: Step::Change,
            state: StateHash::of(state.as_bytes()),
            events: to_raw_value(events).unwrap(),
        };
        self.history.take(chain::link(head.hash, row, [7; 16]), &self.ledger).map(drop)
    }
}

fn stamp() -> Stamp {
    Stamp { by: AUTHOR, at: Moment::from_unix_ms(1_000) }
}

fn zuweisung(person: Option<usize>) -> Feldwert {
    Feldwert::Zuweisung(person.map(|person| PEOPLE[person]))
}

fn assign(from: Option<usize>, to: Option<usize>) -> (Intent, Vec<Event>) {
    let change = Feldaenderung::new(zuweisung(from), zuweisung(to)).unwrap();
    let intent = ChangeFelder { entity: VORGANG.into(), changes: vec![change], grund: None };
    let set = Event::Set { wert: zuweisung(to), stamp: stamp() };
    (Intent::ChangeFelder(intent), vec![set])
}

fn note(number: u128) -> (Intent, Vec<Event>) {
    let (notiz, text) = (NotizId::new(Uuid::from_u128(number)), "Anruf".parse().unwrap());
    let added = Event::NotizAdded(notiz, Notiz { text, angelegt: stamp() });
    let text = "Anruf".parse().unwrap();
    (Intent::AddNotiz(AddNotiz { vorgang: VORGANG, notiz, text }), vec![added])
}

fn broken(kept: Kept) -> &'static str {
    kept.map_or_else(|broken| broken.promise, |()| "nothing")
}

#[test]
fn a_value_set_unseen_is_found() {
    let mut office = Office::open();
    let (intent, events) = assign(None, Some(1));
    office.enter(&intent, &events).unwrap();
    // Its author saw nobody assigned, and it was set all the same.
    let (intent, events) = assign(None, Some(2));
    assert_eq!(broken(office.enter(&intent, &events)), "I5");
}

#[test]
fn a_note_that_comes_twice_is_found() {
    let mut office = Office::open();
    let (intent, events) = note(5);
    office.enter(&intent, &events).unwrap();
    assert_eq!(broken(office.enter(&intent, &events)), "I3");
}

#[test]
fn an_intent_that_takes_effect_twice_is_found() {
    let mut office = Office::open();
    let (intent, events) = note(5);
    office.enter(&intent, &events).unwrap();
    let first = IntentId::new(Uuid::from_u128(office.intents));
    assert_eq!(broken(office.add(first, &note(6).1)), "I3");
}

#[test]
fn a_conflict_that_goes_without_a_decision_is_found() {
    let mut office = Office::open();
    let (intent, events) = assign(None, Some(1));
    office.enter(&intent, &events).unwrap();
    let (intent, _) = assign(None, Some(2));
    let contest = kontor_domain::Contest {
        base: zuweisung(None),
        mine: kontor_domain::Side { wert: zuweisung(Some(2)), stamp: stamp() },
        theirs: kontor_domain::Side { wert: zuweisung(Some(1)), stamp: stamp() },
    };
    let conflict = Conflict { contested: [(kontor_domain::Feld::Zuweisung, contest)].into() };
    let id = IntentId::new(Uuid::from_u128(office.intents + 1));
    office.enter(&intent, &[Event::ConflictOpened(id, conflict)]).unwrap();
    let (intent, mut events) = note(5);
    events.push(Event::ConflictClosed(id));
    assert_eq!(broken(office.enter(&intent, &events)), "I6");
}

#[test]
fn a_conflict_that_names_other_values_is_found() {
    let mut office = Office::open();
    let (intent, _) = assign(Some(1), Some(2));
    let contest = kontor_domain::Contest {
        base: zuweisung(Some(1)),
        mine: kontor_domain::Side { wert: zuweisung(Some(3)), stamp: stamp() },
        theirs: kontor_domain::Side { wert: zuweisung(None), stamp: stamp() },
    };
    let conflict = Conflict { contested: [(kontor_domain::Feld::Zuweisung, contest)].into() };
    let id = IntentId::new(Uuid::from_u128(office.intents + 1));
    assert_eq!(broken(office.enter(&intent, &[Event::ConflictOpened(id, conflict)])), "I6");
}
