//! Documents by the hash of their bytes, encrypted, each file written once and never changed.
//!
//! ```text
//! dokumente/
//!   unfertig/       being written; emptied at the next start
//!   00/ … ff/       <64 hexadecimal digits of the SHA-256 over the plain bytes>
//! ```
//!
//! A name appears only after all bytes behind it are on the disk, so a power cut leaves a document
//! whole or absent. Reading checks every byte: what cannot be proven is an error, never data.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Read},
    ops::Range,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use kontor_domain::DocumentHash;

use crate::{disk::Disk, key::DataKey};

mod envelope;
mod error;
mod incoming;
mod put;
mod read;
mod writer;

pub use error::DocumentError;
pub use put::Stored;
pub use read::DocumentReader;
use writer::Writer;

/// Files being written.
const UNFINISHED: &str = "unfertig";

/// The documents of a profile. Cheap to share between threads behind an [`Arc`].
#[derive(Debug)]
pub struct DocumentStore {
    root: PathBuf,
    disk: Arc<dyn Disk>,
    key: DataKey,
    /// Number of the next unfinished file. Names need not be random: the profile lock lets one
    /// program in, and it starts with an empty folder.
    next_unfinished: AtomicU64,
    incoming: Mutex<Incoming>,
    /// Folders whose names are known to survive a power cut.
    safe_shelves: Mutex<BTreeSet<PathBuf>>,
}

/// Documents of which pieces have come.
type Incoming = BTreeMap<DocumentHash, Writer>;

impl DocumentStore {
    /// Opens or creates the store in the folder `root` and removes what an earlier run left unfinished.
    ///
    /// The caller holds the profile's lock.
    pub fn open(root: &Path, disk: Arc<dyn Disk>, key: &DataKey) -> Result<Self, DocumentError> {
        let unfinished = root.join(UNFINISHED);
        disk.create_dir_all(&unfinished)?;
        for stale in disk.list(&unfinished)? {
            disk.remove(&unfinished.join(stale.name))?;
        }
        disk.sync_dir(root)?;
        if let Some(parent) = root.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            disk.sync_dir(parent)?;
        }
        Ok(Self {
            root: root.to_owned(),
            disk,
            key: key.clone(),
            next_unfinished: AtomicU64::new(0),
            incoming: Mutex::default(),
            safe_shelves: Mutex::default(),
        })
    }

    /// Stores what `source` yields, up to `limit_bytes`, and returns its name and size.
    ///
    /// When this returns, the document survives a power cut. A document that is there already is
    /// success; if the one that is there turns out to be damaged, it is replaced.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::Source`], [`DocumentError::DiskFull`]; nothing is stored then.
    pub fn put(&self, source: &mut dyn Read, limit_bytes: u64) -> Result<Stored, DocumentError> {
        put::put(self, source, limit_bytes)
    }

    /// Opens a document. Its length is proven here, its bytes as they are read.
    ///
    /// # Errors
    /// [`DocumentError::NotFound`], [`DocumentError::Damaged`].
    pub fn read(&self, hash: DocumentHash) -> Result<DocumentReader, DocumentError> {
        let file = match self.disk.open(&self.path(hash)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(DocumentError::NotFound { hash });
            }
            opened => opened?,
        };
        DocumentReader::open(file, hash, &self.key)
    }

    /// Reads bytes `range` of a document, decrypting only the segments they lie in.
    ///
    /// # Errors
    /// As [`read`](Self::read), and [`DocumentError::OutOfRange`].
    pub fn read_range(
        &self,
        hash: DocumentHash,
        range: Range<u64>,
    ) -> Result<Vec<u8>, DocumentError> {
        self.read(hash)?.read_range(range)
    }

    /// Whether there is a document of this name, whole or not.
    pub fn contains(&self, hash: DocumentHash) -> Result<bool, DocumentError> {
        match self.disk.open(&self.path(hash)) {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Size of a document in bytes.
    pub fn size(&self, hash: DocumentHash) -> Result<u64, DocumentError> {
        Ok(self.read(hash)?.size_bytes())
    }

    /// Reads a document through and compares it with its name.
    ///
    /// # Errors
    /// [`DocumentError::Damaged`], [`DocumentError::NotFound`].
    pub fn verify(&self, hash: DocumentHash) -> Result<(), DocumentError> {
        io::copy(&mut self.read(hash)?, &mut io::sink())?;
        Ok(())
    }

    /// The names of all documents, sorted.
    pub fn list(&self) -> Result<Vec<DocumentHash>, DocumentError> {
        let mut hashes = Vec::new();
        let folders = self.disk.list(&self.root)?.into_iter();
        for shelf in folders.filter(|entry| entry.is_dir && entry.name.len() == 2) {
            let entries = self.disk.list(&self.root.join(&shelf.name))?;
            let names = entries.into_iter().map(|entry| entry.name);
            let here = names.filter(|name| name.starts_with(&shelf.name));
            hashes.extend(here.filter_map(|name| name.parse::<DocumentHash>().ok()));
        }
        Ok(hashes)
    }

    /// Removes a document for good. Returns whether there was one.
    pub fn remove(&self, hash: DocumentHash) -> Result<bool, DocumentError> {
        match self.disk.remove(&self.path(hash)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            removed => removed?,
        }
        self.disk.sync_dir(&self.shelf(hash))?;
        Ok(true)
    }

    fn shelf(&self, hash: DocumentHash) -> PathBuf {
        let [first, ..] = hash.as_bytes();
        self.root.join(format!("{first:02x}"))
    }

    /// The folder for a document, there for good.
    fn ensure_shelf(&self, hash: DocumentHash) -> Result<PathBuf, DocumentError> {
        let folder = self.shelf(hash);
        let mut safe = self.safe_shelves.lock().unwrap_or_else(PoisonError::into_inner);
        if !safe.contains(&folder) {
            self.disk.create_dir_all(&folder)?;
            // Even if it was there: an earlier run may have ended before it came to this.
            self.disk.sync_dir(&self.root)?;
            safe.insert(folder.clone());
        }
        Ok(folder)
    }

    fn path(&self, hash: DocumentHash) -> PathBuf {
        self.shelf(hash).join(hash.to_string())
    }

    fn unfinished_path(&self) -> PathBuf {
        let number = self.next_unfinished.fetch_add(1, Ordering::Relaxed);
        self.root.join(UNFINISHED).join(number.to_string())
    }
}

#[cfg(test)]
mod tests;
