//! Tells waiting workstations that the feed has grown. Only hints: the data is pulled.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use kontor_domain::{EntityKind, MandantId, PersonId, Scope};
use kontor_wire::{FeedRow, Position};
use tokio::sync::{broadcast, watch};

/// Commits a waiting workstation may be behind before it is told to pull everything.
const BEHIND_MAX: usize = 64;

/// What a commit touched.
#[derive(Debug, Clone)]
pub(crate) struct Commit {
    /// The feed's end after it.
    pub(crate) head: Position,
    /// Scopes with new rows.
    pub(crate) scopes: BTreeSet<Scope>,
    /// People whose rights may be others now.
    pub(crate) people: BTreeSet<PersonId>,
}

impl Commit {
    /// What rows say was touched.
    pub(crate) fn of<'a>(head: Position, rows: impl Iterator<Item = &'a FeedRow>) -> Self {
        let mut commit = Self { head, scopes: BTreeSet::new(), people: BTreeSet::new() };
        for row in rows {
            commit.scopes.insert(row.scope);
            if row.entity.kind == EntityKind::Person {
                commit.people.insert(PersonId::new(row.entity.id));
            }
        }
        commit
    }
}

/// One feed's waiting workstations.
#[derive(Debug)]
struct Channel {
    sender: broadcast::Sender<Arc<Commit>>,
    announced: Position,
}

/// All waiting workstations.
#[derive(Debug)]
pub(crate) struct Live {
    channels: Mutex<BTreeMap<MandantId, Channel>>,
    stopping: watch::Sender<bool>,
}

impl Live {
    pub(crate) fn new() -> Self {
        Self { channels: Mutex::default(), stopping: watch::Sender::new(false) }
    }

    /// Listens to a feed from now on.
    pub(crate) fn subscribe(&self, mandant: MandantId) -> broadcast::Receiver<Arc<Commit>> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Channel { sender: broadcast::Sender::new(BEHIND_MAX), announced: Position(0) };
        channels.entry(mandant).or_insert_with(new).sender.subscribe()
    }

    /// A listener has been told this end itself; what comes later is announced.
    pub(crate) fn begin(&self, mandant: MandantId, head: Position) {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get_mut(&mandant)
            && (channel.announced == Position(0) || channel.sender.receiver_count() <= 1)
        {
            channel.announced = channel.announced.max(head);
        }
    }

    /// Tells everybody who waits for this feed.
    pub(crate) fn announce(&self, mandant: MandantId, commit: Commit) {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(channel) = channels.get_mut(&mandant) {
            channel.announced = channel.announced.max(commit.head);
            // Nobody listening is no error.
            let _ = channel.sender.send(Arc::new(commit));
        }
    }

    /// Feeds that somebody waits for, with the end last announced.
    pub(crate) fn awaited(&self) -> Vec<(MandantId, Position)> {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let awaited = channels.iter().filter(|(_, channel)| channel.sender.receiver_count() > 0);
        awaited.map(|(mandant, channel)| (*mandant, channel.announced)).collect()
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.values().map(|channel| channel.sender.receiver_count()).sum()
    }

    /// Ends every live connection.
    pub(crate) fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Becomes true when the Zentrale stops.
    pub(crate) fn stopping(&self) -> watch::Receiver<bool> {
        self.stopping.subscribe()
    }

    pub(crate) fn is_stopping(&self) -> bool {
        *self.stopping.borrow()
    }
}
