//! One reconciliation: ask, plan, act, until there is nothing left to do.

mod documents;
mod follow;
mod pull;
mod push;
mod scope;
mod verlauf;

pub(crate) use pull::take_out;

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard};

use kontor_domain::{InstanceId, Moment, Scope};
use kontor_store::database::DatabaseError;
use kontor_store::documents::DocumentError;
use kontor_wire::{Hello, PROTOCOL};
use uuid::Uuid;

use crate::calls::{self, CallError};
use crate::desk::{Desk, DeskError};
use crate::plan::{Step, Tried, plan};
use crate::port::Port;

/// More rounds than any backlog needs; beyond this something turns in circles, and stopping with an
/// error is better than a loop nobody sees.
const ROUNDS_MAX: u32 = 20_000;

/// Why a reconciliation ended early. Nothing is lost by it: the next one goes on from here.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The Zentrale.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The Zentrale speaks other protocol versions.
    #[error("the Zentrale speaks protocol {min} to {max}, this program {PROTOCOL}")]
    Protocol {
        /// Oldest it speaks.
        min: u16,
        /// Newest it speaks.
        max: u16,
    },
    /// An answer that contradicts what was asked.
    #[error("the answer does not fit the question: {0}")]
    Unfit(&'static str),
    /// The mirror differs from the Zentrale although it was just built anew.
    #[error("mirror and Zentrale do not agree")]
    Diverged,
    /// The first words hold no longer: the Zentrale was set back to a backup, or the mirror was begun
    /// anew, since they were heard.
    #[error("the first words have to be heard again")]
    GreetAgain,
    /// The plan turned in circles.
    #[error("no end in sight")]
    Endless,
    /// The desk.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// A document.
    #[error(transparent)]
    Documents(#[from] DocumentError),
    /// The desk broke while somebody else used it.
    #[error("the desk is broken")]
    Poisoned,
}

impl From<DatabaseError> for SyncError {
    fn from(error: DatabaseError) -> Self {
        Self::Desk(error.into())
    }
}

/// What a reconciliation did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Entries decided by the Zentrale.
    pub settled: usize,
    /// Entries the Zentrale did not decide yet.
    pub deferred: usize,
    /// Rows of the feed and things of scopes taken into the mirror.
    pub received: usize,
    /// Documents sent and fetched.
    pub documents: usize,
    /// Scopes whose mirror differed and was built anew.
    pub rebuilt: usize,
    /// Scopes whose right was lost, and what else was told to whoever works here.
    pub told: usize,
}

/// What the run needs of the world.
pub trait World: Send + Sync {
    /// What the clock says; shown to people, decides nothing.
    fn now(&self) -> Moment;
    /// A new random id.
    fn uuid(&self) -> Uuid;
}

/// Reconciles the desk with the Zentrale until nothing is left to do, or until something stands in
/// the way. May be stopped at any await; the next run goes on from there.
pub async fn sync(
    desk: &Mutex<Desk>,
    port: &dyn Port,
    world: &dyn World,
) -> Result<Report, SyncError> {
    let hello = greet(desk, port, world).await?;
    match sync_with(desk, port, world, hello).await {
        Err(SyncError::GreetAgain) => {
            let hello = greet(desk, port, world).await?;
            sync_with(desk, port, world, hello).await
        }
        done => done,
    }
}

/// Asks the Zentrale for its first words and takes over rights and epoch.
pub async fn greet(
    desk: &Mutex<Desk>,
    port: &dyn Port,
    world: &dyn World,
) -> Result<Hello, SyncError> {
    let hello = calls::hello(port).await?;
    if !(hello.protocols.min..=hello.protocols.max).contains(&PROTOCOL) {
        let (min, max) = (hello.protocols.min, hello.protocols.max);
        return Err(SyncError::Protocol { min, max });
    }
    lock(desk)?.steady()?;
    let greeted = lock(desk)?.greet(&hello, world.now()).map_err(SyncError::from);
    recovered(desk, greeted)?;
    Ok(hello)
}

/// As [`sync()`], with first words that were heard a moment ago: for a desk that follows a live
/// connection, where asking again before every note would double the way. `hello.head` may be moved
/// on to an end of the feed heard of since; rights are checked by the Zentrale at every call anyway.
pub async fn sync_with(
    desk: &Mutex<Desk>,
    port: &dyn Port,
    world: &dyn World,
    hello: Hello,
) -> Result<Report, SyncError> {
    lock(desk)?.steady()?;
    if recovered(desk, lock(desk)?.mirror.place().map_err(SyncError::from))?.is_none() {
        return Err(SyncError::GreetAgain);
    }
    let instance = lock(desk)?.instance(|| world.uuid())?;
    let head = hello.head.seq.0;
    let run = Run {
        desk,
        port,
        world,
        hello,
        instance,
        head,
        tried: Tried::default(),
        rebuilt: BTreeSet::new(),
        report: Report::default(),
    };
    recovered(desk, run.go().await)
}

/// If a database failed in the middle of something, the desk recovers before anybody looks at it.
fn recovered<T>(desk: &Mutex<Desk>, done: Result<T, SyncError>) -> Result<T, SyncError> {
    if let Err(SyncError::Desk(DeskError::Database(_))) = &done
        && let Err(error) = lock(desk)?.recover()
    {
        tracing::warn!(%error, "the desk has not recovered yet");
    }
    done
}

struct Run<'a> {
    desk: &'a Mutex<Desk>,
    port: &'a dyn Port,
    world: &'a dyn World,
    hello: Hello,
    instance: InstanceId,
    /// The feed is known to reach at least this far.
    head: u64,
    tried: Tried,
    /// Scopes this run has built anew because their digest differed.
    rebuilt: BTreeSet<Scope>,
    report: Report,
}

impl Run<'_> {
    async fn go(mut self) -> Result<Report, SyncError> {
        for _ in 0..ROUNDS_MAX {
            let steps = plan(&self.lock()?.situation(&self.hello, self.head, &self.tried)?);
            if steps.is_empty() {
                return Ok(self.report);
            }
            for step in steps {
                self.carry_out(step).await?;
            }
        }
        Err(SyncError::Endless)
    }

    async fn carry_out(&mut self, step: Step) -> Result<(), SyncError> {
        match step {
            Step::Drop(scope) => self.drop_scope(scope),
            Step::Push(numbers) => self.push(&numbers).await,
            Step::Stands(entities) => self.stands(entities).await,
            Step::Scope(scope, after) => self.scope(scope, after).await,
            Step::Pull => self.pull().await,
            Step::Verlauf(entity) => {
                self.tried.verlaeufe.insert(entity);
                self.verlauf(entity).await
            }
            Step::Upload(hash) => self.upload(hash).await,
            Step::Fetch(hash) => self.fetch(hash).await,
        }
    }

    fn lock(&self) -> Result<MutexGuard<'_, Desk>, SyncError> {
        lock(self.desk)
    }
}

fn lock(desk: &Mutex<Desk>) -> Result<MutexGuard<'_, Desk>, SyncError> {
    desk.lock().map_err(|_| SyncError::Poisoned)
}
