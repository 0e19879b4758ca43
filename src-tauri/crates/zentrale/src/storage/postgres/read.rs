//! Reading the feed and the things.

use std::collections::BTreeMap;

use kontor_domain::{
    EntityRef, InstanceId, IntentId, MandantId, Moment, PersonId, Revision, Scope,
};
use kontor_wire::{
    ChainHash, Epoch, FeedRow, Head, Position, StandRow, StateHash, Step, VerlaufRow,
};
use tokio::try_join;
use tokio_postgres::Row;
use uuid::Uuid;

use super::open::Open;
use super::{PostgresStorage, key};
use crate::storage::{
    ChainedRow, FeedQuery, FeedSlice, FeedState, NewEntry, NewStand, StorageError, StoredEntry,
    columns,
};

pub(super) const HEAD: &str = "SELECT epoch, seq, hash FROM feed_head WHERE mandant = $1";

/// Each scope and each pin is a range of an index and offers as many rows as are wanted in all;
/// `OFFSET 0` keeps the planner from anything else.
const ROWS: &str = "WITH place AS (\
     SELECT p.seq FROM unnest($2::bytea[]) AS s (scope) CROSS JOIN LATERAL (\
     SELECT seq FROM feed WHERE mandant = $1 AND scope = s.scope AND seq > $4 ORDER BY seq LIMIT $5\
     ) AS p UNION \
     SELECT p.seq FROM unnest($3::bytea[]) AS e (entity) CROSS JOIN LATERAL (\
     SELECT seq FROM feed WHERE mandant = $1 AND entity = e.entity AND seq > $4 ORDER BY seq LIMIT $5\
     ) AS p ORDER BY 1 LIMIT $5) \
     SELECT r.* FROM place CROSS JOIN LATERAL (\
     SELECT seq, scope, entity, revision, intent, author, received, step, state_hash, events \
     FROM feed WHERE mandant = $1 AND seq = place.seq OFFSET 0) AS r ORDER BY r.seq";

impl PostgresStorage {
    pub(super) async fn read_feed(
        &self,
        mandant: MandantId,
        query: &FeedQuery,
    ) -> Result<FeedSlice, StorageError> {
        let open = Open::on(self.client().await?);
        let head = open.prepare_cached(HEAD).await?;
        let rows = open.prepare_cached(ROWS).await?;
        let digests = open
            .prepare_cached(
                "SELECT scope, rows, sum FROM scope_digest WHERE mandant = $1 AND scope = ANY($2)",
            )
            .await?;
        let id = key(mandant);
        let scopes: Vec<Vec<u8>> =
            query.scopes.iter().map(|scope| columns::scope_key(*scope).to_vec()).collect();
        let pins: Vec<Vec<u8>> = query.pins.iter().map(|pin| pin.to_key().to_vec()).collect();
        let after = columns::signed(query.after.0)?;
        let rows_max = columns::limit(query.rows_max.saturating_add(1));
        let ((), head, rows, digests, ()) = try_join!(
            biased;
            open.batch_execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            async { open.query_opt(&head, &[&id]).await },
            async { open.query(&rows, &[&id, &scopes, &pins, &after, &rows_max]).await },
            async { open.query(&digests, &[&id, &scopes]).await },
            open.batch_execute("COMMIT"),
        )?;
        open.settle();
        let head = head.as_ref().map(feed_state).ok_or(StorageError::UnknownMandant)??.head;
        let mut rows = rows.iter().map(feed_row).collect::<Result<Vec<_>, _>>()?;
        if rows.len() > query.rows_max {
            rows.truncate(query.rows_max);
            let to = rows.last().map_or(query.after, |row| row.seq);
            return Ok(FeedSlice { rows, to, head, digests: BTreeMap::new() });
        }
        let mut by_scope: BTreeMap<_, _> =
            query.scopes.iter().map(|scope| (*scope, kontor_wire::Digest::default())).collect();
        for row in &digests {
            by_scope.insert(columns::scope(row.try_get(0)?)?, digest(row)?);
        }
        Ok(FeedSlice { rows, to: head.seq, head, digests: by_scope })
    }

