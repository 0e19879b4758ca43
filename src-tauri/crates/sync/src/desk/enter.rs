//! The one write path on the workstation.

use std::collections::BTreeSet;

use kontor_domain::{
    DocumentHash, EntityRef, Entry, Intent, IntentId, Moment, Refusal, Revision, depends_on,
};
use kontor_store::database::DatabaseError;
use kontor_store::documents::DocumentError;
use kontor_store::work::{Fate, NewEntry, OutboxError};

use super::{Desk, DeskError};
use crate::fold::{Folded, Forecast, Word};
use crate::plan::Open;

/// Something a clerk wants, with the world's answers it needs.
#[derive(Debug, Clone)]
pub struct Intention {
    /// A new id.
    pub id: IntentId,
    /// What the clock says.
    pub at: Moment,
    /// What they want.
    pub intent: Intent,
}

/// An entry that is „hier gespeichert“.
#[derive(Debug, Clone)]
pub struct Entered {
    /// Its id.
    pub id: IntentId,
    /// Its place in the outbox.
    pub number: u64,
    /// What will presumably become of it.
    pub forecast: Forecast,
    /// Things that look different now.
    pub changed: BTreeSet<EntityRef>,
}

/// Why nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// The rules say no right away.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The entry refers to a document that is not on this machine.
    #[error("document {0} is not here")]
    DocumentMissing(DocumentHash),
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The documents.
    #[error(transparent)]
    Documents(#[from] DocumentError),
    /// The desk.
    #[error(transparent)]
    Desk(#[from] DeskError),
}

impl EnterError {
    /// Whether a database failed, as opposed to somebody saying no.
    const fn is_failure(&self) -> bool {
        matches!(self, Self::Outbox(OutboxError::Database(_)) | Self::Desk(DeskError::Database(_)))
    }
}

impl From<DatabaseError> for EnterError {
    fn from(error: DatabaseError) -> Self {
        Self::Desk(error.into())
    }
}

impl Desk {
    /// Enters what a clerk wants: decides it against the view, stores it durably, shows it. When
    /// this returns, it survives a power cut. On an error nothing is stored and nothing changed.
    pub fn enter(&mut self, intention: Intention) -> Result<Entered, EnterError> {
        self.change(|desk| desk.try_enter(intention), EnterError::is_failure)
    }

    fn try_enter(&mut self, intention: Intention) -> Result<Entered, EnterError> {
        let target = intention.intent.target();
        let stuck = self.stuck(&intention.intent)?;
        let seen = self.stand(target)?.map_or(Revision::NONE, |stand| stand.revision);
        let seen = Revision::new(seen.number().saturating_sub(self.count_in(target, &stuck)));
        let entry = Entry {
            id: intention.id,
            author: self.person()?,
            at: intention.at,
            seen,
            intent: intention.intent,
        };
        let prospect = self.fold.prospect(&entry, Word::Open, &self.mirror)?;
        if let Forecast::Refused(refusal) = prospect.forecast {
            self.fold.abandon(&entry, &self.mirror)?;
            return Err(EnterError::Refused(refusal));
        }
        let parents = self.parents(&entry.intent, &stuck);
        let stored = self.store(&entry, &parents);
        let (number, body) = match stored {
            Ok(stored) => stored,
            Err(error) => {
                self.fold.abandon(&entry, &self.mirror)?;
                return Err(error);
            }
        };
        let entered = Entered {
            id: entry.id,
            number,
            forecast: prospect.forecast.clone(),
            changed: prospect.changed.clone(),
        };
        let folded = Folded {
            number,
            entry,
            body,
            parents,
            fate: Fate::Waiting,
            seq: 0,
            withdrawn: false,
            forecast: Forecast::Fine,
            is_idle: false,
        };
        self.fold.insert(folded, prospect);
        self.fold.news.tell_of_own(&entered.changed);
        Ok(entered)
    }

    /// Takes a waiting entry back. The view drops it at once; the Zentrale has the last word, since
    /// an earlier copy may be on its way. `false` if it does not wait any more.
    pub fn withdraw(&mut self, id: IntentId) -> Result<bool, DeskError> {
        self.change(|desk| desk.try_withdraw(id), |_| true)
    }

    fn try_withdraw(&mut self, id: IntentId) -> Result<bool, DeskError> {
        let Some(number) = self.fold.entry(id).map(|entry| entry.number) else { return Ok(false) };
        if !self.work.withdraw(number)? {
            return Ok(false);
        }
        let touched = self.fold.change(number, |entry| entry.withdrawn = true);
        self.fold.refold(&touched.into_iter().collect(), &self.mirror)?;
        Ok(true)
    }

    /// Lets a held entry go although an entry it builds on did not happen. `false` if it does not
    /// wait any more.
    pub fn release(&mut self, id: IntentId) -> Result<bool, DeskError> {
        self.change(|desk| desk.try_release(id), |_| true)
    }

    fn try_release(&mut self, id: IntentId) -> Result<bool, DeskError> {
        let Some(number) = self.fold.entry(id).map(|entry| entry.number) else { return Ok(false) };
        if !self.work.release(number)? {
            return Ok(false);
        }
        self.fold.change(number, |entry| entry.parents.clear());
        Ok(true)
    }

    fn store(&mut self, entry: &Entry, parents: &[IntentId]) -> Result<(u64, String), EnterError> {
        let body = serde_json::to_string(entry)
            .map_err(|_| DeskError::Unreadable("an entry cannot be written as JSON"))?;
        let mut documents = Vec::new();
        for hash in entry.intent.hashes() {
            let size = self.documents.size(hash).map_err(|error| match error {
                DocumentError::NotFound { hash } => EnterError::DocumentMissing(hash),
                error => error.into(),
            })?;
            documents.push((hash, size));
        }
        let number = self.work.append(&NewEntry {
            id: entry.id,
            body: &body,
            parents,
            documents: &documents,
            saved_at: entry.at.unix_ms(),
        })?;
        Ok((number, body))
    }

    /// Waiting entries that a decision between two versions does not wait for: they are held
    /// themselves, perhaps by this very conflict. It goes before them, so its author has not seen them
    /// as far as the Zentrale can tell.
    fn stuck(&self, intent: &Intent) -> Result<BTreeSet<IntentId>, DeskError> {
        let mut stuck = BTreeSet::new();
        if !matches!(intent, Intent::ResolveConflict(_)) {
            return Ok(stuck);
        }
        for earlier in self.fold.entries() {
            if earlier.fate != Fate::Waiting || earlier.withdrawn {
                continue;
            }
            for parent in &earlier.parents {
                let open = self.open_parent(*parent, &earlier.entry.intent)?;
                let is_held = matches!(open, Some(Open::Held(_)));
                if is_held || stuck.contains(parent) {
                    stuck.insert(earlier.entry.id);
                }
            }
        }
        Ok(stuck)
    }

    /// How many of these entries the view shows in a thing.
    fn count_in(&self, target: EntityRef, entries: &BTreeSet<IntentId>) -> u64 {
        let shown = entries.iter().filter_map(|id| self.fold.entry(*id)).filter(|earlier| {
            matches!(earlier.forecast, Forecast::Fine | Forecast::Contested(_))
                && earlier.entry.intent.target() == target
        });
        shown.count() as u64
    }

    /// Waiting entries that a new one builds on.
    fn parents(&self, intent: &Intent, stuck: &BTreeSet<IntentId>) -> Vec<IntentId> {
        let mut parents: Vec<(u64, IntentId)> = intent
            .entities()
            .into_iter()
            .flat_map(|entity| self.fold.of_entity(entity))
            .filter(|earlier| earlier.fate == Fate::Waiting && !earlier.withdrawn)
            .filter(|earlier| !stuck.contains(&earlier.entry.id))
            .filter(|earlier| depends_on(intent, &earlier.entry))
            .map(|earlier| (earlier.number, earlier.entry.id))
            .collect();
        parents.sort_unstable();
        parents.dedup();
        parents.into_iter().map(|(_, id)| id).collect()
    }
}
