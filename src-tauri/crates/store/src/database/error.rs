//! Why a database does not open or a statement does not succeed.

use std::io;

use rusqlite::{ErrorCode, ffi};

/// Each case asks for something different to be done, so each has its own name.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// The program was linked against an `SQLite` with a known defect.
    #[error(
        "SQLite {linked} is older than 3.51.3, which fixes a corruption of the write-ahead log"
    )]
    SqliteTooOld {
        /// `sqlite3_libversion_number()`.
        linked: i32,
    },
    /// The program was linked against an `SQLite` that does not encrypt.
    #[error("the linked SQLite does not encrypt")]
    NoCipher,
    /// The file lies on a network drive.
    #[error("a database cannot lie on a network drive")]
    NetworkPath,
    /// The file system does not offer what a write-ahead log needs.
    #[error("no write-ahead log here (journal mode is {mode})")]
    NoWriteAheadLog {
        /// The mode the database fell back to.
        mode: String,
    },
    /// The file is whole and encrypted with another key.
    #[error("the database is encrypted with another key")]
    WrongKey,
    /// The file was written with this key and has been damaged since.
    #[error("the database is damaged: {detail}")]
    Damaged {
        /// What was found, in technical words.
        detail: String,
    },
    /// The file is something else: too short, not made of pages, or not encrypted.
    #[error("the file is not an encrypted database")]
    NotADatabase,
    /// The file is a database, of another kind.
    #[error("the database belongs to something else (application id {found:#010x})")]
    ForeignApplication {
        /// `PRAGMA application_id` of the file.
        found: i32,
    },
    /// A newer program has written the file.
    #[error("the database has schema version {found}, this program knows {known}")]
    TooNew {
        /// `PRAGMA user_version` of the file.
        found: i32,
        /// The newest version this program knows.
        known: i32,
    },
    /// There is no room left on the disk.
    #[error("the disk is full")]
    DiskFull(#[source] rusqlite::Error),
    /// Another connection held a lock for too long.
    #[error("the database is locked by another connection")]
    Busy(#[source] rusqlite::Error),
    /// Reading the file to find out what is wrong with it failed.
    #[error("reading the database file failed")]
    Io(#[source] io::Error),
    /// Everything else.
    #[error("a database statement failed")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for DatabaseError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(cause) = error.sqlite_error() else { return Self::Sqlite(error) };
        if cause.extended_code == ffi::SQLITE_IOERR_SHMSIZE {
            // The index of the write-ahead log could not grow.
            return Self::DiskFull(error);
        }
        match cause.code {
            ErrorCode::DiskFull => Self::DiskFull(error),
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy(error),
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                Self::Damaged { detail: error.to_string() }
            }
            _ => Self::Sqlite(error),
        }
    }
}
