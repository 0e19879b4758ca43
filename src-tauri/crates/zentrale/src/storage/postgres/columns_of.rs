//! What a batch writes, column by column: one statement per table, whatever its size.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{DocumentHash, EntityRef, Scope};
use kontor_wire::Digest;
use tokio_postgres::{Error, Statement};
use uuid::Uuid;

use super::open::Open;
use crate::storage::{ChainedRow, NewEntry, NewStand, StorageError, columns};

/// The statements of the write path, prepared once per connection.
pub(super) struct Statements {
    pub(super) head: Statement,
    pub(super) rows: Statement,
    pub(super) new_stands: Statement,
    pub(super) old_stands: Statement,
    pub(super) entries: Statement,
    pub(super) references: Statement,
    pub(super) digests: Statement,
}

const HEAD: &str = "UPDATE feed_head SET seq = $2, hash = $3 WHERE mandant = $1";
const ROWS: &str = "INSERT INTO feed (mandant, seq, scope, entity, revision, intent, author, received, \
     step, state_hash, events, salt, commitment, hash) \
     SELECT $1::uuid, new.* FROM unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::bigint[], \
     $6::uuid[], $7::uuid[], $8::bigint[], $9::smallint[], $10::bytea[], $11::text[], $12::bytea[], \
     $13::bytea[], $14::bytea[]) AS new";
const NEW_STANDS: &str = "INSERT INTO entity (mandant, key, revision, scope, state, state_hash) \
     SELECT $1::uuid, new.* FROM unnest($2::bytea[], $3::bigint[], $4::bytea[], $5::text[], \
     $6::bytea[]) AS new";
const OLD_STANDS: &str = "UPDATE entity SET revision = new.revision, scope = new.scope, \
     state = new.state, state_hash = new.state_hash \
     FROM unnest($2::bytea[], $3::bigint[], $4::bytea[], $5::text[], $6::bytea[]) \
     AS new (key, revision, scope, state, state_hash) \
     WHERE mandant = $1 AND entity.key = new.key";
const ENTRIES: &str = "INSERT INTO entry (mandant, intent, instance, number, author, target, received, \
     payload_hash, entry, result, checksum) \
     SELECT $1::uuid, new.* FROM unnest($2::uuid[], $3::uuid[], $4::bigint[], $5::uuid[], \
     $6::bytea[], $7::bigint[], $8::bytea[], $9::text[], $10::text[], $11::bytea[]) AS new";
const REFERENCES: &str = "INSERT INTO document_reference (mandant, hash, entity) \
     SELECT $1::uuid, new.* FROM unnest($2::bytea[], $3::bytea[]) AS new ON CONFLICT DO NOTHING";
const DIGESTS: &str = "INSERT INTO scope_digest (mandant, scope, rows, sum) \
     SELECT $1::uuid, new.* FROM unnest($2::bytea[], $3::bigint[], $4::bytea[]) AS new \
     ON CONFLICT (mandant, scope) DO UPDATE SET rows = excluded.rows, sum = excluded.sum";

impl Statements {
    pub(super) async fn prepare(open: &Open) -> Result<Self, Error> {
        Ok(Self {
            head: open.prepare_cached(HEAD).await?,
            rows: open.prepare_cached(ROWS).await?,
            new_stands: open.prepare_cached(NEW_STANDS).await?,
            old_stands: open.prepare_cached(OLD_STANDS).await?,
            entries: open.prepare_cached(ENTRIES).await?,
            references: open.prepare_cached(REFERENCES).await?,
            digests: open.prepare_cached(DIGESTS).await?,
        })
    }
}

/// Rows of the feed.
#[derive(Default)]
pub(super) struct Rows<'a> {
    seq: Vec<i64>,
    scope: Vec<Vec<u8>>,
    entity: Vec<Vec<u8>>,
    revision: Vec<i64>,
    intent: Vec<Uuid>,
    author: Vec<Uuid>,
    received: Vec<i64>,
    step: Vec<i16>,
    state_hash: Vec<&'a [u8]>,
    events: Vec<&'a str>,
    salt: Vec<&'a [u8]>,
    commitment: Vec<&'a [u8]>,
    hash: Vec<&'a [u8]>,
}

impl<'a> Rows<'a> {
    pub(super) fn of(rows: &'a [ChainedRow]) -> Result<Self, StorageError> {
        let mut all = Self::default();
        for ChainedRow { row, salt, commitment, hash } in rows {
            all.seq.push(columns::signed(row.seq.0)?);
            all.scope.push(columns::scope_key(row.scope).to_vec());
            all.entity.push(row.entity.to_key().to_vec());
            all.revision.push(columns::signed(row.revision.number())?);
            all.intent.push(row.intent.uuid());
            all.author.push(row.author.uuid());
            all.received.push(row.received.unix_ms());
            all.step.push(columns::step_code(row.step));
            all.state_hash.push(row.state.as_bytes());
            all.events.push(row.events.get());
            all.salt.push(salt);
            all.commitment.push(commitment);
            all.hash.push(&hash.0);
        }
        Ok(all)
    }

