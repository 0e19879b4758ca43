//! A Kreis with its Zentrale: the people of the demonstration, each with a workstation. Everything
//! runs on the calling thread without a runtime, as in the simulation; only what waits needs one.

use std::collections::BTreeMap;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, Waker};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::StreamExt;
use kontor_domain::{
    AddNotiz, DocumentHash, Entry, InstanceId, Intent, IntentId, Moment, NotizId, PersonId,
    Revision, VorgangId,
};
use kontor_wire::{
    Limits, PROTOCOL_HEADER, Problem, ProblemCode, PushEntry, PushRequest, PushResponse,
    PushResult, path,
};
use kontor_zentrale::auth::device::issue;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::demo::{self, Demo};
use kontor_zentrale::storage::SqliteStorage;
use kontor_zentrale::world::World;
use kontor_zentrale::{Parts, Places, Zentrale, router};
use object_store::memory::InMemory;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::value::to_raw_value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use tower::ServiceExt;
use uuid::Uuid;

/// Always the same morning, and numbers that only look random.
#[derive(Debug, Default)]
pub(crate) struct StillWorld(AtomicU64);

impl World for StillWorld {
    fn now(&self) -> Moment {
        Moment::from_unix_ms(1_793_700_000_000)
    }

    fn fill(&self, bytes: &mut [u8]) {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        let digest = Sha256::digest(number.to_be_bytes());
        for (byte, random) in bytes.iter_mut().zip(digest.iter().cycle()) {
            *byte = *random;
        }
    }
}

pub(crate) struct Haus {
    _folder: TempDir,
    pub(crate) zentrale: Zentrale,
    pub(crate) router: Router,
    pub(crate) demo: Demo,
    tokens: BTreeMap<&'static str, String>,
}

pub(crate) struct Setup {
    pub(crate) limits: Limits,
    pub(crate) places: Places,
    pub(crate) providers: Providers,
}

impl Default for Setup {
    fn default() -> Self {
        let limits =
            Limits { chunk_bytes: 1_000, document_bytes_max: 100_000, ..Limits::default() };
        Self { limits, places: Places::default(), providers: Providers::default() }
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Answer {
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.body));
        serde_json::from_slice(&self.body).unwrap()
    }

    pub(crate) fn problem(&self) -> ProblemCode {
        let problem: Problem = serde_json::from_slice(&self.body).unwrap();
        assert_eq!(problem.status, self.status.as_u16());
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert!(problem.title.ends_with(['.', '!']), "no sentence: {}", problem.title);
        problem.code
    }
}

/// Runs a future that never has to wait for anything outside.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits for something"),
    }
}

impl Haus {
    pub(crate) fn new() -> Self {
        Self::with(Setup::default())
    }

    pub(crate) fn with(setup: Setup) -> Self {
        let folder = TempDir::new().unwrap();
        let storage = SqliteStorage::open(&folder.path().join("zentrale.db"), None).unwrap();
        let zentrale = Zentrale::new(Parts {
            storage: Arc::new(storage),
            documents: Arc::new(InMemory::new()),
            world: Arc::new(StillWorld::default()),
            providers: setup.providers,
            limits: setup.limits,
            places: setup.places,
        });
        let demo = now(demo::load(&zentrale)).unwrap();
        let mut tokens = BTreeMap::new();
        for (name, person) in &demo.personen {
            let device = issue(zentrale.world(), *person, (*name).to_owned());
            now(zentrale.storage().add_device(demo.mandant, &device.row)).unwrap();
            tokens.insert(*name, device.token);
        }
        Self { _folder: folder, router: router(zentrale.clone()), zentrale, demo, tokens }
    }

    pub(crate) fn person(&self, who: &str) -> PersonId {
        self.demo.personen[who]
    }

    pub(crate) fn vorgang(&self, word: &str) -> VorgangId {
        self.demo.vorgaenge[word]
    }

    pub(crate) fn scope(&self, unit: &str) -> kontor_domain::Scope {
        kontor_domain::Scope::Einheit(self.demo.einheiten[unit])
    }

