use std::time::Duration;

use kontor_zustelldienst::{Notice, Stand};
use reqwest::StatusCode;

use crate::subscriber::{Scene, antrag, payload};

const DAY: Duration = Duration::from_hours(24);

#[tokio::test]
async fn what_nobody_fetches_is_reminded_of_rejected_and_deleted() {
    let mut scene = Scene::new().await;
    let sent = scene.sender().send(scene.zustellpunkt, &antrag()).await.unwrap();
    let mut seen = Vec::new();
    for day in 1..=21 {
        scene.dienst.clock().advance(DAY);
        scene.token = scene.new_token("kreis").await;
        seen.push((day, scene.dienst.stand(sent.submission).unwrap()));
    }
    let first = |stand| seen.iter().find(|(_, it)| *it == stand).map(|(day, _)| *day);
    assert_eq!(first(Stand::Rejected), Some(14));
    assert_eq!(first(Stand::Deleted), Some(21));
    let submission = sent.submission;
    let notices = [Notice { submission, days: 3 }, Notice { submission, days: 9 }];
    assert_eq!(scene.dienst.notices(), notices);
    let log = scene.events(sent.vorgang).await;
    let reject = payload(&log[2]);
    assert_eq!(reject["iss"], scene.dienst.url());
    assert!(
        reject["events"]["https://schema.fitko.de/fit-connect/events/reject-submission"]
            .is_object()
    );
    assert!(
        payload(&log[3])["events"]["https://schema.fitko.de/fit-connect/events/delete-submission"]
            .is_object()
    );
    scene.assert_by_the_book();
}

#[tokio::test]
async fn a_token_lasts_half_an_hour() {
    let scene = Scene::new().await;
    scene.dienst.clock().advance(Duration::from_secs(1_799));
    assert_eq!(scene.get("/v1/submissions").await.status, StatusCode::OK);
    scene.dienst.clock().advance(Duration::from_secs(1));
    assert_eq!(scene.get("/v1/submissions").await.status, StatusCode::UNAUTHORIZED);
    scene.assert_by_the_book();
}
