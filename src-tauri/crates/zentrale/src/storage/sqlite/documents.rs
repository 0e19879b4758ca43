//! Documents and devices.

use std::collections::BTreeSet;

use kontor_domain::{DocumentHash, EntityRef, Mandant, MandantId, Moment, PersonId};
use rusqlite::{Connection, Row};

use super::read::{row, rows, uuid};
use crate::storage::{DeviceRow, DocumentRow, StorageError, columns};

pub(super) fn mandanten(db: &Connection) -> Result<Vec<Mandant>, StorageError> {
    rows(db, "SELECT mandant, name FROM mandant ORDER BY mandant", [], |row| {
        let name = columns::name(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?)?;
        Ok(Mandant { id: MandantId::new(uuid(row, 0)?), name })
    })
}

pub(super) fn add_document(
    db: &Connection,
    mandant: MandantId,
    person: PersonId,
    new: DocumentRow,
) -> Result<(), StorageError> {
    let mandant_key = mandant.uuid();
    let key = (mandant_key.as_bytes(), new.hash.as_bytes());
    match document(db, mandant, new.hash)? {
        None => {
            db.prepare_cached("INSERT INTO document (mandant, hash, size) VALUES (?1, ?2, ?3)")?
                .execute((key.0, key.1, columns::signed(new.size_bytes)?))?;
        }
        Some(known) if known != new => return Err(StorageError::Damaged("the size of a document")),
        Some(_) => {}
    }
    db.prepare_cached(
        "INSERT INTO document_holder (mandant, hash, person) VALUES (?1, ?2, ?3) \
         ON CONFLICT DO NOTHING",
    )?
    .execute((key.0, key.1, person.uuid().as_bytes()))?;
    Ok(())
}

pub(super) fn document(
    db: &Connection,
    mandant: MandantId,
    hash: DocumentHash,
) -> Result<Option<DocumentRow>, StorageError> {
    row(
        db,
        "SELECT size FROM document WHERE mandant = ?1 AND hash = ?2",
        (mandant.uuid().as_bytes(), hash.as_bytes()),
        |row| Ok(DocumentRow { hash, size_bytes: columns::unsigned(row.get(0)?)? }),
    )
}

pub(super) fn uploaded(
    db: &Connection,
    mandant: MandantId,
    person: PersonId,
    hashes: &[DocumentHash],
) -> Result<BTreeSet<DocumentHash>, StorageError> {
    let mut uploaded = BTreeSet::new();
    for hash in hashes {
        uploaded.extend(row(
            db,
            "SELECT 1 FROM document_holder WHERE mandant = ?1 AND hash = ?2 AND person = ?3",
            (mandant.uuid().as_bytes(), hash.as_bytes(), person.uuid().as_bytes()),
            |_| Ok(*hash),
        )?);
    }
    Ok(uploaded)
}

pub(super) fn referrers(
    db: &Connection,
    mandant: MandantId,
    hash: DocumentHash,
    rows_max: usize,
) -> Result<Vec<EntityRef>, StorageError> {
    rows(
        db,
        "SELECT entity FROM document_reference WHERE mandant = ?1 AND hash = ?2 \
         ORDER BY entity LIMIT ?3",
        (mandant.uuid().as_bytes(), hash.as_bytes(), columns::limit(rows_max)),
        |row| super::read::entity(row, 0),
    )
}

pub(super) fn add_device(
    db: &Connection,
    mandant: MandantId,
    device: &DeviceRow,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO device (mandant, token_hash, person, name, added) \
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        device.token_hash,
        device.person.uuid().as_bytes(),
        &device.name,
        device.added.unix_ms(),
    ))?;
    Ok(())
}

pub(super) fn device(
    db: &Connection,
    token_hash: [u8; 32],
) -> Result<Option<(MandantId, DeviceRow)>, StorageError> {
    row(
        db,
        "SELECT token_hash, person, name, added, mandant FROM device WHERE token_hash = ?1",
        [token_hash],
        |row| Ok((MandantId::new(uuid(row, 4)?), device_row(row)?)),
    )
}

pub(super) fn devices(db: &Connection, mandant: MandantId) -> Result<Vec<DeviceRow>, StorageError> {
    rows(
        db,
        "SELECT token_hash, person, name, added FROM device WHERE mandant = ?1 \
         ORDER BY added, token_hash",
        [mandant.uuid().as_bytes()],
        device_row,
    )
}

pub(super) fn revoke_device(
    db: &Connection,
    mandant: MandantId,
    token_hash: [u8; 32],
) -> Result<bool, StorageError> {
    let gone = db
        .prepare_cached("DELETE FROM device WHERE mandant = ?1 AND token_hash = ?2")?
        .execute((mandant.uuid().as_bytes(), token_hash))?;
    Ok(gone == 1)
}

fn device_row(row: &Row<'_>) -> Result<DeviceRow, StorageError> {
    Ok(DeviceRow {
        token_hash: row.get(0)?,
        person: PersonId::new(uuid(row, 1)?),
        name: row.get(2)?,
        added: Moment::from_unix_ms(row.get(3)?),
    })
}
