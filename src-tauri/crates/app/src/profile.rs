//! A folder with everything one person has on this machine, and the lock on it.

use std::fs;
use std::path::{Path, PathBuf};

use kontor_store::ProfileLock;
use kontor_store::key::{self, AskPassphrase, DataKey, KeySource};

use crate::{AppError, Code};

/// A locked profile folder:
///
/// ```text
/// profil.lock   one program at a time
/// schluessel    who keeps the key
/// work.db       everything entered; never deleted
/// mirror.db     what the Zentrale said; disposable
/// dokumente/    documents by hash
/// suche/        the index of all that; disposable
/// ```
#[derive(Debug)]
pub struct Profile {
    dir: PathBuf,
    /// Held for as long as somebody works in the folder.
    _lock: ProfileLock,
}

impl Profile {
    /// Locks the folder `dir`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Code::ProfileInUse`], [`Code::ProfileUnusable`], [`Code::DiskFull`].
    pub fn lock(dir: &Path) -> Result<Self, AppError> {
        fs::create_dir_all(dir).map_err(|error| {
            let full = crate::error::is_full(&error);
            let code = if full { Code::DiskFull } else { Code::ProfileUnusable };
            AppError::new(code).because(error)
        })?;
        Ok(Self { dir: dir.to_owned(), _lock: ProfileLock::acquire(dir)? })
    }

    /// The key of the profile; made if it has none and no data. `source` matters only then.
    ///
    /// # Errors
    /// Of the group „The key“ in [`Code`].
    pub fn key(&self, source: KeySource, ask: &mut dyn AskPassphrase) -> Result<DataKey, AppError> {
        Ok(key::open_or_create(&self.dir, source, ask)?)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Where the entries lie.
    pub(crate) fn work(&self) -> PathBuf {
        self.dir.join("work.db")
    }

    /// Where the copy of the Zentrale's data lies.
    pub(crate) fn mirror(&self) -> PathBuf {
        self.dir.join("mirror.db")
    }

    /// Where a copy is begun while a damaged one is being taken away.
    pub(crate) fn stand_in(&self) -> PathBuf {
        self.dir.join("mirror.ersatz.db")
    }

    /// Where the documents lie.
    pub(crate) fn documents(&self) -> PathBuf {
        self.dir.join("dokumente")
    }

    /// Where the search index lies.
    pub(crate) fn suche(&self) -> PathBuf {
        self.dir.join("suche")
    }
}
