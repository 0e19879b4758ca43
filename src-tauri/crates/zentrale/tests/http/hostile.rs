//! Messages that are too long, too deep, too old, too new or no messages at all: each gets a code,
//! and nothing changes.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use kontor_wire::{Limits, PROTOCOL_HEADER, ProblemCode, path};
use kontor_zentrale::Places;
use kontor_zentrale::endpoints::ENDPOINTS;
use serde_json::json;

use crate::haus::{Answer, Haus, Setup, hash, now, paper, push};

fn post(haus: &Haus, path: &str, body: impl Into<Body>) -> Answer {
    haus.send(haus.request("anna", Method::POST, path).body(body.into()).unwrap())
}

#[test]
fn nonsense_is_malformed() {
    let haus = Haus::new();
    let head = haus.head();
    let paths = [path::PUSH, path::PULL, path::STANDS, path::SCOPE, path::DOCUMENTS_MISSING];
    for path in paths {
        for body in ["", "{", "[]", "null", "{\"entries\":7}", "\u{feff}{}", "{\"x\":1}garbage"] {
            let answer = post(&haus, path, body);
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path} {body}");
            assert_eq!(answer.problem(), ProblemCode::Malformed, "{path} {body}");
        }
        assert_eq!(post(&haus, path, vec![0xff, 0xfe, 0x00]).problem(), ProblemCode::Malformed);
    }
    assert_eq!(haus.head(), head);
}

#[test]
fn an_entry_without_id_is_malformed_and_one_from_the_future_waits() {
    let haus = Haus::new();
    let head = haus.head();
    let entry = |entry: serde_json::Value| {
        let instance = "01900000-0000-7000-8000-000000000007";
        json!({ "instance": instance, "entries": [{ "number": 1, "entry": entry }] })
    };
    assert_eq!(haus.post("anna", path::PUSH, &entry(json!({}))).problem(), ProblemCode::Malformed);
    let id = "01900000-0000-7000-8000-000000000008";
    let future = entry(json!({ "id": id, "intent": { "kind": "teleport" } }));
    let answer: serde_json::Value = haus.post("anna", path::PUSH, &future).json();
    assert_eq!(answer["results"][0]["reason"], "not_understood");
    assert_eq!(haus.head(), head);
}

#[test]
fn too_deep_is_malformed() {
    let haus = Haus::new();
    let deep = format!("{{\"epoch\":{}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(post(&haus, path::PULL, deep).problem(), ProblemCode::Malformed);
    let ignored = format!("{{\"unknown\":{}1{}}}", "[".repeat(50_000), "]".repeat(50_000));
    assert_eq!(post(&haus, path::PUSH, ignored).problem(), ProblemCode::Malformed);
    let entry = format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000));
    let instance = "01900000-0000-7000-8000-000000000007";
    let raw =
        format!("{{\"instance\":\"{instance}\",\"entries\":[{{\"number\":1,\"entry\":{entry}}}]}}");
    assert_eq!(post(&haus, path::PUSH, raw).problem(), ProblemCode::Malformed);
}

#[test]
fn too_long_is_too_large() {
    let limits = Limits {
        request_bytes_max: 10_000,
        push_entries_max: 3,
        rows_max: 5,
        chunk_bytes: 100,
        document_bytes_max: 1_000,
        ..Limits::default()
    };
    let haus = Haus::with(Setup { limits, ..Setup::default() });
    let head = haus.head();
    assert_eq!(post(&haus, path::PUSH, vec![b' '; 10_001]).problem(), ProblemCode::TooLarge);
    // Announced too long: refused without reading any of it.
    let announced =
        haus.request("anna", Method::POST, path::PUSH).header("content-length", "99999999");
    let never =
        Body::from_stream(futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>());
    assert_eq!(haus.send(announced.body(never).unwrap()).problem(), ProblemCode::TooLarge);
    let one = push(&haus.notiz("anna", "anker"));
    let mut many = one.clone();
    many.entries = vec![one.entries[0].clone(); 4];
    assert_eq!(haus.post("anna", path::PUSH, &many).problem(), ProblemCode::TooLarge);
    let hashes = json!({ "hashes": vec![hash(b""); 6] });
    let things = json!({ "entities": vec![format!("vorgang/{}", haus.vorgang("anker")); 6] });
    assert_eq!(
        haus.post("anna", path::DOCUMENTS_MISSING, &hashes).problem(),
        ProblemCode::TooLarge
    );
    assert_eq!(haus.post("anna", path::STANDS, &things).problem(), ProblemCode::TooLarge);
    let bytes = paper(101);
    let chunk = haus.put_chunk("anna", hash(&bytes), 0, &bytes);
    assert_eq!(
        (chunk.status, chunk.problem()),
        (StatusCode::PAYLOAD_TOO_LARGE, ProblemCode::TooLarge)
    );
    assert_eq!(haus.put_chunk("anna", hash(&bytes), 10, b"x").problem(), ProblemCode::TooLarge);
    assert_eq!(haus.complete("anna", hash(&bytes), 1_001).problem(), ProblemCode::TooLarge);
    assert_eq!(haus.head(), head);
}

