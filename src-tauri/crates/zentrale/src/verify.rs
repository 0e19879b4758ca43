//! Whether a Mandant's data is what its history says: for auditors, and after every restore.

mod replay;

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{DocumentHash, EntityRef, Entry, IntentId, MandantId, Scope};
use kontor_wire::{ChainHash, Digest, Head, Position, StateHash, payload_hash};

use crate::chain;
use crate::storage::{
    ChainedRow, FeedQuery, FeedState, NewStand, Storage, StorageError, StoredEntry,
};
use replay::{Replayed, documents_of, replay};

/// What a check has looked at and found.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows of the feed.
    pub rows: u64,
    /// Things.
    pub things: u64,
    /// Decided intents.
    pub entries: u64,
    /// What is wrong; the first [`Report::FINDINGS_MAX`].
    pub findings: Vec<Finding>,
}

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// A stored value cannot even be read.
    #[error("stored content is damaged: {0}")]
    Unreadable(&'static str),
    /// A position is missing from the feed.
    #[error("the feed has a gap at {}", .0.0)]
    Gap(Position),
    /// A row is not the one that was put there.
    #[error("the chain breaks at {}", .0.0)]
    Chain(Position),
    /// The feed ends elsewhere than its head says.
    #[error("the feed does not end where its head says")]
    Head,
    /// The events of a row do not lead to the state it names.
    #[error("the events at {} do not give the state named there", .0.0)]
    Events(Position),
    /// A thing is not what the feed made of it.
    #[error("{0} is not what the feed made of it")]
    Thing(EntityRef),
    /// The digest of a scope is not the one of its things.
    #[error("the digest of {0} is not the one of its things")]
    Digest(Scope),
    /// A decided intent is missing or not as it was stored.
    #[error("the entry {0} is not as it was stored")]
    Entry(IntentId),
    /// It is not known any more that a thing refers to a document.
    #[error("{entity} refers to a document without that being noted")]
    Reference {
        /// The thing.
        entity: EntityRef,
        /// The document.
        document: DocumentHash,
    },
}

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// Somebody wrote while the check read.
    #[error("the feed moved while it was checked")]
    Moved,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Rows read at once.
const PAGE_ROWS: usize = 1_000;
/// More referrers of one document than this are not looked through.
const REFERRERS_MAX: usize = 1_000_000;

impl Report {
    /// More findings than this are no news.
    pub const FINDINGS_MAX: usize = 100;

    fn found(&mut self, finding: Finding) {
        if self.findings.len() < Self::FINDINGS_MAX {
            self.findings.push(finding);
        }
    }
}

/// Walks the whole chain, does again what its events say and compares the outcome with what is
/// stored. Keeps every thing of the Mandant in memory. Nobody may write meanwhile.
pub async fn verify(storage: &dyn Storage, mandant: MandantId) -> Result<Report, VerifyError> {
    let state = storage.feed_state(mandant).await?;
    let mut check = Check {
        storage,
        mandant,
        state,
        report: Report::default(),
        things: BTreeMap::new(),
        intents: BTreeSet::new(),
        scopes: BTreeSet::from([Scope::Stammdaten]),
    };
    let mut outcome = check.feed().await;
    if outcome.is_ok() {
        outcome = check.all_things().await;
    }
    if outcome.is_ok() {
        outcome = check.all_entries().await;
    }
    match outcome {
        Err(StorageError::Damaged(what)) => check.report.found(Finding::Unreadable(what)),
        other => other?,
    }
    if storage.feed_state(mandant).await? != state {
        return Err(VerifyError::Moved);
    }
    Ok(check.report)
}

struct Check<'a> {
    storage: &'a dyn Storage,
    mandant: MandantId,
    state: FeedState,
    report: Report,
    /// What the feed made of each thing.
    things: BTreeMap<EntityRef, Replayed>,
    /// Intents that did something, until their entry is found.
    intents: BTreeSet<IntentId>,
    scopes: BTreeSet<Scope>,
}

