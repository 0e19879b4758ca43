//! The write path.

use std::collections::BTreeSet;

use kontor_domain::{EntityRef, Mandant, MandantId};
use kontor_wire::{Epoch, Head, StateHash};
use rusqlite::Connection;

use super::read;
use crate::storage::{
    ChainedRow, Decide, Decided, Footprint, Found, NewEntry, NewStand, Sealed, StorageError,
    columns,
};

pub(super) fn create_mandant(
    db: &Connection,
    mandant: &Mandant,
    epoch: Epoch,
) -> Result<(), StorageError> {
    let id = mandant.id.uuid();
    db.prepare_cached("INSERT INTO mandant (mandant, name) VALUES (?1, ?2)")?
        .execute((id.as_bytes(), mandant.name.as_str()))?;
    db.prepare_cached("INSERT INTO feed_head (mandant, epoch, seq, hash) VALUES (?1, ?2, 0, ?3)")?
        .execute((id.as_bytes(), epoch.0.as_bytes(), [0_u8; 32]))?;
    Ok(())
}

pub(super) fn set_epoch(
    db: &Connection,
    mandant: MandantId,
    epoch: Epoch,
) -> Result<(), StorageError> {
    let changed = db
        .prepare_cached("UPDATE feed_head SET epoch = ?2 WHERE mandant = ?1")?
        .execute((mandant.uuid().as_bytes(), epoch.0.as_bytes()))?;
    if changed == 1 { Ok(()) } else { Err(StorageError::UnknownMandant) }
}

/// `SQLite` has one writer, so the transaction itself is the lock on everything.
pub(super) fn transact(
    db: &Connection,
    mandant: MandantId,
    footprint: &Footprint,
    decide: &Decide<'_>,
) -> Result<Sealed, StorageError> {
    let head = read::feed_state(db, mandant)?.head;
    let found = find(db, mandant, footprint)?;
    let known: BTreeSet<EntityRef> = found.stands.keys().copied().collect();
    let sealed = decide(found)?.seal(head)?;
    columns::require_gapless(head, &sealed)?;
    for row in &sealed.rows {
        add_row(db, mandant, row)?;
    }
    for stand in &sealed.stands {
        if known.contains(&stand.entity) {
            replace_stand(db, mandant, stand)?;
        } else {
            add_stand(db, mandant, stand)?;
        }
    }
    for entry in &sealed.entries {
        add_entry(db, mandant, entry)?;
    }
    for (hash, entity) in &sealed.references {
        db.prepare_cached(
            "INSERT INTO document_reference (mandant, hash, entity) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO NOTHING",
        )?
        .execute((mandant.uuid().as_bytes(), hash.as_bytes(), entity.to_key()))?;
    }
    add_digests(db, mandant, &sealed)?;
    if sealed.head != head {
        move_head(db, mandant, sealed.head)?;
    }
    Ok(sealed)
}

fn find(db: &Connection, mandant: MandantId, footprint: &Footprint) -> Result<Found, StorageError> {
    let mut found = Found::default();
    for entity in &footprint.entities {
        let stored = read::row(
            db,
            "SELECT revision, state, state_hash FROM entity WHERE mandant = ?1 AND key = ?2",
            (mandant.uuid().as_bytes(), entity.to_key()),
            |row| {
                let state = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
                let hash = read::state_hash(row, 2)?;
                // Whatever was decided on damaged ground would spread the damage.
                if StateHash::of(state.as_bytes()) != hash {
                    return Err(StorageError::Damaged("the content of a thing"));
                }
                Ok((columns::stand(row.get(0)?, state)?, hash))
            },
        )?;
        if let Some((stand, hash)) = stored {
            found.stands.insert(*entity, stand);
            found.hashes.insert(*entity, hash);
        }
    }
    if let Some(holder) = footprint.holder {
        for hash in &footprint.documents {
            let held = read::row(
                db,
                "SELECT 1 FROM document_holder WHERE mandant = ?1 AND hash = ?2 AND person = ?3",
                (mandant.uuid().as_bytes(), hash.as_bytes(), holder.uuid().as_bytes()),
                |_| Ok(*hash),
            )?;
            found.documents.extend(held);
        }
    }
    for intent in &footprint.intents {
        let decided = read::row(
            db,
            "SELECT payload_hash, result, target FROM entry WHERE mandant = ?1 AND intent = ?2",
            (mandant.uuid().as_bytes(), intent.uuid().as_bytes()),
            |row| {
                Ok(Decided {
                    payload_hash: row.get(0)?,
                    result: columns::json(row.get(1)?)?,
                    target: read::entity(row, 2)?,
                })
            },
        )?;
        found.decided.extend(decided.map(|decided| (*intent, decided)));
    }
    Ok(found)
}

