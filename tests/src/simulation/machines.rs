//! Machines go down and come back.

use kontor_sync::{DeskError, SyncError};

use super::checks;
use super::promise::{Kept, keep};
use super::scene::{Scene, lock};
use super::workstation::{Since, faults, is_damage};
use super::zentrale::Zentrale;

/// More calls than any reconciliation of a simulated world needs.
const CALLS_MAX: u64 = 3_000;

/// So often a machine may die again while it starts.
const STARTS_MAX: usize = 6;

impl Scene {
    /// Whoever died is picked up.
    pub(super) fn pick_up(&mut self) -> Kept {
        for who in 0..self.desks.len() {
            if self.desks[who].disk.is_down() {
                let by_power_cut = !self.dice.one_in(3);
                self.stop_desk(who, by_power_cut)?;
                if self.dice.one_in(2) {
                    self.start_desk(who)?;
                }
            }
        }
        if self.net().zentrale.disk.is_down() {
            let by_power_cut = !self.dice.one_in(3);
            self.stop_zentrale(by_power_cut);
            if self.dice.one_in(2) {
                self.start_zentrale()?;
            }
        }
        Ok(())
    }

    pub(super) fn stop_desk(&mut self, who: usize, by_power_cut: bool) -> Kept {
        self.desks[who].stop(by_power_cut);
        self.note(&format!("desk {who}: stops, power cut: {by_power_cut}"));
        self.tally.count(if by_power_cut { "desk: power cut" } else { "desk: killed" });
        self.check_folder(who)
    }

    /// Starts a program; it may die again meanwhile. Afterwards I1: everything saved is there.
    pub(super) fn start_desk(&mut self, who: usize) -> Kept {
        if self.desks[who].desk.is_some() {
            return Ok(());
        }
        for _ in 0..STARTS_MAX {
            let since = self.since(who);
            let opened = self.desks[who].open();
            let after = self.since(who);
            match opened {
                Ok(()) => break,
                Err(error) => {
                    let excused = after.faults > since.faults;
                    keep!("I1", excused, "desk {who} does not open: {error:?}");
                }
            }
            if !self.desks[who].disk.is_down() {
                self.note(&format!("desk {who}: does not start"));
                return Ok(());
            }
            self.desks[who].stop(true);
        }
        let lost = self.desks[who].mirrors_lost;
        self.note(&format!("desk {who}: starts, {lost} mirrors lost"));
        let desk =
            self.desks[who].desk.as_ref().map_or_else(Default::default, std::sync::Arc::downgrade);
        self.net().lines[who].desk = desk;
        self.check_outbox(who)
    }

    /// I1, I2: compares the outbox with what clerks remember.
    pub(super) fn check_outbox(&mut self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let desk = lock(&desk)?;
        let Ok(outbox) = desk.work().newest(None, 100_000) else { return Ok(()) };
        self.ledger.compare(who, &outbox)
    }

    /// I2, I9: nothing waits any more.
    pub(super) fn check_outboxes(&mut self) -> Kept {
        for who in 0..self.desks.len() {
            self.check_outbox(who)?;
            let Some(desk) = self.desk(who) else { continue };
            let waiting = lock(&desk)?.work().waiting_count().unwrap_or(u64::MAX);
            keep!(
                "I9",
                waiting == 0,
                "{waiting} entries wait at desk {who} without a visible reason"
            );
        }
        Ok(())
    }

    /// I14: the program has neither removed nor shortened `work.db`.
    pub(super) fn check_folder(&self, who: usize) -> Kept {
        let harmed = self.desks[who].disk.harmed();
        let is_harmed = harmed.iter().any(|file| file.ends_with("/work.db"));
        keep!("I14", !is_harmed, "desk {who} removed or shortened its work.db");
        Ok(())
    }

    pub(super) fn stop_zentrale(&mut self, by_power_cut: bool) {
        let (head, told) = (self.history.head().seq.0, self.net().told_seq);
        self.remark(|| format!("the feed was read up to {head} and told up to {told}"));
        self.net().zentrale.stop(by_power_cut);
        self.restarts += 1;
        self.note(&format!("Zentrale: stops, power cut: {by_power_cut}"));
        self.tally.count(if by_power_cut { "Zentrale: power cut" } else { "Zentrale: killed" });
    }

    /// Starts the Zentrale; afterwards its feed is what it was.
    pub(super) fn start_zentrale(&mut self) -> Kept {
        if self.net().zentrale.running().is_some() {
            return Ok(());
        }
        for _ in 0..STARTS_MAX {
            let started = {
                let mut network = self.net();
                let zentrale: &mut Zentrale = &mut network.zentrale;
                let before = faults(zentrale.disk.counts());
                let started = zentrale.start();
                let excused = faults(zentrale.disk.counts()) > before;
                keep!("I7", started || excused, "the Zentrale does not open its database");
                if zentrale.disk.is_down() {
                    zentrale.stop(true);
                }
                started && zentrale.running().is_some()
            };
            if started {
                self.note("Zentrale: starts");
                return self.feed_survived();
            }
            if self.net().zentrale.disk.counts().full > 0 {
                return Ok(());
            }
        }
        Ok(())
    }

