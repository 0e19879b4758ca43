//! Reading the feed and the things.

use std::collections::BTreeMap;

use kontor_domain::{
    EntityRef, InstanceId, IntentId, MandantId, Moment, PersonId, Revision, Scope,
};
use kontor_wire::{
    ChainHash, Epoch, FeedRow, Head, Position, StandRow, StateHash, Step, VerlaufRow,
};
use rusqlite::{Connection, OptionalExtension as _, Params, Row};
use uuid::Uuid;

use crate::storage::{
    ChainedRow, FeedQuery, FeedSlice, FeedState, NewEntry, NewStand, StorageError, StoredEntry,
    columns,
};

/// All rows of a prepared statement.
pub(super) fn rows<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StorageError>,
) -> Result<Vec<T>, StorageError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// The one row of a prepared statement, if there is one.
pub(super) fn row<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>) -> Result<T, StorageError>,
) -> Result<Option<T>, StorageError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    rows.next()?.map(read).transpose()
}

pub(super) fn feed_state(db: &Connection, mandant: MandantId) -> Result<FeedState, StorageError> {
    let state = row(
        db,
        "SELECT epoch, seq, hash FROM feed_head WHERE mandant = ?1",
        [mandant.uuid().as_bytes()],
        |row| {
            let head = Head {
                seq: Position(columns::unsigned(row.get(1)?)?),
                hash: ChainHash(row.get(2)?),
            };
            Ok(FeedState { epoch: Epoch(uuid(row, 0)?), head })
        },
    )?;
    state.ok_or(StorageError::UnknownMandant)
}

pub(super) fn feed(
    db: &Connection,
    mandant: MandantId,
    query: &FeedQuery,
) -> Result<FeedSlice, StorageError> {
    let head = feed_state(db, mandant)?.head;
    let mut places = places(db, mandant, query)?;
    let more = places.len() > query.rows_max;
    places.truncate(query.rows_max);
    let mut rows = Vec::with_capacity(places.len());
    for seq in places {
        let found = row(
            db,
            "SELECT seq, scope, entity, revision, intent, author, received, step, state_hash, events \
             FROM feed WHERE mandant = ?1 AND seq = ?2",
            (mandant.uuid().as_bytes(), seq),
            feed_row,
        )?;
        rows.push(found.ok_or(StorageError::Damaged("an index of the feed"))?);
    }
    if more {
        let to = rows.last().map_or(query.after, |row| row.seq);
        return Ok(FeedSlice { rows, to, head, digests: BTreeMap::new() });
    }
    let mut digests = BTreeMap::new();
    for scope in &query.scopes {
        let digest = row(
            db,
            "SELECT rows, sum FROM scope_digest WHERE mandant = ?1 AND scope = ?2",
            (mandant.uuid().as_bytes(), columns::scope_key(*scope)),
            |row| {
                columns::digest(
                    row.get(0)?,
                    row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?,
                )
            },
        )?;
        digests.insert(*scope, digest.unwrap_or_default());
    }
    Ok(FeedSlice { rows, to: head.seq, head, digests })
}

/// Positions of the rows asked for and one more, ascending: from indices alone, because each scope
/// may offer as many as are wanted in all.
fn places(
    db: &Connection,
    mandant: MandantId,
    query: &FeedQuery,
) -> Result<Vec<i64>, StorageError> {
    let after = columns::signed(query.after.0)?;
    let rows_max = query.rows_max.saturating_add(1);
    let mut places = Vec::new();
    for scope in &query.scopes {
        places.extend(rows(
            db,
            "SELECT seq FROM feed WHERE mandant = ?1 AND scope = ?2 AND seq > ?3 \
             ORDER BY seq LIMIT ?4",
            (
                mandant.uuid().as_bytes(),
                columns::scope_key(*scope),
                after,
                columns::limit(rows_max),
            ),
            |row| Ok(row.get::<_, i64>(0)?),
        )?);
    }
    for pin in &query.pins {
        places.extend(rows(
            db,
            "SELECT seq FROM feed WHERE mandant = ?1 AND entity = ?2 AND seq > ?3 \
             ORDER BY seq LIMIT ?4",
            (mandant.uuid().as_bytes(), pin.to_key(), after, columns::limit(rows_max)),
            |row| Ok(row.get::<_, i64>(0)?),
        )?);
    }
    places.sort_unstable();
    places.dedup();
    places.truncate(rows_max);
    Ok(places)
}

