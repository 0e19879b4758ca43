//! The trait, function by function: which work runs in which transaction.

use std::collections::BTreeSet;

use async_trait::async_trait;
use kontor_domain::{
    DocumentHash, EntityRef, IntentId, Mandant, MandantId, Moment, PersonId, Scope,
};
use kontor_fit_connect::EinreichungId;
use kontor_wire::{ChainHash, Epoch, Position, StandRow, VerlaufRow};

use super::{SqliteStorage, documents, einreichung, read, write};
use crate::storage::{
    ChainedRow, Decide, DeviceRow, DocumentRow, EinreichungRow, FeedQuery, FeedSlice, FeedState,
    Footprint, Lage, NewStand, SchluesselRow, Sealed, Storage, StorageError, StoredEntry,
};

#[async_trait]
impl Storage for SqliteStorage {
    async fn create_mandant(&self, mandant: &Mandant, epoch: Epoch) -> Result<(), StorageError> {
        self.write("creating a mandant", |db| write::create_mandant(db, mandant, epoch))
    }

    async fn mandanten(&self) -> Result<Vec<Mandant>, StorageError> {
        self.read("listing mandanten", |db| documents::mandanten(db))
    }

    async fn set_epoch(&self, mandant: MandantId, epoch: Epoch) -> Result<(), StorageError> {
        self.write("beginning an epoch", |db| write::set_epoch(db, mandant, epoch))
    }

    async fn feed_state(&self, mandant: MandantId) -> Result<FeedState, StorageError> {
        self.read("reading the head", |db| read::feed_state(db, mandant))
    }

    async fn transact(
        &self,
        mandant: MandantId,
        footprint: &Footprint,
        decide: &Decide<'_>,
    ) -> Result<Sealed, StorageError> {
        self.write("a batch", |db| write::transact(db, mandant, footprint, decide))
    }

    async fn feed(&self, mandant: MandantId, query: &FeedQuery) -> Result<FeedSlice, StorageError> {
        self.read("reading the feed", |db| read::feed(db, mandant, query))
    }

    async fn chain_at(
        &self,
        mandant: MandantId,
        at: Position,
    ) -> Result<Option<ChainHash>, StorageError> {
        self.read("reading a link", |db| read::chain_at(db, mandant, at))
    }

    async fn chain(
        &self,
        mandant: MandantId,
        after: Position,
        rows_max: usize,
    ) -> Result<Vec<ChainedRow>, StorageError> {
        self.read("reading the chain", |db| read::chain(db, mandant, after, rows_max))
    }

    async fn stands(
        &self,
        mandant: MandantId,
        entities: &[EntityRef],
    ) -> Result<Vec<StandRow>, StorageError> {
        self.read("reading things", |db| read::stands(db, mandant, entities))
    }

    async fn verlauf(
        &self,
        mandant: MandantId,
        entity: EntityRef,
        before: Position,
        rows_max: usize,
    ) -> Result<Vec<VerlaufRow>, StorageError> {
        self.read("reading a Verlauf", |db| read::verlauf(db, mandant, entity, before, rows_max))
    }

    async fn scope_page(
        &self,
        mandant: MandantId,
        scope: Scope,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<StandRow>, StorageError> {
        self.read("reading a scope", |db| read::scope_page(db, mandant, scope, after, rows_max))
    }

    async fn things(
        &self,
        mandant: MandantId,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<NewStand>, StorageError> {
        self.read("reading all things", |db| read::things(db, mandant, after, rows_max))
    }

    async fn entries(
        &self,
        mandant: MandantId,
        after: Option<IntentId>,
        rows_max: usize,
    ) -> Result<Vec<StoredEntry>, StorageError> {
        self.read("reading entries", |db| read::entries(db, mandant, after, rows_max))
    }

    async fn add_document(
        &self,
        mandant: MandantId,
        person: PersonId,
        document: DocumentRow,
    ) -> Result<(), StorageError> {
        self.write("publishing a document", |db| {
            documents::add_document(db, mandant, person, document)
        })
    }

    async fn document(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<Option<DocumentRow>, StorageError> {
        self.read("looking up a document", |db| documents::document(db, mandant, hash))
    }

    async fn uploaded(
        &self,
        mandant: MandantId,
        person: PersonId,
        hashes: &[DocumentHash],
    ) -> Result<BTreeSet<DocumentHash>, StorageError> {
        self.read("looking up holders", |db| documents::uploaded(db, mandant, person, hashes))
    }

    async fn referrers(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
        rows_max: usize,
    ) -> Result<Vec<EntityRef>, StorageError> {
        self.read("looking up referrers", |db| documents::referrers(db, mandant, hash, rows_max))
    }

    async fn add_device(&self, mandant: MandantId, device: &DeviceRow) -> Result<(), StorageError> {
        self.write("adding a device", |db| documents::add_device(db, mandant, device))
    }

    async fn device(
        &self,
        token_hash: [u8; 32],
    ) -> Result<Option<(MandantId, DeviceRow)>, StorageError> {
        self.read("looking up a device", |db| documents::device(db, token_hash))
    }

    async fn devices(&self, mandant: MandantId) -> Result<Vec<DeviceRow>, StorageError> {
        self.read("listing devices", |db| documents::devices(db, mandant))
    }

    async fn revoke_device(
        &self,
        mandant: MandantId,
        token_hash: [u8; 32],
    ) -> Result<bool, StorageError> {
        self.write("revoking a device", |db| documents::revoke_device(db, mandant, token_hash))
    }

    async fn add_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        self.write("listing an Einreichung", |db| einreichung::add(db, mandant, row))
    }

    async fn replace_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError> {
        self.write("going on with an Einreichung", |db| einreichung::replace(db, mandant, row))
    }

    async fn einreichung(
        &self,
        mandant: MandantId,
        id: EinreichungId,
    ) -> Result<Option<EinreichungRow>, StorageError> {
        self.read("looking up an Einreichung", |db| einreichung::one(db, mandant, id))
    }

    async fn einreichungen(
        &self,
        mandant: MandantId,
        lage: Lage,
        due: Moment,
        rows_max: usize,
    ) -> Result<Vec<EinreichungRow>, StorageError> {
        self.read("listing Einreichungen", |db| {
            einreichung::in_lage(db, mandant, lage, due, rows_max)
        })
    }

    async fn put_schluessel(
        &self,
        mandant: MandantId,
        key: &SchluesselRow,
    ) -> Result<(), StorageError> {
        self.write("storing a key", |db| einreichung::put_schluessel(db, mandant, key))
    }

    async fn schluessel(&self, mandant: MandantId) -> Result<Vec<SchluesselRow>, StorageError> {
        self.read("reading keys", |db| einreichung::schluessel(db, mandant))
    }

    async fn ping(&self) -> Result<(), StorageError> {
        self.read("a ping", |db| read::ping(db))
    }
}
