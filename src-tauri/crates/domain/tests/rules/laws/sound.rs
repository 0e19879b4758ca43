//! `decide` answers everything, from what the intent names alone, and what it says can be done.

use std::collections::BTreeMap;

use kontor_domain::{Bestand, Decision, EntityRef, Stand, decide};
use proptest::prelude::*;

use super::draw::{act, after, bytes, content, day, next, seen};
use crate::office::carry_out;

proptest! {
    #[test]
    fn the_same_question_has_the_same_answer_from_what_the_intent_names(
        day in day(), act in act(), seen in seen(),
    ) {
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let named: BTreeMap<EntityRef, Stand> = entry
            .intent
            .entities()
            .into_iter()
            .filter_map(|it| Some((it, office.stands.get(&it)?.clone())))
            .collect();
        let answer = decide(&office.stands, &entry);
        prop_assert_eq!(&decide(&office.stands, &entry), &answer);
        prop_assert_eq!(&decide(&named, &entry), &answer);
    }

    #[test]
    fn what_is_decided_can_be_carried_out_within_what_the_intent_names(
        day in day(), act in act(), seen in seen(),
    ) {
        let mut office = after(&day);
        let entry = next(&office, &act, seen);
        let before = office.clone();
        let decision = decide(&office.stands, &entry);
        carry_out(&mut office.stands, &decision);
        let events = decision.clone().into_events();
        match decision {
            Decision::Reject(_) => prop_assert_eq!(bytes(&office), bytes(&before)),
            _ => prop_assert!(events.contains_key(&entry.intent.target()), "its target goes on"),
        }
        for (entity, stand) in &office.stands {
            let was = before.stands.revision(*entity);
            let expect = if events.contains_key(entity) { was.next() } else { was };
            prop_assert_eq!(stand.revision, expect);
        }
        let named = entry.intent.entities();
        prop_assert!(events.keys().all(|entity| named.contains(entity)), "locked is what is named");
    }

    #[test]
    fn an_entry_met_twice_changes_nothing(day in day(), act in act(), seen in seen()) {
        let mut office = after(&day);
        let entry = next(&office, &act, seen);
        let first = decide(&office.stands, &entry);
        carry_out(&mut office.stands, &first);
        let once = content(&office);
        let second = decide(&office.stands, &entry);
        carry_out(&mut office.stands, &second);
        prop_assert_eq!(content(&office), once, "{:?}: {:?} then {:?}", entry, first, second);
    }

    #[test]
    fn whoever_saw_everything_is_accepted_and_others_merge(
        day in day(), act in act(), seen in seen(),
    ) {
        let office = after(&day);
        let entry = next(&office, &act, seen);
        let saw_all = office.stands.revision(entry.intent.target()) == entry.seen;
        match decide(&office.stands, &entry) {
            Decision::Accept(_) => prop_assert!(saw_all),
            Decision::Merge(events) => {
                prop_assert!(!saw_all || events.values().all(Vec::is_empty));
            }
            Decision::Conflict { conflict, .. } => prop_assert!(!conflict.contested.is_empty()),
            Decision::Reject(_) => {}
        }
    }
}
