//! The Zentrale of the demonstration in this process, and desks that are connected with it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use kontor_app::{DataKey, Office, Profile, SystemWorld, zentrale};
use kontor_domain::{MandantId, PersonId};
use kontor_zentrale::{Zentrale, embedded, serve};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

/// A Zentrale and the desks around it, in one folder.
#[derive(Debug)]
pub struct Scene {
    folder: PathBuf,
    mandant: MandantId,
    desks: BTreeMap<String, PersonId>,
    address: SocketAddr,
    serving: Mutex<Option<Serving>>,
    offices: Mutex<BTreeMap<String, Arc<Office>>>,
}

#[derive(Debug)]
struct Serving {
    zentrale: Zentrale,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<std::io::Result<()>>,
}

impl Scene {
    /// Sets up the demonstration in an empty folder and begins to serve.
    pub async fn set_up(folder: &Path) -> Result<Self> {
        let zentrale = embedded::open(&folder.join("zentrale"))?;
        let kreis = kontor_demo::load(&zentrale, zentrale.world().now()).await?;
        let listener = TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        Ok(Self {
            folder: folder.to_owned(),
            mandant: kreis.mandant,
            desks: kreis.desks.iter().map(|(name, id)| ((*name).to_owned(), *id)).collect(),
            address,
            serving: Mutex::new(Some(Serving::begin(listener, zentrale))),
            offices: Mutex::default(),
        })
    }

    /// Where everything lies.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Somebody's desk; connected when it is first asked for, while the Zentrale is there.
    pub(super) async fn office(&self, name: &str) -> Result<Arc<Office>> {
        let mut offices = self.offices.lock().await;
        if let Some(office) = offices.get(name) {
            return Ok(Arc::clone(office));
        }
        let person = *self.desks.get(name).with_context(|| format!("nobody is called {name}"))?;
        let token = {
            let serving = self.serving.lock().await;
            let serving = serving.as_ref().context("the Zentrale is away")?;
            embedded::access(&serving.zentrale, self.mandant, person).await?
        };
        let profile = Profile::lock(&self.folder.join(name))?;
        // Nothing here is anybody's, and everything goes with the folder.
        let key = DataKey::generate().map_err(|_| anyhow::anyhow!("no randomness"))?;
        let office = Arc::new(Office::open(profile, &key, Arc::new(SystemWorld))?);
        let address = format!("http://{}", self.address).parse()?;
        zentrale::connect(&office, address, &token.parse()?).await?;
        offices.insert(name.to_owned(), Arc::clone(&office));
        Ok(office)
    }

    /// The Zentrale is gone until it is started again.
    pub(super) async fn stop(&self) {
        if let Some(serving) = self.serving.lock().await.take() {
            let _ = serving.stop.send(());
            let _ = serving.ended.await;
        }
    }

    /// The Zentrale is there again, as it was.
    pub(super) async fn start(&self) -> Result<()> {
        let mut serving = self.serving.lock().await;
        if serving.is_none() {
            let zentrale = embedded::open(&self.folder.join("zentrale"))?;
            let listener = TcpListener::bind(self.address).await?;
            *serving = Some(Serving::begin(listener, zentrale));
        }
        Ok(())
    }
}

impl Serving {
    fn begin(listener: TcpListener, zentrale: Zentrale) -> Self {
        let (stop, stopped) = oneshot::channel();
        let times = serve::Serving { stop: Duration::ZERO, ..serve::Serving::default() };
        let running = serve::serve(listener, zentrale.clone(), times, async {
            // Both a word and silence mean the end.
            let _ = stopped.await;
        });
        Self { zentrale, stop, ended: tokio::spawn(running) }
    }
}
