//! A document is larger than anybody wants to hold in memory, and the network breaks off in the middle.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Request, Response, header};
use kontor_domain::{
    AddSchriftstueck, DocumentHash, Fassung, FassungId, Format, Intent, Schriftstueck,
    SchriftstueckId, Stamp,
};
use kontor_sync::{Port, Reply, Unreachable, World as _, sync};
use uuid::Uuid;

use crate::house::{Direct, Here, House, intention};

const FILM_BYTES: usize = (13 << 20) + 5;

#[tokio::test]
async fn a_document_is_never_held_as_a_whole() {
    let house = House::new().await;
    let hash = filmed(&house).await;
    let desk = house.desk("bernd");
    let way = Weak::new(house.way("bernd").await, usize::MAX);
    sync(&desk, &way, &Here).await.unwrap();
    assert_eq!(read(desk.lock().unwrap().documents(), hash), film());
    assert_eq!(way.ranges(), ["0", "4194304", "8388608", "12582912"]);
    assert_eq!(way.pieces.most.load(Ordering::SeqCst), 1, "more than one piece was held");
}

#[tokio::test]
async fn a_fetch_that_broke_off_goes_on_where_it_stopped() {
    let house = House::new().await;
    let hash = filmed(&house).await;
    let desk = house.desk("bernd");
    let direct = house.way("bernd").await;
    let torn = Weak::new(direct.clone(), 2);
    sync(&desk, &torn, &Here).await.unwrap_err();
    let whole = Weak::new(direct, usize::MAX);
    sync(&desk, &whole, &Here).await.unwrap();
    assert_eq!(read(desk.lock().unwrap().documents(), hash), film());
    assert_eq!(whole.ranges(), ["8388608", "12582912"]);
}

/// Anna adds a film, and it reaches the Zentrale.
async fn filmed(house: &House) -> DocumentHash {
    let desk = house.desk("anna");
    let way = house.way("anna").await;
    sync(&desk, &way, &Here).await.unwrap();
    let stored = desk.lock().unwrap().documents().put(&mut &*film(), u64::MAX).unwrap();
    let format = Format {
        name: "Begehung.mp4".parse().unwrap(),
        medientyp: "video/mp4".parse().unwrap(),
        hash: stored.hash,
        size_bytes: stored.size_bytes,
    };
    let fassung = Fassung {
        id: FassungId::new(Uuid::now_v7()),
        angelegt: Stamp { by: house.person("anna"), at: Here.now() },
        formate: vec![format],
    };
    let schriftstueck = Schriftstueck {
        id: SchriftstueckId::new(Uuid::now_v7()),
        betreff: "Begehung".parse().unwrap(),
        aktuell: fassung.id,
        fassungen: BTreeMap::from([(fassung.id, fassung)]),
    };
    let vorgang = house.vorgang("anker");
    let add = Intent::AddSchriftstueck(AddSchriftstueck { vorgang, schriftstueck });
    desk.lock().unwrap().enter(intention(add)).unwrap();
    sync(&desk, &way, &Here).await.unwrap();
    stored.hash
}

fn film() -> Vec<u8> {
    (0..FILM_BYTES).map(|at| at.to_le_bytes()[1] ^ at.to_le_bytes()[2]).collect()
}

fn read(documents: &kontor_store::documents::DocumentStore, hash: DocumentHash) -> Vec<u8> {
    let mut bytes = Vec::new();
    documents.read(hash).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A way that counts pieces of documents in memory, and breaks off after some.
struct Weak {
    way: Direct,
    pieces_max: usize,
    begins: Mutex<Vec<String>>,
    pieces: Arc<Pieces>,
}

#[derive(Default)]
struct Pieces {
    held: AtomicUsize,
    most: AtomicUsize,
}

impl Weak {
    fn new(way: Direct, pieces_max: usize) -> Self {
        Self { way, pieces_max, begins: Mutex::default(), pieces: Arc::default() }
    }

    /// Where the pieces asked for began.
    fn ranges(&self) -> Vec<String> {
        self.begins.lock().unwrap().clone()
    }
}

impl Port for Weak {
    fn call(&self, request: Request<Bytes>) -> Reply<'_> {
        let range = request.headers().get(header::RANGE).map(|range| range.to_str().unwrap());
        let begin = range.map(|range| {
            range.trim_start_matches("bytes=").split('-').next().unwrap_or_default().to_owned()
        });
        let Some(begin) = begin else { return self.way.call(request) };
        let mut pieces = self.begins.lock().unwrap();
        if pieces.len() == self.pieces_max {
            return Box::pin(async { Err(Unreachable("the cable is out".to_owned())) });
        }
        pieces.push(begin);
        Box::pin(async move {
            let (parts, bytes) = self.way.call(request).await?.into_parts();
            let held = Held::new(bytes, Arc::clone(&self.pieces));
            Ok(Response::from_parts(parts, Bytes::from_owner(held)))
        })
    }
}

/// A piece that counts itself for as long as somebody holds it.
struct Held {
    bytes: Bytes,
    pieces: Arc<Pieces>,
}

impl Held {
    fn new(bytes: Bytes, pieces: Arc<Pieces>) -> Self {
        let held = pieces.held.fetch_add(1, Ordering::SeqCst) + 1;
        pieces.most.fetch_max(held, Ordering::SeqCst);
        Self { bytes, pieces }
    }
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.pieces.held.fetch_sub(1, Ordering::SeqCst);
    }
}
