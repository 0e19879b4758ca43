//! Opening an encrypted database so that every later step may rely on it.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
    sync::Once,
    thread,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig};
use zeroize::Zeroizing;

use crate::key::{DataKey, Purpose};

mod error;
mod first_page;
mod integrity;
mod pages;
mod schema;

pub use error::DatabaseError;
pub(crate) use first_page::replace_first_page;
pub use integrity::check_integrity;
pub use schema::{Schema, migrate};

/// What a finished commit promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It survives a power cut. For what exists nowhere else (`work.db`).
    Full,
    /// It survives a crash of the program; a power cut may undo the last ones, never half of one.
    /// For what can be fetched again (`mirror.db`).
    Normal,
}

/// Versions 3.7.0 to 3.51.2 can corrupt a database when the write-ahead log is reset.
const OLDEST_SQLITE: i32 = 3_051_003;

/// `SQLCipher` keeps a random salt at the beginning of each file.
const SALT_BYTES: usize = 16;

/// How long a statement waits for another connection's lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How often to ask whether `SQLCipher` is ready, a millisecond apart.
const CIPHER_TRIES: u32 = 5_000;

/// Statements kept prepared on one connection.
const STATEMENTS_MAX: usize = 64;

/// The write-ahead log is cut back to this size after a checkpoint, in bytes.
const WAL_BYTES_MAX: i64 = 16 * 1024 * 1024;

/// Where a database lies and how it is opened, to open it once more: a connection that met a failing
/// disk may remember it. After one read that failed, `SQLCipher` calls the whole file damaged for as
/// long as the connection lives.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    path: PathBuf,
    key: DataKey,
    durability: Durability,
    vfs: Option<String>,
}

impl Source {
    pub(crate) fn new(
        path: &Path,
        key: &DataKey,
        durability: Durability,
        vfs: Option<&str>,
    ) -> Self {
        Self { path: path.to_owned(), key: key.clone(), durability, vfs: vfs.map(str::to_owned) }
    }

    pub(crate) fn open(&self) -> Result<Connection, DatabaseError> {
        open(&self.path, &self.key, self.durability, self.vfs.as_deref())
    }
}

/// Opens or creates the encrypted database at `path`.
///
/// `vfs` names a registered `SQLite` file system; the simulation puts its own below.
///
/// # Errors
/// See [`DatabaseError`]. A file that does not open is never changed.
pub fn open(
    path: &Path,
    key: &DataKey,
    durability: Durability,
    vfs: Option<&str>,
) -> Result<Connection, DatabaseError> {
    require_sqlite(rusqlite::version_number())?;
    wait_for_cipher();
    if cfg!(windows) && is_network_path(&path.to_string_lossy()) {
        return Err(DatabaseError::NetworkPath);
    }
    // No URI names: a question mark in a folder's name is not a parameter.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = match vfs {
        Some(vfs) => Connection::open_with_flags_and_vfs(path, flags, vfs)?,
        None => Connection::open_with_flags(path, flags)?,
    };
    connection.busy_timeout(BUSY_TIMEOUT)?;
    unlock(&connection, key, None)?;
    prove(&connection).map_err(|error| match vfs {
        // Only the operating system's files can be looked into.
        None => pages::explain(path, key, error),
        Some(_) => error.into(),
    })?;
    configure(&connection, durability)?;
    Ok(connection)
}

fn require_sqlite(linked: i32) -> Result<(), DatabaseError> {
    if linked < OLDEST_SQLITE {
        return Err(DatabaseError::SqliteTooOld { linked });
    }
    Ok(())
}

/// `SQLCipher` prepares itself during the first call of the process, but `SQLite` calls itself ready
/// before that: a second thread would be told that its key is wrong.
fn wait_for_cipher() {
    static READY: Once = Once::new();
    READY.call_once(|| {
        let takes_a_key = || Connection::open_in_memory()?.execute_batch("PRAGMA key = 'any'");
        let mut tries = 0..CIPHER_TRIES;
        // One that never gets ready is reported by whoever sets a key.
        while takes_a_key().is_err() && tries.next().is_some() {
            thread::sleep(Duration::from_millis(1));
        }
    });
}

/// `salt` is what a new file begins with; a random one if none is given. An old file keeps its own.
fn unlock(
    connection: &Connection,
    key: &DataKey,
    salt: Option<&[u8; SALT_BYTES]>,
) -> Result<(), DatabaseError> {
    // Its reports go to standard error; ours say the same in words.
    connection.pragma_update_and_check(None, "cipher_log_level", "NONE", |_| Ok(()))?;
    let subkey = key.derive(Purpose::Databases, b"");
    // Reserved in full beforehand, so that growing leaves no unwiped copy behind.
    let mut statement = Zeroizing::new(String::with_capacity(128));
    statement.push_str("PRAGMA key = \"x'");
    for byte in subkey.iter().chain(salt.into_iter().flatten()) {
        // Writing to a String cannot fail.
        let _ = write!(*statement, "{byte:02x}");
    }
    statement.push_str("'\"");
    connection.execute_batch(&statement)?;
    // Plain SQLite ignores `PRAGMA key` and would write everything in clear.
    let version: Option<String> =
        connection.query_row("PRAGMA cipher_version", [], |row| row.get(0)).ok();
    match version {
        Some(version) if !version.is_empty() => Ok(()),
        _ => Err(DatabaseError::NoCipher),
    }
}

/// Reads the first page, before anything writes: it tells whether key and file belong together.
///
/// EXTRA also syncs the folder after a rollback journal is removed, so that a power cut cannot bring
/// back the journal of the change to write-ahead logging. It is set before the first read, which is
/// where a journal left behind is played back.
fn prove(connection: &Connection) -> Result<(), rusqlite::Error> {
    connection.pragma_update(None, "synchronous", "EXTRA")?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(())
}

fn configure(connection: &Connection, durability: Durability) -> Result<(), DatabaseError> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
    if !mode.eq_ignore_ascii_case("wal") {
        return Err(DatabaseError::NoWriteAheadLog { mode });
    }
    if durability == Durability::Normal {
        // Full stays at EXTRA, which with a write-ahead log is FULL and costs nothing more.
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // Fetching a scope writes tens of megabytes; the log then goes into the file in few pieces.
        connection.pragma_update_and_check(None, "wal_autocheckpoint", 4_000, |_| Ok(()))?;
    }
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update_and_check(None, "journal_size_limit", WAL_BYTES_MAX, |_| Ok(()))?;
    // More than all statements of either database, so that none is parsed twice.
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    if durability == Durability::Full {
        settle(connection)?;
    }
    Ok(())
}

/// Makes everything that can be read survive a power cut. A program that died between writing a
/// commit and syncing it leaves one that reads like any other and that a power cut may still take;
/// somebody would have seen it and would have been promised that it stays.
fn settle(connection: &Connection) -> Result<(), DatabaseError> {
    let settled = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    match settled.map_err(DatabaseError::from) {
        // The log is synced first; only copying it into the file needs room.
        Err(DatabaseError::DiskFull(_)) => Ok(()),
        settled => settled,
    }
}

/// The write-ahead log needs memory shared by all who use the file, which no network drive offers.
/// A drive letter that stands for a share is not seen here.
fn is_network_path(path: &str) -> bool {
    let path = path.replace('/', "\\");
    let Some(after) = path.strip_prefix("\\\\") else { return false };
    let Some(local) = after.strip_prefix("?\\").or_else(|| after.strip_prefix(".\\")) else {
        return true;
    };
    local.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("UNC\\"))
}

#[cfg(test)]
mod tests;
