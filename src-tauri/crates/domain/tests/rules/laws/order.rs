//! What does not depend on each other comes to the same in any order.

use kontor_domain::{Class, Decision, Entity, Entry, Events, Refusal, decide, depends_on};
use proptest::prelude::*;

use super::draw::{act, addition, after, content, day};
use crate::office::{Office, VORGANG, anna, bernd, carry_out, clara};

/// Who ticked something off first depends on the order, that it is ticked off does not.
fn without_first(mut office: Office) -> Office {
    let first = crate::office::stamp(crate::office::ANNA);
    office.tamper(VORGANG, |entity| {
        let Entity::Vorgang(vorgang) = entity else { panic!("no Vorgang") };
        for reminder in vorgang.wiedervorlagen.values_mut() {
            reminder.erledigt = reminder.erledigt.map(|_| first);
        }
    });
    office
}

/// What an entry does, however much its author saw of the revision before.
fn outcome(office: &Office, entry: &Entry) -> Result<Events, Refusal> {
    let entry = Entry { seen: seen_all(office, entry), ..entry.clone() };
    match decide(&office.stands, &entry) {
        Decision::Reject(refusal) => Err(refusal),
        decision => Ok(decision.into_events()),
    }
}

fn seen_all(office: &Office, entry: &Entry) -> kontor_domain::Revision {
    use kontor_domain::Bestand;
    office.stands.revision(entry.intent.target())
}

proptest! {
    #[test]
    fn additions_commute(
        day in day(), one in addition(0x101), two in addition(0x102), three in addition(0x103),
    ) {
        let office = after(&day);
        let entries = [anna(one), bernd(two), clara(three)].map(|wish| office.entry(wish));
        let in_order = |order: [usize; 3]| {
            let mut office = office.clone();
            for place in order {
                prop_assert_eq!(entries[place].intent.class(), Class::Commutative);
                let decision = decide(&office.stands, &entries[place]);
                let taken = matches!(decision, Decision::Accept(_) | Decision::Merge(_));
                prop_assert!(taken, "{:?}", decision);
                carry_out(&mut office.stands, &decision);
            }
            Ok((office.revision(VORGANG), content(&without_first(office))))
        };
        let first = in_order([0, 1, 2])?;
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            prop_assert_eq!(&in_order(order)?, &first);
        }
    }

    #[test]
    fn additions_are_never_contested_or_contest(
        day in day(), add in addition(0x101), act in act(),
    ) {
        let office = after(&day);
        let addition = office.entry(anna(add));
        let other = office.entry(act.wish(&office));
        if depends_on(&other.intent, &addition) {
            return Ok(());
        }
        let before = outcome(&office, &other);
        let mut later = office.clone();
        carry_out(&mut later.stands, &decide(&office.stands, &addition));
        prop_assert_eq!(outcome(&later, &other), before);
    }

    #[test]
    fn what_does_not_depend_is_decided_the_same_without(
        day in day(), earlier in act(), later in act(),
    ) {
        let office = after(&day);
        let earlier = office.entry(earlier.wish(&office));
        let later = Entry { id: crate::office::intent(0x500), ..office.entry(later.wish(&office)) };
        // Not an assumption: too many draws depend.
        if depends_on(&later.intent, &earlier) {
            return Ok(());
        }
        let without = outcome(&office, &later);
        let mut with = office.clone();
        carry_out(&mut with.stands, &decide(&office.stands, &earlier));
        prop_assert_eq!(outcome(&with, &later), without, "{:?} then {:?}", earlier, later);
    }
}
