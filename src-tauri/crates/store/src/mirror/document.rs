//! Documents that mirrored things refer to, and which of them are on this machine.

use kontor_domain::{DocumentHash, EntityRef};
use rusqlite::params;

use super::{Mirror, MirrorChange};
use crate::database::DatabaseError;

impl Mirror {
    /// Documents referred to whose bytes are not known to be here, at most `rows_max`.
    pub fn absent_documents(&self, rows_max: u32) -> Result<Vec<DocumentHash>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT DISTINCT hash FROM document
             WHERE hash NOT IN (SELECT hash FROM present) ORDER BY hash LIMIT ?1",
        )?;
        let rows =
            statement.query_map([rows_max], |row| row.get(0).map(DocumentHash::from_bytes))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl MirrorChange<'_> {
    /// Notes that a document's bytes are on this machine, or are not to be looked for any more.
    pub fn present(&self, hash: DocumentHash) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached("INSERT INTO present (hash) VALUES (?1) ON CONFLICT (hash) DO NOTHING")?
            .execute([hash.as_bytes()])?;
        Ok(())
    }

    pub(super) fn refer(
        &self,
        entity: EntityRef,
        documents: &[DocumentHash],
    ) -> Result<(), DatabaseError> {
        let mut statement = self.transaction.prepare_cached(
            "INSERT INTO document (hash, key) VALUES (?1, ?2) ON CONFLICT (hash, key) DO NOTHING",
        )?;
        for hash in documents {
            statement.execute(params![hash.as_bytes(), entity.to_key()])?;
        }
        Ok(())
    }
}
