//! The Zentrale on `SQLite`: one file, one writer, readers that see a snapshot each.
//!
//! All work happens in the calling task: nothing here starts threads, waits for timers or rolls dice,
//! so a simulation that drives everything on one thread replays from its seed. No transaction is
//! held across an `await`.

mod backup;
mod documents;
mod einreichung;
mod error;
mod port;
mod read;
mod write;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

pub use backup::{RestoreError, restore as restore_sqlite};

use super::StorageError;
use super::in_place::in_place;

/// Versions 3.7.0 to 3.51.2 can corrupt a database when the write-ahead log is reset.
const OLDEST_SQLITE: i32 = 3_051_003;
/// Marks a file as a Zentrale's: `KZen` in ASCII.
const APPLICATION_ID: i32 = 0x4B5A_656E;
/// Released steps never change; new ones are added at the end.
const MIGRATIONS: &[&str] = &[include_str!("sqlite/0001.sql"), include_str!("sqlite/0002.sql")];
/// More readers than cores only wait for each other.
const READERS_MAX: usize = 8;
/// How long a statement waits for another process, such as an operator's command.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);
/// The write-ahead log is cut back to this size after a checkpoint, in bytes.
const WAL_BYTES_MAX: i64 = 64 * 1024 * 1024;
/// Pages in the log before a checkpoint: a few batches of the largest size.
const CHECKPOINT_PAGES: i64 = 8_000;
/// Memory for pages per connection, in KiB; negative by `SQLite`'s convention.
const CACHE_KIB: i64 = -16 * 1024;
/// All our statements stay prepared.
const STATEMENTS_MAX: usize = 64;

/// A Zentrale's database in one `SQLite` file.
#[derive(Debug)]
pub struct SqliteStorage {
    writer: Mutex<Connection>,
    /// Opened when first needed; the first free one is taken.
    readers: [Mutex<Option<Connection>>; READERS_MAX],
    file: File,
}

#[derive(Debug)]
struct File {
    path: PathBuf,
    vfs: Option<String>,
}

impl SqliteStorage {
    /// Opens or creates the database and brings it up to date. `vfs` names a registered file
    /// system; the simulation puts its own below.
    pub fn open(path: &Path, vfs: Option<&str>) -> Result<Self, StorageError> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(StorageError::Damaged("this SQLite is too old to be trusted"));
        }
        let file = File { path: path.to_owned(), vfs: vfs.map(str::to_owned) };
        let mut writer = file.open()?;
        migrate(&mut writer).map_err(|error| error.during("the migration"))?;
        settle(&writer)?;
        Ok(Self { writer: Mutex::new(writer), readers: Default::default(), file })
    }

    /// Runs `work` in a durable transaction; nothing of it happens if it fails.
    fn write<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let done = in_place(|| {
            let mut writer = lock(&self.writer);
            let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        });
        done.map_err(|error: StorageError| error.during(operation))
    }

    /// Runs `work` on one snapshot.
    fn read<T>(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StorageError>,
    ) -> Result<T, StorageError> {
        let done = in_place(|| {
            let mut slot = self.reader();
            let done = slot_connection(&mut slot, &self.file)
                .and_then(|reader| work(&reader.transaction()?));
            if let Err(StorageError::Unavailable(_)) = done {
                // A connection that met a failing disk may remember it.
                *slot = None;
            }
            done
        });
        done.map_err(|error: StorageError| error.during(operation))
    }

    fn reader(&self) -> MutexGuard<'_, Option<Connection>> {
        for reader in &self.readers {
            match reader.try_lock() {
                Ok(reader) => return reader,
                Err(TryLockError::Poisoned(reader)) => return reader.into_inner(),
                Err(TryLockError::WouldBlock) => {}
            }
        }
        let [first, ..] = &self.readers;
        lock(first)
    }
}

/// The database is the shared state, not the connection: a transaction that panicked was rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn slot_connection<'a>(
    slot: &'a mut Option<Connection>,
    file: &File,
) -> Result<&'a mut Connection, StorageError> {
    if let Some(reader) = slot {
        return Ok(reader);
    }
    let reader = file.open()?;
    reader.pragma_update(None, "query_only", true)?;
    Ok(slot.insert(reader))
}

impl File {
    fn open(&self) -> Result<Connection, StorageError> {
        // No URI names: a question mark in a folder's name is not a parameter.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match &self.vfs {
            Some(vfs) => Connection::open_with_flags_and_vfs(&self.path, flags, vfs.as_str())?,
            None => Connection::open_with_flags(&self.path, flags)?,
        };
        connection.busy_timeout(BUSY_TIMEOUT)?;
        // EXTRA before anything is read also syncs the folder, so that a power cut cannot bring back
        // the journal of the change to write-ahead logging. With the log in use it is FULL and costs
        // nothing more.
        connection.pragma_update(None, "synchronous", "EXTRA")?;
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        if !mode.eq_ignore_ascii_case("wal") {
            return Err(StorageError::Damaged("the file keeps no write-ahead log"));
        }
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.pragma_update(None, "cell_size_check", true)?;
        connection.pragma_update(None, "temp_store", "MEMORY")?;
        connection.pragma_update(None, "cache_size", CACHE_KIB)?;
        connection
            .pragma_update_and_check(None, "wal_autocheckpoint", CHECKPOINT_PAGES, |_| Ok(()))?;
        connection.pragma_update_and_check(
            None,
            "journal_size_limit",
            WAL_BYTES_MAX,
            |_| Ok(()),
        )?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
        Ok(connection)
    }
}

/// Makes everything that can be read survive a power cut. A program that died between writing a
/// commit and syncing it leaves one that reads like any other and that a power cut may still take,
/// after a repeated push has been told that it is there.
fn settle(writer: &Connection) -> Result<(), StorageError> {
    match writer.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())) {
        // The log is synced first; only copying it into the file needs room.
        Err(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) => Ok(()),
        settled => Ok(settled?),
    }
}

/// Runs the missing steps in one transaction. A file that is up to date is not written to.
fn migrate(connection: &mut Connection) -> Result<(), StorageError> {
    if steps_done(connection)? == MIGRATIONS.len() {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the lock: another process may have been faster.
    for step in MIGRATIONS.iter().skip(steps_done(&transaction)?) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    let version = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    transaction.pragma_update(None, "user_version", version)?;
    Ok(transaction.commit()?)
}

fn steps_done(connection: &Connection) -> Result<usize, StorageError> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let application: i32 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let objects: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let fresh = version == 0 && application == 0 && objects == 0;
    if application != APPLICATION_ID && !fresh {
        return Err(StorageError::Damaged("the file belongs to another program"));
    }
    match usize::try_from(version) {
        Ok(done) if done <= MIGRATIONS.len() => Ok(done),
        _ => Err(StorageError::Damaged("the file was written by a newer version")),
    }
}
