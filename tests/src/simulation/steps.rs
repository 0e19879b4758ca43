//! What happens next: chance decides, within the mood of the day.

use kontor_domain::{Intent, IntentId};
use kontor_store::work::Fate;

use super::checks;
use super::network;
use super::office::{with_all_rights, with_some_rights};
use super::promise::Kept;
use super::scene::{Scene, lock};

/// Kinds of steps with their weights on this day. Each day has only some of the faults: many at once
/// hide each other.
pub(super) struct Mood(Vec<(Step, usize)>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Clerk,
    Reconsider,
    Pin,
    BeginSync,
    Poll,
    StopSync,
    LateCopy,
    ArmDesk,
    StopDesk,
    StartDesk,
    ArmZentrale,
    StopZentrale,
    StartZentrale,
    FullDisk,
    OneFault,
    Clock,
    Rights,
    HarmMirror,
    HarmDocument,
    LookClosely,
}

impl Mood {
    pub(super) fn of_the_day(scene: &mut Scene) -> Self {
        let always = [
            (Step::Clerk, 30),
            (Step::Reconsider, 1),
            (Step::BeginSync, 12),
            (Step::Poll, 40),
            (Step::StartDesk, 4),
            (Step::StartZentrale, 4),
            (Step::LookClosely, 2),
            (Step::Clock, 2),
        ];
        let sometimes = [
            (Step::Pin, 2),
            (Step::StopSync, 2),
            (Step::LateCopy, 4),
            (Step::ArmDesk, 3),
            (Step::StopDesk, 2),
            (Step::ArmZentrale, 2),
            (Step::StopZentrale, 1),
            (Step::FullDisk, 2),
            (Step::OneFault, 2),
            (Step::Rights, 2),
            (Step::HarmMirror, 2),
            (Step::HarmDocument, 1),
        ];
        let dice = &mut scene.dice;
        let today = sometimes.into_iter().filter(|_| dice.one_in(2));
        let mood = Self(always.into_iter().chain(today).collect());
        let trouble = [None, Some(30), Some(12), Some(5)][dice.below(4)];
        scene.net().trouble_one_in = trouble;
        mood
    }

    fn choose(&self, scene: &mut Scene) -> Step {
        let total = self.0.iter().map(|(_, weight)| weight).sum();
        let mut place = scene.dice.below(total);
        for (step, weight) in &self.0 {
            match place.checked_sub(*weight) {
                Some(rest) => place = rest,
                None => return *step,
            }
        }
        Step::Poll
    }
}

impl Scene {
    /// One step, and a look at everybody afterwards.
    pub(super) fn step(&mut self, mood: &Mood) -> Kept {
        self.step += 1;
        let step = mood.choose(self);
        let who = self.dice.below(self.desks.len());
        match step {
            Step::Clerk => self.clerk(who, false)?,
            Step::Reconsider => self.think_again(who)?,
            Step::Pin => self.pin(who)?,
            Step::BeginSync => self.begin_sync(who),
            Step::Poll => self.poll_somebody(who)?,
            Step::StopSync => self.stop_sync(who),
            Step::LateCopy => self.deliver_late(),
            Step::StartDesk => self.start_desk(who)?,
            Step::StopDesk => {
                let by_power_cut = self.dice.one_in(2);
                self.stop_desk(who, by_power_cut)?;
            }
            Step::StartZentrale => self.start_zentrale()?,
            Step::StopZentrale => {
                let by_power_cut = self.dice.one_in(2);
                self.stop_zentrale(by_power_cut);
            }
            Step::LookClosely => self.look_closely(who)?,
            Step::HarmMirror => self.harm_mirror(who)?,
            Step::Rights => self.change_rights(who),
            Step::ArmDesk
            | Step::ArmZentrale
            | Step::FullDisk
            | Step::OneFault
            | Step::Clock
            | Step::HarmDocument => self.trouble(step, who),
        }
        if let Some(broken) = self.net().broken.take() {
            return Err(broken);
        }
        self.commit_sabotage(who);
        self.pick_up()
    }

