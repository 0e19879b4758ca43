//! Everything the endpoints share.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use kontor_domain::{Mandant, MandantId};
use kontor_wire::Limits;
use object_store::ObjectStore;

use crate::auth::oidc::Providers;
use crate::documents::Documents;
use crate::gate::Gate;
use crate::live::Live;
use crate::metrics::Metrics;
use crate::refused::Refused;
use crate::storage::{Storage, StorageError};
use crate::world::World;

/// What a Zentrale is made of.
#[derive(Debug)]
pub struct Parts {
    /// Its database.
    pub storage: Arc<dyn Storage>,
    /// Where the bytes of documents lie.
    pub documents: Arc<dyn ObjectStore>,
    /// Clock and randomness.
    pub world: Arc<dyn World>,
    /// Whose bearer tokens are taken beside those of devices.
    pub providers: Providers,
    /// What is taken at once.
    pub limits: Limits,
    /// How many may do the same at once.
    pub places: Places,
}

/// How many may do the same thing at once; whoever comes later is asked to come again.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// Requests of one person, those that wait for news aside. Each may hold a body in memory.
    pub requests_per_person: usize,
    /// Pushes of one person.
    pub pushes_per_person: usize,
    /// Pushes of all together.
    pub pushes: usize,
    /// Chunks of all together; each is held in memory. For one person the announced limit counts,
    /// twice, because a person may have two workstations.
    pub uploads: usize,
    /// Live connections of one person.
    pub live_per_person: usize,
    /// Live connections of all together.
    pub live: usize,
    /// Bytes in unfinished uploads of one person.
    pub open_upload_bytes_per_person: u64,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            requests_per_person: 32,
            pushes_per_person: 4,
            pushes: 64,
            uploads: 64,
            live_per_person: 16,
            live: 20_000,
            open_upload_bytes_per_person: 8 << 30,
        }
    }
}

/// A running Zentrale; cheap to clone.
#[derive(Debug, Clone)]
pub struct Zentrale(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    storage: Arc<dyn Storage>,
    documents: Documents,
    world: Arc<dyn World>,
    providers: Providers,
    limits: Limits,
    places: Places,
    requests: Gate,
    pushes: Gate,
    uploads: Gate,
    live_places: Gate,
    live: Live,
    metrics: Metrics,
    /// Names of authorities do not change while the program runs.
    mandanten: Mutex<BTreeMap<MandantId, Mandant>>,
}

impl Zentrale {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        let Parts { storage, documents, world, providers, limits, places } = parts;
        Self(Arc::new(Inner {
            storage,
            documents: Documents::new(documents),
            world,
            providers,
            limits,
            places,
            requests: Gate::new(places.requests_per_person, usize::MAX),
            pushes: Gate::new(places.pushes_per_person, places.pushes),
            uploads: Gate::new(limits.uploads_max.saturating_mul(2), places.uploads),
            live_places: Gate::new(places.live_per_person, places.live),
            live: Live::new(),
            metrics: Metrics::new(),
            mandanten: Mutex::default(),
        }))
    }

    /// Ends live connections and says so in `/health/ready`; other requests are still answered.
    pub fn stop(&self) {
        self.0.live.stop();
    }

    /// Workstations waiting for news.
    pub fn waiting(&self) -> usize {
        self.0.live.waiting()
    }

    /// The database.
    pub fn storage(&self) -> &dyn Storage {
        &*self.0.storage
    }

    /// Clock and randomness.
    pub fn world(&self) -> &dyn World {
        &*self.0.world
    }

    /// The bytes of documents.
    pub fn documents(&self) -> &Documents {
        &self.0.documents
    }

    /// What is taken at once.
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn places(&self) -> &Places {
        &self.0.places
    }

    pub(crate) fn providers(&self) -> &Providers {
        &self.0.providers
    }

    pub(crate) fn requests(&self) -> &Gate {
        &self.0.requests
    }

    pub(crate) fn pushes(&self) -> &Gate {
        &self.0.pushes
    }

    pub(crate) fn uploads(&self) -> &Gate {
        &self.0.uploads
    }

    pub(crate) fn live_places(&self) -> &Gate {
        &self.0.live_places
    }

    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// An authority by its id.
    pub(crate) async fn mandant(&self, id: MandantId) -> Result<Mandant, Refused> {
        let known = |mandanten: &BTreeMap<MandantId, Mandant>| mandanten.get(&id).cloned();
        let found = known(&self.0.mandanten.lock().unwrap_or_else(PoisonError::into_inner));
        if let Some(mandant) = found {
            return Ok(mandant);
        }
        let all = self.storage().mandanten().await?;
        let mut mandanten = self.0.mandanten.lock().unwrap_or_else(PoisonError::into_inner);
        mandanten.extend(all.into_iter().map(|mandant| (mandant.id, mandant)));
        known(&mandanten).ok_or_else(|| StorageError::UnknownMandant.into())
    }
}
