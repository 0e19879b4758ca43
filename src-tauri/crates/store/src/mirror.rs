//! `mirror.db`: what the Zentrale said. Disposable at any moment: deleting it costs time, not work.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use uuid::Uuid;

use crate::database::{self, DatabaseError, Durability, Schema, Source, migrate};
use crate::key::DataKey;

mod change;
mod columns;
mod document;
mod list;
mod scope;
mod thing;
mod verlauf;

pub use change::MirrorChange;
pub use list::{ListFilter, ListRow};
pub use scope::{Fetched, ScopeRow, ScopeSum};
pub use thing::{NewThing, Thing};
pub use verlauf::{VerlaufKnown, VerlaufRow};

const SCHEMA: Schema = Schema {
    application_id: 0x4B4D_6972,
    steps: &[
        include_str!("mirror/0001.sql"),
        include_str!("mirror/0002.sql"),
        include_str!("mirror/0003.sql"),
    ],
};

/// The open `mirror.db` of a profile.
#[derive(Debug)]
pub struct Mirror {
    connection: Connection,
    source: Source,
}

/// Where the mirror stands in the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The feed's epoch.
    pub epoch: Uuid,
    /// Everything up to here is in the mirror.
    pub seq: u64,
    /// An end of the feed that was witnessed,
    pub head_seq: u64,
    /// with its link in the audit chain.
    pub head_hash: [u8; 32],
    /// Whether the digests of all complete scopes agreed at `seq`.
    pub checked: bool,
}

impl Mirror {
    /// Opens or creates it.
    pub fn open(path: &Path, key: &DataKey, vfs: Option<&str>) -> Result<Self, DatabaseError> {
        let source = Source::new(path, key, Durability::Normal, vfs);
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

    /// Where it stands; `None` before the first contact.
    pub fn place(&self) -> Result<Option<Place>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT epoch, seq, head_seq, head_hash, checked FROM place")?;
        let place = statement.query_row([], |row| {
            Ok(Place {
                epoch: Uuid::from_bytes(row.get(0)?),
                seq: row.get(1)?,
                head_seq: row.get(2)?,
                head_hash: row.get(3)?,
                checked: row.get(4)?,
            })
        });
        Ok(place.optional()?)
    }

    /// Looks at every page and every index.
    pub fn check(&self) -> Result<(), DatabaseError> {
        database::check_integrity(&self.connection)
    }

    /// The one place that writes: begin, change, commit, or change nothing. Keep it short: the desk
    /// waits meanwhile.
    pub fn transact<T, E: From<DatabaseError>>(
        &mut self,
        change: impl FnOnce(&MirrorChange<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let transaction = begin(&mut self.connection)?;
        let open = MirrorChange::new(&transaction);
        let value = change(&open)?;
        open.write_sums()?;
        transaction.commit().map_err(DatabaseError::from)?;
        Ok(value)
    }
}

fn begin(connection: &mut Connection) -> Result<Transaction<'_>, DatabaseError> {
    Ok(connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
}
