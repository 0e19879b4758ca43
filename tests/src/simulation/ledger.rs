//! What clerks entered, as they remember it.

use std::collections::BTreeMap;

use kontor_domain::{Entry, Intent, IntentId};
use kontor_store::work::{Fate, StoredEntry};

use super::promise::{Kept, keep};

/// An entry as its clerk remembers it.
#[derive(Debug, Clone)]
pub(super) struct Known {
    /// At which workstation.
    pub(super) at: usize,
    pub(super) intent: Intent,
    /// Whether the clerk was told „hier gespeichert“. Otherwise the program died, or failed, on the
    /// way: then it may be there or not.
    pub(super) is_saved: bool,
    /// As stored; known once it was seen in the outbox.
    pub(super) number: u64,
    pub(super) body: String,
    /// The last fate that was seen, with its result.
    pub(super) fate: Fate,
    pub(super) result: String,
}

/// All entries of one world.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    entries: BTreeMap<IntentId, Known>,
}

impl Ledger {
    /// A clerk is about to enter something.
    pub(super) fn attempt(&mut self, id: IntentId, at: usize, intent: &Intent) {
        let known = Known {
            at,
            intent: intent.clone(),
            is_saved: false,
            number: 0,
            body: String::new(),
            fate: Fate::Waiting,
            result: String::new(),
        };
        self.entries.insert(id, known);
    }

    /// The clerk was told that it is stored.
    pub(super) fn saved(&mut self, id: IntentId, number: u64, body: &str) {
        if let Some(known) = self.entries.get_mut(&id) {
            known.is_saved = true;
            known.number = number;
            body.clone_into(&mut known.body);
        }
    }

    /// Nothing of it was stored, and the program went on.
    pub(super) fn refused(&mut self, id: IntentId) {
        self.entries.remove(&id);
    }

    pub(super) fn get(&self, id: IntentId) -> Option<&Known> {
        self.entries.get(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&IntentId, &Known)> {
        self.entries.iter()
    }

    /// Entries that were saved at one workstation.
    pub(super) fn saved_at(&self, at: usize) -> impl Iterator<Item = (&IntentId, &Known)> {
        self.entries.iter().filter(move |(_, known)| known.at == at && known.is_saved)
    }

    pub(super) fn saved_count(&self) -> usize {
        self.entries.values().filter(|known| known.is_saved).count()
    }

    /// Compares with what an outbox holds, all of it, and learns from it.
    pub(super) fn compare(&mut self, at: usize, outbox: &[StoredEntry]) -> Kept {
        for stored in outbox {
            let known = self.entries.get_mut(&stored.id);
            keep!("I1", known.is_some(), "an entry nobody entered: {}", stored.id);
            let Some(known) = known else { continue };
            keep!("I1", known.at == at, "{} lies in the outbox of another desk", stored.id);
            if !known.is_saved {
                known.is_saved = true;
                known.number = stored.number;
                known.body.clone_from(&stored.body);
            }
            let is_same = (known.number, &known.body) == (stored.number, &stored.body);
            keep!("I1", is_same, "{} is not as it was stored", stored.id);
            let went_back = known.fate != Fate::Waiting
                && (known.fate, &known.result) != (stored.fate, &stored.result);
            keep!("I2", !went_back, "{} had a result and has another one now", stored.id);
            known.fate = stored.fate;
            known.result.clone_from(&stored.result);
            let author = serde_json::from_str::<Entry>(&stored.body).map(|entry| entry.id);
            keep!("I1", author.is_ok_and(|id| id == stored.id), "{} cannot be read", stored.id);
        }
        let there: std::collections::BTreeSet<IntentId> =
            outbox.iter().map(|stored| stored.id).collect();
        for (id, known) in self.saved_at(at) {
            keep!(
                "I1",
                there.contains(id),
                "{id} was saved as number {} and is gone",
                known.number
            );
        }
        let contiguous = outbox.iter().rev().zip(1..).all(|(stored, n)| stored.number == n);
        keep!("I1", contiguous, "the numbers of an outbox are not contiguous");
        Ok(())
    }
}
