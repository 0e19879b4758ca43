//! Documents on a disk that loses power at every single step.

use std::{
    io::{Cursor, Read},
    path::Path,
    sync::Arc,
};

use kontor_domain::DocumentHash;
use kontor_store::{
    documents::{DocumentError, DocumentStore},
    key::DataKey,
};
use kontor_testkit::disk::SimDisk;

const ROOT: &str = "/sim/dokumente";

/// The last change to names is unsynced in every run, so several fates are tried for each step.
const SEEDS: u64 = 6;

fn start(disk: &SimDisk) -> Result<DocumentStore, DocumentError> {
    DocumentStore::open(Path::new(ROOT), Arc::new(disk.mount()), &DataKey::from_bytes([5; 32]))
}

fn put(store: &DocumentStore, bytes: &[u8]) -> Result<DocumentHash, DocumentError> {
    store.put(&mut Cursor::new(bytes), u64::MAX).map(|stored| stored.hash)
}

fn read(store: &DocumentStore, hash: DocumentHash) -> Result<Vec<u8>, DocumentError> {
    let mut bytes = Vec::new();
    store.read(hash)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn letter(tag: u8) -> Vec<u8> {
    (0..200_000_u32).map(|i| i.to_le_bytes()[1] ^ tag).collect()
}

fn unfinished(disk: &SimDisk) -> usize {
    disk.files().iter().filter(|file| file.contains("/unfertig/")).count()
}

#[test]
fn a_power_cut_leaves_a_document_whole_or_absent() {
    let name = put(&start(&SimDisk::new(0)).unwrap(), &letter(2)).unwrap();
    let mut struck = 0;
    for seed in 0..SEEDS {
        for step in 0.. {
            let disk = SimDisk::new(seed * 1000 + step);
            let store = start(&disk).unwrap();
            let kept = put(&store, &letter(1)).unwrap();
            disk.fail_after(step);
            let outcome = put(&store, &letter(2));
            let went_down = disk.is_down();
            disk.power_cut();

            let store = start(&disk).unwrap();
            assert_eq!(read(&store, kept).unwrap(), letter(1), "seed {seed} step {step}");
            assert_eq!(unfinished(&disk), 0, "seed {seed} step {step}");
            match read(&store, name) {
                Ok(bytes) => assert_eq!(bytes, letter(2)),
                Err(error) => {
                    assert!(matches!(error, DocumentError::NotFound { .. }), "{error:?}");
                    assert!(outcome.is_err(), "acknowledged and gone: seed {seed} step {step}");
                }
            }
            put(&store, &letter(2)).unwrap();
            assert_eq!(read(&store, name).unwrap(), letter(2));
            if !went_down {
                break;
            }
            struck += 1;
        }
    }
    // Create, header, four segments, sync, folder, sync of the root, publish, sync of the folder.
    assert!(struck >= SEEDS * 11, "only {struck} crashes");
}

/// One that comes in pieces, with a power cut between any two steps.
#[test]
fn a_document_in_pieces_is_whole_or_absent() {
    let name = put(&start(&SimDisk::new(0)).unwrap(), &letter(2)).unwrap();
    let receive = |store: &DocumentStore| {
        for piece in letter(2).chunks(70_000) {
            store.receive(name, (store.received(name), piece), u64::MAX)?;
        }
        store.complete(name)
    };
    for step in 0.. {
        let disk = SimDisk::new(step);
        let store = start(&disk).unwrap();
        disk.fail_after(step);
        let outcome = receive(&store);
        let went_down = disk.is_down();
        disk.power_cut();
        let store = start(&disk).unwrap();
        assert_eq!(unfinished(&disk), 0, "step {step}");
        assert_eq!(store.received(name), 0, "step {step}");
        match read(&store, name) {
            Ok(bytes) => assert_eq!(bytes, letter(2)),
            Err(DocumentError::NotFound { .. }) => {
                assert!(outcome.is_err(), "acknowledged and gone: step {step}");
            }
            Err(error) => panic!("step {step}: {error:?}"),
        }
        if !went_down {
            break;
        }
    }
}

/// A killed program leaves changes that look done and are not yet safe. Storing again must not
/// take them for granted.
#[test]
fn storing_again_after_a_kill_survives_a_power_cut() {
    for seed in 0..SEEDS {
        for step in 0.. {
            let disk = SimDisk::new(seed * 1000 + step);
            disk.fail_after(step);
            let went_down = start(&disk).and_then(|store| put(&store, &letter(2))).is_err();
            disk.kill();
            let name = put(&start(&disk).unwrap(), &letter(2)).unwrap();
            disk.power_cut();
            let bytes = read(&start(&disk).unwrap(), name).unwrap();
            assert_eq!(bytes, letter(2), "seed {seed} step {step}");
            if !went_down {
                break;
            }
        }
    }
}

#[test]
fn a_full_disk_is_named_and_leaves_nothing() {
    let disk = SimDisk::new(1);
    let store = start(&disk).unwrap();
    let kept = put(&store, &letter(1)).unwrap();
    for room in [0, 10, 70_000, 199_999] {
        disk.set_room(Some(room));
        let error = put(&store, &letter(2)).unwrap_err();
        assert!(matches!(error, DocumentError::DiskFull(_)), "{room}: {error:?}");
        assert_eq!(unfinished(&disk), 0, "{room}");
    }
    disk.set_full(false);
    assert_eq!(read(&store, kept).unwrap(), letter(1));
    let stored = put(&store, &letter(2)).unwrap();
    assert_eq!(read(&store, stored).unwrap(), letter(2));
}

#[test]
fn a_passing_read_error_is_not_taken_for_damage() {
    let disk = SimDisk::new(2);
    let store = start(&disk).unwrap();
    let name = put(&store, &letter(1)).unwrap();
    for read_number in 0..4 {
        disk.fail_one_read(read_number);
        let error = store.verify(name).unwrap_err();
        assert!(matches!(error, DocumentError::Disk(_)), "read {read_number}: {error:?}");
    }
    store.verify(name).unwrap();
}

/// Shows that the tests above can fail: on a disk that lies about syncing, documents are lost.
#[test]
fn a_lying_disk_loses_documents() {
    let lost = (0..SEEDS).any(|seed| {
        let disk = SimDisk::new(seed);
        disk.set_lying(true);
        let name = put(&start(&disk).unwrap(), &letter(1)).unwrap();
        disk.power_cut();
        start(&disk).and_then(|store| read(&store, name)).is_err()
    });
    assert!(lost);
}
