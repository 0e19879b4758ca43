//! Every switch does what it says, is counted, and can be taken back.

use std::collections::BTreeSet;

use rusqlite::{Connection, ErrorCode, OpenFlags, Result};

use super::SimDisk;

fn open(disk: &SimDisk) -> Result<Connection> {
    let flags = OpenFlags::default();
    let db = Connection::open_with_flags_and_vfs(disk.path("mirror.db"), flags, disk.vfs_name())?;
    // Damage is what these tests provoke; SQLCipher would print each page of it.
    db.pragma_update(None, "cipher_log_level", "NONE")?;
    db.pragma_update(
        None,
        "key",
        "x'2222222222222222222222222222222222222222222222222222222222222222'",
    )?;
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    db.execute_batch("CREATE TABLE IF NOT EXISTS t (body BLOB)")?;
    Ok(db)
}

fn insert(db: &Connection) -> Result<usize> {
    db.execute("INSERT INTO t VALUES (zeroblob(20000))", [])
}

fn count(db: &Connection) -> Result<i64> {
    db.query_row("SELECT count(*) FROM t", [], |row| row.get(0))
}

fn code(outcome: Result<usize>) -> Option<ErrorCode> {
    outcome.unwrap_err().sqlite_error_code()
}

#[test]
fn a_crash_lasts_until_the_restart() {
    let disk = SimDisk::new(1);
    let db = open(&disk).unwrap();
    disk.fail_after(3);
    while insert(&db).is_ok() {}
    assert!(disk.is_down());
    assert!(insert(&db).is_err() && open(&disk).is_err(), "nothing works on a dead machine");
    assert_eq!(disk.counts().crashes, 1);
    disk.power_cut();
    assert!(!disk.is_down());
    insert(&open(&disk).unwrap()).unwrap();
}

#[test]
fn a_restart_calls_off_a_crash_that_has_not_struck() {
    let disk = SimDisk::new(1);
    drop(open(&disk).unwrap());
    disk.fail_after(2);
    disk.kill();
    insert(&open(&disk).unwrap()).unwrap();
}

#[test]
fn a_full_disk_says_so_and_recovers() {
    let disk = SimDisk::new(2);
    let db = open(&disk).unwrap();
    insert(&db).unwrap();
    disk.set_full(true);
    assert_eq!(code(insert(&db)), Some(ErrorCode::DiskFull));
    assert!(disk.counts().full > 0);
    assert_eq!(count(&db).unwrap(), 1);
    disk.set_full(false);
    insert(&db).unwrap();
    assert_eq!(count(&db).unwrap(), 2);
}

#[test]
fn room_is_used_up_and_made() {
    let disk = SimDisk::new(3);
    let db = open(&disk).unwrap();
    disk.set_room(Some(60_000));
    assert!(insert(&db).is_ok(), "20 kB fit");
    let mut committed = 1;
    while insert(&db).is_ok() {
        committed += 1;
        assert!(committed < 20, "the room never ends");
    }
    disk.set_room(Some(200_000));
    insert(&db).unwrap();
    assert_eq!(count(&db).unwrap(), committed + 1);
}

#[test]
fn one_failing_change_costs_one_transaction() {
    for operation in 0..8 {
        let disk = SimDisk::new(4);
        let db = open(&disk).unwrap();
        insert(&db).unwrap();
        disk.fail_one_change(operation);
        let (mut refused, mut committed) = (0, 1);
        for _ in 0..10 {
            match insert(&db) {
                Ok(_) => committed += 1,
                Err(error) => {
                    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::SystemIoFailure));
                    refused += 1;
                }
            }
        }
        assert_eq!((refused, disk.counts().io_errors), (1, 1), "operation {operation}");
        assert_eq!(count(&db).unwrap(), committed);
    }
}

#[test]
fn one_failing_read_is_an_error_once() {
    let disk = SimDisk::new(5);
    let db = open(&disk).unwrap();
    insert(&db).unwrap();
    drop(db);
    disk.fail_one_read(0);
    assert!(open(&disk).and_then(|db| count(&db)).is_err());
    assert_eq!(count(&open(&disk).unwrap()).unwrap(), 1);
}

