//! Keeps an open desk reconciled beside whoever works at it, and tells what that changes.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime;
use tokio::sync::{oneshot, watch};

use crate::event::{Event, Status};
use crate::suche::Indexer;
use crate::viewer::Viewer;
use crate::zentrale::{self, State, local_zone};
use crate::{AppError, Office};

/// Whoever opens a desk reads its lists before anybody searches it.
const SEARCH_AFTER: Duration = Duration::from_secs(3);

/// The threads that speak with the Zentrale and keep the search in step; they end when this is
/// dropped.
#[derive(Debug)]
pub struct Background {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    /// Ends by itself, after the other was told to.
    _indexer: Indexer,
}

impl Background {
    /// Begins. Where somebody has to act first (sign in, connect), it waits until they have.
    ///
    /// # Errors
    /// Of the operating system, if it gives no thread.
    pub fn begin(
        office: Arc<Office>,
        tell: impl Fn(Event) + Send + Sync + 'static,
    ) -> io::Result<Self> {
        // Blocking calls of the desk run here, on no thread that answers anybody.
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let indexer = Indexer::begin(Arc::clone(&office), Viewer::new(), SEARCH_AFTER)?;
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new().name("zentrale".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    // Both a word and silence mean the end.
                    _ = stopped => {}
                    () = keep(&office, &tell) => {}
                }
            });
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread), _indexer: indexer })
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed; here it changes nothing.
            let _ = thread.join();
        }
    }
}

async fn keep(office: &Office, tell: &(dyn Fn(Event) + Send + Sync)) {
    let (sender, receiver) = watch::channel(State::BEGINNING);
    tokio::join!(show(office, receiver, tell), async {
        loop {
            let reconnected = office.connected.notified();
            if let Err(error) = zentrale::watch(office, &sender, reconnected).await {
                tracing::info!(code = %error.code, cause = %error.technical(), "waiting for a person");
                office.connected.notified().await;
            }
        }
    });
}

/// Each state once, and what the Zentrale changed.
async fn show(
    office: &Office,
    mut states: watch::Receiver<State>,
    tell: &(dyn Fn(Event) + Send + Sync),
) {
    let zone = local_zone();
    let mut news = 0;
    while states.changed().await.is_ok() {
        let state = *states.borrow_and_update();
        office.note_contact(state);
        tell(Event::Status(Status::of(&state, &zone)));
        if state.news != news {
            news = state.news;
            match changed(office) {
                Ok(event) => tell(event),
                Err(error) => tracing::warn!(code = %error.code, "cannot tell what changed"),
            }
        }
    }
}

fn changed(office: &Office) -> Result<Event, AppError> {
    Ok(Event::Changed(office.take_changed()?.into()))
}
