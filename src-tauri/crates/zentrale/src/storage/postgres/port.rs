//! The trait, function by function.

use std::collections::BTreeSet;

use async_trait::async_trait;
use futures_util::stream::BoxStream;
use kontor_domain::{
    DocumentHash, EntityRef, IntentId, Mandant, MandantId, Moment, PersonId, Scope,
};
use kontor_fit_connect::EinreichungId;
use kontor_wire::{ChainHash, Epoch, Position, StandRow, VerlaufRow};

use super::PostgresStorage;
use crate::storage::{
    ChainedRow, Decide, DeviceRow, DocumentRow, EinreichungRow, FeedQuery, FeedSlice, FeedState,
    Footprint, Lage, NewStand, Notice, SchluesselRow, Sealed, Storage, StorageError, StoredEntry,
};

#[async_trait]
impl Storage for PostgresStorage {
    async fn create_mandant(&self, mandant: &Mandant, epoch: Epoch) -> Result<(), StorageError> {
        self.write_mandant(mandant, epoch).await.map_err(|error| error.during("creating a mandant"))
    }

    async fn mandanten(&self) -> Result<Vec<Mandant>, StorageError> {
        self.read_mandanten().await.map_err(|error| error.during("listing mandanten"))
    }

    async fn set_epoch(&self, mandant: MandantId, epoch: Epoch) -> Result<(), StorageError> {
        self.write_epoch(mandant, epoch).await.map_err(|error| error.during("beginning an epoch"))
    }

    async fn feed_state(&self, mandant: MandantId) -> Result<FeedState, StorageError> {
        self.read_head(mandant).await.map_err(|error| error.during("reading the head"))
    }

    async fn transact(
        &self,
        mandant: MandantId,
        footprint: &Footprint,
        decide: &Decide<'_>,
    ) -> Result<Sealed, StorageError> {
        self.write_batch(mandant, footprint, decide).await.map_err(|error| error.during("a batch"))
    }

    async fn feed(&self, mandant: MandantId, query: &FeedQuery) -> Result<FeedSlice, StorageError> {
        self.read_feed(mandant, query).await.map_err(|error| error.during("reading the feed"))
    }

    async fn chain_at(
        &self,
        mandant: MandantId,
        at: Position,
    ) -> Result<Option<ChainHash>, StorageError> {
        self.read_link(mandant, at).await.map_err(|error| error.during("reading a link"))
    }

    async fn chain(
        &self,
        mandant: MandantId,
        after: Position,
        rows_max: usize,
    ) -> Result<Vec<ChainedRow>, StorageError> {
        self.read_chain(mandant, after, rows_max)
            .await
            .map_err(|error| error.during("reading the chain"))
    }

    async fn stands(
        &self,
        mandant: MandantId,
        entities: &[EntityRef],
    ) -> Result<Vec<StandRow>, StorageError> {
        self.read_stands(mandant, entities).await.map_err(|error| error.during("reading things"))
    }

    async fn verlauf(
        &self,
        mandant: MandantId,
        entity: EntityRef,
        before: Position,
        rows_max: usize,
    ) -> Result<Vec<VerlaufRow>, StorageError> {
        self.read_verlauf(mandant, entity, before, rows_max)
            .await
            .map_err(|error| error.during("reading a Verlauf"))
    }

    async fn scope_page(
        &self,
        mandant: MandantId,
        scope: Scope,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<StandRow>, StorageError> {
        self.read_scope(mandant, scope, after, rows_max)
            .await
            .map_err(|error| error.during("reading a scope"))
    }

    async fn things(
        &self,
        mandant: MandantId,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<NewStand>, StorageError> {
        self.read_things(mandant, after, rows_max)
            .await
            .map_err(|error| error.during("reading all things"))
    }

    async fn entries(
        &self,
        mandant: MandantId,
        after: Option<IntentId>,
        rows_max: usize,
    ) -> Result<Vec<StoredEntry>, StorageError> {
        self.read_entries(mandant, after, rows_max)
            .await
            .map_err(|error| error.during("reading entries"))
    }

    async fn add_document(
        &self,
        mandant: MandantId,
        person: PersonId,
        document: DocumentRow,
    ) -> Result<(), StorageError> {
        self.write_document(mandant, person, document)
            .await
            .map_err(|error| error.during("publishing a document"))
    }

    async fn document(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<Option<DocumentRow>, StorageError> {
        self.read_document(mandant, hash)
            .await
            .map_err(|error| error.during("looking up a document"))
    }

    async fn uploaded(
        &self,
        mandant: MandantId,
        person: PersonId,
        hashes: &[DocumentHash],
    ) -> Result<BTreeSet<DocumentHash>, StorageError> {
        let held = self
            .read_uploaded(mandant, person, hashes)
            .await
            .map_err(|error| error.during("looking up holders"))?;
        Ok(held.into_iter().collect())
    }

    async fn referrers(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
        rows_max: usize,
    ) -> Result<Vec<EntityRef>, StorageError> {
        self.read_referrers(mandant, hash, rows_max)
            .await
            .map_err(|error| error.during("looking up referrers"))
    }

    async fn add_device(&self, mandant: MandantId, device: &DeviceRow) -> Result<(), StorageError> {
        self.write_device(mandant, device).await.map_err(|error| error.during("adding a device"))
    }

    async fn device(
        &self,
        token_hash: [u8; 32],
    ) -> Result<Option<(MandantId, DeviceRow)>, StorageError> {
        self.read_device(token_hash).await.map_err(|error| error.during("looking up a device"))
    }

    async fn devices(&self, mandant: MandantId) -> Result<Vec<DeviceRow>, StorageError> {
        self.read_devices(mandant).await.map_err(|error| error.during("listing devices"))
    }

    async fn revoke_device(
        &self,
        mandant: MandantId,
        token_hash: [u8; 32],
    ) -> Result<bool, StorageError> {
        self.drop_device(mandant, token_hash)
            .await
            .map_err(|error| error.during("revoking a device"))
    }

    fn notices(&self) -> BoxStream<'static, Notice> {
        self.listen_to_all()
    }

    async fn add_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        let added = self.write_einreichung(mandant, row).await;
        added.map_err(|error| error.during("listing an Einreichung"))
    }

    async fn replace_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        let replaced = self.rewrite_einreichung(mandant, row).await;
        replaced.map_err(|error| error.during("going on with an Einreichung"))
    }

    async fn einreichung(
        &self,
        mandant: MandantId,
        id: EinreichungId,
    ) -> Result<Option<EinreichungRow>, StorageError> {
        let found = self.read_einreichung(mandant, id).await;
        found.map_err(|error| error.during("looking up an Einreichung"))
    }

    async fn einreichungen(
        &self,
        mandant: MandantId,
        lage: Lage,
        due: Moment,
        rows_max: usize,
    ) -> Result<Vec<EinreichungRow>, StorageError> {
        let found = self.read_einreichungen(mandant, lage, due, rows_max).await;
        found.map_err(|error| error.during("listing Einreichungen"))
    }

    async fn put_schluessel(
        &self,
        mandant: MandantId,
        key: &SchluesselRow,
    ) -> Result<(), StorageError> {
        let stored = self.write_schluessel(mandant, key).await;
        stored.map_err(|error| error.during("storing a key"))
    }

    async fn schluessel(&self, mandant: MandantId) -> Result<Vec<SchluesselRow>, StorageError> {
        self.read_schluessel(mandant).await.map_err(|error| error.during("reading keys"))
    }

    async fn ping(&self) -> Result<(), StorageError> {
        self.read_ping().await.map_err(|error| error.during("a ping"))
    }
}
