//! One world: its machines, what its clerks remember, and what chance does to all of them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};

use kontor_domain::{EntityRef, Intent, IntentId};
use kontor_sync::{Desk, DeskError, EnterError, Intention};
use kontor_wire::Limits;

use super::checks;
use super::clerk::{Clerk, Things};
use super::dice::Dice;
use super::history::History;
use super::ledger::Ledger;
use super::network::{self, Network};
use super::office::{PEOPLE, with_all_rights, with_some_rights};
use super::promise::{Broken, Kept, keep};
use super::surroundings::{Ids, Surroundings};
use super::tally::Tally;
use super::workstation::{Since, Workstation, faults, is_damage};
use super::zentrale::Zentrale;
use super::{Options, sabotage::Sabotage};

pub(super) struct Scene {
    pub(super) options: Options,
    pub(super) dice: Dice,
    pub(super) clock_dice: Dice,
    pub(super) network: Arc<Mutex<Network>>,
    pub(super) desks: Vec<Workstation>,
    pub(super) things: Things,
    pub(super) ledger: Ledger,
    pub(super) history: History,
    pub(super) tally: Tally,
    /// How often rights were changed.
    pub(super) rights: u64,
    /// How often the Zentrale died.
    pub(super) restarts: u64,
    pub(super) step: u64,
    /// Entering failed because the mirror cannot be read.
    mirror_fails: bool,
    trace: DefaultHasher,
}

/// What an entry came to.
enum Attempt {
    Saved,
    Refused,
    Failed,
}

impl Scene {
    /// Founds the authority and opens two to four workstations, on a calm first morning.
    pub(super) fn new(seed: u64, options: Options) -> Self {
        let mut dice = Dice::new(seed);
        let counted = options.counted_ids || dice.one_in(2);
        let next_id = Arc::new(AtomicU64::new(0));
        let ids = || {
            if counted && options.sabotage != Some(Sabotage::IdsByClock) {
                Ids::Counted(Arc::clone(&next_id))
            } else {
                Ids::Clock
            }
        };
        let surroundings = Arc::new(Surroundings::new(dice.fork(100), ids()));
        let limits = Limits {
            push_entries_max: dice.below(12) + 1,
            request_bytes_max: 1 << 20,
            rows_max: dice.below(20) + 6,
            document_bytes_max: 1 << 20,
            chunk_bytes: 4_096,
            ..Limits::default()
        };
        let mut zentrale = Zentrale::new(dice.fork(101).next(), surroundings, limits);
        assert!(zentrale.start(), "an empty disk takes a new database");
        let count = dice.below(3) + 2;
        // Two workstations may belong to one person.
        let place = |number: usize, shared: bool| if shared { 0 } else { number };
        let shared = dice.one_in(5);
        let mut people = Vec::new();
        for number in 0..count {
            let person = PEOPLE[place(number, shared && number == 1)];
            let some = with_some_rights(person, &mut dice);
            people.push(if dice.one_in(2) { with_all_rights(person) } else { some });
        }
        let tokens = zentrale.found(&people);
        let network = Network::new(zentrale, dice.fork(102), tokens);
        let desks = people.iter().enumerate().map(|(number, person)| {
            let label = 200 + u64::try_from(number).unwrap_or(0) * 10;
            let surroundings = Surroundings::new(dice.fork(label), ids());
            Workstation::new(number, person.id, dice.fork(label + 1).next(), surroundings)
        });
        let desks = desks.collect();
        let clock_dice = Dice::new(options.clocks.unwrap_or(seed)).fork(103);
        Self {
            options,
            clock_dice,
            network: Arc::new(Mutex::new(network)),
            desks,
            things: Things::default(),
            ledger: Ledger::default(),
            history: History::default(),
            tally: Tally::default(),
            rights: 0,
            restarts: 0,
            step: 0,
            mirror_fails: false,
            trace: DefaultHasher::new(),
            dice,
        }
    }

