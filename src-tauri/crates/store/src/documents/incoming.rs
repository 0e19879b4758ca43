//! Documents that come in pieces, over a network that breaks off. What has come stays for as long as
//! the program runs, and the next attempt goes on from there.

use std::collections::btree_map::Entry;
use std::sync::PoisonError;

use kontor_domain::DocumentHash;

use super::{DocumentError, DocumentStore, Stored, put, writer::Writer};

/// So many documents may be unfinished at once; each is an open file and a segment in memory.
const INCOMING_MAX: usize = 4;

impl DocumentStore {
    /// How many bytes of a document have come so far; 0 if nobody has begun.
    pub fn received(&self, hash: DocumentHash) -> u64 {
        self.incoming().get(&hash).map_or(0, Writer::size_bytes)
    }

    /// Takes the bytes of a document from `at` on; it may have up to `limit_bytes`. `false` if that is
    /// not where it goes on: somebody else has brought a piece meanwhile, or it had to give way to
    /// another unfinished one and begins anew.
    ///
    /// # Errors
    /// [`DocumentError::TooLarge`], [`DocumentError::DiskFull`], [`DocumentError::Disk`]; what had come
    /// before is given up then.
    pub fn receive(
        &self,
        hash: DocumentHash,
        (at, bytes): (u64, &[u8]),
        limit_bytes: u64,
    ) -> Result<bool, DocumentError> {
        let mut incoming = self.incoming();
        if incoming.get(&hash).map_or(0, Writer::size_bytes) != at {
            return Ok(false);
        }
        while incoming.len() >= INCOMING_MAX && !incoming.contains_key(&hash) {
            let Some((_, other)) = incoming.pop_first() else { break };
            put::give_up(self, other);
        }
        let mut entry = match incoming.entry(hash) {
            Entry::Occupied(entry) => entry,
            Entry::Vacant(vacant) => vacant.insert_entry(Writer::create(self)?),
        };
        let writer = entry.get_mut();
        let written = if writer.size_bytes() + bytes.len() as u64 > limit_bytes {
            Err(DocumentError::TooLarge { limit_bytes })
        } else {
            writer.write(bytes)
        };
        if written.is_err() {
            put::give_up(self, entry.remove());
        }
        written.map(|()| true)
    }

    /// Stores what has come, if it is the document named `hash`. When this returns, it survives a power
    /// cut.
    ///
    /// # Errors
    /// [`DocumentError::NotFound`] if nobody has begun, [`DocumentError::OtherContent`], and as
    /// [`receive`](Self::receive); what had come is given up then.
    pub fn complete(&self, hash: DocumentHash) -> Result<Stored, DocumentError> {
        let writer = self.incoming().remove(&hash).ok_or(DocumentError::NotFound { hash })?;
        put::name(self, writer, Some(hash))
    }

    /// Gives up what has come of a document.
    pub fn forget(&self, hash: DocumentHash) {
        if let Some(writer) = self.incoming().remove(&hash) {
            put::give_up(self, writer);
        }
    }

    fn incoming(&self) -> std::sync::MutexGuard<'_, super::Incoming> {
        self.incoming.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, io::Read, sync::Arc};

    use sha2::{Digest, Sha256};
    use tempfile::TempDir;

    use super::*;
    use crate::{disk::OsDisk, documents::envelope::SEGMENT_BYTES, key::DataKey};

    fn store() -> (TempDir, DocumentStore) {
        let dir = tempfile::tempdir().unwrap();
        let key = DataKey::from_bytes([0x33; 32]);
        let store = DocumentStore::open(dir.path(), Arc::new(OsDisk), &key).unwrap();
        (dir, store)
    }

    fn film(tag: u8, length: usize) -> (DocumentHash, Vec<u8>) {
        let bytes: Vec<u8> = (0..length).map(|i| i.to_le_bytes()[1] ^ tag).collect();
        (DocumentHash::from_bytes(Sha256::digest(&bytes).into()), bytes)
    }

    fn unfinished(dir: &TempDir) -> usize {
        fs::read_dir(dir.path().join("unfertig")).unwrap().count()
    }

    #[test]
    fn pieces_of_any_size_make_the_document() {
        let (dir, store) = store();
        for (length, piece) in [
            (0, 1),
            (1, 1),
            (3 * SEGMENT_BYTES, SEGMENT_BYTES),
            (200_001, 7_777),
            (200_002, 190_000),
        ] {
            let (hash, bytes) = film(1, length);
            // An empty document is one piece without a byte.
            assert!(store.receive(hash, (0, &[]), u64::MAX).unwrap());
            for piece in bytes.chunks(piece) {
                let at = store.received(hash);
                assert!(store.receive(hash, (at, piece), u64::MAX).unwrap());
            }
            assert_eq!(store.received(hash), length as u64);
            assert_eq!(store.complete(hash).unwrap().size_bytes, length as u64);
            let mut read = Vec::new();
            store.read(hash).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
        assert_eq!(unfinished(&dir), 0);
    }

    #[test]
    fn something_else_and_something_too_large_leave_nothing() {
        let (dir, store) = store();
        let (hash, bytes) = film(1, 100_000);
        store.receive(hash, (0, &bytes[1..]), u64::MAX).unwrap();
        let error = store.complete(hash).unwrap_err();
        assert!(matches!(error, DocumentError::OtherContent { .. }), "{error:?}");
        store.receive(hash, (0, &bytes), 100_000).unwrap();
        let error = store.receive(hash, (100_000, &[1]), 100_000).unwrap_err();
        assert!(matches!(error, DocumentError::TooLarge { .. }), "{error:?}");
        store.receive(hash, (0, &bytes), 100_000).unwrap();
        store.forget(hash);
        assert_eq!((unfinished(&dir), store.received(hash)), (0, 0));
        assert!(matches!(store.complete(hash), Err(DocumentError::NotFound { .. })));
    }

    /// Two runs fetch the same document at once, as when somebody connects while the desk is watched.
    #[test]
    fn two_who_bring_the_same_document_do_not_double_it() {
        let (_dir, store) = store();
        let (hash, bytes) = film(1, 1_000);
        let (first, rest) = bytes.split_at(400);
        assert!(store.receive(hash, (0, first), u64::MAX).unwrap());
        assert!(!store.receive(hash, (0, first), u64::MAX).unwrap());
        assert!(store.receive(hash, (400, rest), u64::MAX).unwrap());
        assert!(!store.receive(hash, (400, rest), u64::MAX).unwrap());
        assert_eq!(store.complete(hash).unwrap().size_bytes, 1_000);
        assert!(!store.receive(hash, (400, rest), u64::MAX).unwrap());
    }

    #[test]
    fn only_so_many_are_kept_unfinished() {
        let (dir, store) = store();
        for tag in 0..10 {
            let (hash, bytes) = film(tag, 1_000);
            store.receive(hash, (0, &bytes), u64::MAX).unwrap();
        }
        assert_eq!(unfinished(&dir), INCOMING_MAX);
    }
}
