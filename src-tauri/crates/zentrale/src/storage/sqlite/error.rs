//! What `SQLite`'s complaints mean for the caller.

use rusqlite::{Error, ErrorCode, ffi};

use crate::storage::StorageError;

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        match &error {
            Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::OutOfMemory => Self::Unavailable(Box::new(error)),
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                    Self::Damaged("the database file")
                }
                // The only thing our tables point to.
                ErrorCode::ConstraintViolation
                    if failure.extended_code == ffi::SQLITE_CONSTRAINT_FOREIGNKEY =>
                {
                    Self::UnknownMandant
                }
                _ => Self::Database { operation: "a statement", source: Box::new(error) },
            },
            Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::InvalidColumnType(..)
            | Error::Utf8Error(..) => Self::Damaged("a column of another type"),
            _ => Self::Database { operation: "a statement", source: Box::new(error) },
        }
    }
}

impl StorageError {
    /// Says what was tried.
    pub(in crate::storage) fn during(self, operation: &'static str) -> Self {
        match self {
            Self::Database { source, .. } => Self::Database { operation, source },
            other => other,
        }
    }
}
