use std::{fs, io::Cursor, thread};

use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::envelope::{
    Envelope, HEADER_BYTES, Place, SALT_BYTES, SEGMENT_BYTES, TAG_BYTES, header,
};
use super::*;
use crate::disk::OsDisk;

const LIMIT_BYTES: u64 = 1 << 30;

fn key() -> DataKey {
    DataKey::from_bytes([0x33; 32])
}

fn store() -> (TempDir, DocumentStore) {
    let dir = tempfile::tempdir().unwrap();
    let store = reopen(&dir);
    (dir, store)
}

fn reopen(dir: &TempDir) -> DocumentStore {
    DocumentStore::open(&dir.path().join("dokumente"), Arc::new(OsDisk), &key()).unwrap()
}

fn put(store: &DocumentStore, bytes: &[u8]) -> DocumentHash {
    store.put(&mut Cursor::new(bytes), LIMIT_BYTES).unwrap().hash
}

fn read_all(store: &DocumentStore, hash: DocumentHash) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    store.read(hash)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn hash_of(bytes: &[u8]) -> DocumentHash {
    DocumentHash::from_bytes(Sha256::digest(bytes).into())
}

/// Bytes that differ from one segment to the next.
fn letter(length: usize) -> Vec<u8> {
    (0..length).map(|i| (i.wrapping_mul(31) >> 5).to_le_bytes()[0]).collect()
}

/// Every way to read a document must say that it is damaged.
fn assert_damaged(store: &DocumentStore, hash: DocumentHash, how: &str) {
    let error = read_all(store, hash).unwrap_err();
    assert!(matches!(error, DocumentError::Damaged { .. }), "{how}: {error:?}");
    let error = store.verify(hash).unwrap_err();
    assert!(matches!(error, DocumentError::Damaged { .. }), "{how}: {error:?}");
}

#[test]
fn sizes_around_a_segment_come_back() {
    let (_dir, store) = store();
    for size in [0, 1, SEGMENT_BYTES - 1, SEGMENT_BYTES, SEGMENT_BYTES + 1, 3 * SEGMENT_BYTES] {
        let bytes = letter(size);
        let stored = store.put(&mut Cursor::new(&bytes), LIMIT_BYTES).unwrap();
        assert_eq!(stored, Stored { hash: hash_of(&bytes), size_bytes: size as u64 });
        assert_eq!(read_all(&store, stored.hash).unwrap(), bytes);
        assert_eq!(store.size(stored.hash).unwrap(), size as u64);
        store.verify(stored.hash).unwrap();
    }
}

#[test]
fn a_source_that_yields_single_bytes_makes_the_same_document() {
    struct Trickle(Cursor<Vec<u8>>);
    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(&mut buffer[..1])
        }
    }
    let (_dir, store) = store();
    let bytes = letter(SEGMENT_BYTES + 100);
    let stored = store.put(&mut Trickle(Cursor::new(bytes.clone())), LIMIT_BYTES).unwrap();
    assert_eq!(read_all(&store, stored.hash).unwrap(), bytes);
}

#[test]
fn nothing_lies_there_in_clear_and_no_two_files_are_alike() {
    let (dir, store) = store();
    let bytes = b"Der Antrag wird abgelehnt. ".repeat(50);
    let hash = put(&store, &bytes);
    let first = fs::read(store.path(hash)).unwrap();
    assert!(!first.windows(8).any(|window| window == &bytes[..8]));

    store.remove(hash).unwrap();
    let store = reopen(&dir);
    put(&store, &bytes);
    assert_ne!(fs::read(store.path(hash)).unwrap(), first);
}

#[test]
fn another_key_reads_nothing() {
    let (dir, store) = store();
    let hash = put(&store, b"geheim");
    let root = dir.path().join("dokumente");
    let other =
        DocumentStore::open(&root, Arc::new(OsDisk), &DataKey::from_bytes([0x34; 32])).unwrap();
    assert_damaged(&other, hash, "other key");
}

#[test]
fn every_flipped_bit_is_found() {
    let (_dir, store) = store();
    let hash = put(&store, b"kurz");
    let path = store.path(hash);
    let whole = fs::read(&path).unwrap();
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, bytes).unwrap();
        assert_damaged(&store, hash, &format!("bit {bit}"));
    }
}

