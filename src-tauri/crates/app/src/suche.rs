//! Search over everything on the desk: an index beside the databases, kept in step with them by a
//! thread of its own. It is disposable: whatever is wrong with it, it begins anew.

mod catch_up;
mod documents;
mod find;
mod indexer;
mod item;
mod todo;

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use kontor_search::{Index, Opened, SearchError};
use kontor_store::key::DataKey;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::Notify;

pub(crate) use find::Find;
pub use indexer::Indexer;
use todo::Todo;

/// The index of an open profile, and what is still to be put into it.
pub(crate) struct Suche {
    folder: PathBuf,
    key: DataKey,
    index: Mutex<Option<Arc<Index>>>,
    todo: Mutex<Todo>,
    /// How that stands, for whoever must not wait.
    told: Mutex<Told>,
    /// Whether something of one's own is to be put in before anybody searches again.
    own_waits: AtomicBool,
    /// Rung when the desk may have changed.
    changed: Notify,
}

/// How far the index is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Progress {
    /// Things and documents that can be found.
    pub(crate) done: u64,
    /// All that are to be found.
    pub(crate) all: u64,
}

#[derive(Debug, Clone, Copy)]
struct Told {
    indexing: Option<Progress>,
    is_complete: bool,
}

impl Suche {
    pub(crate) fn new(folder: PathBuf, key: &DataKey) -> Self {
        Self {
            folder,
            key: key.clone(),
            index: Mutex::default(),
            todo: Mutex::default(),
            told: Mutex::new(Told { indexing: Todo::default().progress(), is_complete: false }),
            own_waits: AtomicBool::new(false),
            changed: Notify::new(),
        }
    }

    /// Says that the desk may have changed.
    pub(crate) fn ring(&self) {
        self.changed.notify_one();
    }

    /// How far the index is; `None` when it has everything. Waits for nothing.
    pub(crate) fn progress(&self) -> Option<Progress> {
        self.told().indexing
    }

    /// Whether every word of everything on this device is found.
    fn is_complete(&self) -> bool {
        self.told().is_complete
    }

    /// The index, opened if it is not open.
    fn index(&self) -> Result<Arc<Index>, SearchError> {
        let mut place = self.index.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(index) = &*place {
            return Ok(Arc::clone(index));
        }
        let (index, opened) = Index::open(&self.folder, *self.key.for_search())?;
        if let Opened::Rebuilt(reason) = opened {
            tracing::warn!(%reason, "the search index begins anew");
        }
        let index = Arc::new(index);
        *place = Some(Arc::clone(&index));
        Ok(index)
    }

    /// After the index failed: one that is lost goes. Either way everything is compared again.
    fn recover(&self, error: &SearchError) {
        tracing::warn!(%error, cause = ?std::error::Error::source(error), "the search index failed");
        if error.is_lost() {
            let before = self.index.lock().unwrap_or_else(PoisonError::into_inner).take();
            // Whoever is searching in it just now goes on with what is open.
            drop(before);
            if let Err(error) = std::fs::remove_dir_all(&self.folder) {
                tracing::warn!(%error, "the search index cannot be taken away");
            }
        }
        self.begin_again();
    }

    /// What was to be done may be lost half-way: everything is compared again.
    fn begin_again(&self) {
        let mut todo = self.todo();
        todo.begin();
        self.tell(&todo);
        self.ring();
    }

    fn tell(&self, todo: &Todo) {
        let told = Told { indexing: todo.progress(), is_complete: todo.is_complete() };
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = told;
    }

    fn told(&self) -> Told {
        *self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn todo(&self) -> MutexGuard<'_, Todo> {
        self.todo.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own_waits(&self) -> bool {
        self.own_waits.load(Ordering::Acquire)
    }
}