impl Check<'_> {
    async fn feed(&mut self) -> Result<(), StorageError> {
        let mut end = Head { seq: Position(0), hash: ChainHash::default() };
        loop {
            let rows = self.storage.chain(self.mandant, end.seq, PAGE_ROWS).await?;
            let last_page = rows.len() < PAGE_ROWS;
            for row in rows {
                self.row(end, &row);
                end = Head { seq: row.row.seq, hash: row.hash };
            }
            if last_page {
                break;
            }
        }
        if end != self.state.head {
            self.report.found(Finding::Head);
        }
        Ok(())
    }

    fn row(&mut self, before: Head, stored: &ChainedRow) {
        let seq = stored.row.seq;
        self.report.rows += 1;
        if seq.0 != before.seq.0 + 1 {
            self.report.found(Finding::Gap(Position(before.seq.0 + 1)));
        }
        if !chain::verify(before.hash, stored) {
            self.report.found(Finding::Chain(seq));
        }
        self.intents.insert(stored.row.intent);
        self.scopes.insert(stored.row.scope);
        if replay(&mut self.things, &stored.row).is_err() {
            self.report.found(Finding::Events(seq));
        }
    }

    async fn all_things(&mut self) -> Result<(), StorageError> {
        let mut digests: BTreeMap<Scope, Digest> = BTreeMap::new();
        let mut after = None;
        loop {
            let page = self.storage.things(self.mandant, after, PAGE_ROWS).await?;
            after = page.last().map(|stand| stand.entity);
            let last_page = page.len() < PAGE_ROWS;
            for stand in page {
                *digests.entry(stand.scope).or_default() +=
                    Digest::of(stand.entity, stand.revision, stand.hash);
                self.thing(&stand).await?;
            }
            if last_page {
                break;
            }
        }
        // Whatever was not met has vanished.
        for entity in std::mem::take(&mut self.things).into_keys() {
            self.report.found(Finding::Thing(entity));
        }
        self.all_digests(&digests).await
    }

    async fn thing(&mut self, stored: &NewStand) -> Result<(), StorageError> {
        self.report.things += 1;
        let hash = StateHash::of(stored.state.get().as_bytes());
        let expected = self.things.remove(&stored.entity).filter(|replayed| {
            let told = (replayed.stand.revision, replayed.stand.entity.scope(), replayed.hash);
            told == (stored.revision, stored.scope, stored.hash) && hash == stored.hash
        });
        let Some(replayed) = expected else {
            self.report.found(Finding::Thing(stored.entity));
            return Ok(());
        };
        for document in documents_of(&replayed.stand.entity) {
            let entity = stored.entity;
            let referrers = self.storage.referrers(self.mandant, document, REFERRERS_MAX).await?;
            if !referrers.contains(&entity) {
                self.report.found(Finding::Reference { entity, document });
            }
        }
        Ok(())
    }

    async fn all_digests(&mut self, things: &BTreeMap<Scope, Digest>) -> Result<(), StorageError> {
        let query = FeedQuery {
            after: self.state.head.seq,
            scopes: self.scopes.iter().chain(things.keys()).copied().collect(),
            pins: Vec::new(),
            rows_max: 1,
        };
        let stored = self.storage.feed(self.mandant, &query).await?;
        for (scope, digest) in stored.digests {
            if things.get(&scope).copied().unwrap_or_default() != digest {
                self.report.found(Finding::Digest(scope));
            }
        }
        Ok(())
    }

    async fn all_entries(&mut self) -> Result<(), StorageError> {
        let mut after = None;
        loop {
            let page = self.storage.entries(self.mandant, after, PAGE_ROWS).await?;
            after = page.last().map(|stored| stored.entry.id);
            for stored in &page {
                self.report.entries += 1;
                self.intents.remove(&stored.entry.id);
                if !is_as_stored(stored) {
                    self.report.found(Finding::Entry(stored.entry.id));
                }
            }
            if page.len() < PAGE_ROWS {
                break;
            }
        }
        for intent in std::mem::take(&mut self.intents) {
            self.report.found(Finding::Entry(intent));
        }
        Ok(())
    }
}

fn is_as_stored(stored: &StoredEntry) -> bool {
    let new = &stored.entry;
    let Ok(entry) = serde_json::from_str::<Entry>(new.entry.get()) else { return false };
    new.checksum() == stored.checksum
        && payload_hash(&new.entry) == new.payload_hash
        && (entry.id, entry.author, entry.intent.target()) == (new.id, new.author, new.target)
}
