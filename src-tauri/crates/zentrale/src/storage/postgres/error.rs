//! What PostgreSQL's complaints mean for the caller.

use std::error::Error as StdError;
use std::io;

use deadpool_postgres::PoolError;
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::storage::StorageError;

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        let Some(told) = error.as_db_error() else {
            let lost =
                error.is_closed() || error.source().is_some_and(<dyn StdError>::is::<io::Error>);
            return if lost {
                Self::Unavailable(Box::new(error))
            } else {
                Self::Database { operation: "a statement", source: Box::new(error) }
            };
        };
        match told.code() {
            // The only thing our tables point to.
            &SqlState::FOREIGN_KEY_VIOLATION => Self::UnknownMandant,
            &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => {
                Self::Damaged("the database's files")
            }
            // Connection lost, resources used up, stopped by somebody, in recovery, disk failing.
            code if ["08", "53", "57", "58", "25", "40"]
                .iter()
                .any(|class| code.code().starts_with(class)) =>
            {
                Self::Unavailable(Box::new(error))
            }
            _ => Self::Database { operation: "a statement", source: Box::new(error) },
        }
    }
}

impl From<PoolError> for StorageError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            other => Self::Unavailable(Box::new(other)),
        }
    }
}

/// Why an attempt to write a batch failed.
pub(super) enum Failed {
    /// Somebody else was in the way; once more, with the same footprint.
    Race(Error),
    /// For good.
    Storage(StorageError),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        if is_race(&error) { Self::Race(error) } else { Self::Storage(error.into()) }
    }
}

impl From<StorageError> for Failed {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// A deadlock, a serialisation failure, or an id that somebody else took between our look and our
/// insert. Of statements sent together, a later one may be the first whose failure is seen; it says
/// only that one before it failed, and the next attempt will say why.
fn is_race(error: &Error) -> bool {
    let Some(told) = error.as_db_error() else { return false };
    match told.code() {
        &SqlState::T_R_SERIALIZATION_FAILURE
        | &SqlState::T_R_DEADLOCK_DETECTED
        | &SqlState::IN_FAILED_SQL_TRANSACTION => true,
        &SqlState::UNIQUE_VIOLATION => {
            matches!(told.constraint(), Some("entity_pkey" | "entry_pkey"))
        }
        _ => false,
    }
}
