//! Documents come in chunks, in any order, as often as needed, and go out in pieces.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use kontor_domain::{
    AddSchriftstueck, Entry, Fassung, FassungId, Format, Intent, IntentId, Moment, Revision,
    Schriftstueck, SchriftstueckId, Stamp,
};
use kontor_wire::{ChunksResponse, Deferral, MissingResponse, Outcome, ProblemCode, path};
use kontor_zentrale::Places;
use serde_json::json;
use uuid::Uuid;

use crate::haus::{Answer, Haus, Setup, hash, now, paper};

fn range(haus: &Haus, uri: &str, range: &str) -> Answer {
    let request = haus.request("anna", Method::GET, uri).header("range", range);
    haus.send(request.body(Body::empty()).unwrap())
}

#[test]
fn an_interrupted_upload_goes_on_where_it_was() {
    let haus = Haus::new();
    let bytes = paper(2_500);
    let hash = hash(&bytes);
    assert_eq!(haus.put_chunk("anna", hash, 2, &bytes[2_000..]).status, StatusCode::NO_CONTENT);
    assert_eq!(haus.put_chunk("anna", hash, 0, &bytes[..1_000]).status, StatusCode::NO_CONTENT);
    assert_eq!(haus.complete("anna", hash, 2_500).problem(), ProblemCode::UploadIncomplete);
    let uri = format!("/v1/documents/{hash}/chunks");
    assert_eq!(haus.get("anna", &uri).json::<ChunksResponse>().received, [0, 2]);
    assert_eq!(
        haus.put_chunk("anna", hash, 1, &bytes[1_000..2_000]).status,
        StatusCode::NO_CONTENT
    );
    // Nobody minds the same chunk twice, nor the same completion.
    assert_eq!(
        haus.put_chunk("anna", hash, 1, &bytes[1_000..2_000]).status,
        StatusCode::NO_CONTENT
    );
    assert_eq!(haus.complete("anna", hash, 2_500).status, StatusCode::NO_CONTENT);
    assert_eq!(haus.complete("anna", hash, 2_500).status, StatusCode::NO_CONTENT);
    assert_eq!(haus.get("anna", &uri).json::<ChunksResponse>().received, [0_u32; 0]);
    assert_eq!(haus.get("anna", &format!("/v1/documents/{hash}")).body, bytes);
    let body = json!({ "hashes": [hash] });
    let missing: MissingResponse = haus.post("anna", path::DOCUMENTS_MISSING, &body).json();
    assert!(missing.missing.is_empty());
}

#[test]
fn a_chunk_that_arrives_changed_is_refused() {
    let haus = Haus::new();
    let hash = hash(b"Antrag");
    let uri = format!("/v1/documents/{hash}/chunks/0");
    let put = |digest: Option<&str>| {
        let mut request = haus.request("anna", Method::PUT, &uri);
        if let Some(digest) = digest {
            request = request.header("content-digest", digest);
        }
        haus.send(request.body(Body::from("Antrag")).unwrap())
    };
    assert_eq!(put(None).problem(), ProblemCode::Malformed);
    assert_eq!(put(Some("md5=:AAAA:")).problem(), ProblemCode::Malformed);
    let wrong = "sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:";
    assert_eq!(put(Some(wrong)).problem(), ProblemCode::HashMismatch);
    assert_eq!(haus.put_chunk("anna", hash, 0, b"").problem(), ProblemCode::Malformed);
    let chunks = haus.get("anna", &format!("/v1/documents/{hash}/chunks"));
    assert!(chunks.json::<ChunksResponse>().received.is_empty());
}

#[test]
fn a_document_that_is_not_its_hash_is_never_published_and_can_be_sent_anew() {
    let haus = Haus::new();
    let bytes = paper(1_500);
    let hash = hash(&bytes);
    let mut changed = bytes.clone();
    changed[700] ^= 1;
    haus.put_chunk("anna", hash, 0, &changed[..1_000]);
    haus.put_chunk("anna", hash, 1, &changed[1_000..]);
    let answer = haus.complete("anna", hash, 1_500);
    assert_eq!(
        (answer.status, answer.problem()),
        (StatusCode::UNPROCESSABLE_ENTITY, ProblemCode::HashMismatch)
    );
    assert_eq!(haus.get("anna", &format!("/v1/documents/{hash}")).status, StatusCode::NOT_FOUND);
    assert_eq!(haus.upload("anna", &bytes), hash);
    assert_eq!(haus.get("anna", &format!("/v1/documents/{hash}")).body, bytes);
}

#[test]
fn a_wrong_length_is_not_complete() {
    let haus = Haus::new();
    let bytes = paper(1_500);
    let hash = hash(&bytes);
    haus.put_chunk("anna", hash, 0, &bytes[..1_000]);
    haus.put_chunk("anna", hash, 1, &bytes[1_000..]);
    for size in [1_499, 1_501, 2_001] {
        assert_eq!(haus.complete("anna", hash, size).problem(), ProblemCode::UploadIncomplete);
    }
    assert_eq!(haus.complete("anna", hash, 1_500).status, StatusCode::NO_CONTENT);
}

