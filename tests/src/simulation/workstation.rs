//! One workstation of a simulated world: the real desk on a disk that fails.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

use kontor_domain::{EntityRef, PersonId, Revision};
use kontor_store::database::DatabaseError;
use kontor_store::documents::{DocumentError, DocumentStore};
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::{Desk, DeskError, Report, SyncError, sync};
use kontor_testkit::disk::{Counts, SimDisk};

use super::network::{Door, Network};
use super::surroundings::Surroundings;

type Reconciliation = Pin<Box<dyn Future<Output = Result<Report, SyncError>> + Send>>;

pub(super) struct Workstation {
    pub(super) number: usize,
    pub(super) person: PersonId,
    pub(super) disk: SimDisk,
    pub(super) surroundings: Arc<Surroundings>,
    key: DataKey,
    /// `None` while the program does not run.
    pub(super) desk: Option<Arc<Mutex<Desk>>>,
    pub(super) running: Option<Running>,
    /// Mirrored revisions seen since the mirror was last lost.
    pub(super) seen: BTreeMap<EntityRef, Revision>,
    /// Faults of the disk when a database last failed: each fault excuses one failure.
    pub(super) excused: u64,
    /// How often a mirror was lost.
    pub(super) mirrors_lost: u64,
}

/// A reconciliation under way.
pub(super) struct Running {
    future: Reconciliation,
    pub(super) since: Since,
}

/// What had happened when something began, to tell whose fault its end is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Since {
    pub(super) faults: u64,
    pub(super) troubles: u64,
    pub(super) calls: u64,
    pub(super) mirrors_lost: u64,
    pub(super) rights: u64,
}

/// Why a desk does not open.
#[derive(Debug, thiserror::Error)]
pub(super) enum OpenError {
    #[error(transparent)]
    Desk(#[from] DeskError),
    #[error(transparent)]
    Documents(#[from] DocumentError),
}

impl From<DatabaseError> for OpenError {
    fn from(error: DatabaseError) -> Self {
        Self::Desk(error.into())
    }
}

/// How often a disk has failed somebody.
pub(super) fn faults(counts: Counts) -> u64 {
    counts.crashes + counts.io_errors + counts.full + counts.read_only + counts.bits_flipped
}

/// Whether a mirror that says this has to be built anew.
pub(super) const fn is_damage(error: &DatabaseError) -> bool {
    matches!(
        error,
        DatabaseError::Damaged { .. }
            | DatabaseError::NotADatabase
            | DatabaseError::WrongKey
            | DatabaseError::ForeignApplication { .. }
            | DatabaseError::TooNew { .. }
    )
}

impl Workstation {
    pub(super) fn new(
        number: usize,
        person: PersonId,
        seed: u64,
        surroundings: Surroundings,
    ) -> Self {
        Self {
            number,
            person,
            disk: SimDisk::new(seed),
            surroundings: Arc::new(surroundings),
            key: DataKey::from_bytes([7; 32]),
            desk: None,
            running: None,
            seen: BTreeMap::new(),
            excused: 0,
            mirrors_lost: 0,
        }
    }

    /// Starts the program. A mirror that cannot be read is thrown away and begun anew.
    pub(super) fn open(&mut self) -> Result<(), OpenError> {
        let desk = match self.try_open() {
            Err(OpenError::Desk(DeskError::Database(error))) if is_damage(&error) => {
                self.disk.delete_database("mirror.db");
                self.mirror_lost();
                self.try_open()?
            }
            opened => opened?,
        };
        self.desk = Some(Arc::new(Mutex::new(desk)));
        Ok(())
    }

    fn try_open(&self) -> Result<Desk, OpenError> {
        let work = Work::open(&self.disk.path("work.db"), &self.key, Some(self.disk.vfs_name()))?;
        let mirror = self.open_mirror()?;
        let folder = self.disk.path("documents");
        let documents = DocumentStore::open(&folder, Arc::new(self.disk.mount()), &self.key)?;
        Ok(Desk::new(work, mirror, documents)?)
    }

    pub(super) fn open_mirror(&self) -> Result<Mirror, DatabaseError> {
        Mirror::open(&self.disk.path("mirror.db"), &self.key, Some(self.disk.vfs_name()))
    }

    /// Whether the disk has failed since a database failed last. A connection may notice late, once.
    pub(super) fn is_excused(&mut self) -> bool {
        let faults = faults(self.disk.counts());
        std::mem::replace(&mut self.excused, faults) < faults
    }

    /// Builds the mirror anew while the program runs.
    pub(super) fn replace_mirror(&mut self) -> Result<(), OpenError> {
        self.disk.delete_database("mirror.db");
        self.mirror_lost();
        let fresh = self.open_mirror()?;
        let Some(desk) = &self.desk else { return Ok(()) };
        desk.lock().expect("nobody panicked at this desk").replace_mirror(fresh)?;
        Ok(())
    }

    pub(super) fn mirror_lost(&mut self) {
        self.mirrors_lost += 1;
        self.seen.clear();
    }

    /// The program dies, with the power or alone.
    pub(super) fn stop(&mut self, by_power_cut: bool) {
        self.running = None;
        self.desk = None;
        if by_power_cut {
            self.disk.power_cut();
            // The mirror's last commits may be gone.
            self.seen.clear();
        } else {
            self.disk.kill();
        }
    }

    /// Begins a reconciliation.
    pub(super) fn begin_sync(&mut self, network: &Arc<Mutex<Network>>, since: Since) {
        let Some(desk) = self.desk.clone() else { return };
        let door = Door { network: Arc::clone(network), who: self.number };
        let surroundings = Arc::clone(&self.surroundings);
        let future = Box::pin(async move { sync(&desk, &door, &*surroundings).await });
        self.running = Some(Running { future, since });
    }

    /// Lets the reconciliation go on until it waits or ends.
    pub(super) fn poll_sync(&mut self) -> Option<(Since, Result<Report, SyncError>)> {
        let running = self.running.as_mut()?;
        let mut context = Context::from_waker(Waker::noop());
        match running.future.as_mut().poll(&mut context) {
            Poll::Pending => None,
            Poll::Ready(ended) => self.running.take().map(|running| (running.since, ended)),
        }
    }
}
