//! The bridge to `SQLite`: a VFS whose every call lands in a [`Machine`](super::machine::Machine).
//!
//! Written by hand because of three calls that make a run repeatable and that the ready-made crate
//! (`sqlite-plugin`) hands on to the operating system or drops: sleep, time, and "sync the folder"
//! on delete. It would also bring bindgen, and so libclang, to every build.
//!
//! Registrations are global and for ever. So there are only as many as disks ever existed at the same
//! time: each disk leases a slot, and gets it back to the others when its last handle is closed.
#![expect(
    unsafe_code,
    reason = "SQLite's VFS interface is C; this module is the only one to touch it"
)]

use std::{
    ffi::{CStr, CString, c_char, c_int},
    ptr,
    sync::{
        Arc, Mutex, PoisonError, Weak,
        atomic::{self, Ordering},
    },
};

use rusqlite::ffi;

use super::{
    fault::Fault,
    machine::{Create, Machine, OpenHow, Shared},
    names::{Entry, parent},
};

mod file;

/// Milliseconds from `SQLite`'s time origin (noon, 24 November 4714 BC) to 1970.
const JULIAN_OFFSET_MS: i64 = 210_866_760_000_000;

/// A VFS name that one disk at a time uses.
#[derive(Debug)]
struct Slot {
    name: CString,
    disk: Mutex<Weak<Shared>>,
}

static FREE_SLOTS: Mutex<Vec<&'static Slot>> = Mutex::new(Vec::new());
static SLOTS_MADE: atomic::AtomicUsize = atomic::AtomicUsize::new(0);

/// The right to a slot, given back on drop.
#[derive(Debug)]
pub(super) struct SlotLease(&'static Slot);

impl SlotLease {
    pub(super) fn take() -> Self {
        let free = FREE_SLOTS.lock().unwrap_or_else(PoisonError::into_inner).pop();
        Self(free.unwrap_or_else(register_slot))
    }

    /// From now on the VFS of this slot serves the disk.
    pub(super) fn serve(&self, disk: &Arc<Shared>) {
        *self.0.disk.lock().unwrap_or_else(PoisonError::into_inner) = Arc::downgrade(disk);
    }

    pub(super) fn vfs_name(&self) -> &'static str {
        self.0.name.to_str().unwrap_or_default()
    }
}

impl Drop for SlotLease {
    fn drop(&mut self) {
        FREE_SLOTS.lock().unwrap_or_else(PoisonError::into_inner).push(self.0);
    }
}

fn register_slot() -> &'static Slot {
    let number = SLOTS_MADE.fetch_add(1, Ordering::Relaxed);
    let name = CString::new(format!("kontor-sim-{number}")).unwrap_or_default();
    let slot: &'static Slot = Box::leak(Box::new(Slot { name, disk: Mutex::default() }));
    let vfs = ffi::sqlite3_vfs {
        iVersion: 2,
        szOsFile: c_int::try_from(file::SIZE).unwrap_or(c_int::MAX),
        mxPathname: 512,
        pNext: ptr::null_mut(),
        zName: slot.name.as_ptr(),
        pAppData: ptr::from_ref(slot).cast_mut().cast(),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xDlOpen: None,
        xDlError: None,
        xDlSym: None,
        xDlClose: None,
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: None,
        xCurrentTimeInt64: Some(current_time_ms),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    };
    // SAFETY: the structure and everything it points to is leaked, so it lives as long as SQLite.
    let code = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0) };
    assert_eq!(code, ffi::SQLITE_OK, "SQLite refuses the simulated disk");
    slot
}

/// # Safety
/// `vfs` must be one that [`register_slot`] registered.
unsafe fn disk_of(vfs: *mut ffi::sqlite3_vfs) -> Option<Arc<Shared>> {
    // SAFETY: pAppData of our registrations is a leaked slot.
    let slot = unsafe { (*vfs).pAppData.cast::<Slot>().as_ref() }?;
    slot.disk.lock().unwrap_or_else(PoisonError::into_inner).upgrade()
}

/// # Safety
/// `path` must be null or a C string that outlives the answer.
unsafe fn text<'a>(path: *const c_char) -> Option<&'a str> {
    if path.is_null() {
        return None;
    }
    // SAFETY: by contract a C string.
    unsafe { CStr::from_ptr(path) }.to_str().ok()
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite gives szOsFile bytes for the file.
    unsafe { file::clear(file) };
    // SAFETY: called by SQLite with our own VFS and a C string that lives during the call.
    let (Some(disk), path) = (unsafe { disk_of(vfs) }, unsafe { text(name) }) else {
        return ffi::SQLITE_CANTOPEN;
    };
    let opened = open_file(&mut disk.lock(), path, flags);
    let Ok((number, is_writable)) = opened else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: as above; out_flags may be null.
    unsafe {
        file::fill(file, disk, number);
        if let Some(out) = out_flags.as_mut() {
            *out = if is_writable {
                flags
            } else {
                (flags & !ffi::SQLITE_OPEN_READWRITE) | ffi::SQLITE_OPEN_READONLY
            };
        }
    }
    ffi::SQLITE_OK
}