    pub(super) async fn read_link(
        &self,
        mandant: MandantId,
        at: Position,
    ) -> Result<Option<ChainHash>, StorageError> {
        if at == Position(0) {
            return self.read_head(mandant).await.map(|_| Some(ChainHash::default()));
        }
        let Ok(at) = i64::try_from(at.0) else { return Ok(None) };
        self.row(
            "SELECT hash FROM feed WHERE mandant = $1 AND seq = $2",
            &[&key(mandant), &at],
            |row| Ok(ChainHash(bytes(row, 0)?)),
        )
        .await
    }

    pub(super) async fn read_head(&self, mandant: MandantId) -> Result<FeedState, StorageError> {
        let state = self.row(HEAD, &[&key(mandant)], feed_state).await?;
        state.ok_or(StorageError::UnknownMandant)
    }

    pub(super) async fn read_chain(
        &self,
        mandant: MandantId,
        after: Position,
        rows_max: usize,
    ) -> Result<Vec<ChainedRow>, StorageError> {
        self.rows(
            "SELECT seq, scope, entity, revision, intent, author, received, step, state_hash, \
             events, salt, commitment, hash \
             FROM feed WHERE mandant = $1 AND seq > $2 ORDER BY seq LIMIT $3",
            &[&key(mandant), &columns::signed(after.0)?, &columns::limit(rows_max)],
            |row| {
                Ok(ChainedRow {
                    row: feed_row(row)?,
                    salt: bytes(row, 10)?,
                    commitment: bytes(row, 11)?,
                    hash: ChainHash(bytes(row, 12)?),
                })
            },
        )
        .await
    }

    pub(super) async fn read_stands(
        &self,
        mandant: MandantId,
        entities: &[EntityRef],
    ) -> Result<Vec<StandRow>, StorageError> {
        let keys: Vec<Vec<u8>> = entities.iter().map(|entity| entity.to_key().to_vec()).collect();
        self.rows(
            "SELECT key, revision, state FROM entity WHERE mandant = $1 AND key = ANY($2)",
            &[&key(mandant), &keys],
            stand_row,
        )
        .await
    }

