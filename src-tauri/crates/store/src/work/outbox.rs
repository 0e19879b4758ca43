//! The outbox: entries in the order they were entered, and what became of them.

use kontor_domain::{DocumentHash, IntentId};
use rusqlite::{OptionalExtension, Row, params};
use uuid::Uuid;

use super::{NewNotice, NoticeKind, Work, notice};
use crate::database::DatabaseError;

/// More waiting entries than anybody can enter in months: beyond this something is wrong, and a
/// refusal in words is better than a disk that fills up.
const WAITING_MAX: u64 = 100_000;

/// Why an entry was not stored.
#[derive(Debug, thiserror::Error)]
pub enum OutboxError {
    /// Too many wait already.
    #[error("the outbox is full")]
    Full,
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

impl From<rusqlite::Error> for OutboxError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error.into())
    }
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(i64)]
pub enum Fate {
    /// Nothing yet.
    Waiting = 0,
    /// It happened.
    Accepted = 1,
    /// It happened together with what others did in between.
    Merged = 2,
    /// Two versions stand side by side.
    Conflict = 3,
    /// It did not happen.
    Refused = 4,
}

impl Fate {
    fn from_stored(number: i64) -> Result<Self, DatabaseError> {
        [Self::Waiting, Self::Accepted, Self::Merged, Self::Conflict, Self::Refused]
            .into_iter()
            .find(|fate| *fate as i64 == number)
            .ok_or_else(|| DatabaseError::Damaged { detail: format!("entry with fate {number}") })
    }
}

/// An entry to be stored.
#[derive(Debug, Clone)]
pub struct NewEntry<'a> {
    /// Its id.
    pub id: IntentId,
    /// JSON of the entry; kept byte for byte.
    pub body: &'a str,
    /// Entries it builds on.
    pub parents: &'a [IntentId],
    /// Documents it refers to, with their lengths in bytes.
    pub documents: &'a [(DocumentHash, u64)],
    /// What the clock of this machine says, in ms since 1970.
    pub saved_at: i64,
}

/// An entry as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEntry {
    /// Its place, contiguous from 1.
    pub number: u64,
    /// Its id.
    pub id: IntentId,
    /// JSON of the entry.
    pub body: String,
    /// Entries it builds on.
    pub parents: Vec<IntentId>,
    /// What became of it.
    pub fate: Fate,
    /// Whether its author took it back.
    pub withdrawn: bool,
    /// Why the Zentrale did not decide it last time; empty if it did or was not asked.
    pub deferral: String,
    /// The feed holds its effect from here on; 0 while it has none.
    pub seq: u64,
    /// JSON of the Zentrale's result; empty while there is none.
    pub result: String,
    /// When it was stored, in ms since 1970.
    pub saved_at: i64,
    /// When the result came, in ms since 1970; 0 before.
    pub settled_at: i64,
}

/// A final result to be stored.
#[derive(Debug, Clone)]
pub struct Settled<'a> {
    /// Of which entry.
    pub number: u64,
    /// What became of it; not [`Fate::Waiting`].
    pub fate: Fate,
    /// The feed holds its effect from here on; 0 if it has none.
    pub seq: u64,
    /// JSON of the result.
    pub result: &'a str,
}

pub(super) const COLUMNS: &str =
    "number, id, body, parents, fate, withdrawn, deferral, seq, result, saved_at, settled_at";

