//! The mirror follows the feed.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{EntityRef, Scope};
use kontor_store::database::DatabaseError;
use kontor_store::mirror::{Fetched, MirrorChange, NewThing, Place, ScopeSum, Thing};
use kontor_wire::{
    Digest, Epoch, FeedRow, Head, Position, ProblemCode, PullRequest, PullResponse, StandRow,
    StateHash,
};

use super::follow::{follow_rows, slices};
use super::{Run, SyncError};
use crate::calls::{self, CallError};
use crate::desk::{Desk, is_mirrored};

impl Run<'_> {
    pub(super) async fn pull(&mut self) -> Result<(), SyncError> {
        let request = self.lock()?.pull_request()?;
        let response = match calls::pull(self.port, &request).await {
            Err(CallError::Refused(problem)) if problem.code == ProblemCode::EpochChanged => {
                self.lock()?.distrust_mirror()?;
                return Err(SyncError::GreetAgain);
            }
            answered => answered?,
        };
        if response.to < request.after || response.head.seq < response.to {
            return Err(SyncError::Unfit("the feed runs backwards"));
        }
        if self.lock()?.is_contradicted_by(&response.rows) {
            self.lock()?.distrust_mirror()?;
            return Err(SyncError::GreetAgain);
        }
        // Rights are as of now; the plan drops what is no longer allowed.
        self.hello.scopes.clone_from(&response.scopes);
        self.head = self.head.max(response.head.seq.0);
        self.report.received += response.rows.len();
        let now = self.world.now();
        let told = self.lock()?.tell_leaving(&request, &response.rows, now)?;
        self.report.told += told;
        let unlike = self.follow(&request, &response)?;
        self.take_lost_pins(&response)?;
        self.lock()?.remember(request.epoch, response.head)?;
        for scope in &unlike {
            tracing::warn!(scope = %scope, "mirror differs from the Zentrale, building it anew");
        }
        if unlike.iter().any(|scope| !self.rebuilt.insert(*scope)) {
            return Err(SyncError::Diverged);
        }
        if !unlike.is_empty() {
            self.lock()?.tell_rebuilt(now)?;
        }
        self.report.rebuilt += unlike.len();
        Ok(())
    }

    /// Asks for single things that could not be carried out here, or are pinned.
    pub(super) async fn stands(&mut self, entities: Vec<EntityRef>) -> Result<(), SyncError> {
        let response = calls::stands(self.port, entities.clone()).await?;
        self.report.received += response.stands.len();
        let asked: BTreeSet<EntityRef> = entities.iter().copied().collect();
        if response.stands.iter().any(|row| !asked.contains(&row.entity)) {
            return Err(SyncError::Unfit("a thing nobody asked for"));
        }
        let mut desk = self.lock()?;
        let holds = desk.holds()?;
        desk.mirror.transact(|change| -> Result<(), SyncError> {
            put_stands(change, &response.stands, &holds)?;
            // What was not answered is not there for us; the digest will tell if that is wrong.
            entities.iter().try_for_each(|entity| {
                change.met(*entity)?;
                Ok(change.forget_absent(*entity)?)
            })
        })?;
        desk.show_pulled(&asked)?;
        drop(desk);
        self.tried.needs.extend(entities);
        Ok(())
    }

    /// Applies an answer; returns scopes whose digest differs, already marked to be fetched anew.
    fn follow(
        &self,
        request: &PullRequest,
        response: &PullResponse,
    ) -> Result<Vec<Scope>, SyncError> {
        let unlike = self.follow_in_slices(request, response);
        // Once for the whole answer: until then the view shows things with all own entries, as
        // before. Also after a failure, because earlier slices are in the mirror.
        let rows = response.rows.iter().map(|row| row.entity);
        let touched = rows.chain(response.stands.iter().map(|row| row.entity)).collect();
        self.lock()?.show_pulled(&touched)?;
        unlike
    }

    fn follow_in_slices(
        &self,
        request: &PullRequest,
        response: &PullResponse,
    ) -> Result<Vec<Scope>, SyncError> {
        let slices = slices(&response.rows);
        for slice in slices.iter().take(slices.len().saturating_sub(1)) {
            let to = slice.last().map_or(request.after, |row| row.seq);
            let slice = Slice { request, rows: slice, stands: &[], to, end: None };
            self.lock()?.follow_slice(&slice)?;
        }
        let rows = slices.last().copied().unwrap_or_default();
        let stands = &response.stands;
        let last = Slice { request, rows, stands, to: response.to, end: Some(response) };
        self.lock()?.follow_slice(&last)
    }

    fn take_lost_pins(&self, response: &PullResponse) -> Result<(), SyncError> {
        if response.lost_pins.is_empty() {
            return Ok(());
        }
        self.lock()?.let_go(&response.lost_pins)?;
        Ok(())
    }
}

