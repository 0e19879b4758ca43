//! What happens to a machine as a whole, or behind the back of its programs.

use std::collections::{BTreeMap, BTreeSet};

use crate::disk::{
    image::FileImage,
    names::{Inode, Names},
};

use super::Machine;

impl Machine {
    /// The program dies; the operating system goes on and forgets nothing that was written.
    pub(in crate::disk) fn kill(&mut self) {
        self.open.clear();
        self.locks.clear();
        self.memory.clear();
        self.boot += 1;
        self.nemesis.restart();
        self.collect();
    }

    /// The machine dies; of what was not synced, chance decides.
    pub(in crate::disk) fn power_cut(&mut self) {
        self.names.power_cut(&mut self.dice, &mut self.counts);
        self.kill();
        for image in self.files.values_mut() {
            image.power_cut(&mut self.dice, &mut self.counts);
        }
    }

    pub(in crate::disk) fn flip_bit(&mut self, path: &str) -> Option<usize> {
        let inode = self.names.file(path)?;
        let position = self.files.get_mut(&inode)?.flip_bit(&mut self.dice)?;
        self.counts.bits_flipped += 1;
        Some(position)
    }

    /// Removes a file behind the program's back; open handles keep the nameless content.
    pub(in crate::disk) fn delete(&mut self, path: &str) -> bool {
        let is_there = self.names.file(path).is_some();
        if is_there {
            self.names.remove_durably(path);
            self.counts.deleted += 1;
        }
        is_there
    }

    /// Bytes of a file as a program would read them.
    pub(in crate::disk) fn content(&self, path: &str) -> Option<&[u8]> {
        Some(self.files.get(&self.names.file(path)?)?.bytes())
    }

    /// Names and contents as after a clean shutdown.
    pub(in crate::disk) fn settled(&self) -> (BTreeMap<Inode, FileImage>, Names) {
        let named = self
            .names
            .files()
            .filter_map(|(_, inode)| Some((inode, self.files.get(&inode)?.settled())));
        (named.collect(), self.names.settled())
    }

    /// Puts another disk's content in; all handles are dead afterwards.
    pub(in crate::disk) fn replace(&mut self, files: BTreeMap<Inode, FileImage>, names: Names) {
        self.next_number =
            self.next_number.max(files.keys().next_back().map_or(1, |inode| inode + 1));
        self.files = files;
        self.names = names;
        self.kill();
    }

    /// Bytes that files with a name or an open handle occupy.
    pub(in crate::disk) fn used(&self) -> usize {
        let mut counted: BTreeSet<Inode> = self.open.values().map(|file| file.inode).collect();
        counted.extend(self.names.files().map(|(_, inode)| inode));
        let images = counted.iter().filter_map(|inode| self.files.get(inode));
        images.map(|image| image.bytes().len()).sum()
    }
}
