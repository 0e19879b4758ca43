//! The thread that keeps the index in step with the desk.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use tokio::runtime;
use tokio::sync::{oneshot, watch};
use tokio::time::{sleep, timeout};

use super::Suche;
use super::catch_up::Trouble;
use super::documents::Uncommitted;
use super::todo::Next;
use crate::Office;
use crate::viewer::Viewer;

/// After a failure, the disk's for example, it is tried again after this long.
const PAUSE: Duration = Duration::from_secs(30);
/// Documents that are not here are looked for this often: nobody says when one has come.
const LOOK_AGAIN: Duration = Duration::from_secs(20);
/// Memory for writing is given back after so long without anything to write.
const IDLE: Duration = Duration::from_secs(10);

/// Keeps the search of an open desk complete; ends when this is dropped.
#[derive(Debug)]
pub struct Indexer {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
    complete: watch::Receiver<bool>,
}

impl Indexer {
    /// Begins after a while, so that whoever opens a desk sees it first. `viewer` reads the
    /// documents.
    ///
    /// # Errors
    /// Of the operating system, if it gives no thread.
    pub fn begin(office: Arc<Office>, viewer: Viewer, after: Duration) -> io::Result<Self> {
        // Blocking work of the index runs here, on no thread that answers anybody.
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let (tell, complete) = watch::channel(false);
        let thread = std::thread::Builder::new().name("suche".to_owned()).spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    biased;
                    // Both a word and silence mean the end.
                    _ = stopped => {}
                    () = async {
                        sleep(after).await;
                        keep(&office, &viewer, &tell).await;
                    } => {}
                }
            });
        })?;
        Ok(Self { stop: Some(stop), thread: Some(thread), complete })
    }

    /// Waits until everything that was on the desk when this was called can be found.
    pub async fn complete(&mut self, office: &Office) {
        // What it says first may be about what was there before; what it says next is not.
        for _ in 0..2 {
            self.complete.borrow_and_update();
            office.suche.ring();
            // It ends only when this is dropped.
            let _ = self.complete.changed().await;
            let _ = self.complete.wait_for(|complete| *complete).await;
        }
    }
}

impl Drop for Indexer {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A panic there has been printed; here it changes nothing.
            let _ = thread.join();
        }
    }
}

async fn keep(office: &Office, viewer: &Viewer, tell: &watch::Sender<bool>) {
    let suche = &office.suche;
    let mut is_verified = false;
    loop {
        match catch_up(office, viewer, tell, &mut is_verified).await {
            Ok(()) => {}
            Err(Trouble::Index(error)) => {
                is_verified = false;
                suche.recover(&error);
                pause(&error).await;
            }
            Err(Trouble::Desk(error)) => {
                tracing::warn!(code = %error.code, "the search cannot read the desk");
                suche.begin_again();
                sleep(PAUSE).await;
            }
        }
    }
}

/// What is lost is begun anew at once; a disk gets time.
async fn pause(error: &kontor_search::SearchError) {
    if !error.is_lost() {
        sleep(PAUSE).await;
    }
}

/// Until something goes wrong.
async fn catch_up(
    office: &Office,
    viewer: &Viewer,
    tell: &watch::Sender<bool>,
    is_verified: &mut bool,
) -> Result<(), Trouble> {
    let suche = &office.suche;
    let mut uncommitted = Uncommitted::default();
    loop {
        match suche.step(office)? {
            Next::Document => {
                tell.send_if_modified(|complete| std::mem::replace(complete, false));
                suche.read_next(office, viewer, &mut uncommitted).await?;
            }
            Next::Nothing => {
                suche.commit_documents(&mut uncommitted)?;
                if !*is_verified {
                    suche.index()?.verify()?;
                    *is_verified = true;
                }
                tell.send_replace(true);
                wait(suche, office).await?;
            }
            Next::Own | Next::Things | Next::Walk => {
                tell.send_if_modified(|complete| std::mem::replace(complete, false));
                // Whoever wants the end of this gets a turn.
                tokio::task::yield_now().await;
            }
        }
    }
}

/// Until the desk may have changed.
async fn wait(suche: &Suche, office: &Office) -> Result<(), Trouble> {
    if timeout(IDLE, suche.changed.notified()).await.is_ok() {
        return Ok(());
    }
    suche.index()?.rest()?;
    loop {
        let has_come = timeout(LOOK_AGAIN, suche.changed.notified()).await.is_ok();
        let mut todo = suche.todo();
        todo.look_for_absent(office);
        if has_come || !todo.things.is_empty() {
            return Ok(());
        }
    }
}
