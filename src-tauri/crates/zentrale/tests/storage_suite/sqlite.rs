//! What only the embedded database promises.

use std::fs;

use futures_util::FutureExt as _;
use kontor_testkit::disk::SimDisk;
use kontor_wire::{Epoch, Position};
use kontor_zentrale::storage::{
    RestoreError, SqliteStorage, Storage as _, StorageError, restore_sqlite,
};
use kontor_zentrale::verify::verify;
use rusqlite::Connection;
use uuid::Uuid;

use super::office::{EPOCH, GEWERBEAMT, KREIS, STADT, anna, set_up};

const FRESH: Epoch = Epoch(Uuid::from_u128(0xF2));

#[test]
fn without_a_runtime_everything_is_done_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let storage = SqliteStorage::open(&dir.path().join("zentrale.db"), None).unwrap();
    let anna = anna();
    let (_, create) = anna.vorgang(GEWERBEAMT);
    set_up(&storage, KREIS).now_or_never().unwrap();
    let answers = anna.enter(&storage, &[create]).now_or_never().unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!(verify(&storage, KREIS).now_or_never().unwrap().unwrap().findings, []);
}

/// Runs pushes until the machine goes down at a chosen write; gives the end the last answer named.
fn push_until_the_lights_go_out(disk: &SimDisk, operations: u64) -> Option<Position> {
    let anna = anna();
    let mut told = None;
    disk.fail_after(operations);
    let Ok(storage) = SqliteStorage::open(&disk.path("zentrale.db"), Some(disk.vfs_name())) else {
        return told;
    };
    let name = "Kreis".parse().unwrap();
    let mandant = kontor_domain::Mandant { id: KREIS, name };
    if storage.create_mandant(&mandant, EPOCH).now_or_never().unwrap().is_err() {
        return told;
    }
    told = Some(Position(0));
    for _ in 0..20 {
        let (vorgang, create) = anna.vorgang(GEWERBEAMT);
        let request = anna.request(&[create, anna.notiz(vorgang, "gesichert")]);
        match anna.try_send(&storage, &request).now_or_never().unwrap() {
            Ok(sealed) => told = Some(sealed.head.seq),
            Err(error) => {
                let kontor_zentrale::push::PushError::Storage(error) = error else {
                    panic!("{error:?}")
                };
                assert!(matches!(error, StorageError::Unavailable(_)), "{error:?}");
                break;
            }
        }
    }
    told
}

#[test]
fn a_power_cut_takes_nothing_that_was_answered() {
    let mut crashes = 0;
    for seed in 0..60 {
        let disk = SimDisk::new(seed);
        let told = push_until_the_lights_go_out(&disk, 5 + seed * 4);
        disk.power_cut();
        let storage =
            SqliteStorage::open(&disk.path("zentrale.db"), Some(disk.vfs_name())).unwrap();
        let Some(told) = told else { continue };
        let head = storage.feed_state(KREIS).now_or_never().unwrap().unwrap().head;
        assert!(head.seq >= told, "seed {seed}: {head:?} is before {told:?}");
        assert_eq!(head.seq.0 % 2, 0, "seed {seed}: half a batch");
        let report = verify(&storage, KREIS).now_or_never().unwrap().unwrap();
        assert_eq!(report.findings, [], "seed {seed}");
        crashes += disk.counts().crashes;
    }
    assert!(crashes > 20, "only {crashes} crashes");
}

