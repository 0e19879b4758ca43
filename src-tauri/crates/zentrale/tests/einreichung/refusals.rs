//! What is not in order is refused with its reason, and what is our affair is held.

use kontor_fit_connect::checks::HoldReason;
use kontor_fit_connect::vocabulary::{MetadataShape, Vocabulary};
use kontor_zentrale::einreichung::{Held, Step};
use serde_json::{Value, json};

use super::office::{Office, STEUERAMT};
use super::zustelldienst::{Sending, anlage_id, hash, hundesteuer};

const TAG: &str = "AAAAAAAAAAAAAAAAAAAAAA";

async fn check(change: impl FnOnce(&mut Sending), kind: &str, instance: &str) {
    let office = Office::new().await;
    let mut sending = hundesteuer(1);
    change(&mut sending);
    let id = office.fake.send(1, &sending);
    office.settle().await;
    let step = office.step(id).await;
    assert!(matches!(step, Step::Rejected { .. }), "{kind}: {step:?}");
    let answers = office.fake.answers(id);
    assert_eq!(answers.len(), 1, "{kind}");
    let uri = "https://schema.fitko.de/fit-connect/events/reject-submission";
    let problem = &answers[0][uri]["problems"][0];
    let expected = format!("https://schema.fitko.de/fit-connect/events/problems/{kind}");
    assert_eq!(problem["type"], expected);
    assert_eq!(problem["instance"], instance, "{kind}");
    assert!(office.eingaenge(STEUERAMT).await.is_empty(), "{kind}");
}

fn tags(set: &mut Value) -> &mut Value {
    let event = "https://schema.fitko.de/fit-connect/events/submit-submission";
    &mut set["events"][event]["authenticationTags"]
}

#[tokio::test]
async fn what_the_log_does_not_vouch_for_is_rejected() {
    let form = format!("attachment:{}", anlage_id(10));
    check(|it| it.tamper = |it, _| it.metadata = None, "missing-data", "metadata").await;
    check(
        |it| it.set = |set| set["iss"] = "https://example.org".into(),
        "invalid-event-log",
        "submission",
    )
    .await;
    check(
        |it| it.set = |set| tags(set)["attachments"] = json!({}),
        "attachments-mismatch",
        "submission",
    )
    .await;
    check(
        |it| it.set = |set| tags(set)["metadata"] = TAG.into(),
        "incorrect-authentication-tag",
        "metadata",
    )
    .await;
    check(
        |it| it.set = |set| tags(set)["data"] = TAG.into(),
        "incorrect-authentication-tag",
        "data",
    )
    .await;
    check(
        |it| it.set = |set| tags(set)["attachments"][anlage_id(10).to_string()] = TAG.into(),
        "incorrect-authentication-tag",
        &form,
    )
    .await;
    check(
        |it| {
            it.tamper = |_, anlagen| {
                let text = anlagen.get_mut(&anlage_id(10)).unwrap();
                let at = text.len() - 26;
                let other = if &text[at..=at] == "A" { "B" } else { "A" };
                text.replace_range(at..=at, other);
            };
        },
        "encryption-issue",
        &form,
    )
    .await;
}

#[tokio::test]
async fn what_contradicts_its_metadata_is_rejected() {
    let whole = format!("attachment:{}", anlage_id(11));
    let structure = |it: &mut Sending| it.metadata["contentStructure"].take();
    check(|it| drop(structure(it)), "schema-violation", "metadata").await;
    check(|it| it.metadata["$schema"] = "urn:x".into(), "unsupported-schema", "metadata").await;
    check(
        |it| it.metadata["contentStructure"]["data"]["hash"] = hash(b"another"),
        "hash-mismatch",
        "data",
    )
    .await;
    check(
        |it| it.metadata["contentStructure"]["attachments"][0]["hash"] = hash(b"another"),
        "hash-mismatch",
        &whole,
    )
    .await;
    check(
        |it| {
            it.metadata["contentStructure"]["attachments"].as_array_mut().unwrap().pop();
        },
        "attachments-mismatch",
        "metadata",
    )
    .await;
}

#[tokio::test]
async fn what_is_not_offered_is_rejected() {
    check(|it| it.service = "urn:de:x:unbekannt", "service-mismatch", "submission").await;
    check(
        |it| {
            let schema = &mut it.metadata["contentStructure"]["data"]["submissionSchema"];
            schema["schemaUri"] = "urn:x".into();
        },
        "unsupported-schema",
        "data",
    )
    .await;
    check(
        |it| {
            it.data = b"{".to_vec();
            it.metadata["contentStructure"]["data"]["hash"] = hash(b"{");
        },
        "syntax-violation",
        "data",
    )
    .await;
    check(
        |it| it.metadata["replyChannel"] = json!({"deMail": {"address": "a@b"}}),
        "unsupported-reply-channel",
        "metadata",
    )
    .await;
}

#[tokio::test]
async fn an_unknown_version_is_held_and_goes_on_once_it_is_learned() {
    let office = Office::new().await;
    let mut sending = hundesteuer(1);
    sending.metadata["$schema"] =
        "https://schema.fitko.de/fit-connect/metadata/2.2.0/metadata.schema.json".into();
    let id = office.fake.send(1, &sending);
    office.settle().await;
    let reason = HoldReason::UnknownMetadata { version: "2.2.0".to_owned() };
    let step = office.step(id).await;
    let Step::Held { reason: found, .. } = &step else { panic!("{step:?}") };
    assert_eq!(*found, Held::Check(reason));
    assert!(office.fake.answers(id).is_empty(), "nobody was told anything");

    let mut learned = Vocabulary::default();
    learned.metadata_versions.insert("2.2.0".to_owned(), MetadataShape::V2);
    let intake = office.intake_with(learned);
    assert!(intake.release(id).await.unwrap());
    assert!(!intake.release(id).await.unwrap(), "it is released once");
    intake.round().await.unwrap();
    assert_eq!(office.step(id).await, Step::Confirmed);
}
