//! The disk of one machine and everything that can go wrong with it, behind one lock.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, AtomicU64},
    },
};

mod folders;
mod locking;
mod outage;

use super::{
    Counts, ROOT,
    dice::Dice,
    fault::Fault,
    image::FileImage,
    locks::Locks,
    names::{Entry, Inode, Names, parent},
    nemesis::{Breath, Nemesis},
};

/// The WAL index of one database: memory that all connections of one running machine share.
///
/// Atomics, because `SQLite` writes here behind Rust's back; regions never move once given out.
#[derive(Debug, Default)]
pub(super) struct SharedMemory(Mutex<Vec<Box<[AtomicU64]>>>);

impl SharedMemory {
    /// Address of a region of `size` bytes; `None` if it is not there and shall not be made.
    pub(super) fn region(&self, index: usize, size: usize, extend: bool) -> Option<*mut AtomicU64> {
        let mut regions = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        while extend && regions.len() <= index {
            regions.push((0..size.div_ceil(8)).map(|_| AtomicU64::new(0)).collect());
        }
        regions.get(index).map(|region| region.as_ptr().cast_mut())
    }
}

/// Whether opening may make the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Create {
    #[default]
    Never,
    IfMissing,
    /// Fail if the name is taken.
    Always,
}

/// How a file is opened.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct OpenHow {
    pub(super) create: Create,
    pub(super) write: bool,
    pub(super) delete_on_close: bool,
    /// The first sync also syncs the folder, as `SQLite`'s own VFS does for journals and WAL files that
    /// it may have created; also one found there, whose name may not be safe yet.
    pub(super) sync_folder_once: bool,
}

#[derive(Debug)]
struct OpenFile {
    inode: Inode,
    /// `None` for a temporary file without a name.
    path: Option<String>,
    is_writable: bool,
    delete_on_close: bool,
    sync_folder_once: bool,
}

/// Files, names, open handles, locks, nemeses.
#[derive(Debug)]
pub(super) struct Machine {
    files: BTreeMap<Inode, FileImage>,
    names: Names,
    open: BTreeMap<u64, OpenFile>,
    locks: BTreeMap<Inode, Locks>,
    memory: BTreeMap<Inode, Arc<SharedMemory>>,
    next_number: u64,
    /// How often the machine was started; what belongs to an earlier start is dead.
    pub(super) boot: u64,
    pub(super) dice: Dice,
    pub(super) nemesis: Nemesis,
    pub(super) counts: Counts,
    /// Files that a program has removed or shortened.
    pub(super) harmed: BTreeSet<String>,
}

/// One machine, shared by the handle of the test, the open files and the mounts.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) machine: Mutex<Machine>,
    /// Milliseconds since 1970, UTC.
    pub(super) clock_ms: AtomicI64,
    pub(super) slot: super::vfs::SlotLease,
}

