//! The write path. Locks are taken in this order, and nothing after the counter: things by key,
//! documents by hash, the counter.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::FutureExt as _;
use kontor_domain::{DocumentHash, EntityRef, IntentId, Mandant, MandantId, Scope};
use kontor_wire::{Digest, Epoch, Head, StateHash};
use tokio::try_join;
use tokio_postgres::Row;
use uuid::Uuid;

use super::error::Failed;
use super::open::Open;
use super::{PostgresStorage, columns_of, key, notice, read};
use crate::storage::in_place::in_place;
use crate::storage::{Decide, Decided, Footprint, Found, Sealed, StorageError, columns};

/// More attempts than this and something else is wrong.
const ATTEMPTS_MAX: usize = 10;

/// Rows are locked in the order they are sorted in, so two batches never wait for each other in a
/// circle.
const THINGS: &str = "SELECT key, revision, state, state_hash FROM entity \
     WHERE mandant = $1 AND key = ANY($2) ORDER BY key FOR UPDATE";
const DOCUMENTS: &str = "SELECT hash FROM document_holder \
     WHERE mandant = $1 AND hash = ANY($2) AND person = $3 ORDER BY hash FOR KEY SHARE";
/// After the locks: whoever held them may have decided the same intent.
const DECIDED: &str = "SELECT intent, payload_hash, result, target FROM entry \
     WHERE mandant = $1 AND intent = ANY($2)";
const COUNTER: &str = "SELECT epoch, seq, hash FROM feed_head WHERE mandant = $1 FOR UPDATE";
const DIGESTS: &str = "SELECT scope, rows, sum FROM scope_digest WHERE mandant = $1";

impl PostgresStorage {
    pub(super) async fn write_mandant(
        &self,
        mandant: &Mandant,
        epoch: Epoch,
    ) -> Result<(), StorageError> {
        let open = Open::begin(self.client().await?).await?;
        let id = key(mandant.id);
        open.execute(
            "INSERT INTO mandant (mandant, name) VALUES ($1, $2)",
            &[&id, &mandant.name.as_str()],
        )
        .await?;
        open.execute(
            "INSERT INTO feed_head (mandant, epoch, seq, hash) VALUES ($1, $2, 0, $3)",
            &[&id, &epoch.0, &[0_u8; 32].as_slice()],
        )
        .await?;
        open.commit().await
    }

    pub(super) async fn write_epoch(
        &self,
        mandant: MandantId,
        epoch: Epoch,
    ) -> Result<(), StorageError> {
        let sql = "UPDATE feed_head SET epoch = $2 WHERE mandant = $1";
        match self.execute(sql, &[&key(mandant), &epoch.0]).await? {
            1 => Ok(()),
            _ => Err(StorageError::UnknownMandant),
        }
    }

    pub(super) async fn write_batch(
        &self,
        mandant: MandantId,
        footprint: &Footprint,
        decide: &Decide<'_>,
    ) -> Result<Sealed, StorageError> {
        let mut attempts = 1;
        loop {
            match self.attempt(mandant, footprint, decide).await {
                Ok(sealed) => return Ok(sealed),
                Err(Failed::Storage(error)) => return Err(error),
                Err(Failed::Race(error)) if attempts == ATTEMPTS_MAX => {
                    return Err(StorageError::Unavailable(Box::new(error)));
                }
                Err(Failed::Race(_)) => attempts += 1,
            }
        }
    }

    async fn attempt(
        &self,
        mandant: MandantId,
        footprint: &Footprint,
        decide: &Decide<'_>,
    ) -> Result<Sealed, Failed> {
        let open = Open::on(self.client().await?);
        let id = key(mandant);
        let found = find(&open, id, footprint).await?;
        let known: BTreeSet<EntityRef> = found.stands.keys().copied().collect();
        let draft = in_place(|| decide(found))?;

        let counter = prepare(&open, COUNTER).await?;
        let digests = prepare(&open, DIGESTS).await?;
        let (counter, digests) = try_join!(
            biased;
            async { open.query_opt(&counter, &[&id]).await },
            async { open.query(&digests, &[&id]).await },
        )?;
        let state =
            counter.as_ref().map(read::feed_state).ok_or(StorageError::UnknownMandant)??;
        let sealed = in_place(|| draft.seal(state.head))?;
        columns::require_gapless(state.head, &sealed)?;
        let digests = added(&digests, &sealed.digests)?;

        write(&open, id, &sealed, (&known, &digests, state.head)).await?;
        if sealed.head != state.head {
            // Sent behind the commit, in a transaction of its own; a hint may get lost.
            let hint = notice::statement(mandant, sealed.head.seq);
            let _ = open.batch_execute(&hint).now_or_never();
        }
        open.settle();
        Ok(sealed)
    }
}

