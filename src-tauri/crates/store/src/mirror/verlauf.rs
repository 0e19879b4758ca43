//! What happened to things.

use kontor_domain::{EntityRef, IntentId, Moment, PersonId, Revision};
use rusqlite::params;
use uuid::Uuid;

use super::{Mirror, MirrorChange};
use crate::database::DatabaseError;

/// What one intent did to a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerlaufRow {
    /// The thing's revision after it.
    pub revision: Revision,
    /// Its place in the feed.
    pub seq: u64,
    /// The intent.
    pub intent: IntentId,
    /// Who entered it.
    pub author: PersonId,
    /// When it reached the Zentrale, by its clock.
    pub received: Moment,
    /// JSON of the events.
    pub events: String,
}

/// How much of a thing's Verlauf is here without a gap, from its end back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VerlaufKnown {
    /// The oldest row.
    pub from: Revision,
    /// Its place in the feed.
    pub from_seq: u64,
    /// The newest row.
    pub to: Revision,
}

impl Mirror {
    /// What happened to a thing, the newest first, at most `rows_max`.
    pub fn verlauf(
        &self,
        entity: EntityRef,
        rows_max: u32,
    ) -> Result<Vec<VerlaufRow>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT revision, seq, intent, author, received, events FROM verlauf
             WHERE key = ?1 ORDER BY revision DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![entity.to_key(), rows_max], |row| {
            Ok(VerlaufRow {
                revision: Revision::new(row.get(0)?),
                seq: row.get(1)?,
                intent: IntentId::new(Uuid::from_bytes(row.get(2)?)),
                author: PersonId::new(Uuid::from_bytes(row.get(3)?)),
                received: Moment::from_unix_ms(row.get(4)?),
                events: row.get(5)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How much of a thing's Verlauf is here; `None` if there is nothing of it.
    pub fn verlauf_known(&self, entity: EntityRef) -> Result<Option<VerlaufKnown>, DatabaseError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT revision, seq FROM verlauf WHERE key = ?1 ORDER BY revision DESC",
        )?;
        let mut rows = statement.query([entity.to_key()])?;
        let mut known: Option<VerlaufKnown> = None;
        while let Some(row) = rows.next()? {
            let (revision, from_seq) = (Revision::new(row.get(0)?), row.get(1)?);
            let to = match known {
                None => revision,
                Some(known) if revision.next() == known.from => known.to,
                Some(_) => break,
            };
            known = Some(VerlaufKnown { from: revision, from_seq, to });
        }
        Ok(known)
    }
}

impl MirrorChange<'_> {
    /// Forgets what happened to a thing that is not here (any more).
    pub fn forget_absent(&self, entity: EntityRef) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached(
                "DELETE FROM verlauf WHERE key = ?1
                 AND NOT EXISTS (SELECT 1 FROM thing WHERE key = ?1)",
            )?
            .execute([entity.to_key()])?;
        Ok(())
    }

    /// Notes what happened to a thing, unless it is known already.
    pub fn happened(&self, entity: EntityRef, row: &VerlaufRow) -> Result<(), DatabaseError> {
        self.transaction
            .prepare_cached(
                "INSERT INTO verlauf (key, revision, seq, intent, author, received, events)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (key, revision) DO NOTHING",
            )?
            .execute(params![
                entity.to_key(),
                row.revision.number(),
                row.seq,
                row.intent.uuid().as_bytes(),
                row.author.uuid().as_bytes(),
                row.received.unix_ms(),
                row.events,
            ])?;
        Ok(())
    }
}