#[test]
fn a_full_disk_is_told_and_loses_nothing() {
    let disk = SimDisk::new(1);
    let storage = SqliteStorage::open(&disk.path("zentrale.db"), Some(disk.vfs_name())).unwrap();
    set_up(&storage, KREIS).now_or_never().unwrap();
    let anna = anna();
    let (vorgang, create) = anna.vorgang(GEWERBEAMT);
    anna.enter(&storage, &[create]).now_or_never().unwrap();
    // More than the room in the log that earlier transactions left behind.
    let long = "passt nicht mehr ".repeat(1_000);
    let notes: Vec<_> = (0..20).map(|_| anna.notiz(vorgang, &long)).collect();
    let request = anna.request(&notes);
    disk.set_full(true);
    let refused = anna.try_send(&storage, &request).now_or_never().unwrap();
    assert!(
        matches!(
            refused,
            Err(kontor_zentrale::push::PushError::Storage(StorageError::Unavailable(_)))
        ),
        "{refused:?}"
    );
    assert_eq!(storage.feed_state(KREIS).now_or_never().unwrap().unwrap().head.seq, Position(1));
    disk.set_full(false);
    let sealed = anna.send(&storage, &request).now_or_never().unwrap();
    assert_eq!(sealed.head.seq, Position(21));
    assert_eq!(verify(&storage, KREIS).now_or_never().unwrap().unwrap().findings, []);
}

#[tokio::test]
async fn a_backup_comes_back_only_under_a_fresh_epoch() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let storage = SqliteStorage::open(&at("zentrale.db"), None).unwrap();
    set_up(&storage, KREIS).await;
    set_up(&storage, STADT).await;
    let anna = anna();
    anna.opened(&storage, GEWERBEAMT).await;
    storage.backup(&at("backup.db")).unwrap();
    // What comes after the backup is lost at the restore; that is what the epoch is for.
    anna.opened(&storage, GEWERBEAMT).await;
    assert!(matches!(storage.backup(&at("backup.db")), Err(RestoreError::InTheWay(_))));

    let stale = restore_sqlite(&at("backup.db"), &at("restored.db"), EPOCH);
    assert!(matches!(stale, Err(RestoreError::EpochNotFresh)), "{stale:?}");
    assert!(!at("restored.db").exists() && !at("restored.db.part").exists());
    fs::write(at("restored.db-wal"), b"left from before").unwrap();
    let in_the_way = restore_sqlite(&at("backup.db"), &at("restored.db"), FRESH);
    assert!(matches!(in_the_way, Err(RestoreError::InTheWay(_))), "{in_the_way:?}");
    fs::remove_file(at("restored.db-wal")).unwrap();

    restore_sqlite(&at("backup.db"), &at("restored.db"), FRESH).unwrap();
    let restored = SqliteStorage::open(&at("restored.db"), None).unwrap();
    for mandant in [KREIS, STADT] {
        assert_eq!(restored.feed_state(mandant).await.unwrap().epoch, FRESH);
    }
    assert_eq!(restored.feed_state(KREIS).await.unwrap().head.seq, Position(1));
    assert_eq!(verify(&restored, KREIS).await.unwrap().findings, []);
    anna.opened(&restored, GEWERBEAMT).await;
    // The original went on untouched.
    assert_eq!(storage.feed_state(KREIS).await.unwrap().epoch, EPOCH);
}

#[test]
fn a_damaged_backup_is_not_restored() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    let storage = SqliteStorage::open(&at("zentrale.db"), None).unwrap();
    set_up(&storage, KREIS).now_or_never().unwrap();
    storage.backup(&at("backup.db")).unwrap();
    let mut bytes = fs::read(at("backup.db")).unwrap();
    let half = bytes.len() / 2;
    bytes.truncate(half);
    fs::write(at("backup.db"), bytes).unwrap();
    assert!(restore_sqlite(&at("backup.db"), &at("restored.db"), FRESH).is_err());
    assert!(!at("restored.db").exists());
}

#[test]
fn files_of_others_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("other.db");
    let other = Connection::open(&file).unwrap();
    other.execute_batch("CREATE TABLE akte (id INTEGER)").unwrap();
    let opened = SqliteStorage::open(&file, None);
    assert!(matches!(opened, Err(StorageError::Damaged(_))), "{opened:?}");
    other
        .execute_batch(
            "DROP TABLE akte; PRAGMA application_id = 1264215406; PRAGMA user_version = 99",
        )
        .unwrap();
    let newer = SqliteStorage::open(&file, None);
    assert!(matches!(newer, Err(StorageError::Damaged(_))), "{newer:?}");
}
