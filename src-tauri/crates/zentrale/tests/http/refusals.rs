//! Every endpoint refuses somebody. Whoever adds an endpoint adds a case here, or this fails.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use futures_util::StreamExt;
use kontor_domain::{Entity, Intent, Person, Refusal, Rolle};
use kontor_wire::{
    ChunksResponse, Hello, MissingResponse, Outcome, PROTOCOL_HEADER, ProblemCode, PullRequest,
    PullResponse, ScopeRequest, StandsResponse, VerlaufPage, path,
};
use kontor_zentrale::auth::device::token_hash;
use kontor_zentrale::endpoints::{self, Access, ENDPOINTS, Endpoint};
use kontor_zentrale::operator::Operator;
use serde_json::json;
use tower::ServiceExt;

use crate::haus::{Haus, Setup, hash, now, paper};

type Trial = (Method, &'static str, fn());

/// What each endpoint refuses to somebody who is signed in but has no business there.
const CASES: &[Trial] = &[
    (Method::GET, path::HELLO, hello_promises_only_ones_own_scopes),
    (Method::POST, path::PUSH, push_refuses_foreign_authors_and_foreign_units),
    (Method::POST, path::PULL, pull_leaves_out_foreign_units),
    (Method::POST, path::STANDS, stands_leaves_out_foreign_units),
    (Method::POST, path::SCOPE, scope_of_a_foreign_unit_is_not_found),
    (Method::GET, path::VERLAUF, the_verlauf_of_a_foreign_thing_is_not_found),
    (Method::GET, path::LIVE, live_is_silent_about_foreign_units),
    (Method::GET, path::LIVE_POLL, poll_is_silent_about_foreign_units),
    (Method::POST, path::DOCUMENTS_MISSING, missing_does_not_tell_who_else_has_a_document),
    (Method::GET, path::DOCUMENT, a_foreign_document_is_not_found),
    (Method::GET, path::DOCUMENT_CHUNKS, chunks_shows_only_ones_own_upload),
    (Method::PUT, path::DOCUMENT_CHUNK, a_chunk_goes_only_into_ones_own_upload),
    (Method::POST, path::DOCUMENT_COMPLETE, nobody_completes_a_foreign_upload),
    (Method::GET, endpoints::METRICS, metrics_needs_the_role),
    (Method::GET, endpoints::OPENAPI, openapi_needs_a_token_that_still_holds),
];

#[test]
fn every_endpoint_has_a_refusal() {
    for endpoint in ENDPOINTS {
        let name = format!("{} {}", endpoint.method, endpoint.path);
        if endpoint.access == Access::Anyone {
            let known = endpoint.path.starts_with("/health/") || endpoint.path == path::SIGN_IN;
            assert!(known, "{name} is open to everybody");
            continue;
        }
        let case = CASES
            .iter()
            .find(|(method, path, _)| *method == endpoint.method && *path == endpoint.path);
        let Some((_, _, case)) = case else { panic!("{name} has no refusal") };
        case();
    }
    assert!(CASES.len() < ENDPOINTS.len());
}

#[test]
fn nobody_gets_in_without_a_good_token() {
    let haus = Haus::new();
    deactivate(&haus, "bernd");
    let revoked = token_hash(haus.token("clara"));
    assert!(now(haus.zentrale.storage().revoke_device(haus.demo.mandant, revoked)).unwrap());
    let tokens = [
        None,
        Some("Bearer "),
        Some("Bearer kontor_device_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        Some("Bearer aaa.bbb.ccc"),
        Some("Basic YW5uYTphbm5h"),
    ]
    .map(|token| token.map(str::to_owned));
    let gone = ["bernd", "clara"].map(|who| Some(format!("Bearer {}", haus.token(who))));
    let head = haus.head();
    for endpoint in ENDPOINTS.iter().filter(|endpoint| endpoint.access != Access::Anyone) {
        for token in tokens.iter().chain(&gone) {
            let answer = haus.send(request(endpoint, token.as_deref()));
            let name = format!("{} {} with {token:?}", endpoint.method, endpoint.path);
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
            assert_eq!(answer.problem(), ProblemCode::Unauthenticated, "{name}");
            assert_eq!(answer.headers["www-authenticate"], "Bearer", "{name}");
        }
    }
    assert_eq!(haus.head(), head);
}

#[test]
fn health_is_for_everybody() {
    let haus = Haus::new();
    let get = |path: &str| haus.send(Request::get(path).body(Body::empty()).unwrap());
    assert_eq!(get(endpoints::HEALTH_LIVE).status, StatusCode::OK);
    assert_eq!(get(endpoints::HEALTH_READY).status, StatusCode::OK);
    haus.zentrale.stop();
    assert_eq!(get(endpoints::HEALTH_LIVE).status, StatusCode::OK);
    assert_eq!(get(endpoints::HEALTH_READY).problem(), ProblemCode::Unavailable);
}

fn request(endpoint: &Endpoint, token: Option<&str>) -> Request<Body> {
    let path = endpoint.path.replace("{hash}", &"0".repeat(64)).replace("{number}", "0");
    let path = path.replace("{kind}", "vorgang").replace("{id}", &uuid::Uuid::nil().to_string());
    let mut request = Request::builder()
        .method(endpoint.method.clone())
        .uri(path)
        .header(PROTOCOL_HEADER, kontor_wire::PROTOCOL.to_string());
    if let Some(token) = token {
        request = request.header("authorization", token);
    }
    request.body(Body::empty()).unwrap()
}

fn deactivate(haus: &Haus, who: &str) {
    let stands = now(haus.zentrale.storage().stands(haus.demo.mandant, &[haus.person(who).into()]));
    let Ok(Entity::Person(person)) = serde_json::from_str(stands.unwrap()[0].state.get()) else {
        panic!("{who} is no person");
    };
    now(async {
        let mut operator =
            Operator::acting_as(&haus.zentrale, haus.demo.mandant, None).await.unwrap();
        operator.enter(Intent::RecordPerson(Person { aktiv: false, ..person })).await.unwrap();
    });
}

fn hello_promises_only_ones_own_scopes() {
    let haus = Haus::new();
    let anna: Hello = haus.get("anna", path::HELLO).json();
    assert!(!anna.scopes.contains(&haus.scope("bauamt")));
    assert!(anna.scopes.contains(&haus.scope("gewerbeamt")));
    let emine: Hello = haus.get("emine", path::HELLO).json();
    assert_eq!(emine.scopes, [kontor_domain::Scope::Stammdaten]);
}

fn push_refuses_foreign_authors_and_foreign_units() {
    let haus = Haus::new();
    let head = haus.head();
    let refused = |refusal| Outcome::Rejected { refusal };
    let as_bernd = haus.notiz("bernd", "anker");
    assert_eq!(haus.enter("anna", &as_bernd).outcome, refused(Refusal::WrongAuthor));
    let mut elsewhere = haus.notiz("anna", "carport");
    elsewhere.id = kontor_domain::IntentId::new(uuid::Uuid::from_u128(1));
    assert_eq!(haus.enter("anna", &elsewhere).outcome, refused(Refusal::Unknown));
    assert_eq!(haus.head(), head);
}

fn pull_leaves_out_foreign_units() {
    let haus = Haus::new();
    let hello: Hello = haus.get("anna", path::HELLO).json();
    let bauamt = haus.scope("bauamt");
    let carport = haus.vorgang("carport").into();
    let request = PullRequest {
        epoch: hello.epoch,
        after: kontor_wire::Position(0),
        witness: None,
        scopes: vec![bauamt, haus.scope("gewerbeamt")],
        pins: vec![carport],
    };
    let pulled: PullResponse = haus.post("anna", path::PULL, &request).json();
    assert!(pulled.rows.iter().all(|row| row.scope == haus.scope("gewerbeamt")));
    assert!(!pulled.rows.is_empty());
    assert_eq!(pulled.lost_pins, [carport]);
    assert!(!pulled.digests.contains_key(&bauamt));
    let clara: PullResponse = haus.post("clara", path::PULL, &request).json();
    assert!(clara.rows.iter().any(|row| row.entity == carport) && clara.lost_pins.is_empty());
}

fn stands_leaves_out_foreign_units() {
    let haus = Haus::new();
    let body = json!({ "entities": [format!("vorgang/{}", haus.vorgang("carport"))] });
    let found = |who| haus.post(who, path::STANDS, &body).json::<StandsResponse>().stands.len();
    assert_eq!(found("anna"), 0);
    assert_eq!(found("emine"), 0);
    assert_eq!(found("clara"), 1);
    // The Revision reads everything.
    assert_eq!(found("frauke"), 1);
}

fn scope_of_a_foreign_unit_is_not_found() {
    let haus = Haus::new();
    let request = ScopeRequest { scope: haus.scope("bauamt"), after: None, rows_max: 10 };
    for who in ["anna", "dirk", "emine"] {
        let answer = haus.post(who, path::SCOPE, &request);
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::NOT_FOUND, ProblemCode::NotFound)
        );
    }
    assert_eq!(haus.post("clara", path::SCOPE, &request).status, StatusCode::OK);
}