pub(super) fn chain_at(
    db: &Connection,
    mandant: MandantId,
    at: Position,
) -> Result<Option<ChainHash>, StorageError> {
    if at == Position(0) {
        return feed_state(db, mandant).map(|_| Some(ChainHash::default()));
    }
    let Ok(at) = i64::try_from(at.0) else { return Ok(None) };
    row(
        db,
        "SELECT hash FROM feed WHERE mandant = ?1 AND seq = ?2",
        (mandant.uuid().as_bytes(), at),
        |row| Ok(ChainHash(row.get(0)?)),
    )
}

pub(super) fn chain(
    db: &Connection,
    mandant: MandantId,
    after: Position,
    rows_max: usize,
) -> Result<Vec<ChainedRow>, StorageError> {
    rows(
        db,
        "SELECT seq, scope, entity, revision, intent, author, received, step, state_hash, events, \
         salt, commitment, hash \
         FROM feed WHERE mandant = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
        (mandant.uuid().as_bytes(), columns::signed(after.0)?, columns::limit(rows_max)),
        |row| {
            Ok(ChainedRow {
                row: feed_row(row)?,
                salt: row.get(10)?,
                commitment: row.get(11)?,
                hash: ChainHash(row.get(12)?),
            })
        },
    )
}

pub(super) fn stands(
    db: &Connection,
    mandant: MandantId,
    entities: &[EntityRef],
) -> Result<Vec<StandRow>, StorageError> {
    let mut stands = Vec::with_capacity(entities.len());
    for entity in entities {
        stands.extend(row(
            db,
            "SELECT key, revision, state FROM entity WHERE mandant = ?1 AND key = ?2",
            (mandant.uuid().as_bytes(), entity.to_key()),
            stand_row,
        )?);
    }
    Ok(stands)
}

pub(super) fn scope_page(
    db: &Connection,
    mandant: MandantId,
    scope: Scope,
    after: Option<EntityRef>,
    rows_max: usize,
) -> Result<Vec<StandRow>, StorageError> {
    rows(
        db,
        "SELECT key, revision, state FROM entity \
         WHERE mandant = ?1 AND scope = ?2 AND key > ?3 ORDER BY key LIMIT ?4",
        (
            mandant.uuid().as_bytes(),
            columns::scope_key(scope),
            columns::after_key(after),
            columns::limit(rows_max),
        ),
        stand_row,
    )
}

pub(super) fn verlauf(
    db: &Connection,
    mandant: MandantId,
    entity: EntityRef,
    before: Position,
    rows_max: usize,
) -> Result<Vec<VerlaufRow>, StorageError> {
    // A row for a scope that was left is no event of its own.
    rows(
        db,
        "SELECT seq, revision, intent, author, received, events FROM feed \
         WHERE mandant = ?1 AND entity = ?2 AND seq < ?3 AND step <> ?4 ORDER BY seq DESC LIMIT ?5",
        (
            mandant.uuid().as_bytes(),
            entity.to_key(),
            columns::until(before),
            columns::step_code(Step::Exit),
            columns::limit(rows_max),
        ),
        |row| {
            Ok(VerlaufRow {
                seq: Position(columns::unsigned(row.get(0)?)?),
                revision: Revision::new(columns::unsigned(row.get(1)?)?),
                intent: IntentId::new(uuid(row, 2)?),
                author: PersonId::new(uuid(row, 3)?),
                received: Moment::from_unix_ms(row.get(4)?),
                events: columns::json(row.get(5)?)?,
            })
        },
    )
}

