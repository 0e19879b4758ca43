//! The evening: the network heals, machines run, clerks decide what is open. Within bounded rounds
//! everything comes to rest.

use std::fmt::Write as _;

use kontor_domain::{DocumentHash, Intent, IntentId};
use kontor_store::work::Fate;

use super::checks;
use super::office::with_all_rights;
use super::promise::{Kept, keep};
use super::sabotage::Sabotage;
use super::scene::{Scene, lock};

/// Far more than any world needs: mostly three are enough.
const ROUNDS_MAX: u64 = 30;
/// Polls of one reconciliation.
const POLLS_MAX: usize = 20_000;

impl Scene {
    /// Brings the world to rest and checks it.
    pub(super) fn settle(&mut self) -> Kept {
        self.calm_down()?;
        // First with the rights everybody has: what they may see has to be right.
        for who in 0..self.desks.len() {
            self.sync_to_the_end(who)?;
        }
        for who in 0..self.desks.len() {
            self.look_closely(who)?;
        }
        self.give_all_rights()?;
        for round in 1..=ROUNDS_MAX {
            for who in 0..self.desks.len() {
                self.sync_to_the_end(who)?;
            }
            if self.is_quiet()? {
                self.tally.add("rounds to rest", round);
                return self.check_end();
            }
            for who in 0..self.desks.len() {
                self.decide_everything(who)?;
            }
        }
        keep!("I9", false, "no rest after {ROUNDS_MAX} rounds: {}", self.what_is_open()?);
        Ok(())
    }

    /// Everything runs, nothing is lost any more. Copies still on their way arrive.
    fn calm_down(&mut self) -> Kept {
        self.note("calm");
        {
            let mut network = self.net();
            network.trouble_one_in = None;
            network.zentrale.disk.set_room(None);
        }
        self.stop_zentrale(false);
        self.start_zentrale()?;
        self.net().bound_fetched();
        for who in 0..self.desks.len() {
            self.desks[who].disk.set_room(None);
            self.stop_desk(who, false)?;
            self.start_desk(who)?;
            keep!("I1", self.desk(who).is_some(), "desk {who} does not open on a sound disk");
        }
        for _ in 0..4 {
            self.deliver_late();
        }
        self.net().forget_copies();
        Ok(())
    }

    fn give_all_rights(&mut self) -> Kept {
        for who in 0..self.desks.len() {
            let person = with_all_rights(self.desks[who].person);
            let given = self.net().zentrale.administer(Intent::RecordPerson(person));
            keep!("I9", given, "rights cannot be given on a sound disk");
            self.rights += 1;
        }
        self.read_feed()
    }

    fn sync_to_the_end(&mut self, who: usize) -> Kept {
        // The first one may find damage, or rights that have gone meanwhile.
        for _ in 0..4 {
            let since = self.since(who);
            let network = std::sync::Arc::clone(&self.network);
            self.desks[who].begin_sync(&network, since);
            let failed = self.tally.get("sync failed");
            let mut polls = 0;
            while !self.poll(who)? {
                polls += 1;
                keep!("I25", polls < POLLS_MAX, "desk {who} turns in circles");
            }
            if self.tally.get("sync failed") == failed {
                return Ok(());
            }
            if self.desk(who).is_none() {
                self.start_desk(who)?;
            }
            self.repair_documents(who)?;
        }
        let person = self.net().zentrale.person(self.desks[who].person);
        keep!("I9", person.is_some_and(|it| !it.aktiv), "desk {who} cannot sync on a calm evening");
        Ok(())
    }

    /// Whether nothing waits and nothing is contested.
    fn is_quiet(&mut self) -> Kept<bool> {
        self.read_feed()?;
        let head = self.history.head().seq.0;
        for who in 0..self.desks.len() {
            let Some(desk) = self.desk(who) else { return Ok(false) };
            let desk = lock(&desk)?;
            let waits = desk.work().waiting_count().unwrap_or(u64::MAX) > 0;
            let place = desk.mirror().place().ok().flatten();
            if waits || place.is_none_or(|place| place.seq < head || !place.checked) {
                return Ok(false);
            }
        }
        let contested = self.history.entities().any(|entity| {
            let version = self.history.at(entity, u64::MAX);
            version.is_some_and(|it| !super::history::open_conflicts(&it.entity).is_empty())
        });
        Ok(!contested)
    }

    /// The clerk decides conflicts and what to do with held entries, and finds lost bytes again.
    fn decide_everything(&mut self, who: usize) -> Kept {
        self.repair_documents(who)?;
        if self.options.sabotage == Some(Sabotage::LazyClerks) {
            return Ok(());
        }
        for id in self.held(who)? {
            let release = self.dice.one_in(2);
            self.reconsider(who, id, release)?;
        }
        for _ in 0..6 {
            self.clerk(who, true)?;
        }
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let all = self.everything();
        checks::view::folds_the_same(&mut *lock(&desk)?, &all)
    }

    /// Entries that wait for a person: what they build on was refused.
    fn held(&self, who: usize) -> Kept<Vec<IntentId>> {
        let Some(desk) = self.desk(who) else { return Ok(Vec::new()) };
        let desk = lock(&desk)?;
        let refused = |id: &IntentId| {
            let stored = desk.work().entry(*id).ok().flatten();
            stored.is_none_or(|stored| stored.fate == Fate::Refused)
        };
        let held = desk
            .entries()
            .filter(|entry| entry.fate == Fate::Waiting && !entry.withdrawn)
            .filter(|entry| entry.parents.iter().any(refused))
            .map(|entry| entry.entry.id);
        Ok(held.collect())
    }

    /// Damaged documents are put in again by those who still have them.
    fn repair_documents(&mut self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let desk = lock(&desk)?;
        let mut repaired = 0;
        let known: Vec<(&DocumentHash, &Vec<u8>)> = self.things.documents.iter().collect();
        for (hash, bytes) in known {
            if desk.documents().contains(*hash).unwrap_or(false)
                && desk.documents().verify(*hash).is_err()
            {
                let put = desk.documents().put(&mut bytes.as_slice(), 1 << 20);
                keep!("I18", put.is_ok_and(|put| put.hash == *hash), "{hash} cannot be repaired");
                repaired += 1;
            }
        }
        self.tally.add("document repaired", repaired);
        Ok(())
    }

    fn what_is_open(&self) -> Kept<String> {
        let mut open = String::new();
        for who in 0..self.desks.len() {
            let Some(desk) = self.desk(who) else { continue };
            let desk = lock(&desk)?;
            for entry in desk.entries() {
                let deferral = desk.work().entry(entry.entry.id).ok().flatten();
                let deferral = deferral.map(|stored| stored.deferral).unwrap_or_default();
                let parents = entry.parents.iter().map(|id| {
                    let stored = desk.work().entry(*id).ok().flatten();
                    stored.map(|stored| (stored.number, stored.fate, stored.withdrawn))
                });
                let parents: Vec<_> = parents.collect();
                let _ = write!(
                    open,
                    "\n  desk {who}: {} {} {:?} {:?} parents {parents:?} {deferral}",
                    entry.number,
                    super::scene::kind(&entry.entry.intent),
                    entry.fate,
                    entry.forecast
                );
            }
        }
        Ok(open)
    }
}
