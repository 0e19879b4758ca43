//! What the Zentrale asks of its database. Two implementations pass the same suite: `SQLite` (embedded
//! default) and PostgreSQL (several instances side by side).
//!
//! Every function but those that set up a Mandant names the Mandant first; no statement runs without
//! one.

mod columns;
mod einreichung;
mod in_place;
mod postgres;
mod sqlite;

pub use einreichung::{EinreichungRow, Lage, SchluesselRow};
pub use postgres::PostgresStorage;
pub use sqlite::{RestoreError, SqliteStorage, restore_sqlite};

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use kontor_domain::{
    DocumentHash, EntityRef, InstanceId, IntentId, Mandant, MandantId, Moment, PersonId, Revision,
    Scope, Stand,
};
use kontor_fit_connect::EinreichungId;
use kontor_wire::{
    ChainHash, Digest, Epoch, FeedRow, Head, Position, StandRow, StateHash, VerlaufRow,
};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};

/// Why the database did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StorageError {
    /// No such Mandant.
    #[error("unknown mandant")]
    UnknownMandant,
    /// The database cannot be reached, is full, or stops; trying again may help.
    #[error("the database is not available")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// Stored content is not what this program wrote.
    #[error("stored content is damaged: {0}")]
    Damaged(&'static str),
    /// Anything else the database said.
    #[error("the database refused {operation}")]
    Database {
        /// What was tried.
        operation: &'static str,
        /// What it said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// Everything a batch of intents reads, named beforehand so that it can be locked in one order.
#[derive(Debug, Clone, Default)]
pub struct Footprint {
    /// Intents of the batch and their parents.
    pub intents: BTreeSet<IntentId>,
    /// Things, locked in this order.
    pub entities: BTreeSet<EntityRef>,
    /// Documents the intents refer to.
    pub documents: BTreeSet<DocumentHash>,
    /// Who sends the batch; documents count as found only if they have uploaded them.
    pub holder: Option<PersonId>,
}

/// What was found of a [`Footprint`], under lock.
#[derive(Debug, Default)]
pub struct Found {
    /// Intents decided before.
    pub decided: BTreeMap<IntentId, Decided>,
    /// Things that exist.
    pub stands: BTreeMap<EntityRef, Stand>,
    /// The hash of each one's JSON as stored.
    pub hashes: BTreeMap<EntityRef, StateHash>,
    /// Documents that are complete and that the sender has uploaded. Owning the bytes is the right to
    /// refer to them; that somebody else owns them too is nobody's business.
    pub documents: BTreeSet<DocumentHash>,
}

/// An intent that was decided before.
#[derive(Debug, Clone)]
pub struct Decided {
    /// SHA-256 over its entry as first stored.
    pub payload_hash: [u8; 32],
    /// JSON of `PushResult`, to be repeated byte for byte.
    pub result: Box<RawValue>,
    /// The thing it was about.
    pub target: EntityRef,
}

/// A batch that has been decided but has no place in the feed yet.
pub trait Draft: Send {
    /// Gives it its place, behind `head`. Called once, with the counter locked; must be quick.
    fn seal(self: Box<Self>, head: Head) -> Result<Sealed, StorageError>;
}

/// Decides a batch against what was found. May be called again if the database asks to retry.
pub type Decide<'a> = dyn Fn(Found) -> Result<Box<dyn Draft>, StorageError> + Send + Sync + 'a;

/// Everything a batch writes, in one transaction.
#[derive(Debug)]
pub struct Sealed {
    /// The new end of the feed; the old one if nothing happened.
    pub head: Head,
    /// Rows of the feed.
    pub rows: Vec<ChainedRow>,
    /// New content of things. Each thing at most once: the last state of the batch.
    pub stands: Vec<NewStand>,
    /// Change of the digests of scopes, to be added.
    pub digests: BTreeMap<Scope, Digest>,
    /// Intents decided now.
    pub entries: Vec<NewEntry>,
    /// Which things refer to which documents now.
    pub references: BTreeSet<(DocumentHash, EntityRef)>,
    /// Results in the order of the batch, old ones included. Not written, only handed back.
    pub results: Vec<Box<RawValue>>,
}

/// A row of the feed with what the audit chain needs.
#[derive(Debug, Clone)]
pub struct ChainedRow {
    /// The row as workstations see it.
    pub row: FeedRow,
    /// Random salt of the commitment, so that content can be erased and the chain still verifies.
    pub salt: [u8; 16],
    /// SHA-256 over salt and content.
    pub commitment: [u8; 32],
    /// This row's link.
    pub hash: ChainHash,
}

/// New content of a thing.
#[derive(Debug, Clone)]
pub struct NewStand {
    /// The thing.
    pub entity: EntityRef,
    /// Its new revision; 1 at its creation.
    pub revision: Revision,
    /// Who sees it now.
    pub scope: Scope,
    /// JSON of the entity.
    pub state: Box<RawValue>,
    /// Hash of that.
    pub hash: StateHash,
}

/// An intent decided now.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Which.
    pub id: IntentId,
    /// The copy of `work.db` it came from.
    pub instance: InstanceId,
    /// Its place in that outbox.
    pub number: u64,
    /// Who entered it.
    pub author: PersonId,
    /// The thing it is about.
    pub target: EntityRef,
    /// When it arrived.
    pub received: Moment,
    /// SHA-256 over `entry`.
    pub payload_hash: [u8; 32],
    /// The entry as sent.
    pub entry: Box<RawValue>,
    /// JSON of `PushResult`.
    pub result: Box<RawValue>,
}

impl NewEntry {
    /// SHA-256 over everything but [`NewEntry::entry`], which `payload_hash` stands for. Stored
    /// beside it, so that damage to what the feed does not repeat is found as well.
    pub fn checksum(&self) -> [u8; 32] {
        let hash = Sha256::new()
            .chain_update(self.id.uuid().as_bytes())
            .chain_update(self.instance.uuid().as_bytes())
            .chain_update(self.number.to_be_bytes())
            .chain_update(self.author.uuid().as_bytes())
            .chain_update(self.target.to_key())
            .chain_update(self.received.unix_ms().to_be_bytes())
            .chain_update(self.payload_hash)
            .chain_update(self.result.get());
        hash.finalize().into()
    }
}

/// A decided intent as it lies in the database.
#[derive(Debug, Clone)]
pub struct StoredEntry {
    /// The intent.
    pub entry: NewEntry,
    /// What [`NewEntry::checksum`] was when it was stored.
    pub checksum: [u8; 32],
}

/// Asks for a piece of the feed.
#[derive(Debug, Clone)]
pub struct FeedQuery {
    /// Rows after this.
    pub after: Position,
    /// Of these scopes,
    pub scopes: Vec<Scope>,
    /// and of these things.
    pub pins: Vec<EntityRef>,
    /// At most this many rows.
    pub rows_max: usize,
}

/// A piece of the feed, read in one snapshot.
#[derive(Debug)]
pub struct FeedSlice {
    /// The rows, in order. A row that matches by scope and by pin comes once.
    pub rows: Vec<FeedRow>,
    /// Everything up to here is in `rows`: the end, or the last row if there were more.
    pub to: Position,
    /// The end of the feed.
    pub head: Head,
    /// Digest of each scope asked for, if `to` is the end; empty scopes have the default digest.
    pub digests: BTreeMap<Scope, Digest>,
}

/// The feed's epoch and end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedState {
    /// Epoch.
    pub epoch: Epoch,
    /// End.
    pub head: Head,
}

