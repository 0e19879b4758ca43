//! Entries go to the Zentrale, results come back.

use std::collections::BTreeSet;

use kontor_store::work::{Fate, Settled};
use kontor_wire::{Outcome, PushEntry, PushRequest, PushResult};
use serde_json::value::{RawValue, to_raw_value};

use super::{Run, SyncError};
use crate::calls;
use crate::desk::{Desk, DeskError, is_mirrored};

impl Run<'_> {
    pub(super) async fn push(&mut self, numbers: &[u64]) -> Result<(), SyncError> {
        let request = self.lock()?.push_request(self.instance, numbers)?;
        let response = calls::push(self.port, &request).await?;
        if response.results.len() != numbers.len() {
            return Err(SyncError::Unfit("a push was answered with another number of results"));
        }
        let results = response
            .results
            .iter()
            .map(|raw| serde_json::from_str(raw.get()).map(|result| (result, &**raw)))
            .collect::<Result<Vec<(PushResult, &RawValue)>, _>>()
            .map_err(|_| SyncError::Unfit("a result cannot be read"))?;
        let now = self.world.now().unix_ms();
        let settled = {
            let mut desk = self.lock()?;
            desk.take_results(numbers, &results, now)?
        };
        self.head = self.head.max(settled.head);
        self.report.settled += settled.count;
        self.report.deferred += settled.deferred.len();
        self.report.told += settled.too_late;
        self.tried.deferred.extend(settled.deferred);
        Ok(())
    }
}

/// What a batch of results meant.
struct Taken {
    count: usize,
    deferred: Vec<u64>,
    /// The feed reaches at least this far.
    head: u64,
    /// Entries that had happened before their taking back arrived.
    too_late: usize,
}

impl Desk {
    fn push_request(
        &self,
        instance: kontor_domain::InstanceId,
        numbers: &[u64],
    ) -> Result<PushRequest, SyncError> {
        let mut entries = Vec::with_capacity(numbers.len());
        let wanted: BTreeSet<u64> = numbers.iter().copied().collect();
        for folded in self.fold.entries().filter(|folded| wanted.contains(&folded.number)) {
            let entry = RawValue::from_string(folded.body.clone())
                .map_err(|_| DeskError::Unreadable("an entry"))?;
            entries.push(PushEntry {
                number: folded.number,
                parents: if folded.withdrawn { Vec::new() } else { folded.parents.clone() },
                withdrawn: folded.withdrawn,
                entry,
            });
        }
        if entries.len() != numbers.len() {
            return Err(SyncError::Unfit("an entry left the outbox while it was sent"));
        }
        Ok(PushRequest { instance, entries })
    }

    /// Stores results durably, then shows them. `numbers` and `results` go together one by one.
    fn take_results(
        &mut self,
        numbers: &[u64],
        results: &[(PushResult, &RawValue)],
        now: i64,
    ) -> Result<Taken, SyncError> {
        let mut taken = Taken { count: 0, deferred: Vec::new(), head: 0, too_late: 0 };
        let mut settled = Vec::with_capacity(results.len());
        let mut deferrals = Vec::new();
        for (number, (result, raw)) in numbers.iter().zip(results) {
            let known = self.fold.entry(result.id).map(|folded| folded.number);
            if known != Some(*number) {
                return Err(SyncError::Unfit("a result is for another entry"));
            }
            match read(&result.outcome) {
                Ok((fate, seq)) => {
                    taken.head = taken.head.max(seq);
                    settled.push(Settled { number: *number, fate, seq, result: raw.get() });
                }
                Err(reason) => {
                    deferrals.push((*number, reason));
                    taken.deferred.push(*number);
                }
            }
        }
        taken.count = settled.len();
        taken.too_late = self.tell_too_late(&settled, now)?;
        self.work.settle(&settled, now)?;
        if !deferrals.is_empty() {
            self.work.defer(&deferrals)?;
        }
        self.show_results(&settled)?;
        Ok(taken)
    }

    /// Refused entries leave the view; the others stay until the mirror shows their effect.
    fn show_results(&mut self, settled: &[Settled<'_>]) -> Result<(), SyncError> {
        let seq = self.mirror.place()?.map_or(0, |place| place.seq);
        let needs = self.mirror.needs()?;
        let mut leaving = Vec::new();
        let mut dirty = BTreeSet::new();
        for result in settled {
            let mut depends = false;
            let touched = self.fold.change(result.number, |entry| {
                depends = entry.depends_on_word();
                entry.fate = result.fate;
                entry.seq = result.seq;
            });
            let target = touched.first().copied();
            let is_shown = target.is_none_or(|target| is_mirrored(&needs, seq, target, result.seq));
            if result.fate == Fate::Refused || is_shown {
                leaving.push(result.number);
            } else {
                dirty.extend(touched.into_iter().filter(|_| depends));
            }
        }
        dirty.extend(self.fold.remove(&leaving));
        self.fold.refold(&dirty, &self.mirror)?;
        Ok(())
    }
}

/// Fate and feed position of a final outcome, or the reason of a deferral.
fn read(outcome: &Outcome) -> Result<(Fate, u64), String> {
    match outcome {
        Outcome::Accepted { seq } => Ok((Fate::Accepted, seq.0)),
        Outcome::Merged { seq } => Ok((Fate::Merged, seq.0)),
        Outcome::Conflict { seq, .. } => Ok((Fate::Conflict, seq.0)),
        Outcome::Rejected { .. } => Ok((Fate::Refused, 0)),
        Outcome::Deferred { reason } => Err(to_raw_value(reason)
            .map(|reason| reason.get().trim_matches('"').to_owned())
            .unwrap_or_default()),
    }
}
