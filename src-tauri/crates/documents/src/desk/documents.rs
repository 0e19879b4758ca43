//! All open documents, and the spare worker.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use super::{document::OpenDocument, program::Program, worker::Worker};
use crate::{Source, Trouble};

/// How much is open at once and how long anything may take.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Documents; each has a process.
    pub documents_max: usize,
    /// Time for one request.
    pub request_limit: Duration,
    /// Pictures kept per document, in bytes.
    pub pictures_bytes_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            documents_max: 6,
            request_limit: Duration::from_secs(10),
            pictures_bytes_max: 24 * 1024 * 1024,
        }
    }
}

/// Opens documents. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Documents(Arc<Workshop>);

/// What documents share.
#[derive(Debug)]
pub(super) struct Workshop {
    program: Program,
    pub(super) limits: Limits,
    spare: Mutex<Option<Worker>>,
    open: AtomicUsize,
}

impl Documents {
    /// Begins to start a first worker.
    pub fn new(program: Program, limits: Limits) -> Self {
        let workshop = Workshop { program, limits, spare: Mutex::default(), open: 0.into() };
        let documents = Self(Arc::new(workshop));
        documents.0.prepare_spare();
        documents
    }

    /// Opens a document. What is wrong with it is told by the first answer.
    ///
    /// # Errors
    /// [`Trouble::Busy`] if too many are open.
    pub fn open(&self, source: impl Source + 'static) -> Result<OpenDocument, Trouble> {
        let seat = Seat::take(&self.0)?;
        OpenDocument::open(seat, Box::new(source))
    }
}

/// The right to have one document open; given back when dropped.
#[derive(Debug)]
pub(super) struct Seat(pub(super) Arc<Workshop>);

impl Seat {
    fn take(workshop: &Arc<Workshop>) -> Result<Self, Trouble> {
        let seat = Self(Arc::clone(workshop));
        let taken = workshop.open.fetch_add(1, Ordering::AcqRel);
        if taken < workshop.limits.documents_max { Ok(seat) } else { Err(Trouble::Busy) }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Workshop {
    /// A worker that is ready, or one started now; and another is prepared for the next.
    pub(super) fn worker(self: &Arc<Self>) -> Result<Worker, Trouble> {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).take();
        let worker = spare.map_or_else(|| Worker::start(&self.program), Ok)?;
        self.prepare_spare();
        Ok(worker)
    }

    fn prepare_spare(self: &Arc<Self>) {
        let workshop = Arc::downgrade(self);
        let program = self.program.clone();
        let prepare = move || {
            // If it cannot be started, the next to need one will say so.
            let Ok(worker) = Worker::start(&program) else { return };
            if let Some(workshop) = workshop.upgrade() {
                *workshop.spare.lock().unwrap_or_else(PoisonError::into_inner) = Some(worker);
            }
        };
        let _ = thread::Builder::new().name("seiten-spare".to_owned()).spawn(prepare);
    }
}
