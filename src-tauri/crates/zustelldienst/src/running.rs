//! A Zustelldienst that runs.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::client::Client;
use crate::clock::Clock;
use crate::contract::{self, Contract, ContractError, Violation};
use crate::dienst::{Book, Dienst, Notice, Stand};
use crate::exchange::Lost;
use crate::fault::{Fault, Faults, Storm};
use crate::id::Ids;
use crate::jwk::JwkError;
use crate::key::{KeyError, SigningKey};
use crate::zustellpunkt::{Registered, Status, Zustellpunkt};
use crate::{Endpoint, rest};

/// How a Zustelldienst is to be.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Its time.
    pub clock: Clock,
    /// Chooses ids.
    pub seed: u64,
    /// Where it listens, on loopback; 0 for any port.
    pub port: u16,
    /// The official `OpenAPI` file, to hold every message against it. Messages are then held in memory.
    pub contract: Option<PathBuf>,
    /// The `$schema` of events: its own have it, others must.
    pub set_schema: String,
    /// Bytes of an encrypted Anlage.
    pub anlage_bytes_max: usize,
}

/// Why it does not run.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No port, no folder.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// No key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// No usable `OpenAPI` file.
    #[error(transparent)]
    Contract(#[from] ContractError),
    /// No HTTP client for callbacks.
    #[error(transparent)]
    Http(#[from] reqwest::Error),
}

/// A running Zustelldienst; it stops when this is dropped.
pub struct Zustelldienst {
    dienst: Arc<Dienst>,
    serving: JoinHandle<()>,
}

impl Default for Setup {
    /// The clock stands at a day in 2026, nothing is checked against the `OpenAPI`.
    fn default() -> Self {
        Self {
            clock: Clock::standing(1_790_000_000),
            seed: 1,
            port: 0,
            contract: None,
            // The name of the version that 1.1.3 speaks; the `OpenAPI` itself does not give it.
            set_schema:
                "https://schema.fitko.de/fit-connect/set-payload/1.0.0/set-payload.schema.json"
                    .to_owned(),
            anlage_bytes_max: 500 * 1024 * 1024,
        }
    }
}

impl Setup {
    /// Where the official `OpenAPI` file lies, if it is here.
    pub fn official() -> Option<PathBuf> {
        let path = contract::standards().join("fit-connect/submission-api-1.1.3.yaml");
        path.is_file().then_some(path)
    }
}

impl Zustelldienst {
    /// Begins to listen on loopback.
    ///
    /// # Errors
    /// If there is no port, no key or no usable `OpenAPI` file.
    pub async fn start(setup: Setup) -> Result<Self, StartError> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, setup.port)).await?;
        let address: SocketAddr = listener.local_addr()?;
        let dienst = Arc::new(Dienst {
            clock: setup.clock,
            ids: Ids::new(setup.seed),
            key: SigningKey::of_this_process()?,
            base: format!("http://{address}"),
            set_schema: setup.set_schema,
            anlage_bytes_max: setup.anlage_bytes_max,
            faults: Faults::default(),
            contract: setup.contract.as_deref().map(Contract::read).transpose()?,
            violations: Mutex::default(),
            folder: tempfile::tempdir()?,
            http: reqwest::Client::builder().no_proxy().build()?,
            book: Mutex::new(Book::default()),
        });
        let serving = tokio::spawn(serve(listener, rest::router(&dienst)));
        Ok(Self { dienst, serving })
    }

    /// What its addresses begin with; `/v1/…` follows. It signs its events under this name.
    pub fn url(&self) -> &str {
        &self.dienst.base
    }

    /// Where tokens are given.
    pub fn token_url(&self) -> String {
        format!("{}/token", self.dienst.base)
    }

    /// Its clock.
    pub fn clock(&self) -> &Clock {
        &self.dienst.clock
    }

    /// Registers an active Zustellpunkt, as people do in the self-service portal; its id.
    ///
    /// # Errors
    /// If one of its keys is none.
    pub fn register(&self, zustellpunkt: Zustellpunkt) -> Result<Uuid, JwkError> {
        let id = zustellpunkt.destination_id.unwrap_or_else(|| self.dienst.ids.next());
        let registered = Registered::new(id, zustellpunkt, Status::Active)?;
        self.dienst.book().zustellpunkte.insert(id, registered);
        Ok(id)
    }

    /// Lets a client in.
    pub fn admit(&self, client: Client) {
        self.dienst.book().clients.insert(client.id.clone(), client);
    }

    /// Makes the next request for `endpoint` fail like this.
    pub fn fail_once(&self, endpoint: Endpoint, fault: Fault) {
        self.dienst.faults.once(endpoint, fault);
    }

    /// Lets faults happen by chance from now on, or no longer.
    pub fn storm(&self, storm: Option<Storm>) {
        self.dienst.faults.storm(storm);
    }

    /// How many faults met which endpoint.
    pub fn struck(&self) -> BTreeMap<Endpoint, usize> {
        self.dienst.faults.struck()
    }

    /// What either side said that the `OpenAPI` does not allow.
    pub fn violations(&self) -> Vec<Violation> {
        self.dienst.violations().clone()
    }

    /// How far an Einreichung has come.
    pub fn stand(&self, submission: Uuid) -> Option<Stand> {
        self.dienst.book().einreichungen.get(&submission).map(|it| it.stand)
    }

    /// How many have come how far.
    pub fn count(&self, stand: Stand) -> usize {
        self.dienst.book().einreichungen.values().filter(|it| it.stand == stand).count()
    }

    /// The event log of a Vorgangsreferenz, oldest first.
    pub fn events(&self, vorgang: Uuid) -> Vec<String> {
        self.dienst.book().logs.get(&vorgang).cloned().unwrap_or_default()
    }

    /// Mails to the technical contact.
    pub fn notices(&self) -> Vec<Notice> {
        self.dienst.book().notices.clone()
    }
}

impl Drop for Zustelldienst {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, router: Router) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(talk(stream, router.clone()));
        while connections.try_join_next().is_some() {}
    }
}

/// One connection. An answer that is to be lost ends it.
async fn talk(stream: TcpStream, router: Router) {
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let answer: Response<Body> = match router.oneshot(request.map(Body::new)).await {
                Ok(answer) => answer,
                Err(never) => match never {},
            };
            if answer.extensions().get::<Lost>().is_some() {
                return Err(io::Error::from(io::ErrorKind::ConnectionReset));
            }
            Ok(answer)
        }
    });
    // Whoever hangs up has hung up.
    drop(http1::Builder::new().serve_connection(TokioIo::new(stream), service).await);
}
