//! The write path: a batch of entries becomes results, rows of the feed and new stands, in one
//! transaction.

mod batch;
mod draft;

use kontor_domain::{Akteur, Entry, IntentId, MandantId, Moment};
use kontor_wire::{PushEntry, PushRequest, payload_hash};
use serde::Deserialize;

use crate::storage::{Footprint, Sealed, Storage, StorageError};

/// One push as it arrived.
#[derive(Debug)]
pub struct Push<'a> {
    /// The caller's authority.
    pub mandant: MandantId,
    /// The caller with the rights they have now.
    pub akteur: &'a Akteur,
    /// When it arrived.
    pub received: Moment,
    /// Random bytes; each row's salt is derived from them.
    pub seed: [u8; 16],
    /// The entries.
    pub request: &'a PushRequest,
}

/// Why a push was not decided.
#[derive(Debug, thiserror::Error)]
pub enum PushError {
    /// An entry is not even JSON with an id.
    #[error("an entry has no id")]
    Malformed,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// An entry of the batch, read as far as this version understands it.
struct Candidate<'a> {
    id: IntentId,
    sent: &'a PushEntry,
    payload_hash: [u8; 32],
    /// `None` if this version does not know the intent.
    entry: Option<Entry>,
}

#[derive(Deserialize)]
struct Identified {
    id: IntentId,
}

/// Decides and stores a batch. Repeating it gives the same bytes and changes nothing. Whatever an
/// entry says, it gets a result of its own; [`Sealed::results`] holds them in order.
pub async fn push(storage: &dyn Storage, push: &Push<'_>) -> Result<Sealed, PushError> {
    let candidates =
        push.request.entries.iter().map(read).collect::<Result<Vec<Candidate<'_>>, PushError>>()?;
    let footprint = footprint(push, &candidates);
    let sealed = storage
        .transact(push.mandant, &footprint, &|found| {
            Ok(Box::new(batch::decide(push, &candidates, found)?))
        })
        .await?;
    Ok(sealed)
}

fn read(sent: &PushEntry) -> Result<Candidate<'_>, PushError> {
    let entry: Option<Entry> = serde_json::from_str(sent.entry.get()).ok();
    let id = match &entry {
        Some(entry) => entry.id,
        None => {
            serde_json::from_str::<Identified>(sent.entry.get())
                .map_err(|_| PushError::Malformed)?
                .id
        }
    };
    Ok(Candidate { id, sent, payload_hash: payload_hash(&sent.entry), entry })
}

fn footprint(push: &Push<'_>, candidates: &[Candidate<'_>]) -> Footprint {
    let mut footprint = Footprint { holder: Some(push.akteur.person), ..Footprint::default() };
    for candidate in candidates {
        footprint.intents.insert(candidate.id);
        footprint.intents.extend(&candidate.sent.parents);
        if let Some(entry) = &candidate.entry {
            footprint.entities.extend(entry.intent.entities());
            footprint.documents.extend(entry.intent.hashes());
        }
    }
    footprint
}
