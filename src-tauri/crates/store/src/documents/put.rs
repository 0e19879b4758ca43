//! Storing a document: hash and encrypt while copying, then give it its name.

use std::{
    io::{self, Read},
    path::Path,
};

use kontor_domain::DocumentHash;
use sha2::{Digest, Sha256};

use super::{
    DocumentError, DocumentStore,
    envelope::{self, Envelope, Forged, Place, SALT_BYTES, SEGMENT_BYTES, TAG_BYTES},
};

/// A document that is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// Its name.
    pub hash: DocumentHash,
    /// Its size in bytes.
    pub size_bytes: u64,
}

pub(super) fn put(
    store: &DocumentStore,
    source: &mut dyn Read,
    limit_bytes: u64,
    expected: Option<DocumentHash>,
) -> Result<Stored, DocumentError> {
    let unfinished = store.unfinished_path();
    let stored = write(store, &unfinished, source, limit_bytes).and_then(|stored| {
        let actual = stored.hash;
        match expected {
            Some(expected) if expected != actual => {
                Err(DocumentError::OtherContent { expected, actual })
            }
            _ => publish(store, &unfinished, actual).map(|()| stored),
        }
    });
    if stored.is_err() {
        // If this fails too, the next start removes it.
        let _ = store.disk.remove(&unfinished);
    }
    stored
}

fn write(
    store: &DocumentStore,
    file: &Path,
    source: &mut dyn Read,
    limit_bytes: u64,
) -> Result<Stored, DocumentError> {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(DocumentError::Random)?;
    let envelope = Envelope::new(&store.key, &salt);
    let mut writer = store.disk.create(file)?;
    writer.write_all(&envelope::header(&salt))?;

    let (mut digest, mut size_bytes) = (Sha256::new(), 0);
    let (mut segment, mut following) = (new_buffer(), new_buffer());
    fill(&mut segment, source)?;
    for number in 0.. {
        size_bytes += segment.len() as u64;
        if size_bytes > limit_bytes {
            return Err(DocumentError::TooLarge { limit_bytes });
        }
        digest.update(&segment);
        // Whether a full segment is the last is known only once nothing follows.
        following.clear();
        if segment.len() == SEGMENT_BYTES {
            fill(&mut following, source)?;
        }
        let place = if following.is_empty() {
            let hash = DocumentHash::from_bytes(digest.clone().finalize().into());
            Place::Last(number, hash)
        } else {
            Place::Inner(number)
        };
        envelope.seal(&mut segment, place).map_err(|Forged| too_long())?;
        writer.write_all(&segment)?;
        if let Place::Last(_, hash) = place {
            writer.sync()?;
            return Ok(Stored { hash, size_bytes });
        }
        std::mem::swap(&mut segment, &mut following);
    }
    Err(too_long().into())
}

/// Gives a finished file its name, for good.
fn publish(store: &DocumentStore, from: &Path, hash: DocumentHash) -> Result<(), DocumentError> {
    let shelf = store.ensure_shelf(hash)?;
    let to = store.path(hash);
    match store.disk.publish(from, &to) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => match store.verify(hash) {
            Ok(()) => store.disk.remove(from)?,
            Err(DocumentError::Damaged { .. }) => {
                store.disk.remove(&to)?;
                store.disk.publish(from, &to)?;
            }
            Err(error) => return Err(error),
        },
        published => published?,
    }
    // Also when it was there already: whoever put it there may have been stopped before this.
    Ok(store.disk.sync_dir(&shelf)?)
}

fn new_buffer() -> Vec<u8> {
    Vec::with_capacity(SEGMENT_BYTES + TAG_BYTES)
}

/// Replaces the buffer's content by the next segment; fewer bytes mean the source has ended.
fn fill(buffer: &mut Vec<u8>, source: &mut dyn Read) -> Result<(), DocumentError> {
    buffer.clear();
    let taken = source.take(SEGMENT_BYTES as u64).read_to_end(buffer);
    taken.map(|_| ()).map_err(DocumentError::Source)
}

/// AES-GCM's limit and the number of segments lie far beyond any disk.
fn too_long() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}
