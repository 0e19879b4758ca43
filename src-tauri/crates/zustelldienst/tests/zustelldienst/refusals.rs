use kontor_zustelldienst::{Client, Setup};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::subscriber::{LEISTUNG, SECRET, Scene, antrag, send, zustellpunkt};

#[tokio::test]
async fn whoever_does_not_say_who_they_are_is_refused() {
    let scene = Scene::new().await;
    let nameless = reqwest::Client::builder().no_proxy().build().unwrap();
    let url = format!("{}/v1/submissions", scene.dienst.url());
    let answer = send(nameless.get(&url).bearer_auth(&scene.token)).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(send(scene.http.get(&url)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(send(scene.http.get(&url).bearer_auth("x")).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_token_endpoint_refuses_as_the_real_one_does() {
    let scene = Scene::new().await;
    scene.dienst.admit(Client {
        id: "neu".to_owned(),
        secret: SECRET.to_owned(),
        scopes: [].into(),
    });
    let ask = |id: &'static str, secret: &'static str, more: (&'static str, &'static str)| {
        let fields = [("client_id", id), ("client_secret", secret), more];
        scene.http.post(scene.dienst.token_url()).form(&fields)
    };
    let grant = ("grant_type", "client_credentials");
    let cases = [
        (ask("kreis", "falsch", grant), StatusCode::UNAUTHORIZED, "invalid_client"),
        (
            ask("kreis", SECRET, ("grant_type", "password")),
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
        ),
        // No Zustellpunkt is assigned to it.
        (ask("neu", SECRET, grant), StatusCode::BAD_REQUEST, "invalid_scope"),
        (
            scene
                .http
                .post(scene.dienst.token_url())
                .basic_auth("kreis", Some(SECRET))
                .form(&[grant]),
            StatusCode::UNAUTHORIZED,
            "invalid_client",
        ),
    ];
    for (request, status, error) in cases {
        let answer = send(request).await;
        assert_eq!((answer.status, &answer.json()["error"]), (status, &json!(error)));
    }
}

#[tokio::test]
async fn nobody_fetches_or_sends_where_they_may_not() {
    let mut scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    scene.dienst.admit(Client::subscriber("fremd", SECRET, Uuid::from_u128(9)));
    scene.dienst.admit(Client::sender("anderswo", SECRET, "DE05"));
    let place = format!("/v1/submissions/{}", sent.submission);
    let paths = [
        place.clone(),
        format!("{place}/attachments/{}", antrag().anlagen[0].id),
        format!("/v1/cases/{}/events", sent.vorgang),
        format!("/v1/submissions?destinationId={}", scene.zustellpunkt),
        format!("/v1/destinations/{}", scene.zustellpunkt),
    ];
    for client in ["fremd", "anderswo"] {
        scene.token = scene.new_token(client).await;
        for path in &paths {
            assert_eq!(scene.get(path).await.status, StatusCode::FORBIDDEN, "{client} {path}");
        }
        assert_eq!(create(&scene, &json!([])).await, StatusCode::FORBIDDEN);
    }
    scene.token = scene.new_token("portal").await;
    assert_eq!(scene.get(&place).await.status, StatusCode::FORBIDDEN);
    scene.assert_by_the_book();
}

async fn create(scene: &Scene, announced: &Value) -> StatusCode {
    let request = scene.request(Method::POST, "/v1/submissions").json(&json!({
        "destinationId": scene.zustellpunkt, "announcedAttachments": announced,
        "serviceType": { "name": "Bauantrag", "identifier": LEISTUNG },
    }));
    send(request).await.status
}

#[tokio::test]
async fn what_is_sent_has_to_be_announced_complete_and_encrypted() {
    let setup = Setup { anlage_bytes_max: 2_000, ..Setup::default() };
    let mut scene = Scene::with(setup, zustellpunkt()).await;
    scene.token = scene.new_token("portal").await;
    let anlage = Uuid::from_u128(5);
    let request = scene.request(Method::POST, "/v1/submissions").json(&json!({
        "destinationId": scene.zustellpunkt, "announcedAttachments": [anlage],
        "serviceType": { "name": "Bauantrag", "identifier": LEISTUNG },
    }));
    let created = send(request).await.json();
    let place = format!("/v1/submissions/{}", created["submissionId"].as_str().unwrap());
    let jwe = format!("a.b.c.d.{}", "A".repeat(22));
    let put = async |path: &str, kind: &str, body: String| {
        let request = scene.request(Method::PUT, path).header("content-type", kind).body(body);
        send(request).await.status
    };
    let jose = "application/jose";
    let there = format!("{place}/attachments/{anlage}");
    let elsewhere = format!("{place}/attachments/{}", Uuid::from_u128(6));
    assert_eq!(put(&elsewhere, jose, jwe.clone()).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        put(&there, "application/pdf", jwe.clone()).await,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(put(&there, jose, "%PDF-1.7".to_owned()).await, StatusCode::BAD_REQUEST);
    assert_eq!(put(&there, jose, "a".repeat(3_000)).await, StatusCode::PAYLOAD_TOO_LARGE);
    let submit = json!({ "encryptedMetadata": jwe, "encryptedData": jwe }).to_string();
    let json = "application/json";
    assert_eq!(put(&place, json, submit.clone()).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(put(&there, jose, jwe.clone()).await, StatusCode::NO_CONTENT);
    assert_eq!(
        put(&place, json, json!({ "encryptedMetadata": "x" }).to_string()).await,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(put(&place, json, submit.clone()).await, StatusCode::ACCEPTED);
    assert_eq!(put(&place, json, submit).await, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_contract_sees_what_a_client_says_wrongly() {
    let scene = Scene::new().await;
    let request =
        scene.request(Method::POST, "/v1/submissions").json(&json!({ "destinationId": 5 }));
    assert_eq!(send(request).await.status, StatusCode::BAD_REQUEST);
    if Setup::official().is_some() {
        let seen = scene.dienst.violations();
        assert_eq!(seen.len(), 1, "{seen:?}");
        assert_eq!(seen[0].side, kontor_zustelldienst::Side::Request);
    }
}
