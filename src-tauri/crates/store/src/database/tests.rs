use std::{fs, path::PathBuf, sync::Barrier, thread};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

const SCHEMA: Schema = Schema {
    application_id: 0x4b54_5254,
    steps: &[
        "CREATE TABLE notiz(id INTEGER PRIMARY KEY, inhalt TEXT NOT NULL) STRICT",
        "ALTER TABLE notiz ADD COLUMN autor TEXT NOT NULL DEFAULT ''",
    ],
};

const BROKEN_STEPS: &[&str] =
    &[SCHEMA.steps[0], SCHEMA.steps[1], "DELETE FROM notiz; SELECT nonsense"];

fn key() -> DataKey {
    DataKey::from_bytes([0x11; 32])
}

fn other_key() -> DataKey {
    DataKey::from_bytes([0x22; 32])
}

fn reopen(path: &Path) -> Result<Connection, DatabaseError> {
    open(path, &key(), Durability::Full, None)
}

/// A closed database with `rows` rows, so that its pages are all in the main file.
fn filled(rows: u32) -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("probe.db");
    let mut connection = reopen(&path).unwrap();
    migrate(&mut connection, &SCHEMA).unwrap();
    let transaction = connection.transaction().unwrap();
    for id in 0..rows {
        let inhalt = format!("Bauantrag Nummer {id} in der Musterstraße");
        transaction.execute("INSERT INTO notiz(id, inhalt) VALUES (?1, ?2)", (id, inhalt)).unwrap();
    }
    transaction.commit().unwrap();
    (dir, path)
}

fn flip_bit(path: &Path, byte: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[byte] ^= 0x04;
    fs::write(path, bytes).unwrap();
}

#[test]
fn rows_survive_and_nothing_lies_there_in_clear() {
    let (_dir, path) = filled(500);

    let connection = reopen(&path).unwrap();
    let rows: u32 = connection.query_row("SELECT count(*) FROM notiz", [], |r| r.get(0)).unwrap();

    assert_eq!(rows, 500);
    check_integrity(&connection).unwrap();
    for name in ["probe.db", "probe.db-wal"] {
        let bytes = fs::read(path.with_file_name(name)).unwrap_or_default();
        for clear in [&b"SQLite format"[..], b"Bauantrag", b"notiz"] {
            assert!(!bytes.windows(clear.len()).any(|window| window == clear), "{name}");
        }
    }
}

#[test]
fn every_promise_is_switched_on() {
    let (_dir, path) = filled(0);
    for (durability, synchronous) in [(Durability::Full, 3), (Durability::Normal, 1)] {
        let connection = open(&path, &key(), durability, None).unwrap();
        let number = |pragma: &str| {
            connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0)).unwrap()
        };
        assert_eq!(number("synchronous"), synchronous);
        assert_eq!(number("foreign_keys"), 1);
        assert_eq!(number("trusted_schema"), 0);
        assert_eq!(number("cell_size_check"), 1);
        assert_eq!(number("temp_store"), 2);
        assert_eq!(number("busy_timeout"), 5000);
        let mode: String =
            connection.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }
}

