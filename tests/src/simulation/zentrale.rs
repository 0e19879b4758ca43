//! The Zentrale of a simulated world: the real router on the real SQLite storage, on a disk that fails.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use futures_util::FutureExt;
use http::{Request, Response};
use kontor_domain::{DocumentHash, Intent, Person, PersonId};
use kontor_testkit::disk::SimDisk;
use kontor_wire::{Epoch, Limits};
use kontor_zentrale::auth::device;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::operator::Operator;
use kontor_zentrale::storage::SqliteStorage;
use kontor_zentrale::{Parts, Places, router};
use object_store::memory::InMemory;
use object_store::{ObjectStore, ObjectStoreExt, path::Path};
use sha2::{Digest, Sha256};
use tower::ServiceExt;

use super::office::{ADMINISTRATION, EINHEITEN, MANDANT, administration, einheit, mandant};
use super::surroundings::Surroundings;

/// No answer is longer.
const ANSWER_BYTES_MAX: usize = 64 << 20;

pub(super) struct Zentrale {
    pub(super) disk: SimDisk,
    pub(super) surroundings: Arc<Surroundings>,
    /// Survives everything, as an object store on another machine does.
    bytes: Arc<InMemory>,
    limits: Limits,
    running: Option<(kontor_zentrale::Zentrale, Router)>,
}

/// What the Zentrale does, it does without waiting for anybody.
pub(super) fn at_once<F: Future>(future: F) -> F::Output {
    future.now_or_never().expect("the Zentrale waits for nobody")
}

impl Zentrale {
    pub(super) fn new(seed: u64, surroundings: Arc<Surroundings>, limits: Limits) -> Self {
        let disk = SimDisk::new(seed);
        Self { disk, surroundings, bytes: Arc::new(InMemory::new()), limits, running: None }
    }

    /// Starts the program; `false` if the disk does not let it.
    pub(super) fn start(&mut self) -> bool {
        let opened =
            SqliteStorage::open(&self.disk.path("zentrale.db"), Some(self.disk.vfs_name()));
        self.running = opened.ok().map(|storage| {
            let zentrale = kontor_zentrale::Zentrale::new(Parts {
                storage: Arc::new(storage),
                documents: Arc::clone(&self.bytes) as Arc<dyn ObjectStore>,
                world: Arc::clone(&self.surroundings) as Arc<dyn kontor_zentrale::world::World>,
                providers: Providers::new(Vec::new()).expect("no provider is a valid set of them"),
                limits: self.limits,
                places: Places::default(),
            });
            let router = router(zentrale.clone());
            (zentrale, router)
        });
        self.running.is_some()
    }

    /// The program dies, with the power or alone.
    pub(super) fn stop(&mut self, by_power_cut: bool) {
        self.running = None;
        if by_power_cut {
            self.disk.power_cut();
        } else {
            self.disk.kill();
        }
    }

    pub(super) fn running(&self) -> Option<&kontor_zentrale::Zentrale> {
        self.running.as_ref().filter(|_| !self.disk.is_down()).map(|(zentrale, _)| zentrale)
    }

    pub(super) fn router(&self) -> Option<Router> {
        self.running.as_ref().filter(|_| !self.disk.is_down()).map(|(_, router)| router.clone())
    }

    /// Founds the authority: units, people, and a device for each of `people`, in their order.
    pub(super) fn found(&mut self, people: &[Person]) -> Vec<String> {
        let zentrale = self.running().expect("the first morning is calm").clone();
        let storage = zentrale.storage();
        let epoch = Epoch(self.surroundings.new_id());
        at_once(storage.create_mandant(&mandant(), epoch)).expect("a new authority");
        let mut admin = super::office::with_all_rights(ADMINISTRATION);
        admin.rollen = administration().rollen;
        self.administer(Intent::RecordPerson(admin));
        for id in EINHEITEN {
            self.administer(Intent::RecordEinheit(einheit(id)));
        }
        for person in people {
            self.administer(Intent::RecordPerson(person.clone()));
        }
        let device = |person: &Person| {
            let device = device::issue(zentrale.world(), person.id, "Arbeitsplatz".to_owned());
            at_once(storage.add_device(MANDANT, &device.row)).expect("a new device");
            device.token
        };
        people.iter().map(device).collect()
    }

    /// The operator enters something; `false` if the Zentrale could not take it.
    pub(super) fn administer(&self, intent: Intent) -> bool {
        let Some(zentrale) = self.running() else { return false };
        let mut operator = Operator::with_rights(zentrale, MANDANT, administration());
        at_once(operator.enter(intent)).is_ok() && !self.disk.is_down()
    }

    /// The rights of a person as they are now.
    pub(super) fn person(&self, id: PersonId) -> Option<Person> {
        let storage = self.running()?.storage();
        let stands = at_once(storage.stands(MANDANT, &[id.into()])).ok()?;
        match serde_json::from_str(stands.first()?.state.get()).ok()? {
            kontor_domain::Entity::Person(person) => Some(person),
            _ => None,
        }
    }

    /// Whether a document is there, with the bytes its name promises.
    pub(super) fn has_document(&self, hash: DocumentHash) -> bool {
        let path = Path::from(format!("documents/{MANDANT}/{hash}"));
        let Ok(found) = at_once(self.bytes.get(&path)) else { return false };
        at_once(found.bytes())
            .is_ok_and(|bytes| Sha256::digest(&bytes).as_slice() == hash.as_bytes())
    }

    /// Replaces a document behind the Zentrale's back.
    pub(super) fn spoil_document(&self, hash: DocumentHash) {
        let path = Path::from(format!("documents/{MANDANT}/{hash}"));
        at_once(self.bytes.put(&path, Bytes::from_static(b"spoilt").into())).expect("a put");
    }
}

/// Hands one request to the router and collects its answer.
pub(super) async fn answer(router: Router, request: Request<Bytes>) -> Option<Response<Bytes>> {
    let response = router.oneshot(request.map(Body::from)).await.ok()?;
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, ANSWER_BYTES_MAX).await.ok()?;
    Some(Response::from_parts(parts, body))
}
