//! Drafts: what somebody began to write and has not entered yet.

use rusqlite::{OptionalExtension, params};

use super::Work;
use crate::database::DatabaseError;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form of which thing it belongs to.
    pub name: String,
    /// Its content, as the form wants it.
    pub body: String,
    /// When it was kept, in ms since 1970.
    pub saved_at: i64,
}

impl Work {
    /// Keeps a draft, in place of the one before.
    pub fn keep_draft(&mut self, draft: &Draft) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            transaction.execute(
                "INSERT INTO draft (name, body, saved_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE
                 SET body = excluded.body, saved_at = excluded.saved_at",
                params![draft.name, draft.body, draft.saved_at],
            )?;
            Ok(())
        })
    }

    /// The draft under this name.
    pub fn draft(&self, name: &str) -> Result<Option<Draft>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, body, saved_at FROM draft WHERE name = ?1")?;
        let draft = statement.query_row([name], |row| {
            Ok(Draft { name: row.get(0)?, body: row.get(1)?, saved_at: row.get(2)? })
        });
        Ok(draft.optional()?)
    }

    /// Throws a draft away; `false` if there was none.
    pub fn drop_draft(&mut self, name: &str) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            Ok(transaction.execute("DELETE FROM draft WHERE name = ?1", [name])? > 0)
        })
    }
}
