//! Databases, opened as the program opens them, on a disk that loses power at every single step.

use std::collections::BTreeSet;

use kontor_store::{
    database::{self, DatabaseError, Durability, Schema, check_integrity, migrate},
    key::DataKey,
};
use kontor_testkit::disk::SimDisk;
use rusqlite::Connection;

const SCHEMA: Schema = Schema {
    application_id: 0x4b54_5254,
    steps: &[
        "CREATE TABLE notiz(id INTEGER PRIMARY KEY, inhalt TEXT NOT NULL) STRICT",
        "CREATE INDEX notiz_inhalt ON notiz(inhalt)",
    ],
};

fn open(disk: &SimDisk, durability: Durability) -> Result<Connection, DatabaseError> {
    let key = DataKey::from_bytes([6; 32]);
    let path = disk.path("work.db");
    let mut connection = database::open(&path, &key, durability, Some(disk.vfs_name()))?;
    migrate(&mut connection, &SCHEMA)?;
    Ok(connection)
}

/// Opens and writes until the machine goes down; returns the ids whose commits were acknowledged.
fn live(disk: &SimDisk, durability: Durability, first_id: i64, ids: &mut Vec<i64>) {
    let Ok(connection) = open(disk, durability) else { return };
    for id in first_id..first_id + 8 {
        let inhalt = "Rückfrage beim Bauamt ".repeat(40);
        let saved =
            connection.execute("INSERT INTO notiz(id, inhalt) VALUES (?1, ?2)", (id, inhalt));
        if saved.is_err() {
            return;
        }
        ids.push(id);
    }
}

/// Acknowledged ids that are missing after crashes in two lives.
fn lost(seed: u64, crash: u64, durability: Durability) -> Result<Vec<i64>, DatabaseError> {
    let disk = SimDisk::new(seed);
    let mut acknowledged = Vec::new();
    for (first_id, operations) in [(0, crash), (100, 60)] {
        disk.fail_after(operations);
        live(&disk, durability, first_id, &mut acknowledged);
        disk.power_cut();
    }
    let connection = open(&disk, durability)?;
    check_integrity(&connection)?;
    let mut statement = connection.prepare("SELECT id FROM notiz")?;
    let present: BTreeSet<i64> =
        statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    acknowledged.retain(|id| !present.contains(id));
    Ok(acknowledged)
}

#[test]
fn a_full_commit_survives_a_power_cut_at_any_step() {
    let runs = (0..6).flat_map(|seed| (0..70).map(move |crash| (seed, crash)));
    assert_nothing_lost(runs);
}

/// Two crashes while a new file changes to write-ahead logging are where plain FULL loses.
#[test]
fn a_full_commit_survives_crashes_while_the_file_is_made() {
    let runs = (0..100).flat_map(|seed| (0..16).map(move |crash| (seed, crash)));
    assert_nothing_lost(runs);
}

fn assert_nothing_lost(runs: impl Iterator<Item = (u64, u64)>) {
    for (seed, crash) in runs {
        let lost = lost(seed, crash, Durability::Full);
        assert!(matches!(&lost, Ok(ids) if ids.is_empty()), "seed {seed} crash {crash}: {lost:?}");
    }
}

/// NORMAL may lose commits, which also shows that the test above is able to fail; it never tears
/// a database.
#[test]
fn a_normal_commit_may_be_lost_and_the_database_stays_whole() {
    let losses =
        (0..60).filter(|&crash| !lost(1, crash, Durability::Normal).unwrap().is_empty()).count();
    assert!(losses > 0);
}

#[test]
fn a_full_disk_is_named() {
    let disk = SimDisk::new(3);
    let connection = open(&disk, Durability::Full).unwrap();
    disk.set_full(true);
    let error: DatabaseError = connection
        .execute("INSERT INTO notiz(inhalt) VALUES (hex(zeroblob(50000)))", [])
        .unwrap_err()
        .into();
    assert!(matches!(error, DatabaseError::DiskFull(_)), "{error:?}");
    drop(connection);
    disk.set_full(false);
    check_integrity(&open(&disk, Durability::Full).unwrap()).unwrap();
}