    pub(super) async fn read_scope(
        &self,
        mandant: MandantId,
        scope: Scope,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<StandRow>, StorageError> {
        self.rows(
            "SELECT key, revision, state FROM entity \
             WHERE mandant = $1 AND scope = $2 AND key > $3 ORDER BY key LIMIT $4",
            &[
                &key(mandant),
                &columns::scope_key(scope).as_slice(),
                &columns::after_key(after),
                &columns::limit(rows_max),
            ],
            stand_row,
        )
        .await
    }

    pub(super) async fn read_verlauf(
        &self,
        mandant: MandantId,
        entity: EntityRef,
        before: Position,
        rows_max: usize,
    ) -> Result<Vec<VerlaufRow>, StorageError> {
        // A row for a scope that was left is no event of its own.
        self.rows(
            "SELECT seq, revision, intent, author, received, events FROM feed \
             WHERE mandant = $1 AND entity = $2 AND seq < $3 AND step <> $4 \
             ORDER BY seq DESC LIMIT $5",
            &[
                &key(mandant),
                &entity.to_key().as_slice(),
                &columns::until(before),
                &columns::step_code(Step::Exit),
                &columns::limit(rows_max),
            ],
            |row| {
                Ok(VerlaufRow {
                    seq: Position(columns::unsigned(row.try_get(0)?)?),
                    revision: Revision::new(columns::unsigned(row.try_get(1)?)?),
                    intent: IntentId::new(row.try_get(2)?),
                    author: PersonId::new(row.try_get(3)?),
                    received: Moment::from_unix_ms(row.try_get(4)?),
                    events: columns::json(row.try_get(5)?)?,
                })
            },
        )
        .await
    }

    pub(super) async fn read_things(
        &self,
        mandant: MandantId,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<NewStand>, StorageError> {
        self.rows(
            "SELECT key, revision, state, scope, state_hash FROM entity \
             WHERE mandant = $1 AND key > $2 ORDER BY key LIMIT $3",
            &[&key(mandant), &columns::after_key(after), &columns::limit(rows_max)],
            |row| {
                let StandRow { entity, revision, state } = stand_row(row)?;
                let scope = columns::scope(row.try_get(3)?)?;
                Ok(NewStand { entity, revision, scope, state, hash: state_hash(row, 4)? })
            },
        )
        .await
    }

    pub(super) async fn read_entries(
        &self,
        mandant: MandantId,
        after: Option<IntentId>,
        rows_max: usize,
    ) -> Result<Vec<StoredEntry>, StorageError> {
        let next = after.map_or(Some(0), |after| after.uuid().as_u128().checked_add(1));
        let Some(from) = next.map(Uuid::from_u128) else { return Ok(Vec::new()) };
        self.rows(
            "SELECT intent, instance, number, author, target, received, payload_hash, entry, \
             result, checksum FROM entry WHERE mandant = $1 AND intent >= $2 ORDER BY intent LIMIT $3",
            &[&key(mandant), &from, &columns::limit(rows_max)],
            |row| {
                let entry = NewEntry {
                    id: IntentId::new(row.try_get(0)?),
                    instance: InstanceId::new(row.try_get(1)?),
                    number: columns::unsigned(row.try_get(2)?)?,
                    author: PersonId::new(row.try_get(3)?),
                    target: entity(row, 4)?,
                    received: Moment::from_unix_ms(row.try_get(5)?),
                    payload_hash: bytes(row, 6)?,
                    entry: columns::json(row.try_get(7)?)?,
                    result: columns::json(row.try_get(8)?)?,
                };
                Ok(StoredEntry { entry, checksum: bytes(row, 9)? })
            },
        )
        .await
    }
}

pub(super) fn feed_state(row: &Row) -> Result<FeedState, StorageError> {
    let head = Head {
        seq: Position(columns::unsigned(row.try_get(1)?)?),
        hash: ChainHash(bytes(row, 2)?),
    };
    Ok(FeedState { epoch: Epoch(row.try_get(0)?), head })
}

fn feed_row(row: &Row) -> Result<FeedRow, StorageError> {
    Ok(FeedRow {
        seq: Position(columns::unsigned(row.try_get(0)?)?),
        scope: columns::scope(row.try_get(1)?)?,
        entity: entity(row, 2)?,
        revision: Revision::new(columns::unsigned(row.try_get(3)?)?),
        intent: IntentId::new(row.try_get(4)?),
        author: PersonId::new(row.try_get(5)?),
        received: Moment::from_unix_ms(row.try_get(6)?),
        step: columns::step(row.try_get::<_, i16>(7)?.into())?,
        state: state_hash(row, 8)?,
        events: columns::json(row.try_get(9)?)?,
    })
}

fn stand_row(row: &Row) -> Result<StandRow, StorageError> {
    Ok(StandRow {
        entity: entity(row, 0)?,
        revision: Revision::new(columns::unsigned(row.try_get(1)?)?),
        state: columns::json(row.try_get(2)?)?,
    })
}

/// Columns `scope, rows, sum`.
pub(super) fn digest(row: &Row) -> Result<kontor_wire::Digest, StorageError> {
    columns::digest(row.try_get(1)?, row.try_get(2)?)
}

pub(super) fn entity(row: &Row, column: usize) -> Result<EntityRef, StorageError> {
    columns::entity(row.try_get(column)?)
}

pub(super) fn state_hash(row: &Row, column: usize) -> Result<StateHash, StorageError> {
    Ok(StateHash::from_bytes(bytes(row, column)?))
}

pub(super) fn bytes<const N: usize>(row: &Row, column: usize) -> Result<[u8; N], StorageError> {
    columns::bytes(row.try_get(column)?)
}