pub(super) fn things(
    db: &Connection,
    mandant: MandantId,
    after: Option<EntityRef>,
    rows_max: usize,
) -> Result<Vec<NewStand>, StorageError> {
    rows(
        db,
        "SELECT key, revision, state, scope, state_hash FROM entity \
         WHERE mandant = ?1 AND key > ?2 ORDER BY key LIMIT ?3",
        (mandant.uuid().as_bytes(), columns::after_key(after), columns::limit(rows_max)),
        |row| {
            let StandRow { entity, revision, state } = stand_row(row)?;
            let scope = columns::scope(&row.get::<_, [u8; 17]>(3)?)?;
            Ok(NewStand { entity, revision, scope, state, hash: state_hash(row, 4)? })
        },
    )
}

pub(super) fn entries(
    db: &Connection,
    mandant: MandantId,
    after: Option<IntentId>,
    rows_max: usize,
) -> Result<Vec<StoredEntry>, StorageError> {
    let after = after.map_or_else(Vec::new, |after| after.uuid().as_bytes().to_vec());
    rows(
        db,
        "SELECT intent, instance, number, author, target, received, payload_hash, entry, result, \
         checksum FROM entry WHERE mandant = ?1 AND intent > ?2 ORDER BY intent LIMIT ?3",
        (mandant.uuid().as_bytes(), after, columns::limit(rows_max)),
        |row| {
            let entry = NewEntry {
                id: IntentId::new(uuid(row, 0)?),
                instance: InstanceId::new(uuid(row, 1)?),
                number: columns::unsigned(row.get(2)?)?,
                author: PersonId::new(uuid(row, 3)?),
                target: entity(row, 4)?,
                received: Moment::from_unix_ms(row.get(5)?),
                payload_hash: row.get(6)?,
                entry: columns::json(row.get(7)?)?,
                result: columns::json(row.get(8)?)?,
            };
            Ok(StoredEntry { entry, checksum: row.get(9)? })
        },
    )
}

pub(super) fn ping(db: &Connection) -> Result<(), StorageError> {
    // Reads the file, unlike a constant.
    let one = db.query_row("SELECT 1 FROM sqlite_schema LIMIT 1", [], |_| Ok(())).optional()?;
    one.ok_or(StorageError::Damaged("an empty file"))
}

fn feed_row(row: &Row<'_>) -> Result<FeedRow, StorageError> {
    Ok(FeedRow {
        seq: Position(columns::unsigned(row.get(0)?)?),
        scope: columns::scope(&row.get::<_, [u8; 17]>(1)?)?,
        entity: entity(row, 2)?,
        revision: Revision::new(columns::unsigned(row.get(3)?)?),
        intent: IntentId::new(uuid(row, 4)?),
        author: PersonId::new(uuid(row, 5)?),
        received: Moment::from_unix_ms(row.get(6)?),
        step: columns::step(row.get(7)?)?,
        state: state_hash(row, 8)?,
        events: columns::json(row.get(9)?)?,
    })
}

fn stand_row(row: &Row<'_>) -> Result<StandRow, StorageError> {
    Ok(StandRow {
        entity: entity(row, 0)?,
        revision: Revision::new(columns::unsigned(row.get(1)?)?),
        state: columns::json(row.get(2)?)?,
    })
}

pub(super) fn uuid(row: &Row<'_>, column: usize) -> Result<Uuid, StorageError> {
    Ok(Uuid::from_bytes(row.get(column)?))
}

pub(super) fn entity(row: &Row<'_>, column: usize) -> Result<EntityRef, StorageError> {
    columns::entity(&row.get::<_, [u8; 17]>(column)?)
}

pub(super) fn state_hash(row: &Row<'_>, column: usize) -> Result<StateHash, StorageError> {
    Ok(StateHash::from_bytes(row.get(column)?))
}
