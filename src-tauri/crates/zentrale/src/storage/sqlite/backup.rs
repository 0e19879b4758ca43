//! Backup and restore of the whole file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use kontor_wire::Epoch;
use rusqlite::Connection;

use super::{SqliteStorage, migrate, read};
use crate::storage::in_place::in_place;
use crate::storage::{StorageError, sqlite};

/// Why a backup was not made or not restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// A file is in the way; nothing is ever overwritten.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
    /// The epoch is the one of the backup. Workstations would not notice that the feed has lost its
    /// end.
    #[error("a restore needs a fresh epoch")]
    EpochNotFresh,
    /// The backup is damaged.
    #[error("the backup is damaged: {0}")]
    Damaged(String),
    /// The database in it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The file system.
    #[error("a file could not be written")]
    Io(#[from] io::Error),
}

impl SqliteStorage {
    /// Writes everything committed so far into a new file, while others read and write. The file is
    /// on disk when this returns. Only for files of the operating system.
    pub fn backup(&self, to: &Path) -> Result<(), RestoreError> {
        in_place(|| {
            require_absent(to)?;
            let part = part_of(to);
            remove_remains(&part)?;
            let source = self.file.open()?;
            // One read transaction: the copy is a single moment of the database.
            let name =
                part.to_str().ok_or(io::ErrorKind::InvalidFilename).map_err(io::Error::from)?;
            source.execute("VACUUM INTO ?1", [name]).map_err(StorageError::from)?;
            publish(&part, to)
        })
    }
}

/// Makes a new database file at `to` out of a backup. Every Mandant in it begins `epoch`, which has to
/// be one that never was: by it workstations learn that the feed has lost its end, build their
/// mirrors anew and offer their accepted entries again.
pub fn restore(from: &Path, to: &Path, epoch: Epoch) -> Result<(), RestoreError> {
    in_place(|| {
        require_absent(to)?;
        let part = part_of(to);
        remove_remains(&part)?;
        fs::copy(from, &part)?;
        let done = begin_epoch(&part, epoch).and_then(|()| publish(&part, to));
        if done.is_err() {
            // The first error is the one to tell; the rest of the copy is replaced next time.
            let _ = remove_remains(&part);
        }
        done
    })
}

fn begin_epoch(part: &Path, epoch: Epoch) -> Result<(), RestoreError> {
    let mut db = Connection::open(part).map_err(StorageError::from)?;
    check(&db)?;
    migrate(&mut db)?;
    let change = db.transaction().map_err(StorageError::from)?;
    for mandant in sqlite::documents::mandanten(&change)? {
        if read::feed_state(&change, mandant.id)?.epoch == epoch {
            return Err(RestoreError::EpochNotFresh);
        }
        sqlite::write::set_epoch(&change, mandant.id, epoch)?;
    }
    change.commit().map_err(StorageError::from)?;
    db.close().map_err(|(_, error)| StorageError::from(error))?;
    Ok(())
}

fn check(db: &Connection) -> Result<(), RestoreError> {
    let verdict: Result<String, _> =
        db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0));
    match verdict.map_err(StorageError::from)?.as_str() {
        "ok" => Ok(()),
        complaint => Err(RestoreError::Damaged(complaint.to_owned())),
    }
}

/// A log left from an older file would be played into the new one.
fn require_absent(to: &Path) -> Result<(), RestoreError> {
    for file in [to.to_owned(), beside(to, "-wal"), beside(to, "-shm"), beside(to, "-journal")] {
        if file.try_exists()? {
            return Err(RestoreError::InTheWay(file));
        }
    }
    Ok(())
}

/// What an interrupted attempt left.
fn remove_remains(part: &Path) -> io::Result<()> {
    for file in
        [part.to_owned(), beside(part, "-wal"), beside(part, "-shm"), beside(part, "-journal")]
    {
        match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Gives a finished file its name, durably.
fn publish(part: &Path, to: &Path) -> Result<(), RestoreError> {
    File::options().write(true).open(part)?.sync_all()?;
    fs::rename(part, to)?;
    #[cfg(unix)]
    {
        let folder = to.parent().filter(|folder| !folder.as_os_str().is_empty());
        File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

fn part_of(to: &Path) -> PathBuf {
    beside(to, ".part")
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    name.into()
}