fn the_verlauf_of_a_foreign_thing_is_not_found() {
    let haus = Haus::new();
    let uri = format!("/v1/verlauf/vorgang/{}?before=1000000", haus.vorgang("carport"));
    for who in ["anna", "dirk", "emine"] {
        let answer = haus.get(who, &uri);
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::NOT_FOUND, ProblemCode::NotFound)
        );
    }
    for who in ["clara", "frauke"] {
        assert_eq!(haus.get(who, &uri).json::<VerlaufPage>().rows.len(), 2, "{who}");
    }
}

/// Time runs on its own when everybody waits.
fn waiting<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(future)
}

fn live_is_silent_about_foreign_units() {
    let haus = Haus::new();
    let request = haus.request("anna", Method::GET, path::LIVE).body(Body::empty()).unwrap();
    waiting(async {
        let response = haus.router.clone().oneshot(request).await.unwrap();
        let mut events = response.into_body().into_data_stream();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!(first, format!("event: hint\ndata: {}\n\n", haus.head()));
        haus.enter("clara", &haus.notiz("clara", "carport"));
        // Nothing but a sign of life, although there was a commit.
        assert_eq!(events.next().await.unwrap().unwrap(), ":\n\n");
        haus.enter("bernd", &haus.notiz("bernd", "anker"));
        let hint = events.next().await.unwrap().unwrap();
        assert_eq!(hint, format!("event: hint\ndata: {}\n\n", haus.head()));
    });
}

