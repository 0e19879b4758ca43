//! A Zentrale with the small Kreis, desks on real files, and the way between them.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{Request, Response, header};
use kontor_domain::{
    AddNotiz, Entity, Intent, IntentId, Moment, NotizId, PersonId, Vorgang, VorgangId,
};
use kontor_store::disk::OsDisk;
use kontor_store::documents::DocumentStore;
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::{Desk, Intention, Port, Reply, Unreachable, World};
use kontor_wire::Limits;
use kontor_zentrale::auth::device;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::demo::{self, Demo};
use kontor_zentrale::operator::Operator;
use kontor_zentrale::storage::{SqliteStorage, Storage};
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale, router};
use object_store::memory::InMemory;
use tempfile::TempDir;
use tower::ServiceExt as _;
use uuid::Uuid;

/// A folder with everything, and the Zentrale that was set up first.
pub(crate) struct House {
    folder: TempDir,
    pub(crate) storage: Arc<SqliteStorage>,
    pub(crate) zentrale: Zentrale,
    pub(crate) demo: Demo,
}

impl House {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let storage = Arc::new(open_storage(&folder.path().join("zentrale.db")));
        let zentrale = zentrale(Arc::clone(&storage) as Arc<dyn Storage>);
        let demo = demo::load(&zentrale).await.unwrap();
        Self { folder, storage, zentrale, demo }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn person(&self, word: &str) -> PersonId {
        self.demo.personen[word]
    }

    pub(crate) fn vorgang(&self, word: &str) -> VorgangId {
        self.demo.vorgaenge[word]
    }

    /// A token of somebody's; good at every copy of the database made after this.
    pub(crate) async fn token(&self, who: &str) -> String {
        let token = device::issue(&SystemWorld, self.person(who), "Zimmer 12".to_owned());
        self.storage.add_device(self.demo.mandant, &token.row).await.unwrap();
        token.token
    }

    /// The way of somebody to the Zentrale.
    pub(crate) async fn way(&self, who: &str) -> Direct {
        Direct { router: router(self.zentrale.clone()), token: self.token(who).await }
    }

    /// Somebody works at the Zentrale itself.
    pub(crate) async fn operator(&self, who: &str) -> Operator {
        Operator::acting_as(&self.zentrale, self.demo.mandant, Some(self.person(who)))
            .await
            .unwrap()
    }

    /// The desk of this name; opened anew, it goes on with its files.
    pub(crate) fn desk(&self, name: &str) -> Mutex<Desk> {
        Mutex::new(open_desk(&self.path(name)))
    }
}

pub(crate) fn open_storage(path: &Path) -> SqliteStorage {
    SqliteStorage::open(path, None).unwrap()
}

pub(crate) fn zentrale(storage: Arc<dyn Storage>) -> Zentrale {
    Zentrale::new(Parts {
        storage,
        documents: Arc::new(InMemory::new()),
        world: Arc::new(SystemWorld),
        providers: Providers::default(),
        limits: Limits::default(),
        places: Places::default(),
    })
}

fn open_desk(folder: &Path) -> Desk {
    std::fs::create_dir_all(folder).unwrap();
    let key = DataKey::from_bytes([7; 32]);
    let work = Work::open(&folder.join("work.db"), &key, None).unwrap();
    let mirror = Mirror::open(&folder.join("mirror.db"), &key, None).unwrap();
    let documents = DocumentStore::open(&folder.join("dokumente"), Arc::new(OsDisk), &key).unwrap();
    Desk::new(work, mirror, documents).unwrap()
}

/// What somebody wants at this moment.
pub(crate) fn intention(intent: Intent) -> Intention {
    Intention { id: IntentId::new(Uuid::now_v7()), at: Here.now(), intent }
}

pub(crate) fn note(vorgang: VorgangId, text: &str) -> Intent {
    let notiz = NotizId::new(Uuid::now_v7());
    Intent::AddNotiz(AddNotiz { vorgang, notiz, text: text.parse().unwrap() })
}

/// A Vorgang as the desk shows it.
pub(crate) fn shown(desk: &Mutex<Desk>, vorgang: VorgangId) -> Option<Vorgang> {
    match desk.lock().unwrap().stand(vorgang.into()).unwrap()?.entity {
        Entity::Vorgang(vorgang) => Some(*vorgang),
        _ => panic!("no Vorgang"),
    }
}

pub(crate) struct Here;

impl World for Here {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(1_795_000_000_000)
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The router, without a network in between.
#[derive(Clone)]
pub(crate) struct Direct {
    pub(crate) router: Router,
    pub(crate) token: String,
}

impl Port for Direct {
    fn call(&self, mut request: Request<Bytes>) -> Reply<'_> {
        Box::pin(async move {
            let token = format!("Bearer {}", self.token).parse().unwrap();
            request.headers_mut().insert(header::AUTHORIZATION, token);
            let lost = |error: &dyn std::fmt::Display| Unreachable(error.to_string());
            let answered = self.router.clone().oneshot(request.map(Body::from)).await;
            let (head, body) = answered.map_err(|error| lost(&error))?.into_parts();
            let body = to_bytes(body, 64 << 20).await.map_err(|error| lost(&error))?;
            Ok(Response::from_parts(head, body))
        })
    }
}
