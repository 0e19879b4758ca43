//! The same values are the same bytes, here and at the Zentrale, however often they travel.

use kontor_domain::{Decision, Entity, Entry, Event, Events, Stand, apply, decide};
use proptest::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use super::draw::{Act, act, after, bytes, day, next, seen};
use crate::office::{Office, VORGANG};

fn text<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

fn travelled<T: Serialize + DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&text(value)).unwrap()
}

/// The same day at a desk that writes and reads every single value on the way.
fn through_json(day: &[Act]) -> Office {
    let mut office = Office::open();
    for act in day {
        let wish = act.wish(&office);
        let entry = travelled(&office.entry(wish.clone()));
        let decision = decide(&office.stands, &entry);
        office.decides(wish);
        for (entity, events) in decision.into_events() {
            let stand = office.stands.get_mut(&entity).unwrap();
            stand.entity = travelled(&stand.entity);
            assert_eq!(travelled::<Vec<Event>>(&events), events);
        }
    }
    office
}

proptest! {
    #[test]
    fn everything_reads_back_as_it_was(day in day(), act in act(), seen in seen()) {
        let office = after(&day);
        for stand in office.stands.values() {
            prop_assert_eq!(&travelled::<Entity>(&stand.entity), &stand.entity);
            prop_assert_eq!(text(&travelled::<Entity>(&stand.entity)), text(&stand.entity));
        }
        let entry = next(&office, &act, seen);
        prop_assert_eq!(&travelled::<Entry>(&entry), &entry);
        let decision = decide(&office.stands, &entry);
        if let Decision::Conflict { conflict, .. } = &decision {
            prop_assert_eq!(&travelled(conflict), conflict);
        }
        let events = decision.into_events();
        prop_assert_eq!(&travelled::<Events>(&events), &events);
    }

    #[test]
    fn folding_twice_gives_the_same_bytes(day in day()) {
        let once = after(&day);
        prop_assert_eq!(bytes(&after(&day)), bytes(&once));
        prop_assert_eq!(bytes(&through_json(&day)), bytes(&once));
    }

    #[test]
    fn what_a_newer_version_wrote_survives(
        day in day(), act in act(), name in "neu_[a-z]{1,8}", number in any::<i64>(),
    ) {
        let mut office = after(&day);
        let stand = office.stands.remove(&VORGANG.into()).unwrap();
        let written = text(&stand.entity);
        let newer = format!(r#"{},"{name}":{number}}}"#, written.strip_suffix('}').unwrap());
        let entity = serde_json::from_str(&newer).unwrap();
        office.stands.insert(VORGANG.into(), Stand { entity, ..stand });
        let entry = next(&office, &act, None);
        for (entity, events) in decide(&office.stands, &entry).into_events() {
            let stand = apply(office.stands.remove(&entity), &events).unwrap();
            office.stands.insert(entity, stand);
        }
        let survived = text(office.entity(VORGANG)).ends_with(&format!(r#","{name}":{number}}}"#));
        prop_assert!(survived);
    }
}