#[test]
fn every_cut_is_found_even_between_segments() {
    let (_dir, store) = store();
    let hash = put(&store, &letter(2 * SEGMENT_BYTES + 10));
    let path = store.path(hash);
    let whole = fs::read(&path).unwrap();
    let sealed = SEGMENT_BYTES + TAG_BYTES;
    let cuts = [0, 7, HEADER_BYTES, HEADER_BYTES + TAG_BYTES, HEADER_BYTES + sealed];
    for cut in cuts.into_iter().chain([HEADER_BYTES + 2 * sealed, whole.len() - 1]) {
        fs::write(&path, &whole[..cut]).unwrap();
        assert_damaged(&store, hash, &format!("cut at {cut}"));
    }
    fs::write(&path, [&whole[..], b"x"].concat()).unwrap();
    assert_damaged(&store, hash, "one byte more");
}

#[test]
fn swapped_and_doubled_segments_are_found() {
    let (_dir, store) = store();
    let hash = put(&store, &letter(3 * SEGMENT_BYTES));
    let path = store.path(hash);
    let whole = fs::read(&path).unwrap();
    let (head, body) = whole.split_at(HEADER_BYTES);
    let parts: Vec<&[u8]> = body.chunks(SEGMENT_BYTES + TAG_BYTES).collect();
    for order in [[1, 0, 2], [0, 0, 2], [2, 1, 0], [0, 1, 1]] {
        let mixed = order.map(|part| parts[part]).concat();
        fs::write(&path, [head, &mixed].concat()).unwrap();
        assert_damaged(&store, hash, &format!("{order:?}"));
    }
}

#[test]
fn one_document_under_the_name_of_another_is_found() {
    let (_dir, store) = store();
    let (a, b) = (put(&store, b"Bescheid A"), put(&store, b"Bescheid B"));
    fs::copy(store.path(a), store.path(b)).unwrap();
    assert_damaged(&store, b, "a under the name of b");
    assert!(store.size(b).is_err());
    assert!(store.read_range(b, 0..1).is_err());
}

/// Not even somebody who has the key, and wrote another content under a name, gets it read out.
#[test]
fn bytes_that_do_not_hash_to_their_name_are_never_handed_out() {
    let (_dir, store) = store();
    let hash = hash_of(b"das Original");
    let salt = [9; SALT_BYTES];
    let mut segment = b"etwas anderes".to_vec();
    Envelope::new(&key(), &salt).seal(&mut segment, Place::Last(0, hash)).unwrap();
    fs::create_dir(store.shelf(hash)).unwrap();
    fs::write(store.path(hash), [&header(&salt)[..], &segment].concat()).unwrap();

    let mut bytes = Vec::new();
    let mut reader = store.read(hash).unwrap();
    assert!(reader.read_to_end(&mut bytes).is_err());
    assert!(reader.read_to_end(&mut bytes).is_err(), "again");
    assert_eq!(bytes, b"");
}

#[test]
fn ranges_outside_are_refused() {
    let (_dir, store) = store();
    let hash = put(&store, b"0123456789");
    assert_eq!(store.read_range(hash, 2..5).unwrap(), b"234");
    assert_eq!(store.read_range(hash, 10..10).unwrap(), b"");
    for range in [0..11, 11..11, 5..u64::MAX] {
        let error = store.read_range(hash, range).unwrap_err();
        assert!(matches!(error, DocumentError::OutOfRange { size_bytes: 10 }), "{error:?}");
    }
    #[expect(clippy::reversed_empty_ranges, reason = "the refusal is what is tested")]
    let backwards = 5..2;
    assert!(store.read_range(hash, backwards).is_err());
}

#[test]
fn a_range_needs_only_its_own_segments_and_the_last() {
    let (_dir, store) = store();
    let bytes = letter(4 * SEGMENT_BYTES);
    let hash = put(&store, &bytes);
    let path = store.path(hash);
    let mut damaged = fs::read(&path).unwrap();
    damaged[HEADER_BYTES + 10] ^= 1;
    fs::write(&path, damaged).unwrap();

    let second = SEGMENT_BYTES as u64..2 * SEGMENT_BYTES as u64;
    assert_eq!(store.read_range(hash, second).unwrap(), letter(2 * SEGMENT_BYTES)[SEGMENT_BYTES..]);
    let error = store.read_range(hash, 0..1).unwrap_err();
    assert!(matches!(error, DocumentError::Damaged { .. }));
}

