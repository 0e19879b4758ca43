//! A disk in memory that fails as real disks do, the same way every time.
//!
//! One [`SimDisk`] is the disk of one simulated machine. It serves `SQLite` (and so `SQLCipher`) as
//! a VFS, and the document store through [`kontor_store::disk::Disk`]; both see the same files.
//!
//! # Model
//!
//! A file has a synced image and an ordered list of unsynced writes and truncations; a name is
//! durable once its folder was synced. [`SimDisk::power_cut`] decides for each unsynced change
//! whether it survives, is lost or is torn at 512-byte sectors. Any subset may survive, so a later
//! write can be there without an earlier one; what never happens is that an older write to a sector
//! lands on top of a newer one, because no page cache does that. The size of a file may survive
//! without its bytes. Synced data is never touched.
//!
//! # Example
//!
//! ```
//! use kontor_testkit::disk::SimDisk;
//! use rusqlite::{Connection, OpenFlags};
//!
//! let disk = SimDisk::new(42);
//! let open = || {
//!     Connection::open_with_flags_and_vfs(
//!         disk.path("work.db"),
//!         OpenFlags::default(),
//!         disk.vfs_name(),
//!     )
//! };
//! let db = open()?;
//! db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (a)")?;
//! disk.fail_after(3);
//! while db.execute("INSERT INTO t VALUES (1)", []).is_ok() {}
//! drop(db);
//! disk.power_cut();
//! let rows: i64 = open()?.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?;
//! assert!(rows <= 4);
//! # Ok::<(), rusqlite::Error>(())
//! ```

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, atomic::AtomicI64, atomic::Ordering},
};

mod dice;
mod fate;
mod fault;
mod image;
mod locks;
mod machine;
mod mount;
mod names;
mod nemesis;
mod vfs;

#[cfg(test)]
mod document_tests;
#[cfg(test)]
mod nemesis_tests;
#[cfg(test)]
mod sqlite_tests;

pub use mount::Mount;

use machine::{Machine, Shared};

/// The folder all files of a simulated disk lie in. It exists from the beginning.
pub const ROOT: &str = "/sim";

/// Where the clock of a new disk stands: 1 July 2026, 08:00 UTC, in milliseconds since 1970.
const FIRST_MORNING_MS: i64 = 1_782_892_800_000;

/// The disk of one simulated machine. Clones are the same disk.
///
/// File arguments are names below [`ROOT`] (`"work.db"`, `"documents/ab/…"`) or full paths.
#[derive(Debug, Clone)]
pub struct SimDisk(Arc<Shared>);

/// What a disk holds, as after a clean shutdown; see [`SimDisk::snapshot`].
#[derive(Debug, Clone)]
pub struct Snapshot {
    files: BTreeMap<names::Inode, image::FileImage>,
    names: names::Names,
}

/// What has been done to a disk so far. A test that never sees its nemesis strike proves nothing:
/// assert on these.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that change the disk: write, truncate, sync, create, publish, remove, sync of a folder.
    pub operations: u64,
    /// Times the machine went down by [`SimDisk::fail_after`].
    pub crashes: u64,
    /// Calls of [`SimDisk::power_cut`].
    pub power_cuts: u64,
    /// Calls of [`SimDisk::kill`].
    pub kills: u64,
    /// Unsynced writes and truncations that survived power cuts.
    pub writes_kept: u64,
    /// Unsynced writes and truncations that power cuts took.
    pub writes_lost: u64,
    /// Unsynced writes of which power cuts left some sectors.
    pub writes_torn: u64,
    /// Unsynced changes of names that survived power cuts.
    pub names_kept: u64,
    /// Unsynced changes of names that power cuts took.
    pub names_lost: u64,
    /// Single I/O errors answered.
    pub io_errors: u64,
    /// Writes refused or cut short because the disk was full.
    pub full: u64,
    /// Changes refused because the disk was read-only.
    pub read_only: u64,
    /// Syncs answered with success and not done.
    pub syncs_ignored: u64,
    /// Bits turned.
    pub bits_flipped: u64,
    /// Files removed behind the program's back.
    pub deleted: u64,
}

impl SimDisk {
    /// An empty disk. Everything chance decides on it follows from the seed and the order of calls.
    pub fn new(seed: u64) -> Self {
        let shared = Arc::new(Shared {
            machine: Mutex::new(Machine::new(seed)),
            clock_ms: AtomicI64::new(FIRST_MORNING_MS),
            slot: vfs::SlotLease::take(),
        });
        shared.slot.serve(&shared);
        Self(shared)
    }

    /// A second disk with the content of another: a cloned laptop, a restored image.
    pub fn from_snapshot(seed: u64, snapshot: &Snapshot) -> Self {
        let disk = Self::new(seed);
        disk.restore(snapshot);
        disk
    }

