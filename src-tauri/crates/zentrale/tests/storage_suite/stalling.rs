//! A Zentrale that dawdles at the worst moments.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::sleep;
use std::time::Duration;

use async_trait::async_trait;
use kontor_domain::{
    DocumentHash, EntityRef, IntentId, Mandant, MandantId, Moment, PersonId, Scope,
};
use kontor_fit_connect::EinreichungId;
use kontor_wire::{ChainHash, Epoch, Head, Position, StandRow, VerlaufRow};
use kontor_zentrale::storage::{
    ChainedRow, Decide, DeviceRow, DocumentRow, Draft, EinreichungRow, FeedQuery, FeedSlice,
    FeedState, Footprint, Lage, NewStand, SchluesselRow, Sealed, Storage, StorageError,
    StoredEntry,
};

/// Puts stalls of a random length where things are locked and where the counter is locked.
#[derive(Debug)]
pub(crate) struct Stalling<'a> {
    inner: &'a dyn Storage,
    dice: AtomicU64,
    /// How often the write path was asked to decide; more than once a batch where it lost a race.
    pub(crate) decided: AtomicU64,
}

impl<'a> Stalling<'a> {
    pub(crate) fn new(inner: &'a dyn Storage, seed: u64) -> Self {
        Self { inner, dice: AtomicU64::new(seed), decided: AtomicU64::new(0) }
    }

    fn stall(&self) -> Duration {
        let before = self.dice.fetch_add(0x9E37_79B9_7F4A_7C15, Ordering::Relaxed);
        let roll = (before ^ (before >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9) >> 40;
        // Mostly short, sometimes long enough for everybody else to overtake.
        Duration::from_micros(if roll.is_multiple_of(8) { roll % 20_000 } else { roll % 500 })
    }
}

struct StallingDraft(Box<dyn Draft>, Duration);

impl Draft for StallingDraft {
    fn seal(self: Box<Self>, head: Head) -> Result<Sealed, StorageError> {
        sleep(self.1);
        self.0.seal(head)
    }
}

macro_rules! stalling {
    ($(async fn $name:ident($($arg:ident: $kind:ty),*) -> $answer:ty;)+) => {
        #[async_trait]
        impl Storage for Stalling<'_> {
            async fn transact(
                &self,
                mandant: MandantId,
                footprint: &Footprint,
                decide: &Decide<'_>,
            ) -> Result<Sealed, StorageError> {
                let decide = |found| -> Result<Box<dyn Draft>, StorageError> {
                    self.decided.fetch_add(1, Ordering::Relaxed);
                    sleep(self.stall());
                    Ok(Box::new(StallingDraft(decide(found)?, self.stall() / 8)))
                };
                self.inner.transact(mandant, footprint, &decide).await
            }

            $(async fn $name(&self, $($arg: $kind),*) -> Result<$answer, StorageError> {
                self.inner.$name($($arg),*).await
            })+
        }
    };
}

stalling! {
    async fn create_mandant(mandant: &Mandant, epoch: Epoch) -> ();
    async fn mandanten() -> Vec<Mandant>;
    async fn set_epoch(mandant: MandantId, epoch: Epoch) -> ();
    async fn feed_state(mandant: MandantId) -> FeedState;
    async fn feed(mandant: MandantId, query: &FeedQuery) -> FeedSlice;
    async fn chain_at(mandant: MandantId, at: Position) -> Option<ChainHash>;
    async fn chain(mandant: MandantId, after: Position, rows_max: usize) -> Vec<ChainedRow>;
    async fn stands(mandant: MandantId, entities: &[EntityRef]) -> Vec<StandRow>;
    async fn verlauf(
        mandant: MandantId, entity: EntityRef, before: Position, rows_max: usize
    ) -> Vec<VerlaufRow>;
    async fn scope_page(
        mandant: MandantId, scope: Scope, after: Option<EntityRef>, rows_max: usize
    ) -> Vec<StandRow>;
    async fn things(mandant: MandantId, after: Option<EntityRef>, rows_max: usize) -> Vec<NewStand>;
    async fn entries(mandant: MandantId, after: Option<IntentId>, rows_max: usize) -> Vec<StoredEntry>;
    async fn add_document(mandant: MandantId, person: PersonId, document: DocumentRow) -> ();
    async fn document(mandant: MandantId, hash: DocumentHash) -> Option<DocumentRow>;
    async fn uploaded(
        mandant: MandantId, person: PersonId, hashes: &[DocumentHash]
    ) -> BTreeSet<DocumentHash>;
    async fn referrers(mandant: MandantId, hash: DocumentHash, rows_max: usize) -> Vec<EntityRef>;
    async fn add_device(mandant: MandantId, device: &DeviceRow) -> ();
    async fn device(token_hash: [u8; 32]) -> Option<(MandantId, DeviceRow)>;
    async fn devices(mandant: MandantId) -> Vec<DeviceRow>;
    async fn revoke_device(mandant: MandantId, token_hash: [u8; 32]) -> bool;
    async fn add_einreichung(mandant: MandantId, row: &EinreichungRow) -> bool;
    async fn replace_einreichung(mandant: MandantId, row: &EinreichungRow) -> bool;
    async fn einreichung(mandant: MandantId, id: EinreichungId) -> Option<EinreichungRow>;
    async fn einreichungen(
        mandant: MandantId, lage: Lage, due: Moment, rows_max: usize
    ) -> Vec<EinreichungRow>;
    async fn put_schluessel(mandant: MandantId, key: &SchluesselRow) -> ();
    async fn schluessel(mandant: MandantId) -> Vec<SchluesselRow>;
    async fn ping() -> ();
}