#[test]
fn other_protocols_are_told_who_has_to_move() {
    let haus = Haus::new();
    let head = haus.head();
    let entry = serde_json::to_vec(&push(&haus.notiz("anna", "anker"))).unwrap();
    for (version, status, code) in [
        ("0", StatusCode::UPGRADE_REQUIRED, ProblemCode::ClientTooOld),
        ("2", StatusCode::BAD_REQUEST, ProblemCode::ClientTooNew),
        ("65535", StatusCode::BAD_REQUEST, ProblemCode::ClientTooNew),
        ("65536", StatusCode::BAD_REQUEST, ProblemCode::Malformed),
        ("-1", StatusCode::BAD_REQUEST, ProblemCode::Malformed),
        ("eins", StatusCode::BAD_REQUEST, ProblemCode::Malformed),
    ] {
        let mut request =
            haus.request("anna", Method::POST, path::PUSH).body(entry.clone().into()).unwrap();
        request.headers_mut().insert(PROTOCOL_HEADER, version.parse().unwrap());
        let answer = haus.send(request);
        assert_eq!((answer.status, answer.problem()), (status, code), "{version}");
    }
    let mut silent = haus.request("anna", Method::POST, path::PUSH).body(entry.into()).unwrap();
    silent.headers_mut().remove(PROTOCOL_HEADER);
    assert_eq!(haus.send(silent).problem(), ProblemCode::Malformed);
    assert_eq!(haus.head(), head);
}

#[test]
fn wrong_addresses_and_methods_are_problems_too() {
    let haus = Haus::new();
    for path in ["/", "/v1", "/v1/helloo", "/v2/hello", "/v1/documents", "/v1/documents/../hello"] {
        assert_eq!(haus.get("anna", path).problem(), ProblemCode::NotFound, "{path}");
    }
    for endpoint in ENDPOINTS {
        let path = endpoint.path.replace("{hash}", &"0".repeat(64)).replace("{number}", "0");
        let request =
            Request::builder().method(Method::DELETE).uri(&path).body(Body::empty()).unwrap();
        let answer = haus.send(request);
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(answer.problem(), ProblemCode::Malformed, "{path}");
    }
    for hash in ["zz", &"A".repeat(64), &"0".repeat(63)] {
        let answer = haus.get("anna", &format!("/v1/documents/{hash}"));
        assert_eq!(answer.problem(), ProblemCode::Malformed, "{hash}");
    }
    assert_eq!(haus.get("anna", path::LIVE_POLL).problem(), ProblemCode::Malformed);
    assert_eq!(haus.get("anna", "/v1/live/poll?after=-1").problem(), ProblemCode::Malformed);
}

#[test]
fn whoever_takes_all_places_is_asked_to_wait() {
    let places =
        Places { pushes_per_person: 0, uploads: 0, live_per_person: 0, ..Places::default() };
    let haus = Haus::with(Setup { places, ..Setup::default() });
    let head = haus.head();
    let answer = haus.post("anna", path::PUSH, &push(&haus.notiz("anna", "anker")));
    assert_eq!(
        (answer.status, answer.problem()),
        (StatusCode::TOO_MANY_REQUESTS, ProblemCode::Busy)
    );
    assert_eq!(answer.headers["retry-after"], "1");
    assert_eq!(haus.put_chunk("anna", hash(b"x"), 0, b"x").problem(), ProblemCode::Busy);
    assert_eq!(haus.get("anna", path::LIVE).problem(), ProblemCode::Busy);
    assert_eq!(haus.head(), head);
}

#[test]
fn nobody_fills_the_memory_with_requests() {
    let places = Places { requests_per_person: 0, ..Places::default() };
    let haus = Haus::with(Setup { places, ..Setup::default() });
    let never =
        Body::from_stream(futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>());
    let request = haus.request("anna", Method::POST, path::PULL).body(never).unwrap();
    // Refused without reading any of it.
    assert_eq!(haus.send(request).problem(), ProblemCode::Busy);
}

#[test]
fn an_answer_never_says_what_is_inside() {
    let haus = Haus::new();
    now(haus.zentrale.storage().ping()).unwrap();
    let answer = haus.get("anna", "/v1/hello");
    assert!(answer.headers.contains_key("x-request-id"));
    let answer = post(&haus, path::PUSH, "{\"instance\":\"<script>\"}");
    let text = String::from_utf8(answer.body.to_vec()).unwrap();
    assert!(
        !text.contains("script") && !text.contains("expected") && !text.contains("line"),
        "{text}"
    );
}