/// A piece of an answer that is applied in one transaction.
#[derive(Clone, Copy)]
struct Slice<'a> {
    request: &'a PullRequest,
    rows: &'a [FeedRow],
    stands: &'a [StandRow],
    to: Position,
    /// The whole answer, with its last piece.
    end: Option<&'a PullResponse>,
}

impl Desk {
    fn pull_request(&self) -> Result<PullRequest, SyncError> {
        let place =
            self.mirror.place()?.ok_or(SyncError::Unfit("a pull before the first words"))?;
        Ok(PullRequest {
            epoch: Epoch(place.epoch),
            after: Position(place.seq),
            witness: (place.head_seq > 0).then_some(Head {
                seq: Position(place.head_seq),
                hash: kontor_wire::ChainHash(place.head_hash),
            }),
            scopes: self.mirror.scopes()?.into_iter().map(|row| row.scope).collect(),
            pins: self.work.pins()?,
        })
    }

    fn follow_slice(&mut self, slice: &Slice<'_>) -> Result<Vec<Scope>, SyncError> {
        let Slice { request, rows, stands, to, end } = *slice;
        let before = self.mirror.place()?.ok_or(SyncError::Unfit("a mirror without place"))?;
        let complete: BTreeSet<Scope> = self
            .mirror
            .scopes()?
            .into_iter()
            .filter(|row| row.fetched == Fetched::Complete)
            .map(|row| row.scope)
            .collect();
        let holds = self.holds()?;
        self.mirror.transact(|change| {
            follow_rows(change, request, &holds, rows)?;
            put_stands(change, stands, &holds)?;
            let mut place = Place { seq: to.0, checked: false, ..before };
            let mut unlike = Vec::new();
            if let Some(response) = end {
                place.head_seq = response.head.seq.0;
                place.head_hash = response.head.hash.0;
                // Stands may be newer than the end they came with; the next pull compares then.
                let comparable = stands.is_empty() && response.to == response.head.seq;
                if comparable && no_needs(change, rows)? {
                    unlike = unlike_scopes(change, &complete, &response.digests)?;
                    place.checked = unlike.is_empty();
                }
            }
            change.set_place(&place)?;
            for scope in &unlike {
                change.drop_scope(*scope, &[])?;
                change.set_sum(*scope, ScopeSum::default());
                change.set_scope(*scope, Fetched::UpTo(None))?;
            }
            Ok(unlike)
        })
    }

    /// Entries whose effect the mirror shows now leave the view; what changed is folded anew.
    pub(super) fn show_pulled(&mut self, touched: &BTreeSet<EntityRef>) -> Result<(), SyncError> {
        let seq = self.mirror.place()?.map_or(0, |place| place.seq);
        let needs = self.mirror.needs()?;
        let leaving: Vec<u64> = self
            .fold
            .entries()
            .filter(|entry| entry.seq > 0)
            .filter(|entry| is_mirrored(&needs, seq, entry.entry.intent.target(), entry.seq))
            .map(|entry| entry.number)
            .collect();
        let mut dirty = self.fold.remove(&leaving);
        dirty.extend(touched);
        self.fold.refold(&dirty, &self.mirror)?;
        Ok(())
    }
}

/// What a mirror holds: some scopes, and single things beside them.
pub(super) struct Holds {
    pub(super) scopes: BTreeSet<Scope>,
    pub(super) pins: BTreeSet<EntityRef>,
}