fn open_file(
    machine: &mut Machine,
    path: Option<&str>,
    flags: c_int,
) -> Result<(u64, bool), Fault> {
    let has = |flag: c_int| flags & flag != 0;
    // Like the real VFS: what cannot be opened for writing is opened for reading, and SQLite told so.
    let is_writable = has(ffi::SQLITE_OPEN_READWRITE) && !machine.nemesis.is_read_only;
    let how = OpenHow {
        create: match (has(ffi::SQLITE_OPEN_CREATE), has(ffi::SQLITE_OPEN_EXCLUSIVE)) {
            (false, _) => Create::Never,
            (true, false) => Create::IfMissing,
            (true, true) => Create::Always,
        },
        write: is_writable,
        delete_on_close: has(ffi::SQLITE_OPEN_DELETEONCLOSE),
        sync_folder_once: has(ffi::SQLITE_OPEN_MAIN_JOURNAL
            | ffi::SQLITE_OPEN_SUPER_JOURNAL
            | ffi::SQLITE_OPEN_WAL),
    };
    Ok((machine.open(path, how)?, is_writable))
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_dir: c_int,
) -> c_int {
    // SAFETY: called by SQLite with our own VFS and a C string.
    let (Some(disk), Some(path)) = (unsafe { disk_of(vfs) }, unsafe { text(name) }) else {
        return ffi::SQLITE_IOERR_DELETE;
    };
    let mut machine = disk.lock();
    match machine.remove(path) {
        Ok(()) if sync_dir != 0 => {
            file::code(machine.sync_folder(parent(path)), ffi::SQLITE_IOERR_DIR_FSYNC)
        }
        Err(Fault::NotFound) => ffi::SQLITE_IOERR_DELETE_NOENT,
        outcome => file::code(outcome, ffi::SQLITE_IOERR_DELETE),
    }
}

unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    answer: *mut c_int,
) -> c_int {
    // SAFETY: called by SQLite with our own VFS and a C string.
    let (Some(disk), Some(path)) = (unsafe { disk_of(vfs) }, unsafe { text(name) }) else {
        return ffi::SQLITE_IOERR_ACCESS;
    };
    let machine = disk.lock();
    let Ok(found) = machine.exists(path) else { return ffi::SQLITE_IOERR_ACCESS };
    let yes = match found {
        None => false,
        // Like the real VFS: an empty file does not count.
        Some(Entry::File(_)) if flags == ffi::SQLITE_ACCESS_EXISTS => {
            machine.len_of(path).is_some_and(|len| len > 0)
        }
        Some(_) => flags == ffi::SQLITE_ACCESS_EXISTS || !machine.nemesis.is_read_only,
    };
    // SAFETY: SQLite passes a valid place for the answer.
    unsafe { *answer = c_int::from(yes) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_pathname(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    size: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: a C string by contract.
    let bytes = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if usize::try_from(size).is_ok_and(|size| bytes.len() <= size) {
        // SAFETY: SQLite's buffer has `size` bytes and does not overlap the name.
        unsafe { ptr::copy_nonoverlapping(bytes.as_ptr().cast(), out, bytes.len()) };
        return ffi::SQLITE_OK;
    }
    ffi::SQLITE_CANTOPEN
}

unsafe extern "C" fn randomness(
    vfs: *mut ffi::sqlite3_vfs,
    size: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: called by SQLite with our own VFS and a buffer of `size` bytes.
    let (disk, buffer) = unsafe { (disk_of(vfs), file::bytes_mut(out.cast(), size)) };
    if let Some(disk) = disk {
        disk.lock().dice.fill(buffer);
    }
    size
}

/// The simulation has one thread per world: nobody would do anything meanwhile. Other threads of an
/// ordinary test get their turn.
unsafe extern "C" fn sleep(_vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    std::thread::yield_now();
    microseconds
}

unsafe extern "C" fn current_time_ms(vfs: *mut ffi::sqlite3_vfs, out: *mut i64) -> c_int {
    // SAFETY: called by SQLite with our own VFS.
    let Some(disk) = (unsafe { disk_of(vfs) }) else { return ffi::SQLITE_ERROR };
    let now = disk.clock_ms.load(Ordering::SeqCst).saturating_add(JULIAN_OFFSET_MS);
    // SAFETY: SQLite passes a valid place for the answer.
    unsafe { *out = now };
    ffi::SQLITE_OK
}

#[expect(clippy::cast_precision_loss, reason = "SQLite asks for days as a float")]
unsafe extern "C" fn current_time(vfs: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    let mut now_ms = 0;
    // SAFETY: the arguments are SQLite's own, the answer goes to a local.
    let code = unsafe { current_time_ms(vfs, &raw mut now_ms) };
    // SAFETY: SQLite passes a valid place for the answer.
    unsafe { *out = now_ms as f64 / 86_400_000.0 };
    code
}