fn add_row(db: &Connection, mandant: MandantId, chained: &ChainedRow) -> Result<(), StorageError> {
    let row = &chained.row;
    db.prepare_cached(
        "INSERT INTO feed (mandant, seq, scope, entity, revision, intent, author, received, step, \
         state_hash, events, salt, commitment, hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        columns::signed(row.seq.0)?,
        columns::scope_key(row.scope),
        row.entity.to_key(),
        columns::signed(row.revision.number())?,
        row.intent.uuid().as_bytes(),
        row.author.uuid().as_bytes(),
        row.received.unix_ms(),
        columns::step_code(row.step),
        row.state.as_bytes(),
        row.events.get(),
        chained.salt,
        chained.commitment,
        chained.hash.0,
    ))?;
    Ok(())
}

fn add_stand(db: &Connection, mandant: MandantId, stand: &NewStand) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO entity (mandant, key, revision, scope, state, state_hash) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        stand.entity.to_key(),
        columns::signed(stand.revision.number())?,
        columns::scope_key(stand.scope),
        stand.state.get(),
        stand.hash.as_bytes(),
    ))?;
    Ok(())
}

fn replace_stand(
    db: &Connection,
    mandant: MandantId,
    stand: &NewStand,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "UPDATE entity SET revision = ?3, scope = ?4, state = ?5, state_hash = ?6 \
         WHERE mandant = ?1 AND key = ?2",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        stand.entity.to_key(),
        columns::signed(stand.revision.number())?,
        columns::scope_key(stand.scope),
        stand.state.get(),
        stand.hash.as_bytes(),
    ))?;
    Ok(())
}

fn add_entry(db: &Connection, mandant: MandantId, entry: &NewEntry) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO entry (mandant, intent, instance, number, author, target, received, \
         payload_hash, entry, result, checksum) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        entry.id.uuid().as_bytes(),
        entry.instance.uuid().as_bytes(),
        columns::signed(entry.number)?,
        entry.author.uuid().as_bytes(),
        entry.target.to_key(),
        entry.received.unix_ms(),
        entry.payload_hash,
        entry.entry.get(),
        entry.result.get(),
        entry.checksum(),
    ))?;
    Ok(())
}

fn add_digests(db: &Connection, mandant: MandantId, sealed: &Sealed) -> Result<(), StorageError> {
    for (scope, change) in &sealed.digests {
        let scope = columns::scope_key(*scope);
        let before = read::row(
            db,
            "SELECT rows, sum FROM scope_digest WHERE mandant = ?1 AND scope = ?2",
            (mandant.uuid().as_bytes(), scope),
            |row| columns::digest(row.get(0)?, &row.get::<_, [u8; 16]>(1)?),
        )?;
        let after = before.unwrap_or_default() + *change;
        db.prepare_cached(
            "INSERT INTO scope_digest (mandant, scope, rows, sum) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (mandant, scope) DO UPDATE SET rows = excluded.rows, sum = excluded.sum",
        )?
        .execute((
            mandant.uuid().as_bytes(),
            scope,
            columns::signed(after.rows)?,
            after.sum.to_be_bytes(),
        ))?;
    }
    Ok(())
}

fn move_head(db: &Connection, mandant: MandantId, head: Head) -> Result<(), StorageError> {
    db.prepare_cached("UPDATE feed_head SET seq = ?2, hash = ?3 WHERE mandant = ?1")?.execute((
        mandant.uuid().as_bytes(),
        columns::signed(head.seq.0)?,
        head.hash.0,
    ))?;
    Ok(())
}
