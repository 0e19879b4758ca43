//! What a saboteur does to machines; what he does to messages is in `sabotage`.

use kontor_domain::{EntityRef, Scope};
use kontor_store::database::DatabaseError;
use kontor_store::disk::Disk as _;
use kontor_store::mirror::NewThing;
use kontor_store::work::Fate;
use rusqlite::{Connection, OpenFlags};

use super::checks::mirror::things;
use super::sabotage::Sabotage;
use super::scene::Scene;

/// The saboteur comes every so many steps.
const EVERY_STEPS: u64 = 20;

impl Scene {
    /// In a world that is sabotaged, this is when the saboteur comes.
    pub(super) fn commit_sabotage(&mut self, who: usize) {
        if !self.step.is_multiple_of(EVERY_STEPS) {
            return;
        }
        match self.options.sabotage {
            Some(Sabotage::LyingDesk) => self.desks[who].disk.set_lying(true),
            Some(Sabotage::LyingZentrale) => self.net().zentrale.disk.set_lying(true),
            Some(Sabotage::EditedFeed) => self.edit_feed(),
            Some(Sabotage::EditedMirror) => self.edit_mirror(who),
            Some(Sabotage::SpoiltDocument) => {
                for hash in &self.history.documents {
                    self.net().zentrale.spoil_document(*hash);
                }
            }
            Some(Sabotage::DeletedWork) => {
                let disk = &self.desks[who].disk;
                let _ = disk.mount().remove(&disk.path("work.db"));
            }
            Some(Sabotage::UntoldWithdrawal) => self.withdraw_untold(who),
            _ => {}
        }
    }

    fn edit_feed(&self) {
        let disk = self.net().zentrale.disk.clone();
        let flags = OpenFlags::default();
        let path = disk.path("zentrale.db");
        let edited = Connection::open_with_flags_and_vfs(path, flags, disk.vfs_name())
            .and_then(|db| db.execute("UPDATE feed SET received = received + 1 WHERE seq = 3", []));
        drop(edited);
    }

    /// Writes another Betreff into the first thing that has one.
    fn edit_mirror(&self, who: usize) {
        let Some(desk) = self.desk(who) else { return };
        let Ok(desk) = desk.lock() else { return };
        let Ok(things) = things(&desk) else { return };
        let Some((entity, row)) = things.iter().find(|(_, row)| row.state.contains("Text ")) else {
            return;
        };
        let state = row.state.replacen("Text ", "Falsch ", 1);
        let edit = || -> Result<(), DatabaseError> {
            let mut mirror = self.desks[who].open_mirror()?;
            let thing = mirror.thing(*entity)?;
            let scope = thing.map_or(Scope::Stammdaten, |thing| thing.scope);
            let new = new_thing(*entity, row.revision, scope, &state);
            mirror.transact(|change| change.put(&new))
        };
        let _ = edit();
    }

    fn withdraw_untold(&self, who: usize) {
        let Some(desk) = self.desk(who) else { return };
        let Ok(mut desk) = desk.lock() else { return };
        let waiting = desk.entries().find(|entry| entry.fate == Fate::Waiting && !entry.withdrawn);
        if let Some(number) = waiting.map(|entry| entry.number) {
            let _ = desk.work_mut().withdraw(number);
        }
    }
}

fn new_thing(
    entity: EntityRef,
    revision: kontor_domain::Revision,
    scope: Scope,
    state: &str,
) -> NewThing<'_> {
    let hash = *kontor_wire::StateHash::of(state.as_bytes()).as_bytes();
    NewThing { entity, revision, scope, hash, state }
}
