use std::time::{Duration, Instant};

use kontor_zustelldienst::{Endpoint, Fault, Stand, Storm};
use reqwest::StatusCode;

use crate::lifecycle::accept;
use crate::subscriber::{Scene, antrag, payload};

#[tokio::test]
async fn a_fault_meets_one_request_and_no_other() {
    let scene = Scene::new().await;
    let path = "/v1/submissions";
    let list = Endpoint::ListEinreichungen;
    scene.dienst.fail_once(list, Fault::Status(503));
    assert_eq!(scene.get(path).await.status, StatusCode::SERVICE_UNAVAILABLE);
    scene.dienst.fail_once(list, Fault::Busy { retry_after_seconds: 7 });
    let busy = scene.get(path).await;
    assert_eq!(
        (busy.status, &busy.headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"7".parse().unwrap())
    );
    scene.dienst.fail_once(list, Fault::TokenExpired);
    assert_eq!(scene.get(path).await.status, StatusCode::UNAUTHORIZED);
    scene.dienst.fail_once(list, Fault::Reset);
    assert!(scene.request(reqwest::Method::GET, path).send().await.is_err());
    scene.dienst.fail_once(list, Fault::HalfBody);
    let half = scene.request(reqwest::Method::GET, path).send().await.unwrap();
    assert!(half.bytes().await.is_err());
    scene.dienst.fail_once(list, Fault::Slow(Duration::from_millis(50)));
    let begun = Instant::now();
    assert_eq!(scene.get(path).await.status, StatusCode::OK);
    assert!(begun.elapsed() >= Duration::from_millis(50));
    assert_eq!(scene.dienst.struck()[&list], 6);
    scene.assert_by_the_book();
}

#[tokio::test]
async fn a_lost_reply_was_done_all_the_same() {
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let submit = payload(&scene.events(sent.vorgang).await[1]);
    let tags = &submit["events"]["https://schema.fitko.de/fit-connect/events/submit-submission"]["authenticationTags"];
    scene.dienst.fail_once(Endpoint::SendEvent, Fault::LostReply);
    let path = format!("/v1/cases/{}/events", sent.vorgang);
    let request =
        scene.request(reqwest::Method::POST, &path).header("content-type", "application/jose");
    assert!(request.body(accept(&scene, &submit, tags)).send().await.is_err());
    assert_eq!(scene.dienst.stand(sent.submission), Some(Stand::Accepted));
    assert_eq!(scene.events(sent.vorgang).await.len(), 3);
}

#[tokio::test]
async fn what_is_fetched_can_be_disturbed() {
    let scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let place = format!("/v1/submissions/{}", sent.submission);
    let right = scene.get(&place).await.json()["encryptedData"].as_str().unwrap().to_owned();
    scene.dienst.fail_once(Endpoint::GetEinreichung, Fault::WrongTag);
    let other = scene.get(&place).await.json()["encryptedData"].as_str().unwrap().to_owned();
    assert_eq!(right.rsplit_once('.').unwrap().0, other.rsplit_once('.').unwrap().0);
    assert_ne!(right, other);
    let log = scene.events(sent.vorgang).await;
    let disturbed = async |fault| {
        scene.dienst.fail_once(Endpoint::GetEvents, fault);
        scene.events(sent.vorgang).await
    };
    assert_eq!(disturbed(Fault::NoSubmitEvent).await, log[..1]);
    assert_eq!(disturbed(Fault::ReplayedEvent).await, [&log[..], &log[1..]].concat());
    let broken = disturbed(Fault::BrokenSignature).await;
    assert_eq!((broken.len(), &broken[0]), (2, &log[0]));
    assert_ne!(broken[1], log[1]);
}

#[tokio::test]
async fn the_same_storm_strikes_the_same_requests() {
    let mut struck = Vec::new();
    for _ in 0..2 {
        let scene = Scene::new().await;
        scene.dienst.storm(Some(Storm {
            seed: 42,
            per_mille: 300,
            faults: vec![Fault::Status(500), Fault::Status(503)],
            endpoints: vec![Endpoint::ListEinreichungen],
        }));
        let mut met = Vec::new();
        for _ in 0..40 {
            met.push(scene.get("/v1/submissions").await.status);
        }
        struck.push(met);
    }
    assert_eq!(struck[0], struck[1]);
    assert!(
        struck[0].contains(&StatusCode::OK) && struck[0].contains(&StatusCode::SERVICE_UNAVAILABLE)
    );
}
