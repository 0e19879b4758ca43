//! Laws that hold for every situation, however unlikely.

use kontor_domain::{EinheitId, VorgangId};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn situations() -> impl Strategy<Value = Situation> {
    let hash = (0u8..6).prop_map(|byte| DocumentHash::from_bytes([byte; 32]));
    let scope = (0u128..3).prop_map(|unit| match unit {
        0 => Scope::Stammdaten,
        unit => Scope::Einheit(EinheitId::new(Uuid::from_u128(unit))),
    });
    let thing = (0u128..4).prop_map(|id| EntityRef::from(VorgangId::new(Uuid::from_u128(id))));
    let parents = prop::collection::vec((1u64..20, any::<bool>()), 0..3);
    let entry = (parents, prop::collection::vec(hash.clone(), 0..2), 1usize..2_000);
    let fetched = prop_oneof![
        Just(Fetched::Complete),
        Just(Fetched::UpTo(None)),
        thing.clone().prop_map(|thing| Fetched::UpTo(Some(thing))),
    ];
    let feed = (0u64..3, 0u64..3, any::<bool>());
    (
        (prop::collection::vec(entry, 0..20), prop::collection::btree_set(hash.clone(), 0..6)),
        prop::collection::btree_set(scope.clone(), 0..3),
        prop::collection::btree_map(scope, fetched, 0..3),
        feed,
        prop::collection::btree_set(thing, 0..4),
        prop::collection::btree_set(hash, 0..6),
        (1usize..5, 500usize..4_000),
    )
        .prop_map(
            |((entries, uploads), allowed, scopes, (seq, ahead, checked), needs, absent, size)| {
                Situation {
                    limits: Limits {
                        push_entries_max: size.0,
                        request_bytes_max: size.1,
                        ..Limits::default()
                    },
                    waiting: numbered(entries),
                    uploads,
                    allowed,
                    scopes: scopes
                        .into_iter()
                        .map(|(scope, fetched)| ScopeRow { scope, fetched })
                        .collect(),
                    seq,
                    head: seq + ahead,
                    checked,
                    verlaeufe: needs.clone(),
                    needs,
                    absent,
                    tried: Tried::default(),
                }
            },
        )
}

type Entry = (Vec<(u64, bool)>, Vec<DocumentHash>, usize);

fn numbered(entries: Vec<Entry>) -> Vec<Waiting> {
    let id = |number: u64| IntentId::new(Uuid::from_u128(number.into()));
    (1u64..)
        .zip(entries)
        .map(|(number, (parents, documents, bytes))| Waiting {
            number,
            id: id(number),
            open_parents: parents
                .into_iter()
                .filter(|(parent, _)| *parent < number)
                .map(
                    |(parent, held)| {
                        if held { Open::Held(id(parent)) } else { Open::Waits(id(parent)) }
                    },
                )
                .collect(),
            documents,
            bytes,
        })
        .collect()
}

/// A Zentrale that does what it is asked, at once; what the planner's steps would lead to.
fn obey(situation: &mut Situation, step: &Step) {
    match step {
        Step::Drop(scope) => situation.scopes.retain(|row| row.scope != *scope),
        Step::Push(numbers) => {
            situation.waiting.retain(|entry| !numbers.contains(&entry.number));
            let gone: Vec<IntentId> = numbers
                .iter()
                .map(|number| IntentId::new(Uuid::from_u128((*number).into())))
                .collect();
            for entry in &mut situation.waiting {
                entry
                    .open_parents
                    .retain(|open| !matches!(open, Open::Waits(id) if gone.contains(id)));
            }
            situation.head += numbers.len() as u64;
        }
        Step::Stands(entities) => {
            for entity in entities {
                situation.needs.remove(entity);
            }
        }
        Step::Scope(scope, _) => {
            situation.scopes.retain(|row| row.scope != *scope);
            situation.scopes.push(ScopeRow { scope: *scope, fetched: Fetched::Complete });
        }
        Step::Pull => {
            situation.seq = situation.head;
            situation.checked = true;
        }
        Step::Verlauf(entity) => {
            situation.verlaeufe.remove(entity);
        }
        Step::Upload(hash) => {
            situation.uploads.remove(hash);
        }
        Step::Fetch(hash) => {
            situation.absent.remove(hash);
        }
    }
}

proptest! {
    #[test]
    fn the_same_situation_gives_the_same_plan(situation in situations()) {
        prop_assert_eq!(plan(&situation), plan(&situation));
    }

    #[test]
    fn every_plan_ends_and_leaves_only_what_a_person_must_free(situation in situations()) {
        let mut now = situation;
        let mut rounds = 0;
        loop {
            let steps = plan(&now);
            if steps.is_empty() {
                break;
            }
            rounds += 1;
            prop_assert!(rounds <= 200, "no end: {:?}", steps);
            for step in &steps {
                obey(&mut now, step);
            }
        }
        prop_assert_eq!(now.seq, now.head);
        prop_assert!(now.absent.is_empty() && now.needs.is_empty());
        prop_assert!(now.scopes.iter().all(|row| now.allowed.contains(&row.scope)));
        let stuck: Vec<IntentId> = now.waiting.iter().map(|entry| entry.id).collect();
        for entry in &now.waiting {
            let excused = entry.open_parents.iter().any(|open| match open {
                Open::Held(_) => true,
                Open::Waits(id) => stuck.contains(id),
            });
            prop_assert!(excused, "{:?} was left without a reason", entry);
        }
    }

    #[test]
    fn a_batch_never_breaks_order_limits_or_documents(situation in situations()) {
        for step in plan(&situation) {
            let Step::Push(numbers) = step else { continue };
            prop_assert!(numbers.is_sorted());
            prop_assert!(numbers.len() <= situation.limits.push_entries_max);
            let entries: Vec<&Waiting> =
                situation.waiting.iter().filter(|entry| numbers.contains(&entry.number)).collect();
            let bytes: usize = entries.iter().map(|entry| entry.bytes).sum();
            prop_assert!(bytes <= situation.limits.request_bytes_max || entries.len() == 1);
            for entry in &entries {
                prop_assert!(entry.documents.iter().all(|hash| !situation.uploads.contains(hash)));
                for open in &entry.open_parents {
                    let earlier = entries.iter().any(|other| {
                        matches!(open, Open::Waits(id) if *id == other.id) && other.number < entry.number
                    });
                    prop_assert!(earlier);
                }
            }
        }
    }
}
