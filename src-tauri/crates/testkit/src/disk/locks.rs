//! Who holds which lock on one database file: `SQLite`'s file locks and the eight WAL lock slots.

use std::collections::BTreeMap;

/// `SQLite`'s five levels (sqlite.org/lockingv3.html).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    #[default]
    Unlocked,
    Shared,
    Reserved,
    Pending,
    Exclusive,
}

/// The locks of one file, by handle.
#[derive(Debug, Default)]
pub(super) struct Locks(BTreeMap<u64, Held>);

#[derive(Debug, Default, Clone, Copy)]
struct Held {
    level: Level,
    /// Bit n: WAL lock slot n.
    shared: u8,
    exclusive: u8,
}

impl Locks {
    /// Raises a handle's level; `false` means busy.
    pub(super) fn raise(&mut self, handle: u64, wanted: Level) -> bool {
        let others = self.strongest_other(handle);
        let held = self.0.entry(handle).or_default();
        if held.level >= wanted {
            return true;
        }
        let granted = match wanted {
            Level::Unlocked => true,
            Level::Shared => others < Level::Pending,
            Level::Reserved => others < Level::Reserved,
            Level::Pending | Level::Exclusive => {
                if others >= Level::Reserved {
                    return false;
                }
                // A writer that waits for readers to leave lets no new ones in.
                held.level = Level::Pending;
                wanted == Level::Pending || others == Level::Unlocked
            }
        };
        if granted {
            held.level = wanted;
        }
        granted
    }

    pub(super) fn lower(&mut self, handle: u64, to: Level) {
        if let Some(held) = self.0.get_mut(&handle) {
            held.level = held.level.min(to);
        }
    }

    /// Whether anybody is about to write.
    pub(super) fn is_reserved(&self) -> bool {
        self.0.values().any(|held| held.level >= Level::Reserved)
    }

    /// Takes WAL slots (a bit mask) together or not at all; `false` means busy.
    pub(super) fn take_slots(&mut self, handle: u64, mask: u8, is_exclusive: bool) -> bool {
        let taken = self.0.iter().filter(|(other, _)| **other != handle).any(|(_, held)| {
            held.exclusive & mask != 0 || (is_exclusive && held.shared & mask != 0)
        });
        if taken {
            return false;
        }
        let held = self.0.entry(handle).or_default();
        if is_exclusive {
            held.exclusive |= mask;
        } else {
            held.shared |= mask;
        }
        true
    }

    pub(super) fn release_slots(&mut self, handle: u64, mask: u8) {
        if let Some(held) = self.0.get_mut(&handle) {
            held.shared &= !mask;
            held.exclusive &= !mask;
        }
    }

    pub(super) fn forget(&mut self, handle: u64) {
        self.0.remove(&handle);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn strongest_other(&self, handle: u64) -> Level {
        let others = self.0.iter().filter(|(other, _)| **other != handle);
        others.map(|(_, held)| held.level).max().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_share_and_one_writer_waits_for_them() {
        let mut locks = Locks::default();
        assert!(locks.raise(1, Level::Shared) && locks.raise(2, Level::Shared));
        assert!(locks.raise(1, Level::Reserved));
        assert!(!locks.raise(2, Level::Reserved), "one writer only");
        assert!(!locks.raise(1, Level::Exclusive), "a reader is there");
        assert!(!locks.raise(3, Level::Shared), "no new reader while a writer waits");
        locks.lower(2, Level::Unlocked);
        assert!(locks.raise(1, Level::Exclusive));
        locks.lower(1, Level::Shared);
        assert!(locks.raise(3, Level::Shared) && !locks.is_reserved());
    }

    #[test]
    fn wal_slots_are_shared_or_exclusive() {
        let mut locks = Locks::default();
        assert!(locks.take_slots(1, 0b0001, true));
        assert!(!locks.take_slots(2, 0b0001, false));
        assert!(!locks.take_slots(2, 0b0011, true), "all or nothing");
        assert!(locks.take_slots(3, 0b0010, true), "slot 1 was not taken on the way");
        locks.release_slots(1, 0b0001);
        assert!(locks.take_slots(1, 0b0001, false) && locks.take_slots(2, 0b0001, false));
        assert!(!locks.take_slots(1, 0b0001, true));
        locks.forget(2);
        assert!(locks.take_slots(1, 0b0001, true), "one's own shared lock is no obstacle");
    }
}