impl Shared {
    pub(super) fn lock(&self) -> std::sync::MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Machine {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            files: BTreeMap::new(),
            names: Names::new(ROOT),
            open: BTreeMap::new(),
            locks: BTreeMap::new(),
            memory: BTreeMap::new(),
            next_number: 1,
            boot: 0,
            dice: Dice::new(seed),
            nemesis: Nemesis::default(),
            counts: Counts::default(),
            harmed: BTreeSet::new(),
        }
    }

    pub(super) fn open(&mut self, path: Option<&str>, how: OpenHow) -> Result<u64, Fault> {
        self.nemesis.check_alive()?;
        let found = path.and_then(|path| self.names.get(path));
        let inode = match (found, path) {
            (Some(Entry::File(_)), _) if how.create == Create::Always => return Err(Fault::Exists),
            (Some(Entry::File(inode)), _) => inode,
            (Some(Entry::Folder), _) => return Err(Fault::Exists),
            (None, None) => self.new_file(),
            (None, Some(path)) => {
                if how.create == Create::Never || !self.names.is_folder(parent(path)) {
                    return Err(Fault::NotFound);
                }
                let breath = self.begin_change()?;
                let inode = self.new_file();
                self.names.add(path, Entry::File(inode));
                breath.end()?;
                inode
            }
        };
        let handle = self.number();
        let file = OpenFile {
            inode,
            path: path.map(str::to_owned),
            is_writable: how.write,
            delete_on_close: how.delete_on_close,
            sync_folder_once: how.sync_folder_once,
        };
        self.open.insert(handle, file);
        Ok(handle)
    }

    /// Never fails: a dead handle closes like a living one.
    pub(super) fn close(&mut self, handle: u64) {
        self.forget_locks(handle);
        let Some(file) = self.open.remove(&handle) else { return };
        if let Some(path) = file.path.as_deref().filter(|_| file.delete_on_close) {
            self.names.remove(path);
        }
        if !self.open.values().any(|other| other.inode == file.inode) {
            self.memory.remove(&file.inode);
            self.collect_if_unnamed(file.inode, file.path.as_deref());
        }
    }

    pub(super) fn read(&mut self, handle: u64, from: usize, to: &mut [u8]) -> Result<usize, Fault> {
        self.nemesis.before_read(&mut self.counts)?;
        Ok(self.image(handle)?.read(from, to))
    }

    pub(super) fn len(&self, handle: u64) -> Result<usize, Fault> {
        self.nemesis.check_alive()?;
        let inode = self.file(handle)?.inode;
        Ok(self.files.get(&inode).map_or(0, |image| image.bytes().len()))
    }

    /// A full disk takes the part that still fits and then refuses, as real ones do.
    pub(super) fn write(&mut self, handle: u64, offset: usize, bytes: &[u8]) -> Result<(), Fault> {
        self.check_writable(handle)?;
        let breath = self.begin_change()?;
        let room = self.room();
        let image = self.image(handle)?;
        let end_max = room.map_or(usize::MAX, |room| image.bytes().len().saturating_add(room));
        let fits = end_max.saturating_sub(offset).min(bytes.len());
        if let Some(part) = bytes.get(..fits).filter(|part| !part.is_empty()) {
            image.write(offset, part);
        }
        breath.end()?;
        if fits < bytes.len() {
            self.counts.full += 1;
            return Err(Fault::Full);
        }
        Ok(())
    }

    pub(super) fn resize(&mut self, handle: u64, size: usize) -> Result<(), Fault> {
        self.check_writable(handle)?;
        let breath = self.begin_change()?;
        let room = self.room();
        let image = self.image(handle)?;
        if room.is_some_and(|room| size > image.bytes().len().saturating_add(room)) {
            self.counts.full += 1;
            return Err(Fault::Full);
        }
        let shortens = size < image.bytes().len();
        image.resize(size);
        if shortens {
            let path = self.file(handle)?.path.clone();
            self.harmed.extend(path);
        }
        breath.end()
    }

    pub(super) fn sync(&mut self, handle: u64) -> Result<(), Fault> {
        self.file(handle)?;
        let breath = self.begin_change()?;
        if !self.reaches_platter(breath) {
            return breath.end();
        }
        self.image(handle)?.sync();
        let file = self.open.get_mut(&handle).filter(|file| file.sync_folder_once);
        if let Some(file) = file {
            file.sync_folder_once = false;
            if let Some(path) = &file.path {
                self.names.sync(parent(path));
            }
        }
        breath.end()
    }

    /// Whether the handle's name still leads to its file.
    pub(super) fn has_moved(&self, handle: u64) -> Result<bool, Fault> {
        let file = self.file(handle)?;
        Ok(file.path.as_deref().is_some_and(|path| self.names.file(path) != Some(file.inode)))
    }

    fn room(&self) -> Option<usize> {
        self.nemesis.capacity.map(|capacity| capacity.saturating_sub(self.used()))
    }

    fn begin_change(&mut self) -> Result<Breath, Fault> {
        self.counts.operations += 1;
        self.nemesis.before_change(&mut self.counts)
    }

    /// The sync in which the machine dies may have reached the platter without an answer.
    fn reaches_platter(&mut self, breath: Breath) -> bool {
        if self.nemesis.ignores_sync {
            self.counts.syncs_ignored += 1;
            return false;
        }
        breath == Breath::Normal || self.dice.coin()
    }

    fn check_writable(&self, handle: u64) -> Result<(), Fault> {
        if self.file(handle)?.is_writable { Ok(()) } else { Err(Fault::ReadOnly) }
    }

    fn file(&self, handle: u64) -> Result<&OpenFile, Fault> {
        self.open.get(&handle).ok_or(Fault::Dead)
    }

    fn image(&mut self, handle: u64) -> Result<&mut FileImage, Fault> {
        let inode = self.open.get(&handle).ok_or(Fault::Dead)?.inode;
        self.files.get_mut(&inode).ok_or(Fault::Dead)
    }

    fn locks_of(&mut self, handle: u64) -> Result<&mut Locks, Fault> {
        self.nemesis.check_alive()?;
        let inode = self.open.get(&handle).ok_or(Fault::Dead)?.inode;
        Ok(self.locks.entry(inode).or_default())
    }

    fn forget_locks(&mut self, handle: u64) {
        let Some(inode) = self.open.get(&handle).map(|file| file.inode) else { return };
        if let Some(locks) = self.locks.get_mut(&inode) {
            locks.forget(handle);
            if locks.is_empty() {
                self.locks.remove(&inode);
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }

    fn new_file(&mut self) -> Inode {
        let inode = self.number();
        self.files.insert(inode, FileImage::default());
        inode
    }

    fn collect_if_unnamed(&mut self, inode: Inode, path: Option<&str>) {
        if path.and_then(|path| self.names.file(path)) != Some(inode) {
            self.collect();
        }
    }

    /// Drops contents that no name and no handle leads to.
    fn collect(&mut self) {
        let reachable = self.names.reachable();
        let open: BTreeSet<Inode> = self.open.values().map(|file| file.inode).collect();
        self.files.retain(|inode, _| reachable.contains(inode) || open.contains(inode));
    }
}