/// A feed has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// Whose.
    pub mandant: MandantId,
    /// At least to here.
    pub seq: Position,
}

/// A document the Zentrale knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its bytes' name.
    pub hash: DocumentHash,
    /// Length in bytes.
    pub size_bytes: u64,
}

/// A device that may sign in with a token of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceRow {
    /// SHA-256 of its token; the token itself is never stored.
    pub token_hash: [u8; 32],
    /// Whose rights it has.
    pub person: PersonId,
    /// What people call it.
    pub name: String,
    /// When it was added.
    pub added: Moment,
}

/// The database of the Zentrale.
#[async_trait]
pub trait Storage: Send + Sync + std::fmt::Debug {
    /// Sets up an authority with an empty feed.
    async fn create_mandant(&self, mandant: &Mandant, epoch: Epoch) -> Result<(), StorageError>;

    /// All authorities, for the operator's commands only.
    async fn mandanten(&self) -> Result<Vec<Mandant>, StorageError>;

    /// Begins a new epoch, after a restore.
    async fn set_epoch(&self, mandant: MandantId, epoch: Epoch) -> Result<(), StorageError>;

    /// The feed's epoch and end.
    async fn feed_state(&self, mandant: MandantId) -> Result<FeedState, StorageError>;

    /// The one write path. In one durable transaction: lock and read the footprint, `decide`, lock
    /// the counter, seal the draft, write everything. Retries with the same footprint when the
    /// database reports a serialisation failure, a deadlock or a lost race for an id, at most ten
    /// times.
    async fn transact(
        &self,
        mandant: MandantId,
        footprint: &Footprint,
        decide: &Decide<'_>,
    ) -> Result<Sealed, StorageError>;

    /// A piece of the feed.
    async fn feed(&self, mandant: MandantId, query: &FeedQuery) -> Result<FeedSlice, StorageError>;