#[test]
fn another_key_is_told_from_damage_and_changes_nothing() {
    let (_dir, path) = filled(500);
    let before = fs::read(&path).unwrap();

    let error = open(&path, &other_key(), Durability::Full, None).unwrap_err();

    assert!(matches!(error, DatabaseError::WrongKey), "{error:?}");
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_damaged_first_page_is_not_a_wrong_key() {
    for byte in [20, 100, 2000, 4095] {
        let (_dir, path) = filled(500);
        flip_bit(&path, byte);
        let error = reopen(&path).unwrap_err();
        assert!(matches!(error, DatabaseError::Damaged { .. }), "byte {byte}: {error:?}");
    }
}

#[test]
fn a_torn_file_is_damaged() {
    let (_dir, path) = filled(500);
    let bytes = fs::read(&path).unwrap();
    flip_bit(&path, 30);
    fs::write(&path, [&fs::read(&path).unwrap()[..], &bytes[..1000]].concat()).unwrap();
    let error = reopen(&path).unwrap_err();
    assert!(matches!(error, DatabaseError::Damaged { .. }), "{error:?}");
}

#[test]
fn other_files_are_not_databases_and_stay_as_they_are() {
    let dir = tempfile::tempdir().unwrap();
    let plain = dir.path().join("klar.db");
    Connection::open(&plain).unwrap().execute_batch("CREATE TABLE t(a)").unwrap();
    let text = dir.path().join("brief.txt");
    fs::write(&text, "Sehr geehrte Damen und Herren, ".repeat(300)).unwrap();
    let short = dir.path().join("kurz");
    fs::write(&short, "kurz").unwrap();

    for path in [plain, text, short] {
        let before = fs::read(&path).unwrap();
        let error = reopen(&path).unwrap_err();
        assert!(matches!(error, DatabaseError::NotADatabase), "{}: {error:?}", path.display());
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_missing_folder_is_an_error_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let error = reopen(&dir.path().join("fehlt/probe.db")).unwrap_err();
    assert!(matches!(error, DatabaseError::Sqlite(_)), "{error:?}");
}

#[test]
fn an_older_file_gets_only_the_missing_steps() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("alt.db");
    let mut connection = reopen(&path).unwrap();
    migrate(&mut connection, &Schema { steps: &SCHEMA.steps[..1], ..SCHEMA }).unwrap();
    connection.execute("INSERT INTO notiz(id, inhalt) VALUES (1, 'alt')", []).unwrap();

    migrate(&mut connection, &SCHEMA).unwrap();
    migrate(&mut connection, &SCHEMA).unwrap();

    let row: (String, String) = connection
        .query_row("SELECT inhalt, autor FROM notiz", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(row, ("alt".to_owned(), String::new()));
}

#[test]
fn a_newer_file_is_refused() {
    let (_dir, path) = filled(1);
    let mut connection = reopen(&path).unwrap();
    let older = Schema { steps: &SCHEMA.steps[..1], ..SCHEMA };
    let error = migrate(&mut connection, &older).unwrap_err();
    assert!(matches!(error, DatabaseError::TooNew { found: 2, known: 1 }), "{error:?}");
}

#[test]
fn a_file_of_another_kind_is_refused() {
    let (_dir, path) = filled(1);
    let mut connection = reopen(&path).unwrap();
    let error = migrate(&mut connection, &Schema { application_id: 7, ..SCHEMA }).unwrap_err();
    assert!(matches!(error, DatabaseError::ForeignApplication { found: 0x4b54_5254 }), "{error:?}");

    let unmarked = path.with_file_name("fremd.db");
    let mut connection = reopen(&unmarked).unwrap();
    connection.execute_batch("CREATE TABLE fremd(a)").unwrap();
    let error = migrate(&mut connection, &SCHEMA).unwrap_err();
    assert!(matches!(error, DatabaseError::ForeignApplication { found: 0 }), "{error:?}");
}

#[test]
fn a_failing_step_leaves_the_version_before() {
    let (_dir, path) = filled(3);
    let mut connection = reopen(&path).unwrap();
    migrate(&mut connection, &Schema { steps: BROKEN_STEPS, ..SCHEMA }).unwrap_err();

    let version: i32 = connection.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    let rows: u32 = connection.query_row("SELECT count(*) FROM notiz", [], |r| r.get(0)).unwrap();
    assert_eq!((version, rows), (2, 3));
}

#[test]
fn two_programs_may_migrate_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("beide.db");
    drop(reopen(&path).unwrap());
    let start = Barrier::new(2);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let mut connection = reopen(&path).unwrap();
                start.wait();
                migrate(&mut connection, &SCHEMA).unwrap();
            });
        }
    });
}

#[test]
fn a_full_disk_has_its_own_error() {
    let (_dir, path) = filled(1);
    let connection = reopen(&path).unwrap();
    let pages: i64 = connection.pragma_query_value(None, "page_count", |r| r.get(0)).unwrap();
    connection.pragma_update_and_check(None, "max_page_count", pages, |_| Ok(())).unwrap();
    let error: DatabaseError = connection
        .execute("INSERT INTO notiz(inhalt) VALUES (hex(zeroblob(100000)))", [])
        .unwrap_err()
        .into();
    assert!(matches!(error, DatabaseError::DiskFull(_)), "{error:?}");
}

#[test]
fn an_sqlite_with_the_write_ahead_log_defect_is_refused() {
    assert!(require_sqlite(3_051_003).is_ok());
    let error = require_sqlite(3_051_002).unwrap_err();
    assert!(matches!(error, DatabaseError::SqliteTooOld { linked: 3_051_002 }));
}

#[test]
fn network_paths_of_windows_are_seen() {
    for path in [r"\\server\freigabe\work.db", "//server/x", r"\\?\UNC\server\x", r"\\?\unc\s\x"] {
        assert!(is_network_path(path), "{path}");
    }
    for path in [r"C:\Users\anna\work.db", r"\\?\C:\work.db", r"\\.\C:\work.db", "work.db", ""] {
        assert!(!is_network_path(path), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever bit turns, reading the file through says so.
    #[test]
    fn a_flipped_bit_is_always_found(place in 0.0..1.0_f64) {
        let (_dir, path) = filled(300);
        let length = fs::metadata(&path).unwrap().len();
        #[expect(
            clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss,
            reason = "a place in a small file"
        )]
        flip_bit(&path, (place * length as f64) as usize);
        let found = reopen(&path).and_then(|connection| check_integrity(&connection));
        let seen = matches!(
            found,
            Err(DatabaseError::Damaged { .. } | DatabaseError::WrongKey)
        );
        prop_assert!(seen, "{found:?}");
    }
}
