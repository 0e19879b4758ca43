//! Documents and devices.

use kontor_domain::{DocumentHash, EntityRef, Mandant, MandantId, Moment, PersonId};
use tokio_postgres::Row;

use super::open::Open;
use super::read::{bytes, entity};
use super::{PostgresStorage, key};
use crate::storage::{DeviceRow, DocumentRow, StorageError, columns};

impl PostgresStorage {
    pub(super) async fn read_mandanten(&self) -> Result<Vec<Mandant>, StorageError> {
        self.rows("SELECT mandant, name FROM mandant ORDER BY mandant", &[], |row| {
            let name = columns::name(row.try_get(1)?)?;
            Ok(Mandant { id: MandantId::new(row.try_get(0)?), name })
        })
        .await
    }

    pub(super) async fn write_document(
        &self,
        mandant: MandantId,
        person: PersonId,
        new: DocumentRow,
    ) -> Result<(), StorageError> {
        let open = Open::begin(self.client().await?).await?;
        let (id, person) = (key(mandant), person.uuid());
        let hash = new.hash.as_bytes().as_slice();
        open.execute(
            "INSERT INTO document (mandant, hash, size) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &[&id, &hash, &columns::signed(new.size_bytes)?],
        )
        .await?;
        let stored = open
            .query_one(
                "SELECT size FROM document WHERE mandant = $1 AND hash = $2 FOR KEY SHARE",
                &[&id, &hash],
            )
            .await?;
        if columns::unsigned(stored.try_get(0)?)? != new.size_bytes {
            return Err(StorageError::Damaged("the size of a document"));
        }
        open.execute(
            "INSERT INTO document_holder (mandant, hash, person) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
            &[&id, &hash, &person],
        )
        .await?;
        open.commit().await
    }

    pub(super) async fn read_document(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<Option<DocumentRow>, StorageError> {
        self.row(
            "SELECT size FROM document WHERE mandant = $1 AND hash = $2",
            &[&key(mandant), &hash.as_bytes().as_slice()],
            |row| Ok(DocumentRow { hash, size_bytes: columns::unsigned(row.try_get(0)?)? }),
        )
        .await
    }

    pub(super) async fn read_uploaded(
        &self,
        mandant: MandantId,
        person: PersonId,
        hashes: &[DocumentHash],
    ) -> Result<Vec<DocumentHash>, StorageError> {
        let hashes: Vec<&[u8]> = hashes.iter().map(|hash| hash.as_bytes().as_slice()).collect();
        self.rows(
            "SELECT hash FROM document_holder WHERE mandant = $1 AND person = $2 AND hash = ANY($3)",
            &[&key(mandant), &person.uuid(), &hashes],
            |row| Ok(DocumentHash::from_bytes(bytes(row, 0)?)),
        )
        .await
    }

    pub(super) async fn read_referrers(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
        rows_max: usize,
    ) -> Result<Vec<EntityRef>, StorageError> {
        self.rows(
            "SELECT entity FROM document_reference WHERE mandant = $1 AND hash = $2 \
             ORDER BY entity LIMIT $3",
            &[&key(mandant), &hash.as_bytes().as_slice(), &columns::limit(rows_max)],
            |row| entity(row, 0),
        )
        .await
    }

    pub(super) async fn write_device(
        &self,
        mandant: MandantId,
        device: &DeviceRow,
    ) -> Result<(), StorageError> {
        self.execute(
            "INSERT INTO device (mandant, token_hash, person, name, added) \
             VALUES ($1, $2, $3, $4, $5)",
            &[
                &key(mandant),
                &device.token_hash.as_slice(),
                &device.person.uuid(),
                &device.name,
                &device.added.unix_ms(),
            ],
        )
        .await?;
        Ok(())
    }

    pub(super) async fn read_device(
        &self,
        token_hash: [u8; 32],
    ) -> Result<Option<(MandantId, DeviceRow)>, StorageError> {
        self.row(
            "SELECT token_hash, person, name, added, mandant FROM device WHERE token_hash = $1",
            &[&token_hash.as_slice()],
            |row| Ok((MandantId::new(row.try_get(4)?), device_row(row)?)),
        )
        .await
    }

    pub(super) async fn read_devices(
        &self,
        mandant: MandantId,
    ) -> Result<Vec<DeviceRow>, StorageError> {
        self.rows(
            "SELECT token_hash, person, name, added FROM device WHERE mandant = $1 \
             ORDER BY added, token_hash",
            &[&key(mandant)],
            device_row,
        )
        .await
    }

    pub(super) async fn drop_device(
        &self,
        mandant: MandantId,
        token_hash: [u8; 32],
    ) -> Result<bool, StorageError> {
        let gone = self
            .execute(
                "DELETE FROM device WHERE mandant = $1 AND token_hash = $2",
                &[&key(mandant), &token_hash.as_slice()],
            )
            .await?;
        Ok(gone == 1)
    }
}

fn device_row(row: &Row) -> Result<DeviceRow, StorageError> {
    Ok(DeviceRow {
        token_hash: bytes(row, 0)?,
        person: PersonId::new(row.try_get(1)?),
        name: row.try_get(2)?,
        added: Moment::from_unix_ms(row.try_get(3)?),
    })
}