    /// The chain's link at a position; `None` beyond the end.
    async fn chain_at(
        &self,
        mandant: MandantId,
        at: Position,
    ) -> Result<Option<ChainHash>, StorageError>;

    /// Rows with their chain, for `verify` and exports.
    async fn chain(
        &self,
        mandant: MandantId,
        after: Position,
        rows_max: usize,
    ) -> Result<Vec<ChainedRow>, StorageError>;

    /// Things by reference; those that do not exist are missing.
    async fn stands(
        &self,
        mandant: MandantId,
        entities: &[EntityRef],
    ) -> Result<Vec<StandRow>, StorageError>;

    /// What happened to a thing before a position, the newest first, at most `rows_max`.
    async fn verlauf(
        &self,
        mandant: MandantId,
        entity: EntityRef,
        before: Position,
        rows_max: usize,
    ) -> Result<Vec<VerlaufRow>, StorageError>;

    /// Things of a scope after a key, in the order of their keys, at most `rows_max`.
    async fn scope_page(
        &self,
        mandant: MandantId,
        scope: Scope,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<StandRow>, StorageError>;

    /// Things as they are stored, after a key and in the order of their keys, at most `rows_max`; for
    /// `verify` and exports.
    async fn things(
        &self,
        mandant: MandantId,
        after: Option<EntityRef>,
        rows_max: usize,
    ) -> Result<Vec<NewStand>, StorageError>;

    /// Decided intents as they are stored, after an id and in the order of their ids, at most
    /// `rows_max`; for `verify` and exports.
    async fn entries(
        &self,
        mandant: MandantId,
        after: Option<IntentId>,
        rows_max: usize,
    ) -> Result<Vec<StoredEntry>, StorageError>;

    /// Publishes a complete document: notes it, and that `person` holds it.
    async fn add_document(
        &self,
        mandant: MandantId,
        person: PersonId,
        document: DocumentRow,
    ) -> Result<(), StorageError>;

    /// A complete document.
    async fn document(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<Option<DocumentRow>, StorageError>;

    /// Which of these complete documents `person` has uploaded themselves.
    async fn uploaded(
        &self,
        mandant: MandantId,
        person: PersonId,
        hashes: &[DocumentHash],
    ) -> Result<BTreeSet<DocumentHash>, StorageError>;

    /// Things that refer to a document, at most `rows_max`.
    async fn referrers(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
        rows_max: usize,
    ) -> Result<Vec<EntityRef>, StorageError>;

    /// Adds a device.
    async fn add_device(&self, mandant: MandantId, device: &DeviceRow) -> Result<(), StorageError>;

    /// Whose token this is. The one read that finds the Mandant instead of being told.
    async fn device(
        &self,
        token_hash: [u8; 32],
    ) -> Result<Option<(MandantId, DeviceRow)>, StorageError>;

    /// All devices of an authority.
    async fn devices(&self, mandant: MandantId) -> Result<Vec<DeviceRow>, StorageError>;

    /// Takes a device's right to sign in.
    async fn revoke_device(
        &self,
        mandant: MandantId,
        token_hash: [u8; 32],
    ) -> Result<bool, StorageError>;

    /// Begins to remember an Einreichung; `false` if it is known already.
    async fn add_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError>;

    /// Goes on from the stand one version before; `false` if somebody else was faster.
    async fn replace_einreichung(
        &self,
        mandant: MandantId,
        row: &EinreichungRow,
    ) -> Result<bool, StorageError>;

    /// One Einreichung.
    async fn einreichung(
        &self,
        mandant: MandantId,
        id: EinreichungId,
    ) -> Result<Option<EinreichungRow>, StorageError>;

    /// Einreichungen that are due, the longest due first, at most `rows_max`.
    async fn einreichungen(
        &self,
        mandant: MandantId,
        lage: Lage,
        due: Moment,
        rows_max: usize,
    ) -> Result<Vec<EinreichungRow>, StorageError>;

    /// Stores a key of a Zustellpunkt, or how far it is now.
    async fn put_schluessel(
        &self,
        mandant: MandantId,
        key: &SchluesselRow,
    ) -> Result<(), StorageError>;

    /// All keys of an authority's Zustellpunkte.
    async fn schluessel(&self, mandant: MandantId) -> Result<Vec<SchluesselRow>, StorageError>;

    /// Ends of feeds as they come into sight, whoever wrote them. Hints: one may get lost. Silent
    /// where nobody else can write.
    fn notices(&self) -> BoxStream<'static, Notice> {
        stream::pending().boxed()
    }

    /// Whether the database answers.
    async fn ping(&self) -> Result<(), StorageError>;
}
