use kontor_zustelldienst::Stand;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::lifecycle::accept;
use crate::subscriber::{Scene, antrag, payload, sign, sign_as};

const ACCEPT: &str = "https://schema.fitko.de/fit-connect/events/accept-submission";
const REJECT: &str = "https://schema.fitko.de/fit-connect/events/reject-submission";
const FORWARD: &str = "https://schema.fitko.de/fit-connect/events/forward-submission";

/// A scene with one Einreichung, its submit event and the right answer to it.
async fn waiting() -> (Scene, kontor_zustelldienst::sender::Sent, Value) {
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let submit = payload(&scene.events(sent.vorgang).await[1]);
    let tags = &submit["events"]["https://schema.fitko.de/fit-connect/events/submit-submission"]["authenticationTags"];
    let right = payload(&accept(&scene, &submit, tags));
    (scene, sent, right)
}

#[tokio::test]
async fn an_event_that_is_not_right_is_refused_and_changes_nothing() {
    let (scene, sent, right) = waiting().await;
    let wrong = [
        ("iss", json!("https://example.org")),
        ("iss", json!(uuid::Uuid::from_u128(7))),
        ("iat", json!(1_577_833_199)),
        ("iat", json!(scene.dienst.clock().now() + 3_600)),
        ("iat", Value::Null),
        ("jti", Value::Null),
        ("sub", json!(format!("submission:{}", uuid::Uuid::from_u128(7)))),
        ("sub", json!(sent.submission)),
        ("txn", json!(format!("case:{}", uuid::Uuid::from_u128(7)))),
        (
            "$schema",
            json!("https://schema.fitko.de/fit-connect/set-payload/9.9.9/set-payload.schema.json"),
        ),
        ("events", json!({})),
        ("events", json!({ ACCEPT: { "authenticationTags": {} } })),
        ("events", json!({ ACCEPT: right["events"][ACCEPT], FORWARD: {} })),
        ("events", json!({ REJECT: { "problems": [] } })),
        ("events", json!({ REJECT: { "problems": [{ "type": "about:blank" }] } })),
        ("events", json!({ "https://schema.fitko.de/fit-connect/events/submit-submission": {} })),
    ];
    for (name, value) in wrong {
        let mut changed = right.clone();
        changed[name] = value;
        let status = scene.send_event(sent.vorgang, sign(&changed)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", changed[name]);
    }
    let forged = [
        sign_as(&right, "niemandes-schluessel", "secevent+jwt"),
        sign_as(&right, crate::subscriber::ENCRYPTION_KID, "secevent+jwt"),
        sign_as(&right, crate::subscriber::SIGNATURE_KID, "JWT"),
    ];
    for token in forged {
        let status = scene.send_event(sent.vorgang, token).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    assert_eq!(scene.dienst.stand(sent.submission), Some(Stand::Submitted));
    assert_eq!(scene.dienst.events(sent.vorgang).len(), 2);
    scene.assert_by_the_book();
}

#[tokio::test]
async fn a_changed_payload_breaks_the_signature() {
    let (scene, sent, right) = waiting().await;
    let mut other = right.clone();
    other["jti"] = json!("other");
    let (right, other) = (sign(&right), sign(&other));
    let spliced = [other.rsplit_once('.').unwrap().0, right.rsplit_once('.').unwrap().1].join(".");
    let status = scene.send_event(sent.vorgang, spliced).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_was_answered_cannot_be_answered_again() {
    let (scene, sent, right) = waiting().await;
    let token = sign(&right);
    assert_eq!(scene.send_event(sent.vorgang, token.clone()).await, StatusCode::NO_CONTENT);
    assert_eq!(scene.send_event(sent.vorgang, token).await, StatusCode::CONFLICT);
    let mut later = right.clone();
    later["jti"] = json!("another");
    later["events"] =
        json!({ REJECT: { "problems": [{ "type": "about:blank", "instance": "metadata" }] } });
    assert_eq!(scene.send_event(sent.vorgang, sign(&later)).await, StatusCode::CONFLICT);
    assert_eq!(scene.dienst.events(sent.vorgang).len(), 3);
    scene.assert_by_the_book();
}

#[tokio::test]
async fn what_was_forwarded_can_still_be_fetched_and_rejected() {
    let (scene, sent, right) = waiting().await;
    let mut forward = right.clone();
    forward["events"] = json!({ FORWARD: {} });
    assert_eq!(scene.send_event(sent.vorgang, sign(&forward)).await, StatusCode::NO_CONTENT);
    let place = format!("/v1/submissions/{}", sent.submission);
    assert_eq!(scene.get(&place).await.status, StatusCode::OK);
    assert_eq!(scene.get("/v1/submissions").await.json()["totalCount"], 0);
    let mut reject = right;
    reject["jti"] = json!("another");
    reject["events"] =
        json!({ REJECT: { "problems": [{ "type": "about:blank", "instance": "metadata" }] } });
    assert_eq!(scene.send_event(sent.vorgang, sign(&reject)).await, StatusCode::NO_CONTENT);
    assert_eq!(scene.dienst.stand(sent.submission), Some(Stand::Rejected));
    scene.assert_by_the_book();
}
