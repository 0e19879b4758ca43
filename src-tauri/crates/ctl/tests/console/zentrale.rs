//! A real Zentrale in this process, with the data of the demonstration.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kontor_zentrale::auth::device;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::config::Config;
use kontor_zentrale::serve::{Serving, serve};
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale, demo};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A Zentrale that serves, and can be made to go away and come back.
pub(crate) struct Running {
    folder: PathBuf,
    pub(crate) address: SocketAddr,
    serving: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
    pub(crate) demo: demo::Demo,
    tokens: Vec<(&'static str, String)>,
}

impl Running {
    pub(crate) async fn start(folder: &Path) -> Self {
        std::fs::create_dir_all(folder).unwrap();
        let zentrale = open(folder).await;
        let demo = demo::load(&zentrale).await.unwrap();
        let mut tokens = Vec::new();
        for (name, person) in demo.desks {
            let device = device::issue(zentrale.world(), person, name.to_owned());
            zentrale.storage().add_device(demo.mandant, &device.row).await.unwrap();
            tokens.push((name, device.token));
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = Some(begin(zentrale, listener));
        Self { folder: folder.to_owned(), address, serving, demo, tokens }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(crate) fn token(&self, name: &str) -> &str {
        &self.tokens.iter().find(|(desk, _)| *desk == name).unwrap().1
    }

    /// Takes away everybody's access.
    pub(crate) async fn revoke_all(&self) {
        let zentrale = open(&self.folder).await;
        for (_, token) in &self.tokens {
            let hash = device::token_hash(token);
            assert!(zentrale.storage().revoke_device(self.demo.mandant, hash).await.unwrap());
        }
    }

    /// Until all connections have ended.
    pub(crate) async fn stop(&mut self) {
        let (stop, ended) = self.serving.take().unwrap();
        stop.send(()).unwrap();
        ended.await.unwrap();
    }

    /// Again, where it was before.
    pub(crate) async fn come_back(&mut self) {
        let zentrale = open(&self.folder).await;
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serving = Some(begin(zentrale, listener));
    }
}

fn begin(zentrale: Zentrale, listener: TcpListener) -> (oneshot::Sender<()>, JoinHandle<()>) {
    let (stop, stopped) = oneshot::channel();
    let stopped = async move {
        // Also when the test has ended without a word.
        let _ = stopped.await;
    };
    let serving =
        async move { serve(listener, zentrale, Serving::default(), stopped).await.unwrap() };
    (stop, tokio::spawn(serving))
}

async fn open(folder: &Path) -> Zentrale {
    let config = Config {
        database: format!("sqlite:{}", folder.join("zentrale.db").display()),
        ..Config::default()
    };
    Zentrale::new(Parts {
        storage: config.database().unwrap().open().await.unwrap(),
        documents: config.object_store().unwrap().unwrap(),
        world: Arc::new(SystemWorld),
        providers: Providers::new(Vec::new()).unwrap(),
        limits: config.limits().unwrap(),
        places: Places::default(),
    })
}