    pub(crate) fn token(&self, who: &str) -> &str {
        &self.tokens[who]
    }

    /// A request of somebody's workstation.
    pub(crate) fn request(
        &self,
        who: &str,
        method: Method,
        path: &str,
    ) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {}", self.token(who)))
            .header(PROTOCOL_HEADER, kontor_wire::PROTOCOL.to_string())
    }

    pub(crate) fn send(&self, request: Request<Body>) -> Answer {
        now(send(&self.router, request))
    }

    pub(crate) fn get(&self, who: &str, path: &str) -> Answer {
        self.send(self.request(who, Method::GET, path).body(Body::empty()).unwrap())
    }

    pub(crate) fn post<T: Serialize>(&self, who: &str, path: &str, body: &T) -> Answer {
        let body = Body::from(serde_json::to_vec(body).unwrap());
        self.send(self.request(who, Method::POST, path).body(body).unwrap())
    }

    /// The feed's end.
    pub(crate) fn head(&self) -> u64 {
        now(self.zentrale.storage().feed_state(self.demo.mandant)).unwrap().head.seq.0
    }

    /// Pushes one entry of somebody's and says what became of it.
    pub(crate) fn enter(&self, who: &str, entry: &Entry) -> PushResult {
        let response: PushResponse = self.post(who, path::PUSH, &push(entry)).json();
        serde_json::from_str(response.results[0].get()).unwrap()
    }

    /// An entry that adds a Notiz.
    pub(crate) fn notiz(&self, who: &str, vorgang: &str) -> Entry {
        let number = self.head();
        let id = |what: u128| Uuid::from_u128(what << 64 | u128::from(number));
        Entry {
            id: IntentId::new(id(1)),
            author: self.person(who),
            at: Moment::from_unix_ms(0),
            seen: Revision::NONE,
            intent: Intent::AddNotiz(AddNotiz {
                vorgang: self.vorgang(vorgang),
                notiz: NotizId::new(id(2)),
                text: "Telefonat geführt.".parse().unwrap(),
            }),
        }
    }

    /// Uploads one chunk.
    pub(crate) fn put_chunk(
        &self,
        who: &str,
        hash: DocumentHash,
        number: u32,
        bytes: &[u8],
    ) -> Answer {
        let digest = STANDARD.encode(Sha256::digest(bytes));
        let request = self
            .request(who, Method::PUT, &format!("/v1/documents/{hash}/chunks/{number}"))
            .header("content-digest", format!("sha-256=:{digest}:"));
        self.send(request.body(Body::from(bytes.to_vec())).unwrap())
    }

    /// Uploads a whole document.
    pub(crate) fn upload(&self, who: &str, bytes: &[u8]) -> DocumentHash {
        let hash = hash(bytes);
        for (number, chunk) in (0..).zip(bytes.chunks(1_000)) {
            assert_eq!(self.put_chunk(who, hash, number, chunk).status, StatusCode::NO_CONTENT);
        }
        assert_eq!(self.complete(who, hash, bytes.len()).status, StatusCode::NO_CONTENT);
        hash
    }

    pub(crate) fn complete(&self, who: &str, hash: DocumentHash, size: usize) -> Answer {
        let body = serde_json::json!({ "size_bytes": size });
        self.post(who, &format!("/v1/documents/{hash}/complete"), &body)
    }
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let mut bytes = Vec::new();
    let mut stream = body.into_data_stream();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece.unwrap());
    }
    Answer { status: parts.status, headers: parts.headers, body: bytes.into() }
}

pub(crate) fn push(entry: &Entry) -> PushRequest {
    let entry = to_raw_value(entry).unwrap();
    PushRequest {
        instance: InstanceId::new(Uuid::from_u128(7)),
        entries: vec![PushEntry { number: 1, parents: Vec::new(), withdrawn: false, entry }],
    }
}

pub(crate) fn hash(bytes: &[u8]) -> DocumentHash {
    DocumentHash::from_bytes(Sha256::digest(bytes).into())
}

/// Bytes that are not all the same.
pub(crate) fn paper(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at * 31 % 251).unwrap()).collect()
}