#[test]
fn an_empty_document_is_a_document() {
    let haus = Haus::new();
    let hash = haus.upload("anna", b"");
    let answer = haus.get("anna", &format!("/v1/documents/{hash}"));
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 0));
    // Of nothing there is no piece.
    let uri = format!("/v1/documents/{hash}");
    assert_eq!(range(&haus, &uri, "bytes=0-").status, StatusCode::OK);
}

#[test]
fn a_document_comes_in_pieces() {
    let haus = Haus::new();
    let bytes = paper(2_500);
    let uri = format!("/v1/documents/{}", haus.upload("anna", &bytes));
    let whole = haus.get("anna", &uri);
    assert_eq!(whole.headers["content-length"], "2500");
    assert_eq!(whole.headers["accept-ranges"], "bytes");
    assert_eq!(whole.headers["x-content-type-options"], "nosniff");
    let piece = range(&haus, &uri, "bytes=990-1009");
    assert_eq!(piece.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(piece.headers["content-range"], "bytes 990-1009/2500");
    assert_eq!(piece.headers["content-length"], "20");
    assert_eq!(piece.body, bytes[990..1_010]);
    assert_eq!(range(&haus, &uri, "bytes=-1").body, bytes[2_499..]);
    let beyond = range(&haus, &uri, "bytes=2500-");
    assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(beyond.headers["content-range"], "bytes */2500");
    assert_eq!(beyond.problem(), ProblemCode::Malformed);
    let tag = whole.headers["etag"].to_str().unwrap();
    for (condition, status) in [(tag, StatusCode::PARTIAL_CONTENT), ("\"other\"", StatusCode::OK)] {
        let request = haus.request("anna", Method::GET, &uri).header("range", "bytes=0-0");
        let request = request.header("if-range", condition).body(Body::empty()).unwrap();
        assert_eq!(haus.send(request).status, status);
    }
}

#[test]
fn a_colleague_reads_what_lies_in_a_vorgang_they_may_read() {
    let haus = Haus::new();
    let bytes = paper(100);
    let uri = format!("/v1/documents/{}", hash(&bytes));
    let entry = filed(&haus, &bytes);
    let deferred = Outcome::Deferred { reason: Deferral::Document };
    assert_eq!(haus.enter("anna", &entry).outcome, deferred);
    haus.upload("anna", &bytes);
    assert!(matches!(
        haus.enter("anna", &entry).outcome,
        Outcome::Accepted { .. } | Outcome::Merged { .. }
    ));
    for who in ["anna", "bernd", "frauke"] {
        assert_eq!(haus.get(who, &uri).body, bytes, "{who}");
    }
    for who in ["clara", "dirk", "emine"] {
        assert_eq!(haus.get(who, &uri).problem(), ProblemCode::NotFound, "{who}");
    }
}

/// An entry of Anna's that puts a document into a Vorgang.
fn filed(haus: &Haus, bytes: &[u8]) -> Entry {
    let stamp = Stamp { by: haus.person("anna"), at: Moment::from_unix_ms(0) };
    let fassung = FassungId::new(Uuid::from_u128(21));
    let format = Format {
        name: "Antrag.pdf".parse().unwrap(),
        medientyp: "application/pdf".parse().unwrap(),
        hash: hash(bytes),
        size_bytes: bytes.len() as u64,
    };
    let schriftstueck = Schriftstueck {
        id: SchriftstueckId::new(Uuid::from_u128(22)),
        betreff: "Antrag".parse().unwrap(),
        fassungen: [(fassung, Fassung { id: fassung, angelegt: stamp, formate: vec![format] })]
            .into(),
        aktuell: fassung,
    };
    Entry {
        id: IntentId::new(Uuid::from_u128(23)),
        author: haus.person("anna"),
        at: stamp.at,
        seen: Revision::NONE,
        intent: Intent::AddSchriftstueck(AddSchriftstueck {
            vorgang: haus.vorgang("anker"),
            schriftstueck,
        }),
    }
}

#[test]
fn one_person_cannot_fill_the_store_with_beginnings() {
    let places = Places { open_upload_bytes_per_person: 1_500, ..Places::default() };
    let haus = Haus::with(Setup { places, ..Setup::default() });
    assert_eq!(haus.put_chunk("anna", hash(b"1"), 0, &paper(1_000)).status, StatusCode::NO_CONTENT);
    assert_eq!(haus.put_chunk("anna", hash(b"2"), 0, &paper(1_000)).problem(), ProblemCode::Busy);
    assert_eq!(
        haus.put_chunk("bernd", hash(b"2"), 0, &paper(1_000)).status,
        StatusCode::NO_CONTENT
    );
    // Abandoned ones make room once they have expired.
    let after_all = Moment::from_unix_ms(i64::MAX);
    assert_eq!(now(haus.zentrale.documents().expire(after_all)).unwrap(), 2);
    assert_eq!(haus.put_chunk("anna", hash(b"2"), 0, &paper(1_000)).status, StatusCode::NO_CONTENT);
}
