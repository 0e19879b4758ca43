//! A Zentrale that was set back to an old copy without telling anybody: same epoch, shorter feed. Desks
//! notice, lose nothing, and bring back what they had been told was accepted (promise I15).

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is missing"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{Request, Response, header};
use kontor_domain::{AddNotiz, Entity, Intent, IntentId, Moment, NotizId, VorgangId};
use kontor_store::disk::OsDisk;
use kontor_store::documents::DocumentStore;
use kontor_store::key::DataKey;
use kontor_store::mirror::Mirror;
use kontor_store::work::Work;
use kontor_sync::{Desk, Intention, Port, Reply, Unreachable, World, sync};
use kontor_wire::Limits;
use kontor_zentrale::auth::device;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::demo;
use kontor_zentrale::operator::Operator;
use kontor_zentrale::storage::{SqliteStorage, Storage};
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale, router};
use object_store::memory::InMemory;
use tower::ServiceExt as _;
use uuid::Uuid;

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot() {
    heal_after(0).await;
}

#[tokio::test]
async fn a_desk_heals_a_zentrale_that_forgot_and_went_on() {
    heal_after(5).await;
}

/// `others` entries of somebody else reach the restored Zentrale before the desk does.
async fn heal_after(others: usize) {
    let folder = tempfile::tempdir().unwrap();
    let storage = Arc::new(open_storage(&folder.path().join("zentrale.db")));
    let zentrale = zentrale(Arc::clone(&storage) as Arc<dyn Storage>);
    let demo = demo::load(&zentrale).await.unwrap();
    let (_, anna) = demo.desks[0];
    let token = device::issue(&SystemWorld, anna, "Zimmer 12".to_owned());
    storage.add_device(demo.mandant, &token.row).await.unwrap();
    let vorgang = demo.vorgaenge["baeckerei"];

    let old = folder.path().join("old.db");
    storage.backup(&old).unwrap();
    let desk = Mutex::new(open_desk(folder.path()));
    let before = Direct { router: router(zentrale), token: token.token.clone() };
    sync(&desk, &before, &Here).await.unwrap();
    desk.lock().unwrap().enter(note(vorgang)).unwrap();
    sync(&desk, &before, &Here).await.unwrap();
    assert_eq!(notes(&desk, vorgang).len(), 1);

    let restored = self::zentrale(Arc::new(open_storage(&old)));
    let mut operator = Operator::acting_as(&restored, demo.mandant, Some(anna)).await.unwrap();
    for _ in 0..others {
        operator.enter(note_on(vorgang, "Inzwischen.")).await.unwrap();
    }
    let after = Direct { router: router(restored), token: token.token };
    sync(&desk, &after, &Here).await.unwrap();

    assert_eq!(notes(&desk, vorgang).len(), 1, "the desk lost what it had been told was accepted");
    let stands = open_storage(&old).stands(demo.mandant, &[vorgang.into()]).await.unwrap();
    let text = "Der Antrag liegt vor.";
    assert_eq!(stands[0].state.get().matches(text).count(), 1, "the Zentrale was not healed");
}

fn open_storage(path: &Path) -> SqliteStorage {
    SqliteStorage::open(path, None).unwrap()
}

fn zentrale(storage: Arc<dyn Storage>) -> Zentrale {
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
    let key = DataKey::from_bytes([7; 32]);
    let work = Work::open(&folder.join("work.db"), &key, None).unwrap();
    let mirror = Mirror::open(&folder.join("mirror.db"), &key, None).unwrap();
    let documents = DocumentStore::open(&folder.join("dokumente"), Arc::new(OsDisk), &key).unwrap();
    Desk::new(work, mirror, documents).unwrap()
}

fn note(vorgang: VorgangId) -> Intention {
    let intent = note_on(vorgang, "Der Antrag liegt vor.");
    Intention { id: IntentId::new(Uuid::now_v7()), at: Here.now(), intent }
}

fn note_on(vorgang: VorgangId, text: &str) -> Intent {
    let notiz = NotizId::new(Uuid::now_v7());
    Intent::AddNotiz(AddNotiz { vorgang, notiz, text: text.parse().unwrap() })
}

fn notes(desk: &Mutex<Desk>, vorgang: VorgangId) -> BTreeMap<NotizId, String> {
    let stand = desk.lock().unwrap().stand(vorgang.into()).unwrap().unwrap();
    let Entity::Vorgang(vorgang) = stand.entity else { panic!("no Vorgang") };
    let texts = vorgang.notizen.iter().map(|(id, notiz)| (*id, notiz.text.to_string()));
    texts.filter(|(_, text)| text == "Der Antrag liegt vor.").collect()
}

struct Here;

impl World for Here {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(1_795_000_000_000)
    }

    fn uuid(&self) -> Uuid {
        Uuid::now_v7()
    }
}

/// The router, without a network in between.
struct Direct {
    router: Router,
    token: String,
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