    fn trouble(&mut self, step: Step, who: usize) {
        let dice = &mut self.dice;
        let disk = &self.desks[who].disk;
        match step {
            Step::ArmDesk => {
                disk.fail_after(dice.next() % 60);
                self.tally.count("desk: crash at an operation");
            }
            Step::ArmZentrale => {
                let operations = dice.next() % 40;
                self.net().zentrale.disk.fail_after(operations);
                self.tally.count("Zentrale: crash at an operation");
            }
            Step::FullDisk => {
                let room = [None, None, Some(0), Some(dice.below(40_000))][dice.below(4)];
                let at_zentrale = dice.one_in(4);
                if at_zentrale {
                    self.net().zentrale.disk.set_room(room);
                } else {
                    disk.set_room(room);
                }
                if room.is_some() {
                    self.tally.count("disk full");
                }
            }
            Step::OneFault => {
                let (after, is_read, at_zentrale) =
                    (dice.next() % 20, dice.one_in(3), dice.one_in(3));
                let network = network::lock(&self.network);
                let disk = if at_zentrale { &network.zentrale.disk } else { disk };
                if is_read {
                    disk.fail_one_read(after);
                } else {
                    disk.fail_one_change(after);
                }
                self.tally.count("one I/O error");
            }
            Step::Clock => {
                let at_zentrale = dice.one_in(4);
                let network = network::lock(&self.network);
                let (surroundings, disk) = if at_zentrale {
                    (&network.zentrale.surroundings, &network.zentrale.disk)
                } else {
                    (&self.desks[who].surroundings, disk)
                };
                disk.set_time(surroundings.jump(&mut self.clock_dice));
                self.tally.count("clock jumped");
            }
            Step::HarmDocument => {
                let files = disk.files();
                let documents: Vec<&String> =
                    files.iter().filter(|file| file.contains("/documents/")).collect();
                if let Some(file) = dice.pick(&documents)
                    && disk.flip_bit(file).is_some()
                {
                    self.tally.count("document damaged");
                }
            }
            _ => {}
        }
        self.note(&format!("{step:?} at {who}"));
    }

    fn begin_sync(&mut self, who: usize) {
        if self.desks[who].running.is_some() || self.desk(who).is_none() {
            return;
        }
        let since = self.since(who);
        let network = std::sync::Arc::clone(&self.network);
        self.desks[who].begin_sync(&network, since);
        self.note(&format!("desk {who}: sync begins"));
    }

    fn stop_sync(&mut self, who: usize) {
        if self.desks[who].running.take().is_some() {
            self.tally.count("sync stopped half-way");
            self.note(&format!("desk {who}: sync stopped"));
        }
    }

    fn poll_somebody(&mut self, who: usize) -> Kept {
        let count = self.desks.len();
        let running = (0..count).map(|n| (who + n) % count);
        let Some(who) = running.into_iter().find(|who| self.desks[*who].running.is_some()) else {
            self.begin_sync(who);
            return Ok(());
        };
        for _ in 0..=self.dice.below(8) {
            if self.poll(who)? {
                break;
            }
            self.pick_up()?;
        }
        Ok(())
    }

    /// A copy of an old request arrives; whoever sent it does not listen any more.
    pub(super) fn deliver_late(&mut self) {
        let Some((who, request)) = self.net().late_copy() else { return };
        let path = request.uri().path().to_owned();
        let network = std::sync::Arc::clone(&self.network);
        let answer = super::zentrale::at_once(network::deliver(&network, who, request));
        let status = answer.map(|answer| answer.status().as_u16());
        let kind = path.split('/').nth(2).unwrap_or_default().to_owned();
        self.note(&format!("a late copy from {who} to {kind}: {status:?}"));
        self.tally.count("late copy delivered");
    }

    fn think_again(&mut self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let waiting: Vec<IntentId> = lock(&desk)?
            .entries()
            .filter(|entry| entry.fate == Fate::Waiting)
            .map(|entry| entry.entry.id)
            .collect();
        let Some(id) = self.dice.pick(&waiting).copied() else { return Ok(()) };
        let release = self.dice.one_in(3);
        self.reconsider(who, id, release)
    }

    fn pin(&mut self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let all = self.everything();
        let Some(entity) = self.dice.pick(&all).copied() else { return Ok(()) };
        let unpin = self.dice.one_in(3);
        let mut desk = lock(&desk)?;
        // A disk that refuses leaves it as it was.
        let done =
            if unpin { desk.unpin(entity).is_ok() } else { desk.work_mut().pin(entity).is_ok() };
        // Whoever looks at a thing wants to know how it came to be so.
        desk.want_verlauf(entity);
        drop(desk);
        self.note(&format!("desk {who}: unpin {unpin}, {done}"));
        Ok(())
    }

    fn change_rights(&mut self, who: usize) {
        let person = self.desks[who].person;
        let person = if self.dice.one_in(3) {
            with_all_rights(person)
        } else {
            with_some_rights(person, &mut self.dice)
        };
        let done = self.net().zentrale.administer(Intent::RecordPerson(person));
        // Also if it failed: it may have happened all the same.
        self.rights += 1;
        self.tally.count("rights changed");
        self.note(&format!("rights of desk {who}: {done}"));
    }

    /// Checks that are too dear for every step.
    pub(super) fn look_closely(&mut self, who: usize) -> Kept {
        self.tally.count("close look");
        self.meet_damage(who)?;
        self.check_folder(who)?;
        let whole = self.check_mirror(who)?;
        self.check_outbox(who)?;
        let Some(desk) = self.desk(who) else { return Ok(()) };
        let all = self.everything();
        let mut desk = lock(&desk)?;
        checks::view::own_writes(&desk, &self.ledger, who, whole)?;
        checks::view::folds_the_same(&mut desk, &all)
    }
}
