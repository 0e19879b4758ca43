//! The few things the document store asks of a file system.
//!
//! The trait exists so that the simulation can put a disk below the store that loses power at any
//! call. Left out on purpose: overwriting, appending to a finished file, renaming onto an existing
//! name, partial reads. A content-addressed store needs none of them, and each would give a crash
//! one more way to leave half a file behind.
//!
//! What a caller may rely on after a power cut, and nothing more:
//! - bytes written before a successful [`DiskWriter::sync`] are there, if the name is there;
//! - names created, published or removed before a successful [`Disk::sync_dir`] of their folder
//!   are as they were left; later changes to names may each have happened or not.

use std::{fmt, io, path::Path};

mod os;

pub use os::OsDisk;

/// A file system, as narrow as the document store needs it. Paths are used as given.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Creates a folder and its missing parents; an existing folder is success.
    fn create_dir_all(&self, dir: &Path) -> io::Result<()>;

    /// Creates an empty file for writing. Fails with [`io::ErrorKind::AlreadyExists`] if the name is taken.
    fn create(&self, file: &Path) -> io::Result<Box<dyn DiskWriter>>;

    /// Opens a file for reading. Fails with [`io::ErrorKind::NotFound`] if there is none.
    fn open(&self, file: &Path) -> io::Result<Box<dyn DiskReader>>;

    /// Renames `from` to `to` on the same volume in one step, never over an existing file.
    ///
    /// Fails with [`io::ErrorKind::AlreadyExists`] if `to` is taken; `from` then still exists.
    fn publish(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Makes the present names in a folder survive a power cut (not the contents of the files).
    fn sync_dir(&self, dir: &Path) -> io::Result<()>;

    /// Names in a folder, sorted; without `.` and `..`. A name that is not UTF-8 is left out.
    fn list(&self, dir: &Path) -> io::Result<Vec<DiskEntry>>;

    /// Removes a file's name. Fails with [`io::ErrorKind::NotFound`] if there is none.
    fn remove(&self, file: &Path) -> io::Result<()>;
}

/// A file being written from its beginning to its end. Dropping it closes it and leaves it where it is.
pub trait DiskWriter: Send {
    /// Appends all bytes. After an error the length of the file is undefined.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Makes everything written so far survive a power cut.
    fn sync(&mut self) -> io::Result<()>;
}

/// A file open for reading; several threads may read from it at once.
#[expect(
    clippy::len_without_is_empty,
    reason = "the length is asked from the disk and can fail; emptiness is no question of any caller"
)]
pub trait DiskReader: Send + Sync {
    /// Length in bytes.
    fn len(&self) -> io::Result<u64>;

    /// Fills the buffer from `offset` (bytes from the beginning); fails with
    /// [`io::ErrorKind::UnexpectedEof`] if the file ends before.
    fn read_exact_at(&self, buffer: &mut [u8], offset: u64) -> io::Result<()>;
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiskEntry {
    /// File name without the folder.
    pub name: String,
    /// Whether it is a folder itself.
    pub is_dir: bool,
}