#[test]
fn too_much_is_refused_and_leaves_nothing() {
    let (dir, store) = store();
    for (size, limit) in [(11, 10), (SEGMENT_BYTES + 1, SEGMENT_BYTES as u64), (1, 0)] {
        let error = store.put(&mut Cursor::new(letter(size)), limit).unwrap_err();
        assert!(matches!(error, DocumentError::TooLarge { limit_bytes } if limit_bytes == limit));
    }
    assert!(store.put(&mut io::repeat(7), 1 << 20).is_err(), "a source without end");
    assert_eq!(store.list().unwrap(), []);
    assert_eq!(fs::read_dir(dir.path().join("dokumente/unfertig")).unwrap().count(), 0);
    store.put(&mut Cursor::new(letter(10)), 10).unwrap();
}

#[test]
fn a_failing_source_leaves_nothing() {
    struct Torn;
    impl Read for Torn {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let (dir, store) = store();
    let mut source = Cursor::new(letter(SEGMENT_BYTES + 5)).chain(Torn);
    let error = store.put(&mut source, LIMIT_BYTES).unwrap_err();
    assert!(matches!(error, DocumentError::Source(_)), "{error:?}");
    assert_eq!(store.list().unwrap(), []);
    assert_eq!(fs::read_dir(dir.path().join("dokumente/unfertig")).unwrap().count(), 0);
}

#[test]
fn storing_twice_is_success_and_leaves_the_first_file() {
    let (dir, store) = store();
    let hash = put(&store, b"zweimal");
    let first = fs::read(store.path(hash)).unwrap();
    assert_eq!(put(&store, b"zweimal"), hash);
    assert_eq!(fs::read(store.path(hash)).unwrap(), first);
    assert_eq!(fs::read_dir(dir.path().join("dokumente/unfertig")).unwrap().count(), 0);
}

#[test]
fn storing_again_heals_a_damaged_document() {
    let (_dir, store) = store();
    let hash = put(&store, b"heil");
    fs::write(store.path(hash), b"kaputt").unwrap();
    assert_eq!(put(&store, b"heil"), hash);
    assert_eq!(read_all(&store, hash).unwrap(), b"heil");
}

#[test]
fn many_may_store_the_same_document_at_once() {
    let (_dir, store) = store();
    let bytes = letter(SEGMENT_BYTES * 2);
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| put(&store, &bytes));
        }
    });
    assert_eq!(store.list().unwrap(), [hash_of(&bytes)]);
    store.verify(hash_of(&bytes)).unwrap();
}

#[test]
fn list_and_remove_know_documents_only() {
    let (dir, store) = store();
    let mut hashes: Vec<_> = (0..20_u8).map(|i| put(&store, &[i])).collect();
    hashes.sort();
    let shelf = store.shelf(hashes[0]);
    fs::write(shelf.join("Thumbs.db"), b"").unwrap();
    fs::write(shelf.join("ff".repeat(32)), b"on the wrong shelf").unwrap();
    assert_eq!(store.list().unwrap(), hashes);

    assert!(store.remove(hashes[3]).unwrap());
    assert!(!store.remove(hashes[3]).unwrap());
    assert!(!store.contains(hashes[3]).unwrap());
    let error = store.read(hashes[3]).unwrap_err();
    assert!(matches!(error, DocumentError::NotFound { hash } if hash == hashes[3]));
    assert_eq!(reopen(&dir).list().unwrap().len(), 19);
}

#[test]
fn the_next_start_removes_unfinished_files() {
    let (dir, store) = store();
    let hash = put(&store, b"fertig");
    let unfinished = dir.path().join("dokumente/unfertig");
    fs::write(unfinished.join("0"), b"halb").unwrap();
    drop(store);
    let store = reopen(&dir);
    assert_eq!(fs::read_dir(unfinished).unwrap().count(), 0);
    assert_eq!(store.list().unwrap(), [hash]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_range_is_the_slice(size in 0_usize..3 * SEGMENT_BYTES, a in any::<u64>(), b in any::<u64>()) {
        let (_dir, store) = store();
        let bytes = letter(size);
        let hash = put(&store, &bytes);
        let (a, b) = (a % (size as u64 + 1), b % (size as u64 + 1));
        let range = a.min(b)..a.max(b);
        let slice = &bytes[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()];
        prop_assert_eq!(store.read_range(hash, range).unwrap(), slice);
    }

    #[test]
    fn a_flipped_bit_in_a_large_document_is_found(bit in any::<usize>()) {
        let (_dir, store) = store();
        let hash = put(&store, &letter(SEGMENT_BYTES * 2 + 77));
        let path = store.path(hash);
        let mut bytes = fs::read(&path).unwrap();
        let bit = bit % (bytes.len() * 8);
        bytes[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, bytes).unwrap();
        assert_damaged(&store, hash, &format!("bit {bit}"));
    }
}
