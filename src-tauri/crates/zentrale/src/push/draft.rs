//! A decided batch on its way to its place in the feed.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{
    Conflict, DocumentHash, EntityRef, Entry, InstanceId, IntentId, Moment, PersonId, Refusal,
    Revision, Scope,
};
use kontor_wire::{
    Digest, FeedRow, Head, Outcome, Position, PushEntry, PushResult, StateHash, Step,
};
use serde_json::value::{RawValue, to_raw_value};
use sha2::{Digest as _, Sha256};

use super::Push;
use crate::chain;
use crate::storage::{Draft, NewEntry, NewStand, Sealed, StorageError};

/// Everything about a batch but its place.
pub(super) struct DecidedBatch {
    pub(super) rows: Vec<DraftRow>,
    pub(super) answers: Vec<Answer>,
    stands: BTreeMap<EntityRef, NewStand>,
    digests: BTreeMap<Scope, Digest>,
    references: BTreeSet<(DocumentHash, EntityRef)>,
    instance: InstanceId,
    received: Moment,
    seed: [u8; 16],
}

/// A row without its place.
pub(super) struct DraftRow {
    pub(super) scope: Scope,
    pub(super) entity: EntityRef,
    pub(super) revision: Revision,
    pub(super) intent: IntentId,
    pub(super) author: PersonId,
    pub(super) step: Step,
    pub(super) state: StateHash,
    pub(super) events: Box<RawValue>,
}

/// What the caller is told about one entry.
pub(super) enum Answer {
    /// Decided in an earlier batch: the same bytes again.
    Stored(Box<RawValue>),
    /// Decided earlier in this batch.
    Repeated(usize),
    /// Not decided.
    Deferred(PushResult),
    /// Decided now.
    New {
        new: NewEntryDraft,
        verdict: Verdict,
        /// Rows of the batch up to and including its own.
        rows: usize,
    },
}

/// An outcome without its place.
pub(super) enum Verdict {
    Accepted,
    Merged,
    Conflict(Conflict),
    Rejected(Refusal),
}

/// A [`NewEntry`] without its result.
pub(super) struct NewEntryDraft {
    id: IntentId,
    number: u64,
    author: PersonId,
    target: EntityRef,
    pub(super) payload_hash: [u8; 32],
    entry: Box<RawValue>,
}

impl DecidedBatch {
    pub(super) fn new(push: &Push<'_>) -> Self {
        Self {
            rows: Vec::new(),
            answers: Vec::new(),
            stands: BTreeMap::new(),
            digests: BTreeMap::new(),
            references: BTreeSet::new(),
            instance: push.request.instance,
            received: push.received,
            seed: push.seed,
        }
    }
}

impl NewEntryDraft {
    pub(super) fn new(sent: &PushEntry, entry: &Entry, payload_hash: [u8; 32]) -> Self {
        Self {
            id: entry.id,
            number: sent.number,
            author: entry.author,
            target: entry.intent.target(),
            payload_hash,
            entry: sent.entry.clone(),
        }
    }
}

impl DecidedBatch {
    /// A thing changes or leaves: its old state no longer counts in its scope.
    pub(super) fn take_out(&mut self, scope: Scope, digest: Digest) {
        *self.digests.entry(scope).or_default() -= digest;
    }

    /// A thing's new state.
    pub(super) fn put(&mut self, stand: NewStand, documents: Vec<DocumentHash>) {
        let digest = Digest::of(stand.entity, stand.revision, stand.hash);
        *self.digests.entry(stand.scope).or_default() += digest;
        self.references.extend(documents.into_iter().map(|hash| (hash, stand.entity)));
        self.stands.insert(stand.entity, stand);
    }

    fn salt(&self, row: usize) -> [u8; 16] {
        let digest: [u8; 32] =
            Sha256::new().chain_update(self.seed).chain_update(row.to_be_bytes()).finalize().into();
        digest.first_chunk().copied().unwrap_or_default()
    }
}

impl Draft for DecidedBatch {
    fn seal(mut self: Box<Self>, head: Head) -> Result<Sealed, StorageError> {
        let mut end = head;
        let mut rows = Vec::with_capacity(self.rows.len());
        for (place, row) in std::mem::take(&mut self.rows).into_iter().enumerate() {
            let seq = Position(end.seq.0 + 1);
            let chained = chain::link(end.hash, row.at(seq, self.received), self.salt(place));
            end = Head { seq, hash: chained.hash };
            rows.push(chained);
        }
        let (results, entries) = self.results(head)?;
        Ok(Sealed {
            head: end,
            rows,
            stands: self.stands.into_values().collect(),
            digests: self.digests,
            entries,
            references: self.references,
            results,
        })
    }
}

type Results = (Vec<Box<RawValue>>, Vec<NewEntry>);

impl DecidedBatch {
    fn results(&mut self, head: Head) -> Result<Results, StorageError> {
        let mut results: Vec<Box<RawValue>> = Vec::with_capacity(self.answers.len());
        let mut entries = Vec::new();
        for answer in std::mem::take(&mut self.answers) {
            let result = match answer {
                Answer::Stored(result) => result,
                Answer::Repeated(place) => {
                    results.get(place).cloned().ok_or(StorageError::Damaged("answers"))?
                }
                Answer::Deferred(result) => json(&result)?,
                Answer::New { new, verdict, rows } => {
                    let seq = Position(head.seq.0 + rows as u64);
                    let result = json(&PushResult { id: new.id, outcome: verdict.at(seq) })?;
                    entries.push(NewEntry {
                        id: new.id,
                        instance: self.instance,
                        number: new.number,
                        author: new.author,
                        target: new.target,
                        received: self.received,
                        payload_hash: new.payload_hash,
                        entry: new.entry,
                        result: result.clone(),
                    });
                    result
                }
            };
            results.push(result);
        }
        Ok((results, entries))
    }
}

impl DraftRow {
    fn at(self, seq: Position, received: Moment) -> FeedRow {
        FeedRow {
            seq,
            scope: self.scope,
            entity: self.entity,
            revision: self.revision,
            intent: self.intent,
            author: self.author,
            received,
            step: self.step,
            state: self.state,
            events: self.events,
        }
    }
}

impl Verdict {
    fn at(self, seq: Position) -> Outcome {
        match self {
            Self::Accepted => Outcome::Accepted { seq },
            Self::Merged => Outcome::Merged { seq },
            Self::Conflict(conflict) => Outcome::Conflict { seq, conflict },
            Self::Rejected(refusal) => Outcome::Rejected { refusal },
        }
    }
}

fn json(result: &PushResult) -> Result<Box<RawValue>, StorageError> {
    to_raw_value(result).map_err(|_| StorageError::Damaged("a result cannot be written as JSON"))
}