    pub(super) fn net(&self) -> MutexGuard<'_, Network> {
        network::lock(&self.network)
    }

    /// Adds a line to the trace. Never names a time: clocks may be wrong, the trace may not.
    pub(super) fn note(&mut self, line: &str) {
        line.hash(&mut self.trace);
        if self.options.trace {
            eprintln!("{:>5} {line}", self.step);
        }
    }

    /// Says something that may name times and ids: for the reader of a trace only.
    pub(super) fn remark(&self, remark: impl FnOnce() -> String) {
        if self.options.trace {
            eprintln!("      {}", remark());
        }
    }

    pub(super) fn trace_hash(&self) -> u64 {
        self.trace.finish()
    }

    /// The desk of a workstation that runs.
    pub(super) fn desk(&self, who: usize) -> Option<Arc<Mutex<Desk>>> {
        self.desks[who].desk.clone().filter(|_| !self.desks[who].disk.is_down())
    }

    pub(super) fn since(&self, who: usize) -> Since {
        let network = self.net();
        Since {
            faults: faults(self.desks[who].disk.counts()),
            troubles: network.lines[who].troubles + self.restarts,
            calls: network.lines[who].calls,
            mirrors_lost: self.desks[who].mirrors_lost,
            rights: self.rights,
        }
    }

    /// A clerk comes up with something and enters it.
    pub(super) fn clerk(&mut self, who: usize, only_resolve: bool) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let mut desk = lock(&desk)?;
        if !matches!(desk.akteur(), Ok(Some(_))) {
            return Ok(());
        }
        let since = self.since(who);
        let mut clerk = Clerk {
            desk: &desk,
            dice: &mut self.dice,
            surroundings: &self.desks[who].surroundings,
            things: &mut self.things,
        };
        let intent = if only_resolve { clerk.resolve() } else { clerk.intent() };
        let Some(intent) = intent else { return Ok(()) };
        let kept = self.enter(who, &mut desk, &intent, since);
        drop(desk);
        kept?;
        if std::mem::take(&mut self.mirror_fails) {
            return self.replace_mirror(who);
        }
        Ok(())
    }

    fn enter(&mut self, who: usize, desk: &mut Desk, intent: &Intent, since: Since) -> Kept {
        let surroundings = &self.desks[who].surroundings;
        let intention = Intention {
            id: IntentId::new(surroundings.new_id()),
            at: surroundings.time(),
            intent: intent.clone(),
        };
        let id = intention.id;
        let is_full = self.desks[who].disk.counts().full;
        self.ledger.attempt(id, who, intent);
        let entered = desk.enter(intention);
        let attempt = match &entered {
            Ok(entered) => {
                let body = desk.entry(id).map(|entry| entry.body.clone());
                keep!("I10", body.is_some(), "{id} was entered and is not in the view");
                self.ledger.saved(id, entered.number, &body.unwrap_or_default());
                self.things.entered(intent);
                Attempt::Saved
            }
            Err(EnterError::Refused(_)) => Attempt::Refused,
            Err(_) => Attempt::Failed,
        };
        match (attempt, entered) {
            (Attempt::Saved, Ok(entered)) => {
                checks::view::shows(desk, id, intent)?;
                self.tally.count("entry saved");
                let forecast = format!("{:?}", entered.forecast);
                let forecast = forecast.split(['(', ' ']).next().unwrap_or_default().to_owned();
                let kind = kind(intent);
                self.note(&format!("desk {who}: {kind} saved as {} {forecast}", entered.number));
            }
            (Attempt::Refused, _) => {
                self.ledger.refused(id);
                self.tally.count("entry refused at once");
            }
            (_, Err(error)) => {
                self.remark(|| format!("{error:?}"));
                let after = self.since(who);
                let flipped = self.desks[who].disk.counts().bits_flipped > 0;
                self.mirror_fails = flipped && is_mirror_damage(&error);
                let excused = self.mirror_fails
                    || after.faults > since.faults
                    || self.desks[who].is_excused();
                keep!("I21", excused, "a sound disk, but {error:?}");
                let full = self.desks[who].disk.counts().full > is_full;
                let only_full =
                    after.faults - since.faults == self.desks[who].disk.counts().full - is_full;
                keep!(
                    "I21",
                    !full || !only_full || says_full(&error),
                    "a full disk, but {error:?}"
                );
                if !self.desks[who].disk.is_down() {
                    keep!("I21", desk.entry(id).is_none(), "{id} failed and is in the view");
                }
                self.tally.count("entry failed with the disk");
                self.note(&format!("desk {who}: entering failed"));
            }
            (_, Ok(_)) => {}
        }
        Ok(())
    }

    /// A clerk takes back, or lets go, an entry that waits.
    pub(super) fn reconsider(&mut self, who: usize, id: IntentId, release: bool) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let since = self.since(who);
        let done = {
            let mut desk = lock(&desk)?;
            if release { desk.release(id) } else { desk.withdraw(id) }
        };
        match done {
            Ok(_) => self.tally.count(if release { "entry released" } else { "entry withdrawn" }),
            Err(error) => {
                let after = self.since(who);
                let excused = after.faults > since.faults || self.desks[who].is_excused();
                keep!("I21", excused, "a sound disk, but {error:?}");
            }
        }
        let verb = if release { "releases" } else { "withdraws" };
        self.note(&format!("desk {who}: {verb} an entry"));
        Ok(())
    }

    /// Everything anybody ever created, whether or not it got anywhere.
    pub(super) fn everything(&self) -> Vec<EntityRef> {
        let mut all: Vec<EntityRef> = self.things.all();
        all.extend(self.history.entities());
        all.sort_unstable();
        all.dedup();
        all
    }
}

pub(super) fn lock(desk: &Mutex<Desk>) -> Kept<MutexGuard<'_, Desk>> {
    desk.lock().map_err(|_| Broken::new("I21", "somebody panicked at this desk"))
}

fn is_mirror_damage(error: &EnterError) -> bool {
    matches!(error, EnterError::Desk(DeskError::Database(error)) if is_damage(error))
}

fn says_full(error: &EnterError) -> bool {
    let text = format!("{error:?}");
    text.contains("DiskFull")
}

pub(super) fn kind(intent: &Intent) -> String {
    let text = format!("{intent:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}