    /// Name of the VFS to open databases with. The same for the whole life of the disk, across
    /// restarts; another disk may get it once this one and all its connections are gone.
    pub fn vfs_name(&self) -> &'static str {
        self.0.slot.vfs_name()
    }

    /// Path of a file on this disk, for [`Mount`] and for `SQLite` with [`SimDisk::vfs_name`].
    pub fn path(&self, file: &str) -> PathBuf {
        PathBuf::from(full_path(file))
    }

    /// The disk for the document store of the program that runs now.
    pub fn mount(&self) -> Mount {
        Mount::new(Arc::clone(&self.0))
    }

    /// Sets the clock that `SQLite` sees on this machine, in milliseconds since 1970, UTC.
    pub fn set_time(&self, unix_ms: i64) {
        self.0.clock_ms.store(unix_ms, Ordering::SeqCst);
    }

    /// Lets the machine go down in the change after the next `operations` ones. What that last change
    /// did reaches the disk or not, like any unsynced one. From then on every operation fails until
    /// [`SimDisk::power_cut`] or [`SimDisk::kill`], which also call off a crash that is still to come.
    pub fn fail_after(&self, operations: u64) {
        self.machine().nemesis.crash_after = Some(operations);
    }

    /// Whether [`SimDisk::fail_after`] has struck and the machine was not started again.
    pub fn is_down(&self) -> bool {
        self.machine().nemesis.is_down
    }

    /// The power fails and comes back: unsynced data is lost, torn or kept, all handles and mounts are
    /// dead, the WAL index is gone, and new opens see what survived.
    pub fn power_cut(&self) {
        let mut machine = self.machine();
        machine.counts.power_cuts += 1;
        machine.power_cut();
    }

    /// The program dies and the operating system does not: all handles and mounts are dead, but
    /// everything written is still there, synced or not.
    pub fn kill(&self) {
        let mut machine = self.machine();
        machine.counts.kills += 1;
        machine.kill();
    }

    /// Lets one change fail with an I/O error, after the next `operations` succeeded. It changes
    /// nothing on the disk.
    pub fn fail_one_change(&self, operations: u64) {
        self.machine().nemesis.change_error_after = Some(operations);
    }

    /// Lets one read fail with an I/O error, after the next `reads` succeeded.
    pub fn fail_one_read(&self, reads: u64) {
        self.machine().nemesis.read_error_after = Some(reads);
    }

    /// Fills the disk up, or frees it again without limit. Full, it still lets files be overwritten.
    pub fn set_full(&self, is_full: bool) {
        self.set_room(is_full.then_some(0));
    }

    /// Leaves room for so many more bytes; removing or shortening files makes more. `None`: no limit.
    pub fn set_room(&self, bytes: Option<usize>) {
        let mut machine = self.machine();
        let used = machine.used();
        machine.nemesis.capacity = bytes.map(|bytes| used.saturating_add(bytes));
    }

    /// Write-protects the disk, or lifts the protection.
    pub fn set_read_only(&self, is_read_only: bool) {
        self.machine().nemesis.is_read_only = is_read_only;
    }

    /// Makes the disk lie: it answers syncs with success and does nothing. No program can be safe on
    /// such a disk, so a test that stays green on it tests nothing.
    pub fn set_lying(&self, is_lying: bool) {
        self.machine().nemesis.ignores_sync = is_lying;
    }

    /// Turns one bit of a file, chosen by chance, and returns its byte position. `None` if the file is
    /// not there or empty.
    pub fn flip_bit(&self, file: &str) -> Option<usize> {
        self.machine().flip_bit(&full_path(file))
    }

    /// Removes a file for good, behind the back of the program; returns whether it was there. Of a
    /// database, mind `-wal` and `-journal`: see [`SimDisk::delete_database`].
    pub fn delete(&self, file: &str) -> bool {
        self.machine().delete(&full_path(file))
    }

    /// Removes a database with its WAL and journal; returns whether the database was there.
    pub fn delete_database(&self, file: &str) -> bool {
        self.delete(&format!("{file}-wal"));
        self.delete(&format!("{file}-journal"));
        self.delete(file)
    }

    /// Bytes of a file as a program would read them now; `None` if it is not there.
    pub fn content(&self, file: &str) -> Option<Vec<u8>> {
        self.machine().content(&full_path(file)).map(<[u8]>::to_vec)
    }

    /// Full paths of all files, sorted.
    pub fn files(&self) -> Vec<String> {
        self.machine().files()
    }

    /// Full paths of files that a program has removed or shortened, sorted.
    pub fn harmed(&self) -> Vec<String> {
        self.machine().harmed.iter().cloned().collect()
    }

    /// A copy of everything a program would see now.
    pub fn snapshot(&self) -> Snapshot {
        let (files, names) = self.machine().settled();
        Snapshot { files, names }
    }

    /// Puts the content of a snapshot in the place of what is there; all handles and mounts are dead.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.machine().replace(snapshot.files.clone(), snapshot.names.clone());
    }

    /// Number of calls so far that change the disk: how far [`SimDisk::fail_after`] can reach.
    pub fn operations(&self) -> u64 {
        self.machine().counts.operations
    }

    /// What has been done to this disk so far.
    pub fn counts(&self) -> Counts {
        self.machine().counts
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.0.lock()
    }
}

fn full_path(file: &str) -> String {
    if file.starts_with('/') { file.to_owned() } else { format!("{ROOT}/{file}") }
}