impl Desk {
    pub(super) fn holds(&self) -> Result<Holds, SyncError> {
        let scopes = self.mirror.scopes()?.into_iter().map(|row| row.scope).collect();
        Ok(Holds { scopes, pins: self.work.pins()?.into_iter().collect() })
    }
}

/// Puts things in as they are now. What has gone on to a scope that is not mirrored leaves instead,
/// also if its reader may look at it there.
pub(super) fn put_stands(
    change: &MirrorChange<'_>,
    stands: &[StandRow],
    holds: &Holds,
) -> Result<(), SyncError> {
    for row in stands {
        let here = change.thing(row.entity)?;
        change.met(row.entity)?;
        if here.as_ref().is_some_and(|thing| thing.revision >= row.revision) {
            continue;
        }
        let scope = scope_of(row)?;
        if !holds.scopes.contains(&scope) && !holds.pins.contains(&row.entity) {
            take_out(change, row.entity)?;
            continue;
        }
        let new = NewThing {
            entity: row.entity,
            revision: row.revision,
            scope,
            hash: *StateHash::of(row.state.get().as_bytes()).as_bytes(),
            state: row.state.get(),
        };
        put(change, here.as_ref(), &new)?;
    }
    Ok(())
}

/// Puts a thing in and keeps the sums of its old and new scope.
pub(super) fn put(
    change: &MirrorChange<'_>,
    here: Option<&Thing>,
    new: &NewThing<'_>,
) -> Result<(), SyncError> {
    if let Some(thing) = here {
        let old = Digest::of(new.entity, thing.revision, StateHash::from_bytes(thing.hash));
        add(change, thing.scope, Digest::default() - old)?;
    }
    add(change, new.scope, Digest::of(new.entity, new.revision, StateHash::from_bytes(new.hash)))?;
    Ok(change.put(new)?)
}

pub(crate) fn take_out(change: &MirrorChange<'_>, entity: EntityRef) -> Result<(), DatabaseError> {
    let Some(thing) = change.thing(entity)? else { return Ok(()) };
    let old = Digest::of(entity, thing.revision, StateHash::from_bytes(thing.hash));
    add(change, thing.scope, Digest::default() - old)?;
    change.remove(entity)
}

fn add(change: &MirrorChange<'_>, scope: Scope, digest: Digest) -> Result<(), DatabaseError> {
    let sum = change.sum(scope)?;
    let sum = Digest { rows: sum.rows, sum: sum.sum } + digest;
    change.set_sum(scope, ScopeSum { rows: sum.rows, sum: sum.sum });
    Ok(())
}

fn no_needs(change: &MirrorChange<'_>, rows: &[FeedRow]) -> Result<bool, SyncError> {
    for row in rows {
        if change.is_needed(row.entity)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn unlike_scopes(
    change: &MirrorChange<'_>,
    complete: &BTreeSet<Scope>,
    digests: &BTreeMap<Scope, Digest>,
) -> Result<Vec<Scope>, SyncError> {
    let mut unlike = Vec::new();
    for (scope, digest) in digests.iter().filter(|(scope, _)| complete.contains(scope)) {
        let here = change.sum(*scope)?;
        if (Digest { rows: here.rows, sum: here.sum }) != *digest {
            unlike.push(*scope);
        }
    }
    Ok(unlike)
}

/// The scope a stand belongs to, read out of its JSON.
fn scope_of(row: &StandRow) -> Result<Scope, SyncError> {
    use kontor_domain::{EinheitId, EntityKind};
    #[derive(serde::Deserialize)]
    struct Lean {
        einheit: EinheitId,
    }
    match row.entity.kind {
        EntityKind::Einheit
        | EntityKind::Person
        | EntityKind::Aktenplaneintrag
        | EntityKind::Leistungspaket => Ok(Scope::Stammdaten),
        EntityKind::Akte | EntityKind::Eingang | EntityKind::Vorgang => {
            serde_json::from_str::<Lean>(row.state.get())
                .map(|lean| Scope::Einheit(lean.einheit))
                .map_err(|_| SyncError::Unfit("a thing without its unit"))
        }
    }
}
