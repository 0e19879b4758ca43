//! Decides a batch against what the database found.

use std::collections::BTreeMap;

use kontor_domain::{
    Decision, DocumentHash, Entity, Entry, Event, Events, Intent, IntentId, Refusal, Schriftstueck,
    Scope, apply, authorise, decide as decide_entry,
};
use kontor_wire::{Deferral, Digest, Outcome, PushResult, StateHash, Step};
use serde_json::value::{RawValue, to_raw_value};

use super::draft::{Answer, DecidedBatch, DraftRow, NewEntryDraft, Verdict};
use super::{Candidate, Push};
use crate::storage::{Decided, Found, NewStand, StorageError};

/// One pass over the entries in their order; each sees what the ones before it did.
pub(super) fn decide<'a>(
    push: &Push<'a>,
    candidates: &[Candidate<'a>],
    found: Found,
) -> Result<DecidedBatch, StorageError> {
    let mut batch = Batch { push, found, before: BTreeMap::new(), draft: DecidedBatch::new(push) };
    for (place, candidate) in candidates.iter().enumerate() {
        let answer = batch.answer(candidate)?;
        batch.before.entry(candidate.id).or_insert(place);
        batch.draft.answers.push(answer);
    }
    Ok(batch.draft)
}

struct Batch<'a, 'b> {
    push: &'b Push<'a>,
    found: Found,
    /// Entries of this batch already answered.
    before: BTreeMap<IntentId, usize>,
    draft: DecidedBatch,
}

impl Batch<'_, '_> {
    fn answer(&mut self, candidate: &Candidate<'_>) -> Result<Answer, StorageError> {
        if let Some(decided) = self.found.decided.get(&candidate.id) {
            return Ok(if decided.payload_hash == candidate.payload_hash {
                Answer::Stored(decided.result.clone())
            } else {
                deferred(candidate, Deferral::IdReused)
            });
        }
        if let Some(place) = self.before.get(&candidate.id) {
            return Ok(self.repeated(candidate, *place));
        }
        let Some(entry) = &candidate.entry else {
            return Ok(deferred(candidate, Deferral::NotUnderstood));
        };
        if candidate.sent.withdrawn && entry.author == self.push.akteur.person {
            return Ok(self.decided(candidate, entry, Verdict::Rejected(Refusal::Withdrawn)));
        }
        if !candidate.sent.parents.iter().all(|parent| self.is_settled(*parent, &entry.intent)) {
            return Ok(deferred(candidate, Deferral::Parent));
        }
        if !entry.intent.hashes().iter().all(|hash| self.found.documents.contains(hash)) {
            return Ok(deferred(candidate, Deferral::Document));
        }
        let decision = match authorise(self.push.akteur, &self.found.stands, entry) {
            Ok(()) => decide_entry(&self.found.stands, entry),
            Err(refusal) => Decision::Reject(refusal),
        };
        let verdict = match &decision {
            Decision::Accept(_) => Verdict::Accepted,
            Decision::Merge(_) => Verdict::Merged,
            Decision::Conflict { conflict, .. } => Verdict::Conflict(conflict.clone()),
            Decision::Reject(refusal) => Verdict::Rejected(*refusal),
        };
        self.carry_out(entry, &decision.into_events())?;
        Ok(self.decided(candidate, entry, verdict))
    }

    fn decided(&self, candidate: &Candidate<'_>, entry: &Entry, verdict: Verdict) -> Answer {
        Answer::New {
            new: NewEntryDraft::new(candidate.sent, entry, candidate.payload_hash),
            verdict,
            rows: self.draft.rows.len(),
        }
    }

    /// The same id twice in one batch.
    fn repeated(&self, candidate: &Candidate<'_>, place: usize) -> Answer {
        match self.draft.answers.get(place) {
            Some(Answer::New { new, .. }) if new.payload_hash != candidate.payload_hash => {
                deferred(candidate, Deferral::IdReused)
            }
            Some(Answer::Deferred(result)) => Answer::Deferred(result.clone()),
            _ => Answer::Repeated(place),
        }
    }

    /// Whether an intent may build on this entry: it happened, or its conflict was decided or is what
    /// the intent decides.
    fn is_settled(&self, parent: IntentId, of: &Intent) -> bool {
        let decides_it = of.decided_conflict() == Some(parent);
        if let Some(place) = self.before.get(&parent) {
            return match self.draft.answers.get(*place) {
                Some(Answer::New { verdict, .. }) => match verdict {
                    Verdict::Accepted | Verdict::Merged => true,
                    Verdict::Conflict(_) => decides_it,
                    Verdict::Rejected(_) => false,
                },
                Some(Answer::Stored(_)) => self.is_settled_before(parent, decides_it),
                _ => false,
            };
        }
        self.is_settled_before(parent, decides_it)
    }

