//! Tokens of an identity provider: real keys, a real key server, and every trick refused.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256, RsaKeyPair,
};
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::routing::get;
use axum::{Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kontor_domain::{MandantId, PersonId, Rolle};
use kontor_wire::{Hello, PROTOCOL_HEADER, ProblemCode, path};
use kontor_zentrale::auth::oidc::{ProviderConfig, Providers};
use kontor_zentrale::demo;
use serde_json::{Value, json};

use crate::haus::{Answer, Haus, Setup, send};

/// The provider: its keys and how often it was asked for them.
struct Provider {
    issuer: String,
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    published: Arc<Mutex<Value>>,
    asked: Arc<AtomicUsize>,
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

impl Provider {
    async fn new() -> Self {
        let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
        let ec = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let public = rsa.public_key();
        let point = ec.public_key().as_ref().to_vec();
        let keys = json!({ "keys": [
            {
                "kty": "RSA", "use": "sig", "alg": "RS256", "kid": "rsa",
                "n": encode(public.modulus().big_endian_without_leading_zero()),
                "e": encode(public.exponent().big_endian_without_leading_zero()),
            },
            {
                "kty": "EC", "use": "sig", "alg": "ES256", "kid": "ec", "crv": "P-256",
                "x": encode(&point[1..33]), "y": encode(&point[33..]),
            },
            { "kty": "RSA", "use": "enc", "kid": "for-encryption",
                "n": encode(public.modulus().big_endian_without_leading_zero()),
                "e": encode(public.exponent().big_endian_without_leading_zero()),
            },
            { "kty": "future", "kid": "unheard-of" },
        ]});
        let published = Arc::new(Mutex::new(keys));
        let asked = Arc::new(AtomicUsize::new(0));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/realms/kreis", listener.local_addr().unwrap());
        let discovery = json!({ "issuer": issuer, "jwks_uri": format!("{issuer}/keys") });
        let (shown, count) = (Arc::clone(&published), Arc::clone(&asked));
        let router = Router::new()
            .route(
                "/realms/kreis/.well-known/openid-configuration",
                get(async move || Json(discovery)),
            )
            .route(
                "/realms/kreis/keys",
                get(async move || {
                    count.fetch_add(1, Ordering::Relaxed);
                    Json(shown.lock().unwrap().clone())
                }),
            );
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { issuer, rsa, ec, published, asked }
    }

    fn config(&self, mandant: MandantId, refetch_seconds: u64) -> ProviderConfig {
        serde_json::from_value(json!({
            "issuer": self.issuer,
            "audience": "kontor",
            "mandant": mandant,
            "roles": { "kontor-sb": "sachbearbeitung" },
            "units": {},
            "refetch_seconds": refetch_seconds,
        }))
        .unwrap()
    }

    /// Claims of somebody who works here.
    fn claims(&self) -> Value {
        json!({
            "iss": self.issuer,
            "aud": ["account", "kontor"],
            "sub": "01900000-0000-7000-8000-00000000abcd",
            "exp": seconds() + 300,
            "nbf": seconds() - 5,
            "realm_access": { "roles": ["kontor-sb", "uma_authorization"] },
            "kontor_einheiten": ["01900000-0000-7000-8000-0000000000a1"],
        })
    }

    fn rs256(&self, kid: &str, claims: &Value) -> String {
        let message = message(&json!({ "alg": "RS256", "typ": "JWT", "kid": kid }), claims);
        let mut signature = vec![0; self.rsa.public_modulus_len()];
        let random = SystemRandom::new();
        self.rsa.sign(&RSA_PKCS1_SHA256, &random, message.as_bytes(), &mut signature).unwrap();
        format!("{message}.{}", encode(signature))
    }

    fn es256(&self, kid: &str, claims: &Value) -> String {
        let message = message(&json!({ "alg": "ES256", "kid": kid }), claims);
        let signature = self.ec.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
        format!("{message}.{}", encode(signature))
    }

    /// Signed with the public key as if it were a shared secret.
    fn hs256(&self, secret: &[u8]) -> String {
        let message = message(&json!({ "alg": "HS256", "kid": "rsa" }), &self.claims());
        let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
        format!("{message}.{}", encode(hmac::sign(&key, message.as_bytes())))
    }
}

fn message(header: &Value, claims: &Value) -> String {
    format!("{}.{}", encode(header.to_string()), encode(claims.to_string()))
}

fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()
}

fn haus(provider: &Provider, refetch_seconds: u64) -> Haus {
    let mandant = demo::mandant();
    let providers = Providers::new(vec![provider.config(mandant, refetch_seconds)]).unwrap();
    Haus::with(Setup { providers, ..Setup::default() })
}

async fn hello(haus: &Haus, token: &str) -> Answer {
    let request = Request::get(path::HELLO)
        .header("authorization", format!("Bearer {token}"))
        .header(PROTOCOL_HEADER, kontor_wire::PROTOCOL.to_string());
    send(&haus.router, request.body(Body::empty()).unwrap()).await
}

async fn refused(haus: &Haus, what: &str, token: &str) {
    let answer = hello(haus, token).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
    assert_eq!(answer.problem(), ProblemCode::Unauthenticated, "{what}");
}

fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn good_tokens_of_both_kinds_are_taken() {
    let provider = Provider::new().await;
    let haus = haus(&provider, 30);
    for token in
        [provider.rs256("rsa", &provider.claims()), provider.es256("ec", &provider.claims())]
    {
        let hello: Hello = hello(&haus, &token).await.json();
        assert_eq!(hello.mandant.id, haus.demo.mandant);
        assert_eq!(hello.akteur.person.to_string(), "01900000-0000-7000-8000-00000000abcd");
        assert_eq!(hello.akteur.rollen, [Rolle::Sachbearbeitung].into());
        assert_eq!(hello.scopes.len(), 2);
    }
    assert_eq!(provider.asked.load(Ordering::Relaxed), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_trick_is_refused() {
    let provider = Provider::new().await;
    let haus = haus(&provider, 30);
    let claims = provider.claims();
    let good = provider.rs256("rsa", &claims);
    assert_eq!(hello(&haus, &good).await.status, StatusCode::OK);
    let rs256 =
        |name: &str, value: Value| provider.rs256("rsa", &with(claims.clone(), name, value));
    for (what, token) in [
        ("another audience", rs256("aud", json!("somebody-else"))),
        ("no audience", rs256("aud", Value::Null)),
        ("another issuer", rs256("iss", json!("https://evil.example"))),
        ("run out", rs256("exp", json!(seconds() - 120))),
        ("never runs out", rs256("exp", Value::Null)),
        ("not yet", rs256("nbf", json!(seconds() + 120))),
        ("nobody", rs256("sub", Value::Null)),
        ("unknown key", provider.rs256("unknown", &claims)),
        ("a key for something else", provider.rs256("for-encryption", &claims)),
        ("a key of an unknown kind", provider.rs256("unheard-of", &claims)),
        ("the other kind of key", provider.es256("rsa", &claims)),
    ] {
        refused(&haus, what, &token).await;
    }
    let public = provider.rsa.public_key();
    let modulus = public.modulus().big_endian_without_leading_zero().to_vec();
    for secret in [public.as_ref(), &modulus, encode(&modulus).as_bytes()] {
        refused(&haus, "a public key as secret", &provider.hs256(secret)).await;
    }
    for alg in ["none", "None", "NONE", ""] {
        let unsigned = message(&json!({ "alg": alg, "kid": "rsa" }), &claims);
        refused(&haus, "unsigned", &format!("{unsigned}.")).await;
        let (_, signature) = good.rsplit_once('.').unwrap();
        refused(&haus, "signed, but not so", &format!("{unsigned}.{signature}")).await;
    }
    let (signed, signature) = good.rsplit_once('.').unwrap();
    let promoted =
        with(claims, "kontor_einheiten", json!(["01900000-0000-7000-8000-0000000000ff"]));
    let (header, _) = signed.split_once('.').unwrap();
    let forged = format!("{header}.{}.{signature}", encode(promoted.to_string()));
    refused(&haus, "changed afterwards", &forged).await;
    let long = format!("{good}{}", "A".repeat(20_000));
    refused(&haus, "endless", &long).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unknown_key_asks_the_provider_again_but_not_for_everybody() {
    let provider = Provider::new().await;
    let patient = haus(&provider, 3_600);
    refused(&patient, "unknown key", &provider.rs256("new", &provider.claims())).await;
    refused(&patient, "unknown key", &provider.rs256("new", &provider.claims())).await;
    assert_eq!(provider.asked.load(Ordering::Relaxed), 1);
    // The provider changes its keys; who asks again sooner, knows sooner.
    let eager = haus(&provider, 0);
    assert_eq!(
        hello(&eager, &provider.rs256("rsa", &provider.claims())).await.status,
        StatusCode::OK
    );
    provider.published.lock().unwrap()["keys"][0]["kid"] = json!("new");
    let token = provider.rs256("new", &provider.claims());
    assert_eq!(hello(&eager, &token).await.status, StatusCode::OK);
    refused(&patient, "not asked again yet", &token).await;
    // The old key is withdrawn.
    refused(&eager, "withdrawn", &provider.rs256("rsa", &provider.claims())).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_is_down_is_no_reason_to_let_anybody_in() {
    let provider = Provider::new().await;
    let mut config = provider.config(demo::mandant(), 30);
    // Nobody listens there.
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    config.jwks_url = Some(format!("http://{}/keys", closed.local_addr().unwrap()));
    drop(closed);
    let providers = Providers::new(vec![config]).unwrap();
    let haus = Haus::with(Setup { providers, ..Setup::default() });
    let answer = hello(&haus, &provider.rs256("rsa", &provider.claims())).await;
    assert_eq!(answer.problem(), ProblemCode::Unavailable);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_left_the_office_is_out_whatever_the_provider_says() {
    let provider = Provider::new().await;
    let haus = haus(&provider, 30);
    let people: BTreeMap<&str, PersonId> = haus.demo.personen.clone();
    let claims = with(provider.claims(), "sub", json!(people["bernd"]));
    let token = provider.rs256("rsa", &claims);
    assert_eq!(hello(&haus, &token).await.status, StatusCode::OK);
    let storage = haus.zentrale.storage();
    let mut persons = kontor_zentrale::operator::people(storage, haus.demo.mandant).await.unwrap();
    persons.retain(|person| person.id == people["bernd"]);
    let mut person = persons.pop().unwrap();
    person.aktiv = false;
    let mut operator =
        kontor_zentrale::operator::Operator::acting_as(&haus.zentrale, haus.demo.mandant, None)
            .await
            .unwrap();
    operator.enter(kontor_domain::Intent::RecordPerson(person)).await.unwrap();
    refused(&haus, "left", &token).await;
}