impl Work {
    /// Stores an entry and what it needs. When this returns, it is „hier gespeichert“.
    pub fn append(&mut self, entry: &NewEntry<'_>) -> Result<u64, OutboxError> {
        self.transact(|transaction| {
            let (last, first_waiting): (u64, Option<u64>) = transaction
                .prepare_cached(
                    "SELECT (SELECT coalesce(max(number), 0) FROM entry),
                            (SELECT min(number) FROM entry WHERE fate = 0)",
                )?
                .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            // Counting from the oldest waiting one errs on the safe side and needs no scan.
            if first_waiting.is_some_and(|first| last - first >= WAITING_MAX) {
                return Err(OutboxError::Full);
            }
            let number = last + 1;
            transaction
                .prepare_cached(
                    "INSERT INTO entry (number, id, body, parents, saved_at)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![
                    number,
                    entry.id.uuid().as_bytes(),
                    entry.body,
                    join_ids(entry.parents),
                    entry.saved_at,
                ])?;
            for (hash, size_bytes) in entry.documents {
                transaction
                    .prepare_cached(
                        "INSERT INTO upload (hash, size_bytes) VALUES (?1, ?2)
                         ON CONFLICT (hash) DO NOTHING",
                    )?
                    .execute(params![hash.as_bytes(), size_bytes])?;
            }
            Ok(number)
        })
    }

    /// Entries the mirror does not show by itself at feed position `seq`: waiting ones, and settled
    /// ones whose effect comes later in the feed. In their order.
    pub fn unmirrored(&self, seq: u64) -> Result<Vec<StoredEntry>, DatabaseError> {
        self.entries(
            &format!(
                "SELECT {COLUMNS} FROM entry WHERE fate = 0
                 UNION ALL
                 SELECT {COLUMNS} FROM entry WHERE seq > ?1 AND fate IN (1, 2, 3)
                 ORDER BY number"
            ),
            [seq],
        )
    }

    /// The newest entries, for people; `before` continues a list.
    pub fn newest(
        &self,
        before: Option<u64>,
        rows_max: u32,
    ) -> Result<Vec<StoredEntry>, DatabaseError> {
        let before = before.unwrap_or(i64::MAX.unsigned_abs());
        self.entries(
            &format!("SELECT {COLUMNS} FROM entry WHERE number < ?1 ORDER BY number DESC LIMIT ?2"),
            params![before, rows_max],
        )
    }

    /// Refused entries nobody has put away yet, the newest first.
    pub fn refused(&self, rows_max: u32) -> Result<Vec<StoredEntry>, DatabaseError> {
        self.entries(
            &format!(
                "SELECT {COLUMNS} FROM entry WHERE fate = 4 AND put_away = 0
                 ORDER BY number DESC LIMIT ?1"
            ),
            [rows_max],
        )
    }

    /// Waiting entries, in their order.
    pub fn waiting(&self, rows_max: u32) -> Result<Vec<StoredEntry>, DatabaseError> {
        self.entries(
            &format!("SELECT {COLUMNS} FROM entry WHERE fate = 0 ORDER BY number LIMIT ?1"),
            [rows_max],
        )
    }

    /// Takes a refused entry out of sight; it stays stored. `false` if there was nothing to see.
    pub fn put_away(&mut self, id: IntentId) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            let changed = transaction
                .prepare_cached(
                    "UPDATE entry SET put_away = 1 WHERE id = ?1 AND fate = 4 AND put_away = 0",
                )?
                .execute([id.uuid().as_bytes()])?;
            Ok(changed > 0)
        })
    }

    /// One entry.
    pub fn entry(&self, id: IntentId) -> Result<Option<StoredEntry>, DatabaseError> {
        let found = self.entries(
            &format!("SELECT {COLUMNS} FROM entry WHERE id = ?1"),
            [id.uuid().as_bytes()],
        )?;
        Ok(found.into_iter().next())
    }

    /// Stores final results, all or none. An entry that is already settled keeps its result.
    pub fn settle(
        &mut self,
        results: &[Settled<'_>],
        settled_at: i64,
    ) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE entry SET fate = ?2, seq = ?3, result = ?4, settled_at = ?5, deferral = ''
                 WHERE number = ?1 AND fate = 0",
            )?;
            for settled in results {
                statement.execute(params![
                    settled.number,
                    settled.fate as i64,
                    settled.seq,
                    settled.result,
                    settled_at,
                ])?;
            }
            Ok(())
        })
    }

    /// Notes why the Zentrale did not decide entries.
    pub fn defer(&mut self, deferrals: &[(u64, String)]) -> Result<(), DatabaseError> {
        self.transact(|transaction| {
            let mut statement = transaction.prepare_cached(
                "UPDATE entry SET deferral = ?2
                 WHERE number = ?1 AND fate = 0 AND deferral <> ?2",
            )?;
            for (number, reason) in deferrals {
                statement.execute(params![number, reason])?;
            }
            Ok(())
        })
    }

    /// Takes a waiting entry back. It stays in the outbox until the Zentrale confirms.
    /// `false` if it does not wait any more.
    pub fn withdraw(&mut self, number: u64) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            let changed = transaction
                .prepare_cached("UPDATE entry SET withdrawn = 1 WHERE number = ?1 AND fate = 0")?
                .execute([number])?;
            Ok(changed > 0)
        })
    }

    /// Lets a held entry go although an entry it builds on did not happen; the Zentrale decides.
    pub fn release(&mut self, number: u64) -> Result<bool, DatabaseError> {
        self.transact(|transaction| {
            let changed = transaction
                .prepare_cached("UPDATE entry SET parents = x'' WHERE number = ?1 AND fate = 0")?
                .execute([number])?;
            Ok(changed > 0)
        })
    }

    /// After a restore of the Zentrale: everything it once accepted is offered again. It answers
    /// what it still knows with the stored result. Whoever works here is told, once.
    pub fn offer_again(&mut self, told_at: i64) -> Result<usize, DatabaseError> {
        self.transact(|transaction| {
            transaction.execute("UPDATE upload SET done = 0", [])?;
            let offered = transaction.execute(
                "UPDATE entry SET fate = 0, seq = 0, result = '', settled_at = 0
                 WHERE fate IN (1, 2, 3)",
                [],
            )?;
            let entries = offered as u64;
            let (kind, subject) = (NoticeKind::ZentraleSetBack, None);
            notice::tell(transaction, &NewNotice { kind, subject, entries, told_at })?;
            Ok(offered)
        })
    }

    /// How many entries were refused and not put away yet.
    pub fn refused_count(&self) -> Result<u64, DatabaseError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT count(*) FROM entry WHERE fate = 4 AND put_away = 0")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// How many entries wait.
    pub fn waiting_count(&self) -> Result<u64, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("SELECT count(*) FROM entry WHERE fate = 0")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// The last position from which on the feed holds an entry of this desk; 0 if it holds none.
    pub fn last_seq(&self) -> Result<u64, DatabaseError> {
        let mut statement =
            self.connection.prepare_cached("SELECT max(seq) FROM entry WHERE seq > 0")?;
        let last: Option<u64> = statement.query_row([], |row| row.get(0))?;
        Ok(last.unwrap_or(0))
    }

    /// The place of the last entry ever stored; 0 before the first.
    pub fn last_number(&self) -> Result<u64, DatabaseError> {
        let mut statement = self.connection.prepare_cached("SELECT max(number) FROM entry")?;
        let last: Option<Option<u64>> = statement.query_row([], |row| row.get(0)).optional()?;
        Ok(last.flatten().unwrap_or(0))
    }

    fn entries(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<Vec<StoredEntry>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(read(row)?);
        }
        Ok(entries)
    }
}

pub(super) fn read(row: &Row<'_>) -> Result<StoredEntry, DatabaseError> {
    Ok(StoredEntry {
        number: row.get(0)?,
        id: IntentId::new(Uuid::from_bytes(row.get(1)?)),
        body: row.get(2)?,
        parents: split_ids(row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?)?,
        fate: Fate::from_stored(row.get(4)?)?,
        withdrawn: row.get(5)?,
        deferral: row.get(6)?,
        seq: row.get(7)?,
        result: row.get(8)?,
        saved_at: row.get(9)?,
        settled_at: row.get(10)?,
    })
}

fn join_ids(ids: &[IntentId]) -> Vec<u8> {
    ids.iter().flat_map(|id| id.uuid().into_bytes()).collect()
}

fn split_ids(bytes: &[u8]) -> Result<Vec<IntentId>, DatabaseError> {
    let (ids, rest) = bytes.as_chunks::<16>();
    if !rest.is_empty() {
        return Err(DatabaseError::Damaged { detail: "parents of an entry".into() });
    }
    Ok(ids.iter().map(|id| IntentId::new(Uuid::from_bytes(*id))).collect())
}
