//! What is in order comes in.

use futures_util::TryStreamExt as _;
use kontor_domain::{DocumentHash, Kanal, Verbleib};
use kontor_zentrale::einreichung::Step;

use super::office::{KREIS, Office, POSTSTELLE, STEUERAMT};
use super::zustelldienst::{OTHER, Sending, hundesteuer};

async fn bytes(office: &Office, hash: DocumentHash) -> Vec<u8> {
    let pieces = office.zentrale.documents().read(KREIS, hash, None).await.unwrap();
    pieces.try_collect::<Vec<_>>().await.unwrap().concat()
}

#[tokio::test]
async fn an_application_becomes_an_eingang_and_a_vorgang() {
    let office = Office::new().await;
    let id = office.fake.send(1, &hundesteuer(1));
    let round = office.intake().round().await.unwrap();
    assert_eq!((round.listed, round.moved), (1, 1));
    assert_eq!(office.step(id).await, Step::Confirmed);

    let eingaenge = office.eingaenge(STEUERAMT).await;
    let vorgaenge = office.vorgaenge(STEUERAMT).await;
    let [eingang] = eingaenge.as_slice() else { panic!("{eingaenge:?}") };
    let [vorgang] = vorgaenge.as_slice() else { panic!("{vorgaenge:?}") };
    assert_eq!(eingang.kanal, Kanal::Portal);
    assert_eq!(eingang.verbleib, Verbleib::Zugeordnet(vorgang.id));
    assert_eq!(vorgang.betreff.as_str(), "Hundesteuer anmelden");
    assert_eq!(vorgang.leistung.as_ref().unwrap().to_string(), "99102013104000");
    // The receipt is when the service had it, not when we fetched it.
    assert_eq!(eingang.erfasst.at.unix_ms(), 1_793_690_000_000);

    let mut papers: Vec<_> = vorgang
        .schriftstuecke
        .values()
        .map(|it| (it.betreff.to_string(), it.fassungen[&it.aktuell].formate[0].clone()))
        .collect();
    papers.sort_by(|a, b| a.0.cmp(&b.0));
    let names: Vec<_> = papers.iter().map(|(betreff, _)| betreff.as_str()).collect();
    assert_eq!(names, ["Antrag", "Formulardaten", "Hund.png"]);
    let content = [
        b"%PDF-1.7 Antrag 1".to_vec(),
        b"{\"F60000227\": \"Muster\", \"nummer\": 1}".to_vec(),
        [b"\x89PNG\r\n\x1a\n".as_slice(), &vec![7; 50_000]].concat(),
    ];
    for ((_, format), expected) in papers.iter().zip(content) {
        assert_eq!(bytes(&office, format.hash).await, expected);
    }
    assert_eq!(papers[2].1.name.as_str(), "Hund.png");
    assert_eq!(papers[2].1.medientyp.as_str(), "image/png");
}

#[tokio::test]
async fn it_is_accepted_once_however_often_the_list_shows_it() {
    let office = Office::new().await;
    let id = office.fake.send(1, &hundesteuer(1));
    for _ in 0..3 {
        office.intake().round().await.unwrap();
    }
    let answers = office.fake.answers(id);
    assert_eq!(answers.len(), 1, "{answers:?}");
    let (uri, content) = answers[0].as_object().unwrap().iter().next().unwrap();
    assert!(uri.ends_with("/accept-submission"));
    assert_eq!(content["authenticationTags"]["attachments"].as_object().unwrap().len(), 3);
    assert_eq!(office.eingaenge(STEUERAMT).await.len(), 1);
}

#[tokio::test]
async fn what_nobody_is_in_charge_of_lies_in_the_basket_and_says_so() {
    let office = Office::new().await;
    office.fake.send(1, &Sending { service: OTHER, ..hundesteuer(1) });
    office.intake().round().await.unwrap();
    let eingaenge = office.eingaenge(POSTSTELLE).await;
    assert_eq!(eingaenge.len(), 1);
    assert_eq!(eingaenge[0].verbleib, Verbleib::Offen);
    assert!(eingaenge[0].betreff.as_str().starts_with("Noch niemandem zugewiesen"));
    assert!(office.vorgaenge(POSTSTELLE).await.is_empty());
}
