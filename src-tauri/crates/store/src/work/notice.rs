//! What has to be told although nobody asked for it. It survives the program and goes only when
//! somebody has read it.

use rusqlite::params;

use super::Work;
use crate::database::DatabaseError;

/// More than anybody reads; the oldest make room.
const NOTICES_MAX: u32 = 200;

/// Something to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number; never reused while it is there.
    pub number: u64,
    /// What it is about, as its writer names it.
    pub kind: String,
    /// How many things it is about; 0 where that says nothing.
    pub count: u64,
    /// When, in ms since 1970 by the clock of this machine.
    pub at: i64,
}

impl Work {
    /// Keeps something to be told.
    pub fn tell(&mut self, kind: &str, count: u64, at: i64) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            transaction.execute(
                "INSERT INTO notice (kind, count, at) VALUES (?1, ?2, ?3)",
                params![kind, count, at],
            )?;
            transaction.execute(
                "DELETE FROM notice WHERE number NOT IN
                   (SELECT number FROM notice ORDER BY number DESC LIMIT ?1)",
                [NOTICES_MAX],
            )?;
            Ok(())
        })
    }

    /// Everything nobody has read yet, the newest first.
    pub fn notices(&self) -> Result<Vec<Notice>, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT number, kind, count, at FROM notice ORDER BY number DESC")?;
        let rows = statement.query_map([], |row| {
            Ok(Notice {
                number: row.get(0)?,
                kind: row.get(1)?,
                count: row.get(2)?,
                at: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Somebody has read it; `false` if it was gone already.
    pub fn heard(&mut self, number: u64) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            Ok(transaction.execute("DELETE FROM notice WHERE number = ?1", [number])? > 0)
        })
    }
}
