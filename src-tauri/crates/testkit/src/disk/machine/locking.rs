//! Locks and shared memory: how connections of one running machine meet.

use std::sync::Arc;

use crate::disk::{fault::Fault, locks::Level};

use super::{Machine, SharedMemory};

impl Machine {
    /// Raises a file lock; `false` means busy.
    pub(in crate::disk) fn lock(&mut self, handle: u64, level: Level) -> Result<bool, Fault> {
        Ok(self.locks_of(handle)?.raise(handle, level))
    }

    pub(in crate::disk) fn unlock(&mut self, handle: u64, level: Level) -> Result<(), Fault> {
        self.locks_of(handle)?.lower(handle, level);
        Ok(())
    }

    pub(in crate::disk) fn is_reserved(&mut self, handle: u64) -> Result<bool, Fault> {
        Ok(self.locks_of(handle)?.is_reserved())
    }

    /// Takes WAL slots; `false` means busy.
    pub(in crate::disk) fn take_slots(
        &mut self,
        handle: u64,
        mask: u8,
        is_exclusive: bool,
    ) -> Result<bool, Fault> {
        Ok(self.locks_of(handle)?.take_slots(handle, mask, is_exclusive))
    }

    pub(in crate::disk) fn release_slots(&mut self, handle: u64, mask: u8) -> Result<(), Fault> {
        self.locks_of(handle)?.release_slots(handle, mask);
        Ok(())
    }

    pub(in crate::disk) fn shared_memory(
        &mut self,
        handle: u64,
    ) -> Result<Arc<SharedMemory>, Fault> {
        self.nemesis.check_alive()?;
        let inode = self.file(handle)?.inode;
        Ok(Arc::clone(self.memory.entry(inode).or_default()))
    }

    /// Forgets a database's shared memory once nobody maps it, so that the next one finds it empty.
    pub(in crate::disk) fn leave_memory(&mut self, handle: u64) {
        let Some(inode) = self.open.get(&handle).map(|file| file.inode) else { return };
        if self.memory.get(&inode).is_some_and(|memory| Arc::strong_count(memory) == 1) {
            self.memory.remove(&inode);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::disk::machine::{Create, OpenHow};

    use super::*;

    #[test]
    fn memory_is_shared_while_used_and_forgotten_afterwards() {
        let mut machine = Machine::new(1);
        let how = OpenHow { create: Create::IfMissing, write: true, ..OpenHow::default() };
        let [one, two] = [(); 2].map(|()| machine.open(Some("/sim/work.db"), how).unwrap());
        let mut map = |handle| Arc::as_ptr(&machine.shared_memory(handle).unwrap());
        assert_eq!(map(one), map(two));

        let mapped = machine.shared_memory(one).unwrap();
        machine.leave_memory(two);
        assert!(Arc::ptr_eq(&mapped, &machine.shared_memory(two).unwrap()), "one still uses it");
        assert!(mapped.region(0, 64, true).is_some());
        drop(mapped);
        machine.leave_memory(one);
        assert!(machine.shared_memory(one).unwrap().region(0, 64, false).is_none(), "empty again");
    }
}
