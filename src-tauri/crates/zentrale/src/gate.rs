//! How many may do the same thing at once: each person, and all together.
//!
//! Whoever does not get in is told at once instead of being kept waiting: a queue would only move
//! the load into memory.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kontor_domain::PersonId;

/// Lets in a limited number.
#[derive(Debug, Clone)]
pub(crate) struct Gate {
    inside: Arc<Mutex<Inside>>,
    per_person_max: usize,
    total_max: usize,
}

#[derive(Debug, Default)]
struct Inside {
    by_person: BTreeMap<PersonId, usize>,
    total: usize,
}

/// Somebody who is in; leaves when dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    inside: Arc<Mutex<Inside>>,
    person: PersonId,
}

impl Gate {
    pub(crate) fn new(per_person_max: usize, total_max: usize) -> Self {
        Self { inside: Arc::default(), per_person_max, total_max }
    }

    pub(crate) fn enter(&self, person: PersonId) -> Option<Pass> {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        let theirs = inside.by_person.get(&person).copied().unwrap_or_default();
        if theirs >= self.per_person_max || inside.total >= self.total_max {
            return None;
        }
        inside.by_person.insert(person, theirs + 1);
        inside.total += 1;
        Some(Pass { inside: Arc::clone(&self.inside), person })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        let mut inside = self.inside.lock().unwrap_or_else(PoisonError::into_inner);
        inside.total = inside.total.saturating_sub(1);
        if let Some(theirs) = inside.by_person.get_mut(&self.person) {
            *theirs = theirs.saturating_sub(1);
            if *theirs == 0 {
                inside.by_person.remove(&self.person);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nobody_takes_all_places() {
        let person = |n| PersonId::new(Uuid::from_u128(n));
        let gate = Gate::new(2, 3);
        let first = gate.enter(person(1)).unwrap();
        let _second = gate.enter(person(1)).unwrap();
        assert!(gate.enter(person(1)).is_none());
        let _third = gate.enter(person(2)).unwrap();
        assert!(gate.enter(person(3)).is_none());
        drop(first);
        assert!(gate.enter(person(3)).is_some());
    }
}
