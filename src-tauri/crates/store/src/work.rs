//! `work.db`: everything somebody entered and the Zentrale may not have yet. Every function that
//! changes something returns only after a commit that survives a power cut.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use crate::database::{self, DatabaseError, Durability, Schema, Source, migrate};
use crate::key::DataKey;

mod draft;
mod notice;
mod outbox;
mod pin;
mod salvage;
mod seen;
mod upload;

pub use draft::Draft;
pub use notice::{NewNotice, NoticeKind, StoredNotice};
pub use outbox::{Fate, NewEntry, OutboxError, Settled, StoredEntry};
pub use salvage::{Salvaged, salvage};
pub use upload::Upload;

const SCHEMA: Schema = Schema {
    application_id: 0x4B57_726B,
    steps: &[
        include_str!("work/0001.sql"),
        include_str!("work/0002.sql"),
        include_str!("work/0003.sql"),
        include_str!("work/0004.sql"),
    ],
};

/// The open `work.db` of a profile.
#[derive(Debug)]
pub struct Work {
    connection: Connection,
    source: Source,
}

impl Work {
    /// Opens or creates it. A damaged file is an error and stays exactly as it is.
    pub fn open(path: &Path, key: &DataKey, vfs: Option<&str>) -> Result<Self, DatabaseError> {
        let source = Source::new(path, key, Durability::Full, vfs);
        let mut connection = source.open()?;
        migrate(&mut connection, &SCHEMA)?;
        Ok(Self { connection, source })
    }

    /// Opens the file once more, in place of a connection that met a failing disk: that one may see
    /// damage where there is none. If it fails, the old connection stays.
    pub fn reopen(&mut self) -> Result<(), DatabaseError> {
        self.connection = self.source.open()?;
        Ok(())
    }

    /// A named value of this profile.
    pub fn meta(&self, name: &str) -> Result<Option<Vec<u8>>, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Sets a named value of this profile.
    pub fn set_meta(&mut self, name: &str, value: &[u8]) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            transaction.execute(
                "INSERT INTO meta (name, value) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                params![name, value],
            )?;
            Ok(())
        })
    }

    /// Looks at every page and every index.
    pub fn check(&self) -> Result<(), DatabaseError> {
        database::check_integrity(&self.connection)
    }

    /// The one place that writes: begin, change, commit durably, or change nothing.
    fn transact<T, E: From<rusqlite::Error>>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = change(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }
}
