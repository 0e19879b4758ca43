//! Documents that have to go to the Zentrale before the entries that refer to them.

use kontor_domain::DocumentHash;
use rusqlite::params;

use super::Work;
use crate::database::DatabaseError;

/// A document the Zentrale may not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Its bytes' name.
    pub hash: DocumentHash,
    /// Length in bytes.
    pub size_bytes: u64,
}

impl Work {
    /// Documents still to go, smallest first: short ones should not wait behind a film.
    pub fn open_uploads(&self) -> Result<Vec<Upload>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT hash, size_bytes FROM upload WHERE done = 0 ORDER BY size_bytes, hash",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(Upload { hash: DocumentHash::from_bytes(row.get(0)?), size_bytes: row.get(1)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The Zentrale has this document now.
    pub fn uploaded(&mut self, hash: DocumentHash) -> Result<(), DatabaseError> {
        self.set_upload(hash, true)
    }

    /// The Zentrale says that it does not have this document after all.
    pub fn upload_again(&mut self, hash: DocumentHash) -> Result<(), DatabaseError> {
        self.set_upload(hash, false)
    }

    fn set_upload(&mut self, hash: DocumentHash, done: bool) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            transaction.execute(
                "UPDATE upload SET done = ?2 WHERE hash = ?1",
                params![hash.as_bytes(), done],
            )?;
            Ok(())
        })
    }
}