async fn prepare(
    open: &Open,
    sql: &str,
) -> Result<tokio_postgres::Statement, tokio_postgres::Error> {
    open.prepare_cached(sql).await
}

async fn find(open: &Open, mandant: Uuid, footprint: &Footprint) -> Result<Found, Failed> {
    let things = prepare(open, THINGS).await?;
    let documents = prepare(open, DOCUMENTS).await?;
    let decided = prepare(open, DECIDED).await?;
    let keys: Vec<Vec<u8>> =
        footprint.entities.iter().map(|entity| entity.to_key().to_vec()).collect();
    let hashes: Vec<&[u8]> =
        footprint.documents.iter().map(|hash| hash.as_bytes().as_slice()).collect();
    let holder = footprint.holder.map(kontor_domain::PersonId::uuid);
    let intents: Vec<Uuid> = footprint.intents.iter().map(|intent| intent.uuid()).collect();
    let ((), things, documents, decided) = try_join!(
            biased;
        open.batch_execute("BEGIN ISOLATION LEVEL READ COMMITTED"),
        async { open.query(&things, &[&mandant, &keys]).await },
        async {
            // Most batches bring none, and every lock is a write.
            if hashes.is_empty() || holder.is_none() {
                return Ok(Vec::new());
            }
            open.query(&documents, &[&mandant, &hashes, &holder]).await
        },
        async { open.query(&decided, &[&mandant, &intents]).await },
    )?;
    let mut found = Found::default();
    for row in &things {
        thing(row, &mut found)?;
    }
    for row in &documents {
        found.documents.insert(DocumentHash::from_bytes(read::bytes(row, 0)?));
    }
    for row in &decided {
        let decided = Decided {
            payload_hash: read::bytes(row, 1)?,
            result: columns::json(row.try_get(2)?)?,
            target: read::entity(row, 3)?,
        };
        found.decided.insert(IntentId::new(row.try_get(0)?), decided);
    }
    Ok(found)
}

fn thing(row: &Row, found: &mut Found) -> Result<(), StorageError> {
    let entity = read::entity(row, 0)?;
    let state: &str = row.try_get(2)?;
    let hash = read::state_hash(row, 3)?;
    // Whatever was decided on damaged ground would spread the damage.
    if StateHash::of(state.as_bytes()) != hash {
        return Err(StorageError::Damaged("the content of a thing"));
    }
    found.stands.insert(entity, columns::stand(row.try_get(1)?, state)?);
    found.hashes.insert(entity, hash);
    Ok(())
}

/// Digests after the batch, of the scopes it changes.
fn added(
    stored: &[Row],
    changes: &BTreeMap<Scope, Digest>,
) -> Result<BTreeMap<Scope, Digest>, StorageError> {
    let mut digests = changes.clone();
    for row in stored {
        if let Some(digest) = digests.get_mut(&columns::scope(row.try_get(0)?)?) {
            *digest += read::digest(row)?;
        }
    }
    Ok(digests)
}

/// Everything and the commit behind it, sent together. If one statement fails, the server refuses the
/// ones behind it and turns the commit into a rollback.
async fn write(
    open: &Open,
    mandant: Uuid,
    sealed: &Sealed,
    (known, digests, before): (&BTreeSet<EntityRef>, &BTreeMap<Scope, Digest>, Head),
) -> Result<(), Failed> {
    let rows = columns_of::Rows::of(&sealed.rows)?;
    let (old, new): (Vec<_>, Vec<_>) =
        sealed.stands.iter().partition(|stand| known.contains(&stand.entity));
    let (old, new) = (columns_of::Stands::of(&old)?, columns_of::Stands::of(&new)?);
    let entries = columns_of::Entries::of(&sealed.entries)?;
    let references = columns_of::References::of(&sealed.references);
    let digests = columns_of::Digests::of(digests)?;
    let head = columns::signed(sealed.head.seq.0)?;
    let hash = sealed.head.hash.0;
    let moved = sealed.head != before;
    let statements = columns_of::Statements::prepare(open).await?;
    try_join!(
            biased;
        async {
            if !moved {
                return Ok(0);
            }
            open.execute(&statements.head, &[&mandant, &head, &hash.as_slice()]).await
        },
        rows.write(open, &statements.rows, mandant),
        old.write(open, &statements.old_stands, mandant),
        new.write(open, &statements.new_stands, mandant),
        entries.write(open, &statements.entries, mandant),
        references.write(open, &statements.references, mandant),
        digests.write(open, &statements.digests, mandant),
        open.batch_execute("COMMIT"),
    )?;
    Ok(())
}