    fn is_settled_before(&self, parent: IntentId, decides_it: bool) -> bool {
        let Some(decided) = self.found.decided.get(&parent) else { return false };
        match serde_json::from_str::<PushResult>(decided.result.get()).map(|r| r.outcome) {
            Ok(Outcome::Accepted { .. } | Outcome::Merged { .. }) => true,
            Ok(Outcome::Conflict { .. }) => decides_it || !self.is_contested(parent, decided),
            Ok(Outcome::Rejected { .. } | Outcome::Deferred { .. }) | Err(_) => false,
        }
    }

    fn is_contested(&self, intent: IntentId, decided: &Decided) -> bool {
        let stand = self.found.stands.get(&decided.target);
        stand
            .and_then(|stand| stand.entity.felder())
            .is_none_or(|felder| felder.conflicts.contains_key(&intent))
    }

    fn carry_out(&mut self, entry: &Entry, events: &Events) -> Result<(), StorageError> {
        for (entity, events) in events {
            let before = self.found.stands.remove(entity);
            let place_before = before.as_ref().map(|stand| (stand.entity.scope(), stand.revision));
            let stand =
                apply(before, events).map_err(|_| StorageError::Damaged("events do not fit"))?;
            let state = to_raw_value(&stand.entity)
                .map_err(|_| StorageError::Damaged("a thing cannot be written as JSON"))?;
            let new = NewStand {
                entity: *entity,
                revision: stand.revision,
                scope: stand.entity.scope(),
                hash: StateHash::of(state.get().as_bytes()),
                state,
            };
            self.found.stands.insert(*entity, stand);
            let hash_before = self.found.hashes.insert(*entity, new.hash);
            if let (Some((scope, revision)), Some(hash)) = (place_before, hash_before) {
                self.draft.take_out(scope, Digest::of(*entity, revision, hash));
            }
            self.add_rows(entry, &new, place_before.map(|(scope, _)| scope), events)?;
            self.draft.put(new, referred(events));
        }
        Ok(())
    }

    fn add_rows(
        &mut self,
        entry: &Entry,
        new: &NewStand,
        scope_before: Option<Scope>,
        events: &[Event],
    ) -> Result<(), StorageError> {
        let row = |scope, step, events: Box<RawValue>| DraftRow {
            scope,
            step,
            events,
            entity: new.entity,
            revision: new.revision,
            intent: entry.id,
            author: entry.author,
            state: new.hash,
        };
        let raw = |events: &[Event]| {
            to_raw_value(events).map_err(|_| StorageError::Damaged("events as JSON"))
        };
        let moved_from = scope_before.filter(|before| *before != new.scope);
        if let Some(before) = moved_from {
            self.draft.rows.push(row(before, Step::Exit, raw(&[])?));
        }
        let step = if moved_from.is_some() { Step::Enter } else { Step::Change };
        self.draft.rows.push(row(new.scope, step, raw(events)?));
        Ok(())
    }
}

fn deferred(candidate: &Candidate<'_>, reason: Deferral) -> Answer {
    Answer::Deferred(PushResult { id: candidate.id, outcome: Outcome::Deferred { reason } })
}

/// Documents that events make a thing refer to.
fn referred(events: &[Event]) -> Vec<DocumentHash> {
    let mut hashes = Vec::new();
    for event in events {
        match event {
            Event::Recorded(entity) => {
                if let Entity::Eingang(eingang) = &**entity {
                    hashes.extend(eingang.schriftstuecke.values().flat_map(Schriftstueck::hashes));
                }
            }
            Event::SchriftstueckAdded(schriftstueck) => hashes.extend(schriftstueck.hashes()),
            Event::FassungAdded(_, fassung) => hashes.extend(fassung.hashes()),
            Event::Set { .. }
            | Event::NotizAdded(..)
            | Event::WiedervorlageAdded(..)
            | Event::WiedervorlageCompleted(..)
            | Event::EingangAssigned(_)
            | Event::Grund(_)
            | Event::ConflictOpened(..)
            | Event::ConflictClosed(_) => {}
        }
    }
    hashes
}