fn poll_is_silent_about_foreign_units() {
    let haus = Haus::new();
    let before = haus.head();
    haus.enter("clara", &haus.notiz("clara", "carport"));
    let uri = format!("{}?after={before}", path::LIVE_POLL);
    let request = haus.request("anna", Method::GET, &uri).body(Body::empty()).unwrap();
    waiting(async {
        let begun = tokio::time::Instant::now();
        let answer = crate::haus::send(&haus.router, request).await;
        assert_eq!(answer.json::<u64>(), before);
        assert!(begun.elapsed() >= Duration::from_secs(haus.zentrale.limits().poll_seconds));
    });
    // Clara, who may know, is told at once.
    assert_eq!(haus.get("clara", &uri).json::<u64>(), haus.head());
}

fn missing_does_not_tell_who_else_has_a_document() {
    let haus = Haus::new();
    let hash = haus.upload("clara", &paper(10));
    let body = json!({ "hashes": [hash] });
    let missing =
        |who| haus.post(who, path::DOCUMENTS_MISSING, &body).json::<MissingResponse>().missing;
    assert_eq!(missing("anna"), [hash]);
    assert!(missing("clara").is_empty());
}

fn a_foreign_document_is_not_found() {
    let haus = Haus::new();
    let hash = haus.upload("clara", &paper(10));
    let uri = format!("/v1/documents/{hash}");
    assert_eq!(haus.get("clara", &uri).status, StatusCode::OK);
    for who in ["anna", "emine", "frauke"] {
        assert_eq!(haus.get(who, &uri).problem(), ProblemCode::NotFound, "{who}");
    }
}

fn chunks_shows_only_ones_own_upload() {
    let haus = Haus::new();
    let hash = hash(&paper(10));
    haus.put_chunk("clara", hash, 0, &paper(10));
    let uri = format!("/v1/documents/{hash}/chunks");
    let received = |who| haus.get(who, &uri).json::<ChunksResponse>().received;
    assert!(received("anna").is_empty());
    assert_eq!(received("clara"), [0]);
}

fn a_chunk_goes_only_into_ones_own_upload() {
    let haus = Haus::with(Setup::default());
    let hash = hash(&paper(1_500));
    haus.put_chunk("clara", hash, 0, &paper(1_500)[..1_000]);
    haus.put_chunk("anna", hash, 1, &paper(1_500)[1_000..]);
    assert_eq!(haus.complete("clara", hash, 1_500).problem(), ProblemCode::UploadIncomplete);
}

fn nobody_completes_a_foreign_upload() {
    let haus = Haus::new();
    let hash = hash(&paper(10));
    haus.put_chunk("clara", hash, 0, &paper(10));
    assert_eq!(haus.complete("anna", hash, 10).problem(), ProblemCode::UploadIncomplete);
    assert_eq!(haus.get("clara", &format!("/v1/documents/{hash}")).status, StatusCode::NOT_FOUND);
}

fn metrics_needs_the_role() {
    let haus = Haus::new();
    for who in ["anna", "clara", "dirk", "frauke"] {
        let answer = haus.get(who, endpoints::METRICS);
        assert_eq!(
            (answer.status, answer.problem()),
            (StatusCode::FORBIDDEN, ProblemCode::Forbidden)
        );
    }
    let text = String::from_utf8(haus.get("emine", endpoints::METRICS).body.to_vec()).unwrap();
    assert!(
        text.contains("kontor_requests_total{method=\"GET\",path=\"/metrics\",status=\"4xx\"} 4")
    );
    assert!(!text.contains(&haus.person("anna").to_string()) && text.ends_with("# EOF\n"));
    assert_eq!(Access::Rolle(Rolle::Administration), access(endpoints::METRICS));
}

fn access(path: &str) -> Access {
    ENDPOINTS.iter().find(|endpoint| endpoint.path == path).unwrap().access
}

fn openapi_needs_a_token_that_still_holds() {
    let haus = Haus::new();
    assert_eq!(haus.get("anna", endpoints::OPENAPI).status, StatusCode::OK);
    let revoked = token_hash(haus.token("anna"));
    assert!(now(haus.zentrale.storage().revoke_device(haus.demo.mandant, revoked)).unwrap());
    assert_eq!(haus.get("anna", endpoints::OPENAPI).problem(), ProblemCode::Unauthenticated);
}
