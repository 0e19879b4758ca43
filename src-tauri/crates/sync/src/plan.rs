//! What there is to do, as a pure function of where things stand. Another part does it.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{DocumentHash, EntityRef, IntentId, Scope};
use kontor_store::mirror::{Fetched, ScopeRow};
use kontor_wire::Limits;

/// Everything a plan depends on.
#[derive(Debug, Clone)]
pub struct Situation {
    /// What the Zentrale takes at once.
    pub limits: Limits,
    /// Entries the Zentrale has not decided, in their order.
    pub waiting: Vec<Waiting>,
    /// Documents that waiting entries need at the Zentrale and that may not be there.
    pub uploads: BTreeSet<DocumentHash>,
    /// What may be mirrored now.
    pub allowed: BTreeSet<Scope>,
    /// What is mirrored.
    pub scopes: Vec<ScopeRow>,
    /// Everything of the feed up to here is in the mirror.
    pub seq: u64,
    /// The feed is known to reach at least this far.
    pub head: u64,
    /// Whether the digests agreed at `seq`.
    pub checked: bool,
    /// Things whose stands have to be asked for: unreadable rows, and pins that are not here.
    pub needs: BTreeSet<EntityRef>,
    /// Things whose Verlauf somebody wants to see.
    pub verlaeufe: BTreeSet<EntityRef>,
    /// Documents that mirrored things refer to and that are not here.
    pub absent: BTreeSet<DocumentHash>,
    /// What this run has tried already.
    pub tried: Tried,
}

/// An entry the Zentrale has not decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its place in the outbox.
    pub number: u64,
    /// Its id.
    pub id: IntentId,
    /// Entries it builds on that stand in its way: waiting themselves, or held for a person.
    pub open_parents: Vec<Open>,
    /// Documents it refers to.
    pub documents: Vec<DocumentHash>,
    /// Length of its JSON in bytes.
    pub bytes: usize,
}

/// A parent that stands in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    /// It waits too; together they may go.
    Waits(IntentId),
    /// It was refused, or its conflict is not decided: a person has to act.
    Held(IntentId),
}

/// What one run has tried already; trying it again in the same run would only spin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tried {
    /// Entries the Zentrale deferred.
    pub deferred: BTreeSet<u64>,
    /// Documents that could not be sent or fetched.
    pub documents: BTreeSet<DocumentHash>,
    /// Things whose stands were asked for.
    pub needs: BTreeSet<EntityRef>,
    /// Things whose Verlauf was asked for.
    pub verlaeufe: BTreeSet<EntityRef>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Drop a scope: the right to it is gone.
    Drop(Scope),
    /// Send these entries.
    Push(Vec<u64>),
    /// Ask for the stands of these things.
    Stands(Vec<EntityRef>),
    /// Fetch a scope from where it stopped.
    Scope(Scope, Option<EntityRef>),
    /// Ask for the next rows of the feed.
    Pull,
    /// Ask what happened to a thing.
    Verlauf(EntityRef),
    /// Send a document.
    Upload(DocumentHash),
    /// Fetch a document.
    Fetch(DocumentHash),
}

/// How many things are asked for at once.
const STANDS_PER_STEP: usize = 500;

/// How many documents one round moves before it looks around again.
const DOCUMENTS_PER_ROUND: usize = 16;

/// The next steps, in order; empty when there is nothing left that this run could do.
///
/// Lost rights come first, because they must not outlive one contact. Then entries, small and
/// precious; then what others did; then what somebody waits to read; documents last, so that a film
/// does not delay a note.
pub fn plan(situation: &Situation) -> Vec<Step> {
    let mut steps = drops(situation);
    let batch = batch(situation);
    if !batch.is_empty() {
        steps.push(Step::Push(batch));
        return steps;
    }
    let needs = situation.needs.difference(&situation.tried.needs).copied();
    let needs: Vec<EntityRef> =
        needs.take(STANDS_PER_STEP.min(situation.limits.rows_max)).collect();
    if !needs.is_empty() {
        steps.push(Step::Stands(needs));
    }
    steps.extend(situation.allowed.iter().filter_map(|scope| unfinished(situation, *scope)));
    if !steps.is_empty() {
        return steps;
    }
    if situation.seq < situation.head || !situation.checked {
        return vec![Step::Pull];
    }
    let wanted = situation.verlaeufe.difference(&situation.tried.verlaeufe);
    let mut steps: Vec<Step> = wanted.copied().map(Step::Verlauf).collect();
    steps.extend(documents(situation));
    steps
}

fn drops(situation: &Situation) -> Vec<Step> {
    let gone = situation.scopes.iter().filter(|row| !situation.allowed.contains(&row.scope));
    gone.map(|row| Step::Drop(row.scope)).collect()
}

fn unfinished(situation: &Situation, scope: Scope) -> Option<Step> {
    match situation.scopes.iter().find(|row| row.scope == scope).map(|row| row.fetched) {
        Some(Fetched::Complete) => None,
        Some(Fetched::UpTo(after)) => Some(Step::Scope(scope, after)),
        None => Some(Step::Scope(scope, None)),
    }
}

/// Entries that may go now, in their order: their documents are there, and everything they build on
/// goes before them or is decided.
fn batch(situation: &Situation) -> Vec<u64> {
    let limits = &situation.limits;
    let mut going: BTreeSet<IntentId> = BTreeSet::new();
    let mut batch = Vec::new();
    let mut bytes = 0;
    for entry in &situation.waiting {
        let ready = !situation.tried.deferred.contains(&entry.number)
            && entry.documents.iter().all(|hash| !situation.uploads.contains(hash))
            && entry.open_parents.iter().all(|parent| match parent {
                Open::Waits(id) => going.contains(id),
                Open::Held(_) => false,
            });
        if !ready {
            continue;
        }
        // Around each entry stand its number, its parents and some punctuation.
        let size = entry.bytes + 128 + entry.open_parents.len() * 40;
        let full =
            batch.len() >= limits.push_entries_max || bytes + size > limits.request_bytes_max;
        if full && !batch.is_empty() {
            break;
        }
        bytes += size;
        going.insert(entry.id);
        batch.push(entry.number);
    }
    batch
}

/// Uploads that entries wait for, then downloads.
fn documents(situation: &Situation) -> Vec<Step> {
    let untried = |hash: &&DocumentHash| !situation.tried.documents.contains(*hash);
    let needed: BTreeMap<DocumentHash, u64> = situation
        .waiting
        .iter()
        .rev()
        .flat_map(|entry| entry.documents.iter().map(|hash| (*hash, entry.number)))
        .collect();
    let mut uploads: Vec<(u64, DocumentHash)> = situation
        .uploads
        .iter()
        .filter(untried)
        .filter_map(|hash| needed.get(hash).map(|number| (*number, *hash)))
        .collect();
    uploads.sort_unstable();
    let uploads = uploads.into_iter().map(|(_, hash)| Step::Upload(hash));
    let fetches = situation.absent.iter().filter(untried).map(|hash| Step::Fetch(*hash));
    uploads.chain(fetches).take(DOCUMENTS_PER_ROUND).collect()
}

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
