//! A document on its way into the store: hashed and encrypted as it comes, one segment held.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use kontor_domain::DocumentHash;
use sha2::{Digest, Sha256};

use super::{
    DocumentError, DocumentStore, Stored,
    envelope::{self, Envelope, Forged, Place, SALT_BYTES, SEGMENT_BYTES, TAG_BYTES},
};
use crate::disk::DiskWriter;

/// An unfinished file. Whoever gives up removes it; what a crash leaves goes at the next start.
pub(super) struct Writer {
    path: PathBuf,
    file: Box<dyn DiskWriter>,
    envelope: Envelope,
    digest: Sha256,
    size_bytes: u64,
    /// The segment not written yet, and its number. Whether a full one is the last is known only once
    /// something follows or nothing does.
    segment: Vec<u8>,
    number: u64,
}

impl Writer {
    pub(super) fn create(store: &DocumentStore) -> Result<Self, DocumentError> {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(DocumentError::Random)?;
        let path = store.unfinished_path();
        let mut file = store.disk.create(&path)?;
        if let Err(error) = file.write_all(&envelope::header(&salt)) {
            // If this fails too, the next start removes it.
            let _ = store.disk.remove(&path);
            return Err(error.into());
        }
        Ok(Self {
            path,
            file,
            envelope: Envelope::new(&store.key, &salt),
            digest: Sha256::new(),
            size_bytes: 0,
            segment: Vec::with_capacity(SEGMENT_BYTES + TAG_BYTES),
            number: 0,
        })
    }

    /// Where it lies until it has its name.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Bytes of the document taken so far.
    pub(super) fn size_bytes(&self) -> u64 {
        self.size_bytes
    }

    /// Takes the next bytes of the document.
    pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<(), DocumentError> {
        while !bytes.is_empty() {
            if self.segment.len() == SEGMENT_BYTES {
                self.write_segment(Place::Inner(self.number))?;
                self.number += 1;
            }
            let room = SEGMENT_BYTES - self.segment.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.segment.extend_from_slice(now);
            self.digest.update(now);
            self.size_bytes += now.len() as u64;
            bytes = later;
        }
        Ok(())
    }

    /// Makes all of it survive a power cut, without a name yet.
    pub(super) fn finish(&mut self) -> Result<Stored, DocumentError> {
        let hash = DocumentHash::from_bytes(self.digest.clone().finalize().into());
        self.write_segment(Place::Last(self.number, hash))?;
        self.file.sync()?;
        Ok(Stored { hash, size_bytes: self.size_bytes })
    }

    fn write_segment(&mut self, place: Place) -> Result<(), DocumentError> {
        // AES-GCM's limit and the number of segments lie far beyond any disk.
        let too_long = |Forged| std::io::Error::from(std::io::ErrorKind::FileTooLarge);
        self.envelope.seal(&mut self.segment, place).map_err(too_long)?;
        self.file.write_all(&self.segment)?;
        self.segment.clear();
        Ok(())
    }
}

impl fmt::Debug for Writer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writer").field("size_bytes", &self.size_bytes).finish_non_exhaustive()
    }
}