    /// A mirror is gone, or spoilt, while the program runs.
    pub(super) fn harm_mirror(&mut self, who: usize) -> Kept {
        let running = self.desk(who).is_some();
        let replaces = running && self.dice.one_in(2);
        if replaces {
            self.tally.count("mirror deleted in use");
            self.replace_mirror(who)?;
        } else if self.desks[who].disk.flip_bit("mirror.db").is_some() {
            self.tally.count("mirror damaged");
        }
        self.note(&format!("desk {who}: mirror harmed, replaced: {replaces}"));
        Ok(())
    }

    pub(super) fn replace_mirror(&mut self, who: usize) -> Kept {
        let since = self.since(who);
        let replaced = self.desks[who].replace_mirror();
        if let Err(error) = replaced {
            let excused = self.since(who).faults > since.faults;
            keep!("I13", excused, "desk {who} cannot begin its mirror anew: {error:?}");
            // The program ends with an error; the next start begins from what is there.
            self.stop_desk(who, false)?;
        }
        Ok(())
    }

    /// Whoever reads everything meets damage that no reconciliation had to touch. As in the program,
    /// the mirror is then begun anew.
    pub(super) fn meet_damage(&mut self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let read = checks::mirror::things(&*lock(&desk)?);
        if read.is_err_and(|error| is_damage(&error))
            && self.desks[who].disk.counts().bits_flipped > 0
        {
            self.tally.count("mirror found damaged in use");
            return self.replace_mirror(who);
        }
        Ok(())
    }

    /// Lets a reconciliation go on; judges its end.
    pub(super) fn poll(&mut self, who: usize) -> Kept<bool> {
        let Some((since, ended)) = self.desks[who].poll_sync() else {
            let running = self.desks[who].running.as_ref();
            let begun = running.map_or(0, |running| running.since.calls);
            let calls = self.since(who).calls.saturating_sub(begun);
            keep!("I25", running.is_none() || calls <= CALLS_MAX, "desk {who} makes {calls} calls");
            return Ok(false);
        };
        if let Some(broken) = self.net().broken.take() {
            return Err(broken);
        }
        if self.desks[who].disk.is_down() {
            return Ok(true);
        }
        match ended {
            Ok(report) => {
                self.tally.count("sync done");
                self.note(&format!("desk {who}: synced, {report:?}"));
                self.check_outbox(who)?;
                let whole = self.check_mirror(who)?;
                if whole {
                    self.tally.count("mirror compared after a sync");
                }
                Ok(true)
            }
            Err(error) => self.judge(who, since, &error).map(|()| true),
        }
    }

    /// A reconciliation may fail, but not without a reason.
    fn judge(&mut self, who: usize, since: Since, error: &SyncError) -> Kept {
        self.tally.count("sync failed");
        let after = self.since(who);
        self.note(&format!("desk {who}: sync failed, {}", name(error)));
        self.remark(|| format!("{error:?}"));
        if let SyncError::Desk(DeskError::Database(error)) = error
            && is_damage(error)
            && self.desks[who].disk.counts().bits_flipped > 0
        {
            self.tally.count("mirror found damaged in use");
            return self.replace_mirror(who);
        }
        let is_late = matches!(error, SyncError::Desk(DeskError::Database(_)))
            && self.desks[who].is_excused();
        let now = Since { calls: since.calls, ..after };
        keep!(
            "I9",
            is_late || now != since || self.is_expected(who, error),
            "desk {who} fails for no reason: {error:?}"
        );
        let hopeless =
            matches!(error, SyncError::Endless | SyncError::Poisoned | SyncError::Protocol { .. });
        keep!("I9", !hopeless, "desk {who} gives up: {error:?}");
        Ok(())
    }

    fn is_expected(&self, who: usize, error: &SyncError) -> bool {
        let network = self.net();
        let person = network.zentrale.person(self.desks[who].person);
        let is_out = person.is_none_or(|person| !person.aktiv);
        let flipped = self.desks[who].disk.counts().bits_flipped > 0;
        match error {
            SyncError::Call(_) => is_out || network.zentrale.running().is_none(),
            SyncError::Documents(_) => flipped,
            _ => false,
        }
    }
}

/// What an error is called in a trace; its text may hold ids.
fn name(error: &SyncError) -> String {
    let text = format!("{error:?}");
    text.split(['(', ' ', '{']).next().unwrap_or_default().to_owned()
}
