//! The calls on one open file.

use std::{
    ffi::{c_int, c_void},
    ptr,
    sync::{
        Arc,
        atomic::{self, AtomicU64, Ordering},
    },
};

use rusqlite::ffi;

use crate::disk::{
    fault::Fault,
    locks::Level,
    machine::{Shared, SharedMemory},
};

/// What `SQLite` allocates per open file. The first field makes it a `sqlite3_file`.
#[repr(C)]
struct SimFile {
    base: ffi::sqlite3_file,
    handle: *mut Handle,
}

struct Handle {
    disk: Arc<Shared>,
    number: u64,
    /// Kept until close, so that regions stay valid for a connection whose machine has died.
    memory: Option<Arc<SharedMemory>>,
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Bytes that `SQLite` must reserve per open file.
pub(super) const SIZE: usize = size_of::<SimFile>();

/// Marks a file as not open, so that `SQLite` will not close it.
///
/// # Safety
/// `file` must point to [`SIZE`] bytes.
pub(super) unsafe fn clear(file: *mut ffi::sqlite3_file) {
    // SAFETY: by contract.
    unsafe { (*file).pMethods = ptr::null() };
}

/// Makes an open file of the bytes.
///
/// # Safety
/// `file` must point to [`SIZE`] bytes that hold no open file.
pub(super) unsafe fn fill(file: *mut ffi::sqlite3_file, disk: Arc<Shared>, number: u64) {
    let file = file.cast::<SimFile>();
    let handle = Box::new(Handle { disk, number, memory: None });
    // SAFETY: by contract.
    unsafe {
        (*file).handle = Box::into_raw(handle);
        (*file).base.pMethods = &raw const METHODS;
    }
}

/// `SQLite`'s code for an outcome; `other` is the I/O error of the operation at hand.
pub(super) fn code(outcome: Result<(), Fault>, other: c_int) -> c_int {
    match outcome {
        Ok(()) => ffi::SQLITE_OK,
        Err(Fault::Full) => ffi::SQLITE_FULL,
        Err(_) => other,
    }
}

fn busy_code(granted: Result<bool, Fault>, other: c_int) -> c_int {
    match granted {
        Ok(true) => ffi::SQLITE_OK,
        Ok(false) => ffi::SQLITE_BUSY,
        Err(_) => other,
    }
}

fn level(raw: c_int) -> Level {
    match raw {
        ffi::SQLITE_LOCK_SHARED => Level::Shared,
        ffi::SQLITE_LOCK_RESERVED => Level::Reserved,
        ffi::SQLITE_LOCK_PENDING => Level::Pending,
        ffi::SQLITE_LOCK_EXCLUSIVE => Level::Exclusive,
        _ => Level::Unlocked,
    }
}

/// # Safety
/// `file` must have been opened by the VFS and not be closed. `SQLite` uses a file from one thread
/// at a time, so the reference is the only one.
unsafe fn handle<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Handle {
    // SAFETY: [`fill`] stored a box here that only `close` takes back.
    unsafe { &mut *(*file.cast::<SimFile>()).handle }
}

/// # Safety
/// `place` must point to `size` writable bytes.
pub(super) unsafe fn bytes_mut<'a>(place: *mut u8, size: c_int) -> &'a mut [u8] {
    let size = usize::try_from(size).unwrap_or(0);
    // SAFETY: by contract.
    unsafe { std::slice::from_raw_parts_mut(place, size) }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: stored by `fill`; SQLite calls close once and nothing after it.
    let handle = unsafe { Box::from_raw((*file.cast::<SimFile>()).handle) };
    handle.disk.lock().close(handle.number);
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    place: *mut c_void,
    size: c_int,
    offset: i64,
) -> c_int {
    // SAFETY: an open file and a buffer of `size` bytes.
    let (handle, buffer) = unsafe { (handle(file), bytes_mut(place.cast(), size)) };
    let Ok(offset) = usize::try_from(offset) else { return ffi::SQLITE_IOERR_READ };
    let Ok(count) = handle.disk.lock().read(handle.number, offset, buffer) else {
        return ffi::SQLITE_IOERR_READ;
    };
    match buffer.get_mut(count..) {
        Some(rest) if !rest.is_empty() => {
            rest.fill(0);
            ffi::SQLITE_IOERR_SHORT_READ
        }
        _ => ffi::SQLITE_OK,
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    place: *const c_void,
    size: c_int,
    offset: i64,
) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let (Ok(offset), Ok(size)) = (usize::try_from(offset), usize::try_from(size)) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    // SAFETY: SQLite passes `size` readable bytes.
    let bytes = unsafe { std::slice::from_raw_parts(place.cast::<u8>(), size) };
    code(handle.disk.lock().write(handle.number, offset, bytes), ffi::SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: i64) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let Ok(size) = usize::try_from(size) else { return ffi::SQLITE_IOERR_TRUNCATE };
    code(handle.disk.lock().resize(handle.number, size), ffi::SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    code(handle.disk.lock().sync(handle.number), ffi::SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    match handle.disk.lock().len(handle.number).map(i64::try_from) {
        Ok(Ok(len)) => {
            // SAFETY: SQLite passes a valid place for the answer.
            unsafe { *out = len };
            ffi::SQLITE_OK
        }
        _ => ffi::SQLITE_IOERR_FSTAT,
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, wanted: c_int) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    busy_code(handle.disk.lock().lock(handle.number, level(wanted)), ffi::SQLITE_IOERR_LOCK)
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, to: c_int) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    code(handle.disk.lock().unlock(handle.number, level(to)), ffi::SQLITE_IOERR_UNLOCK)
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let Ok(is_reserved) = handle.disk.lock().is_reserved(handle.number) else {
        return ffi::SQLITE_IOERR_CHECKRESERVEDLOCK;
    };
    // SAFETY: SQLite passes a valid place for the answer.
    unsafe { *out = c_int::from(is_reserved) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn file_control(
    file: *mut ffi::sqlite3_file,
    operation: c_int,
    argument: *mut c_void,
) -> c_int {
    if operation != ffi::SQLITE_FCNTL_HAS_MOVED {
        return ffi::SQLITE_NOTFOUND;
    }
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let has_moved = handle.disk.lock().has_moved(handle.number).unwrap_or(false);
    // SAFETY: for this operation the argument is an int to write to.
    unsafe { *argument.cast::<c_int>() = c_int::from(has_moved) };
    ffi::SQLITE_OK
}

/// What `SQLite`'s own VFS says on Linux; this disk tears at 512 bytes, which is harsher.
unsafe extern "C" fn sector_size(_file: *mut ffi::sqlite3_file) -> c_int {
    4096
}

unsafe extern "C" fn device_characteristics(_file: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    index: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let (Ok(index), Ok(size)) = (usize::try_from(index), usize::try_from(size)) else {
        return ffi::SQLITE_IOERR_SHMMAP;
    };
    // A handle keeps the memory it first saw: a dead one must not join the next start.
    let mapped = handle.disk.lock().shared_memory(handle.number);
    let Ok(mapped) = mapped else { return ffi::SQLITE_IOERR_SHMMAP };
    let memory = handle.memory.insert(mapped);
    let region = memory.region(index, size, extend != 0);
    // SAFETY: SQLite passes a valid place for the address; the handle keeps the region alive.
    unsafe { *out = region.map_or(ptr::null_mut(), <*mut AtomicU64>::cast) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    offset: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    let (Ok(offset), Ok(count)) = (u32::try_from(offset), u32::try_from(count)) else {
        return ffi::SQLITE_IOERR_SHMLOCK;
    };
    let slots = (1u16.checked_shl(count).unwrap_or(0).wrapping_sub(1)).checked_shl(offset);
    let Some(Ok(mask)) = slots.map(u8::try_from) else { return ffi::SQLITE_IOERR_SHMLOCK };
    let mut machine = handle.disk.lock();
    if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
        return code(machine.release_slots(handle.number, mask), ffi::SQLITE_IOERR_SHMLOCK);
    }
    let is_exclusive = flags & ffi::SQLITE_SHM_EXCLUSIVE != 0;
    let taken = machine.take_slots(handle.number, mask, is_exclusive);
    busy_code(taken, ffi::SQLITE_IOERR_SHMLOCK)
}

unsafe extern "C" fn shm_barrier(_file: *mut ffi::sqlite3_file) {
    atomic::fence(Ordering::SeqCst);
}

/// The memory goes with its last user; the locks go now.
unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _delete: c_int) -> c_int {
    // SAFETY: an open file.
    let handle = unsafe { handle(file) };
    handle.memory = None;
    let mut machine = handle.disk.lock();
    // A dead handle has no locks left to give back.
    let _ = machine.release_slots(handle.number, u8::MAX);
    machine.leave_memory(handle.number);
    ffi::SQLITE_OK
}
