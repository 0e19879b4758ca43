//! Einreichungen and keys.

use kontor_domain::{MandantId, Moment};
use kontor_fit_connect::{EinreichungId, ZustellpunktId};
use rusqlite::{Connection, Row};

use super::read::{row, rows, uuid};
use crate::storage::{EinreichungRow, Lage, SchluesselRow, StorageError, columns};

pub(super) fn add(
    db: &Connection,
    mandant: MandantId,
    new: &EinreichungRow,
) -> Result<bool, StorageError> {
    let added = db
        .prepare_cached(
            "INSERT INTO einreichung (mandant, einreichung, lage, due, version, record) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute((
            mandant.uuid().as_bytes(),
            new.id.uuid().as_bytes(),
            new.lage.name(),
            new.due.unix_ms(),
            columns::signed(new.version)?,
            &new.record,
        ))?;
    Ok(added == 1)
}

pub(super) fn replace(
    db: &Connection,
    mandant: MandantId,
    new: &EinreichungRow,
) -> Result<bool, StorageError> {
    let replaced = db
        .prepare_cached(
            "UPDATE einreichung SET lage = ?3, due = ?4, version = ?5, record = ?6 \
             WHERE mandant = ?1 AND einreichung = ?2 AND version = ?5 - 1",
        )?
        .execute((
            mandant.uuid().as_bytes(),
            new.id.uuid().as_bytes(),
            new.lage.name(),
            new.due.unix_ms(),
            columns::signed(new.version)?,
            &new.record,
        ))?;
    Ok(replaced == 1)
}

pub(super) fn one(
    db: &Connection,
    mandant: MandantId,
    id: EinreichungId,
) -> Result<Option<EinreichungRow>, StorageError> {
    row(
        db,
        "SELECT einreichung, lage, due, version, record FROM einreichung \
         WHERE mandant = ?1 AND einreichung = ?2",
        (mandant.uuid().as_bytes(), id.uuid().as_bytes()),
        einreichung,
    )
}

pub(super) fn in_lage(
    db: &Connection,
    mandant: MandantId,
    lage: Lage,
    due: Moment,
    rows_max: usize,
) -> Result<Vec<EinreichungRow>, StorageError> {
    rows(
        db,
        "SELECT einreichung, lage, due, version, record FROM einreichung \
         WHERE mandant = ?1 AND lage = ?2 AND due <= ?3 ORDER BY due, einreichung LIMIT ?4",
        (mandant.uuid().as_bytes(), lage.name(), due.unix_ms(), columns::limit(rows_max)),
        einreichung,
    )
}

fn einreichung(row: &Row<'_>) -> Result<EinreichungRow, StorageError> {
    let lage = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
    Ok(EinreichungRow {
        id: EinreichungId::new(uuid(row, 0)?),
        lage: Lage::named(lage).ok_or(StorageError::Damaged("the Lage of an Einreichung"))?,
        due: Moment::from_unix_ms(row.get(2)?),
        version: columns::unsigned(row.get(3)?)?,
        record: row.get(4)?,
    })
}

pub(super) fn put_schluessel(
    db: &Connection,
    mandant: MandantId,
    key: &SchluesselRow,
) -> Result<(), StorageError> {
    db.prepare_cached(
        "INSERT INTO sealed_key (mandant, kid, zustellpunkt, record, sealed) \
         VALUES (?1, ?2, ?3, ?4, ?5) \
         ON CONFLICT (mandant, kid) DO UPDATE SET record = ?4, sealed = ?5",
    )?
    .execute((
        mandant.uuid().as_bytes(),
        key.kid.as_str(),
        key.zustellpunkt.uuid().as_bytes(),
        &key.record,
        &key.sealed,
    ))?;
    Ok(())
}

pub(super) fn schluessel(
    db: &Connection,
    mandant: MandantId,
) -> Result<Vec<SchluesselRow>, StorageError> {
    rows(
        db,
        "SELECT kid, zustellpunkt, record, sealed FROM sealed_key WHERE mandant = ?1 ORDER BY kid",
        [mandant.uuid().as_bytes()],
        |row| {
            let kid = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
            Ok(SchluesselRow {
                kid: kid.parse().map_err(|_| StorageError::Damaged("the name of a key"))?,
                zustellpunkt: ZustellpunktId::new(uuid(row, 1)?),
                record: row.get(2)?,
                sealed: row.get(3)?,
            })
        },
    )
}