#[test]
fn a_write_protected_disk_can_be_read() {
    let disk = SimDisk::new(6);
    let db = open(&disk).unwrap();
    insert(&db).unwrap();
    disk.set_read_only(true);
    assert!(insert(&db).is_err());
    assert_eq!(count(&db).unwrap(), 1);
    assert!(disk.counts().read_only > 0);
    disk.set_read_only(false);
    insert(&db).unwrap();
}

#[test]
fn a_turned_bit_in_an_encrypted_database_is_found() {
    for seed in 0..20 {
        let disk = SimDisk::new(seed);
        let db = open(&disk).unwrap();
        insert(&db).unwrap();
        drop(db);
        let before = disk.content("mirror.db").unwrap();
        let position = disk.flip_bit("mirror.db").unwrap();
        let after = disk.content("mirror.db").unwrap();
        let differing: Vec<usize> =
            (0..before.len()).filter(|index| before[*index] != after[*index]).collect();
        assert_eq!(differing, [position]);
        let verdict = open(&disk).and_then(|db| {
            count(&db)?;
            let mut check = db.prepare("PRAGMA cipher_integrity_check")?;
            let complaints = check.query_map([], |row| row.get::<_, String>(0))?;
            complaints.collect::<Result<Vec<String>>>()
        });
        let is_found = verdict.map_or(true, |complaints| !complaints.is_empty());
        // The first 16 bytes are the salt, and the raw key does not depend on it; the page's HMAC
        // covers it through the HMAC key.
        assert!(is_found, "seed {seed}, byte {position}");
    }
}

#[test]
fn a_deleted_file_is_gone_even_after_a_power_cut() {
    let disk = SimDisk::new(7);
    let db = open(&disk).unwrap();
    insert(&db).unwrap();
    assert!(disk.delete_database("mirror.db"));
    disk.power_cut();
    drop(db);
    assert_eq!(disk.files(), Vec::<String>::new());
    assert_eq!(count(&open(&disk).unwrap()).unwrap(), 0, "a new one can be made");
    assert!(!disk.delete("nie.db"));
}

#[test]
fn a_snapshot_is_a_disk_of_its_own() {
    let disk = SimDisk::new(8);
    let db = open(&disk).unwrap();
    insert(&db).unwrap();
    let snapshot = disk.snapshot();
    insert(&db).unwrap();

    let clone = SimDisk::from_snapshot(9, &snapshot);
    let cloned = open(&clone).unwrap();
    assert_eq!(count(&cloned).unwrap(), 1, "copied while open");
    insert(&cloned).unwrap();
    insert(&cloned).unwrap();
    assert_eq!((count(&db).unwrap(), count(&cloned).unwrap()), (2, 3));

    disk.restore(&snapshot);
    assert!(count(&db).is_err(), "a restored machine was started anew");
    assert_eq!(count(&open(&disk).unwrap()).unwrap(), 1);
}

#[test]
fn sqlite_sees_the_clock_of_its_own_machine() {
    let (one, two) = (SimDisk::new(1), SimDisk::new(2));
    one.set_time(1_000_000_000_000);
    two.set_time(-1_000);
    let now = |disk: &SimDisk| -> String {
        open(disk).unwrap().query_row("SELECT datetime('now')", [], |row| row.get(0)).unwrap()
    };
    assert_eq!(now(&one), "2001-09-09 01:46:40");
    assert_eq!(now(&two), "1969-12-31 23:59:59");
}

#[test]
fn ten_thousand_disks_need_a_handful_of_registrations() {
    let mut names = BTreeSet::new();
    for seed in 0..10_000 {
        let (one, two) = (SimDisk::new(seed), SimDisk::new(seed));
        assert_ne!(one.vfs_name(), two.vfs_name());
        names.extend([one.vfs_name(), two.vfs_name()]);
    }
    // Other tests of this process have disks too.
    assert!(names.len() < 200, "{}", names.len());
}

#[test]
fn a_connection_that_outlives_its_disk_keeps_it() {
    let db = open(&SimDisk::new(1)).unwrap();
    let others: Vec<SimDisk> = (0..20).map(SimDisk::new).collect();
    insert(&db).unwrap();
    assert_eq!(count(&db).unwrap(), 1);
    assert!(others.iter().all(|other| other.files().is_empty()));
}
