use kontor_zustelldienst::Stand;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

use crate::subscriber::{Scene, antrag, hex, open, payload, public_jwk, send, sign};

#[tokio::test]
async fn an_application_is_announced_submitted_fetched_and_accepted() {
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let list = scene.get(&format!("/v1/submissions?destinationId={}", scene.zustellpunkt)).await;
    assert_eq!(
        list.json()["submissions"],
        json!([{
            "destinationId": scene.zustellpunkt, "submissionId": sent.submission,
            "caseId": sent.vorgang,
        }])
    );
    let place = format!("/v1/submissions/{}", sent.submission);
    let fetched = scene.get(&place).await.json();
    let (header, data) = open(fetched["encryptedData"].as_str().unwrap());
    assert_eq!(header["cty"], "application/json");
    assert_eq!(data, antrag().data.bytes);
    let log = scene.events(sent.vorgang).await;
    let names = ["create-submission", "submit-submission"];
    assert_eq!(log.len(), names.len());
    for (token, name) in log.iter().zip(names) {
        assert!(
            payload(token)["events"][format!("https://schema.fitko.de/fit-connect/events/{name}")]
                .is_object()
        );
    }
    let tags =
        payload(&log[1])["events"]["https://schema.fitko.de/fit-connect/events/submit-submission"]
            ["authenticationTags"]
            .clone();
    for (anlage, id) in antrag().anlagen.iter().zip(fetched["attachments"].as_array().unwrap()) {
        let jwe = scene.get(&format!("{place}/attachments/{}", id.as_str().unwrap())).await;
        let jwe = String::from_utf8(jwe.body.to_vec()).unwrap();
        assert_eq!(open(&jwe).1, anlage.bytes);
        assert_eq!(jwe.rsplit('.').next(), tags["attachments"][id.as_str().unwrap()].as_str());
    }
    let accept = accept(&scene, &payload(&log[1]), &tags);
    assert_eq!(scene.send_event(sent.vorgang, accept).await, StatusCode::NO_CONTENT);
    assert_eq!(scene.dienst.stand(sent.submission), Some(Stand::Accepted));
    assert_eq!(scene.get(&place).await.status, StatusCode::NOT_FOUND);
    assert_eq!(scene.get("/v1/submissions").await.json()["totalCount"], 0);
    assert_eq!(scene.events(sent.vorgang).await.len(), 3);
    scene.assert_by_the_book();
}

/// The subscriber's answer to a submit event.
pub(crate) fn accept(scene: &Scene, submit: &Value, tags: &Value) -> String {
    sign(&json!({
        "$schema": submit["$schema"], "jti": uuid::Uuid::now_v7(), "iss": scene.zustellpunkt,
        "iat": scene.dienst.clock().now(), "sub": submit["sub"], "txn": submit["txn"],
        "events": { "https://schema.fitko.de/fit-connect/events/accept-submission":
            { "authenticationTags": tags } },
    }))
}

#[tokio::test]
async fn the_metadata_say_what_was_sent_and_keep_to_their_schema() {
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let fetched = scene.get(&format!("/v1/submissions/{}", sent.submission)).await.json();
    let (_, metadata) = open(fetched["encryptedMetadata"].as_str().unwrap());
    let metadata: Value = serde_json::from_slice(&metadata).unwrap();
    assert_eq!(metadata["additionalReferenceInfo"]["zustimmungZumDigitalenBescheid"], true);
    assert_eq!(metadata["paymentInformation"]["grossAmount"], 35.5);
    let Some(official) = kontor_zustelldienst::Setup::official() else { return };
    let schema = std::fs::read(official.with_file_name("metadata-2.1.0.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_slice(&schema).unwrap()).unwrap();
    let errors: Vec<String> = schema.iter_errors(&metadata).map(|it| it.to_string()).collect();
    assert_eq!(errors, [] as [String; 0]);
}

#[tokio::test]
async fn a_large_anlage_comes_in_fragments_that_make_up_the_whole() {
    let scene = Scene::new().await;
    let mut sender = scene.sender();
    sender.fragment_bytes = 3_000;
    let sent = sender.send(scene.zustellpunkt, &antrag()).await.unwrap();
    let place = format!("/v1/submissions/{}", sent.submission);
    let fetched = scene.get(&place).await.json();
    assert_eq!(fetched["attachments"].as_array().unwrap().len(), 5);
    let (_, metadata) = open(fetched["encryptedMetadata"].as_str().unwrap());
    let metadata: Value = serde_json::from_slice(&metadata).unwrap();
    let listed = &metadata["contentStructure"]["attachments"][1];
    let mut whole = Vec::new();
    for fragment in listed["fragments"].as_array().unwrap() {
        let jwe = scene.get(&format!("{place}/attachments/{}", fragment.as_str().unwrap())).await;
        whole.extend(open(std::str::from_utf8(&jwe.body).unwrap()).1);
    }
    assert_eq!(whole, antrag().anlagen[1].bytes);
    assert_eq!(listed["hash"]["content"], hex(&Sha512::digest(&whole)));
    scene.assert_by_the_book();
}

#[tokio::test]
async fn lists_come_in_pieces_in_the_order_of_submission() {
    let scene = Scene::new().await;
    let mut sent = Vec::new();
    for _ in 0..3 {
        sent.push(scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap().submission);
    }
    let page = scene.get("/v1/submissions?limit=2&offset=1").await.json();
    assert_eq!(
        (&page["count"], &page["offset"], &page["totalCount"]),
        (&json!(2), &json!(1), &json!(3))
    );
    let ids: Vec<_> = page["submissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["submissionId"].clone())
        .collect();
    assert_eq!(ids, [json!(sent[1]), json!(sent[2])]);
    scene.assert_by_the_book();
}

#[tokio::test]
async fn a_new_key_is_added_and_then_used_by_senders() {
    let scene = Scene::new().await;
    let place = format!("/v1/destinations/{}", scene.zustellpunkt);
    let new = "verschluesselung-2";
    let keys =
        scene.request(Method::POST, &format!("{place}/keys")).json(&public_jwk(new, "wrapKey"));
    assert_eq!(send(keys).await.status, StatusCode::CREATED);
    let patch = scene.request(Method::PATCH, &place).json(&json!({ "encryptionKid": new }));
    assert_eq!(send(patch).await.json()["encryptionKid"], new);
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let fetched = scene.get(&format!("/v1/submissions/{}", sent.submission)).await.json();
    assert_eq!(open(fetched["encryptedData"].as_str().unwrap()).0["kid"], new);
    for path in
        ["/v1/info", "/.well-known/jwks.json", "/v1/destinations", &format!("{place}/keys/{new}")]
    {
        assert_eq!(scene.get(path).await.status, StatusCode::OK, "{path}");
    }
    scene.assert_by_the_book();
}
