//! Einreichungen and keys.

use kontor_domain::{MandantId, Moment};
use kontor_fit_connect::{EinreichungId, ZustellpunktId};
use tokio_postgres::Row;

use super::{PostgresStorage, key};
use crate::storage::{EinreichungRow, Lage, SchluesselRow, StorageError, columns};

impl PostgresStorage {
    pub(super) async fn write_einreichung(
        &self,
        mandant: MandantId,
        new: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        let added = self
            .execute(
                "INSERT INTO einreichung (mandant, einreichung, lage, due, version, record) \
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                &[
                    &key(mandant),
                    &new.id.uuid(),
                    &new.lage.name(),
                    &new.due.unix_ms(),
                    &columns::signed(new.version)?,
                    &new.record,
                ],
            )
            .await?;
        Ok(added == 1)
    }

    pub(super) async fn rewrite_einreichung(
        &self,
        mandant: MandantId,
        new: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        let replaced = self
            .execute(
                "UPDATE einreichung SET lage = $3, due = $4, version = $5, record = $6 \
                 WHERE mandant = $1 AND einreichung = $2 AND version = $5::BIGINT - 1",
                &[
                    &key(mandant),
                    &new.id.uuid(),
                    &new.lage.name(),
                    &new.due.unix_ms(),
                    &columns::signed(new.version)?,
                    &new.record,
                ],
            )
            .await?;
        Ok(replaced == 1)
    }

    pub(super) async fn read_einreichung(
        &self,
        mandant: MandantId,
        id: EinreichungId,
    ) -> Result<Option<EinreichungRow>, StorageError> {
        self.row(
            "SELECT einreichung, lage, due, version, record FROM einreichung \
             WHERE mandant = $1 AND einreichung = $2",
            &[&key(mandant), &id.uuid()],
            einreichung,
        )
        .await
    }

    pub(super) async fn read_einreichungen(
        &self,
        mandant: MandantId,
        lage: Lage,
        due: Moment,
        rows_max: usize,
    ) -> Result<Vec<EinreichungRow>, StorageError> {
        self.rows(
            "SELECT einreichung, lage, due, version, record FROM einreichung \
             WHERE mandant = $1 AND lage = $2 AND due <= $3 ORDER BY due, einreichung LIMIT $4",
            &[&key(mandant), &lage.name(), &due.unix_ms(), &columns::limit(rows_max)],
            einreichung,
        )
        .await
    }

    pub(super) async fn write_schluessel(
        &self,
        mandant: MandantId,
        new: &SchluesselRow,
    ) -> Result<(), StorageError> {
        self.execute(
            "INSERT INTO sealed_key (mandant, kid, zustellpunkt, record, sealed) \
             VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (mandant, kid) DO UPDATE SET record = $4, sealed = $5",
            &[&key(mandant), &new.kid.as_str(), &new.zustellpunkt.uuid(), &new.record, &new.sealed],
        )
        .await?;
        Ok(())
    }

    pub(super) async fn read_schluessel(
        &self,
        mandant: MandantId,
    ) -> Result<Vec<SchluesselRow>, StorageError> {
        self.rows(
            "SELECT kid, zustellpunkt, record, sealed FROM sealed_key \
             WHERE mandant = $1 ORDER BY kid",
            &[&key(mandant)],
            |row| {
                let kid: &str = row.try_get(0)?;
                Ok(SchluesselRow {
                    kid: kid.parse().map_err(|_| StorageError::Damaged("the name of a key"))?,
                    zustellpunkt: ZustellpunktId::new(row.try_get(1)?),
                    record: row.try_get(2)?,
                    sealed: row.try_get(3)?,
                })
            },
        )
        .await
    }
}

fn einreichung(row: &Row) -> Result<EinreichungRow, StorageError> {
    let lage = Lage::named(row.try_get(1)?);
    Ok(EinreichungRow {
        id: EinreichungId::new(row.try_get(0)?),
        lage: lage.ok_or(StorageError::Damaged("the Lage of an Einreichung"))?,
        due: Moment::from_unix_ms(row.try_get(2)?),
        version: columns::unsigned(row.try_get(3)?)?,
        record: row.try_get(4)?,
    })
}