    pub(super) async fn write(
        &self,
        open: &Open,
        statement: &Statement,
        mandant: Uuid,
    ) -> Result<u64, Error> {
        if self.seq.is_empty() {
            return Ok(0);
        }
        open.execute(
            statement,
            &[
                &mandant,
                &self.seq,
                &self.scope,
                &self.entity,
                &self.revision,
                &self.intent,
                &self.author,
                &self.received,
                &self.step,
                &self.state_hash,
                &self.events,
                &self.salt,
                &self.commitment,
                &self.hash,
            ],
        )
        .await
    }
}

/// New content of things, new ones or known ones.
#[derive(Default)]
pub(super) struct Stands<'a> {
    key: Vec<Vec<u8>>,
    revision: Vec<i64>,
    scope: Vec<Vec<u8>>,
    state: Vec<&'a str>,
    state_hash: Vec<&'a [u8]>,
}

impl<'a> Stands<'a> {
    pub(super) fn of(stands: &[&'a NewStand]) -> Result<Self, StorageError> {
        let mut all = Self::default();
        for stand in stands {
            all.key.push(stand.entity.to_key().to_vec());
            all.revision.push(columns::signed(stand.revision.number())?);
            all.scope.push(columns::scope_key(stand.scope).to_vec());
            all.state.push(stand.state.get());
            all.state_hash.push(stand.hash.as_bytes());
        }
        Ok(all)
    }

    pub(super) async fn write(
        &self,
        open: &Open,
        statement: &Statement,
        mandant: Uuid,
    ) -> Result<u64, Error> {
        if self.key.is_empty() {
            return Ok(0);
        }
        let Self { key, revision, scope, state, state_hash } = self;
        open.execute(statement, &[&mandant, key, revision, scope, state, state_hash]).await
    }
}

/// Decided intents.
#[derive(Default)]
pub(super) struct Entries<'a> {
    intent: Vec<Uuid>,
    instance: Vec<Uuid>,
    number: Vec<i64>,
    author: Vec<Uuid>,
    target: Vec<Vec<u8>>,
    received: Vec<i64>,
    payload_hash: Vec<&'a [u8]>,
    entry: Vec<&'a str>,
    result: Vec<&'a str>,
    checksum: Vec<Vec<u8>>,
}

impl<'a> Entries<'a> {
    pub(super) fn of(entries: &'a [NewEntry]) -> Result<Self, StorageError> {
        let mut all = Self::default();
        for entry in entries {
            all.intent.push(entry.id.uuid());
            all.instance.push(entry.instance.uuid());
            all.number.push(columns::signed(entry.number)?);
            all.author.push(entry.author.uuid());
            all.target.push(entry.target.to_key().to_vec());
            all.received.push(entry.received.unix_ms());
            all.payload_hash.push(&entry.payload_hash);
            all.entry.push(entry.entry.get());
            all.result.push(entry.result.get());
            all.checksum.push(entry.checksum().to_vec());
        }
        Ok(all)
    }

    pub(super) async fn write(
        &self,
        open: &Open,
        statement: &Statement,
        mandant: Uuid,
    ) -> Result<u64, Error> {
        if self.intent.is_empty() {
            return Ok(0);
        }
        open.execute(
            statement,
            &[
                &mandant,
                &self.intent,
                &self.instance,
                &self.number,
                &self.author,
                &self.target,
                &self.received,
                &self.payload_hash,
                &self.entry,
                &self.result,
                &self.checksum,
            ],
        )
        .await
    }
}

/// Which things refer to which documents.
pub(super) struct References<'a> {
    hash: Vec<&'a [u8]>,
    entity: Vec<Vec<u8>>,
}

impl<'a> References<'a> {
    pub(super) fn of(references: &'a BTreeSet<(DocumentHash, EntityRef)>) -> Self {
        let pairs = references.iter();
        let (hash, entity) = pairs
            .map(|(hash, entity)| (hash.as_bytes().as_slice(), entity.to_key().to_vec()))
            .unzip();
        Self { hash, entity }
    }

    pub(super) async fn write(
        &self,
        open: &Open,
        statement: &Statement,
        mandant: Uuid,
    ) -> Result<u64, Error> {
        if self.hash.is_empty() {
            return Ok(0);
        }
        open.execute(statement, &[&mandant, &self.hash, &self.entity]).await
    }
}

/// Digests of scopes.
#[derive(Default)]
pub(super) struct Digests {
    scope: Vec<Vec<u8>>,
    rows: Vec<i64>,
    sum: Vec<Vec<u8>>,
}

impl Digests {
    pub(super) fn of(digests: &BTreeMap<Scope, Digest>) -> Result<Self, StorageError> {
        let mut all = Self::default();
        for (scope, digest) in digests {
            all.scope.push(columns::scope_key(*scope).to_vec());
            all.rows.push(columns::signed(digest.rows)?);
            all.sum.push(digest.sum.to_be_bytes().to_vec());
        }
        Ok(all)
    }

    pub(super) async fn write(
        &self,
        open: &Open,
        statement: &Statement,
        mandant: Uuid,
    ) -> Result<u64, Error> {
        if self.scope.is_empty() {
            return Ok(0);
        }
        open.execute(statement, &[&mandant, &self.scope, &self.rows, &self.sum]).await
    }
}
