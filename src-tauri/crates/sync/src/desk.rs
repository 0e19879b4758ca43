//! The workstation's data as one thing.

mod enter;
mod greet;
mod notice;
mod pin;
mod rows;
mod situation;
mod verlauf;
mod view;
mod witness;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kontor_domain::{Akteur, EntityRef, IntentId, PersonId};
use kontor_store::database::DatabaseError;
use kontor_store::documents::DocumentStore;
use kontor_store::mirror::Mirror;
use kontor_store::work::{StoredEntry, Work};

use crate::fold::{Changed, Fold, Folded, Forecast, Listener};

pub use enter::{EnterError, Entered, Intention};
pub use verlauf::Verlauf;
pub use view::Receipt;

/// What was entered, what the Zentrale said, and the view folded from both. One at a time uses it;
/// nobody holds it over a wait for the network.
#[derive(Debug)]
pub struct Desk {
    pub(crate) work: Work,
    pub(crate) mirror: Mirror,
    pub(crate) documents: Arc<DocumentStore>,
    pub(crate) fold: Fold,
    /// Things whose Verlauf somebody wants to see. Not stored: whoever still wants it asks again.
    pub(crate) wanted_verlaeufe: BTreeSet<EntityRef>,
    /// Whether a disk failed and neither the connections nor the view can be trusted since.
    is_shaken: Cell<bool>,
}

/// Why the desk cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// A database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
    /// A stored entry or value is not what this program wrote.
    #[error("stored content cannot be read: {0}")]
    Unreadable(&'static str),
    /// Nobody has signed in on this profile yet.
    #[error("nobody has signed in here yet")]
    NobodySignedIn,
}

/// Names in `work.db`'s `meta`.
mod meta {
    pub(super) const AKTEUR: &str = "akteur";
    pub(super) const INSTANCE: &str = "instance";
    pub(super) const WITNESS: &str = "witness";
}

impl Desk {
    /// Takes over the opened stores and folds the view.
    pub fn new(
        work: Work,
        mirror: Mirror,
        documents: impl Into<Arc<DocumentStore>>,
    ) -> Result<Self, DeskError> {
        let fold = Fold::default();
        let mut desk = Self {
            work,
            mirror,
            documents: documents.into(),
            fold,
            wanted_verlaeufe: BTreeSet::new(),
            is_shaken: Cell::new(false),
        };
        desk.fold_all()?;
        Ok(desk)
    }

    /// The rights last heard from the Zentrale; `None` before the first contact.
    pub fn akteur(&self) -> Result<Option<Akteur>, DeskError> {
        let Some(stored) = self.work.meta(meta::AKTEUR)? else { return Ok(None) };
        serde_json::from_slice(&stored).map(Some).map_err(|_| DeskError::Unreadable("rights"))
    }

    /// Whoever signed in here.
    pub fn person(&self) -> Result<PersonId, DeskError> {
        Ok(self.akteur()?.ok_or(DeskError::NobodySignedIn)?.person)
    }

    /// The outbox and what else must not be lost.
    pub fn work(&self) -> &Work {
        &self.work
    }

    /// The outbox and what else must not be lost, to change what is not an entry.
    pub fn work_mut(&mut self) -> &mut Work {
        &mut self.work
    }

    /// What the Zentrale said.
    pub fn mirror(&self) -> &Mirror {
        &self.mirror
    }

    /// The documents on this machine. Shared: a film is read in without holding the desk.
    pub fn documents(&self) -> &Arc<DocumentStore> {
        &self.documents
    }

    /// Entries that the mirror does not show by itself, in their order.
    pub fn entries(&self) -> impl Iterator<Item = &Folded> {
        self.fold.entries()
    }

    /// An entry that the mirror does not show by itself.
    pub fn entry(&self, id: IntentId) -> Option<&Folded> {
        self.fold.entry(id)
    }

    /// What may look different since this listener last asked. The window does not hear again what
    /// [`enter`](Self::enter) named itself.
    pub fn take_changed(&mut self, listener: Listener) -> Changed {
        self.fold.news.take(listener)
    }

    /// Puts a fresh mirror in place of a lost or damaged one. Costs time, not work.
    pub fn replace_mirror(&mut self, mirror: Mirror) -> Result<(), DeskError> {
        self.mirror = mirror;
        self.work.reopen()?;
        self.fold_all()
    }

    /// After a database failed half-way: opens both anew and folds the view from what is stored. If
    /// that fails as well, the next change tries again before it does anything.
    pub(crate) fn recover(&mut self) -> Result<(), DeskError> {
        self.is_shaken.set(true);
        self.work.reopen()?;
        if let Err(error) = self.mirror.reopen() {
            tracing::warn!(%error, "the mirror does not open again");
        }
        self.fold_all()
    }

    /// Notes that a look at the desk failed, so that the next change recovers first.
    pub(crate) fn looked<T>(&self, seen: Result<T, DatabaseError>) -> Result<T, DeskError> {
        if seen.is_err() {
            self.is_shaken.set(true);
        }
        Ok(seen?)
    }

    /// Recovers if that has not succeeded before.
    pub(crate) fn steady(&mut self) -> Result<(), DeskError> {
        if self.is_shaken.get() { self.recover() } else { Ok(()) }
    }

    /// Makes a change. If a database fails in the middle of it, the desk recovers, so that the view
    /// stays what is stored.
    pub(crate) fn change<T, E: From<DeskError>>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, E>,
        is_failure: impl FnOnce(&E) -> bool,
    ) -> Result<T, E> {
        self.steady()?;
        let done = change(self);
        if let Err(error) = &done
            && is_failure(error)
            && let Err(error) = self.recover()
        {
            tracing::warn!(%error, "the desk has not recovered yet");
        }
        done
    }

    /// Folds everything anew from what is stored.
    pub fn fold_all(&mut self) -> Result<(), DeskError> {
        self.is_shaken.set(true);
        self.drop_strays()?;
        let seq = self.mirror.place()?.map_or(0, |place| place.seq);
        let needs = self.mirror.needs()?;
        let from = needs.values().fold(seq, |from, since| from.min(since.saturating_sub(1)));
        let mut entries = Vec::new();
        for stored in self.work.unmirrored(from)? {
            let entry = folded(stored)?;
            let target = entry.entry.intent.target();
            if entry.seq == 0 || !is_mirrored(&needs, seq, target, entry.seq) {
                entries.push(entry);
            }
        }
        self.fold = Fold::new(entries, self.akteur()?, &self.mirror)?;
        self.is_shaken.set(false);
        Ok(())
    }
}

/// Whether a mirror that stands at `place` shows what an entry, whose effect the feed holds from `seq`
/// on, did to its target.
pub(crate) fn is_mirrored(
    needs: &BTreeMap<EntityRef, u64>,
    place: u64,
    target: EntityRef,
    seq: u64,
) -> bool {
    seq <= place && needs.get(&target).is_none_or(|since| seq < *since)
}

fn folded(stored: StoredEntry) -> Result<Folded, DeskError> {
    let entry =
        serde_json::from_str(&stored.body).map_err(|_| DeskError::Unreadable("an entry"))?;
    Ok(Folded {
        number: stored.number,
        entry,
        body: stored.body,
        parents: stored.parents,
        fate: stored.fate,
        seq: stored.seq,
        withdrawn: stored.withdrawn,
        forecast: Forecast::Fine,
        is_idle: false,
    })
}
