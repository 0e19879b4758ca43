//! The embedded Zentrale: the real one, in this process, for somebody who works alone.

use std::net::Ipv4Addr;
use std::path::PathBuf;
use std::sync::Arc;

use kontor_app::{AppError, Code, Office, PersonId, zentrale};
use kontor_zentrale::embedded;
use kontor_zentrale::serve::{Serving, serve};
use tauri::async_runtime::{self, JoinHandle};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A Zentrale that runs until this is dropped.
pub(crate) struct Embedded {
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<()>,
}

impl Embedded {
    /// Begins to run one in `folder`, and connects the desk with it. The desk is usable meanwhile, and
    /// also if this fails: then it is offline.
    pub(crate) fn begin(office: Arc<Office>, folder: PathBuf, person: Option<PersonId>) -> Self {
        let (stop, stopped) = oneshot::channel();
        let running = async_runtime::spawn(async move {
            if let Err(error) = run(office, folder, person, stopped).await {
                tracing::error!(code = %error.code, cause = %error.technical(), "no embedded Zentrale");
            }
        });
        Self { stop: Some(stop), running }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        drop(self.stop.take());
        // Requests under way are finished; somebody waits for the window to close.
        let _ = async_runtime::block_on(&mut self.running);
    }
}

async fn run(
    office: Arc<Office>,
    folder: PathBuf,
    person: Option<PersonId>,
    stopped: oneshot::Receiver<()>,
) -> Result<(), AppError> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| {
        AppError::new(Code::ZentraleUnavailable).because(error)
    };
    let person = office.person()?.or(person);
    let central = embedded::open(&folder).map_err(|error| failed(error.into()))?;
    let token = embedded::sign_in(&central, person).await.map_err(|error| failed(error.into()))?;
    // Any free port, and no other machine gets in.
    let listener =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.map_err(|error| failed(error.into()))?;
    let address = listener.local_addr().map_err(|error| failed(error.into()))?;
    let connecting = connect(office, format!("http://{address}"), token);
    let ended = serve(listener, central, Serving::default(), async {
        // Both a word and silence mean the end.
        let _ = stopped.await;
    });
    let (ended, ()) = tokio::join!(ended, connecting);
    ended.map_err(|error| failed(error.into()))
}

async fn connect(office: Arc<Office>, address: String, token: String) {
    // Everything at the desk blocks, so not on a thread that answers.
    let connected = async_runtime::spawn_blocking(move || -> Result<(), AppError> {
        let (address, token) = (address.parse()?, token.parse()?);
        async_runtime::block_on(zentrale::connect(&office, address, &token)).map(|_| ())
    });
    match connected.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => {
            tracing::warn!(code = %error.code, cause = %error.technical(), "not connected");
        }
        Err(error) => tracing::error!(%error, "not connected"),
    }
}
