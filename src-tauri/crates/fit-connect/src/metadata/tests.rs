use serde_json::{Value, json};

use super::*;

const V2: &str = "https://schema.fitko.de/fit-connect/metadata/2.1.0/metadata.schema.json";
const ID: &str = "0190aaaa-0000-4000-8000-000000000001";

fn hash() -> Value {
    json!({"type": "sha512", "content": ContentHash::of(b"x").to_string()})
}

fn sample() -> Value {
    json!({
        "$schema": V2,
        "contentStructure": {
            "data": {"hash": hash(), "submissionSchema":
                {"schemaUri": "urn:beispiel:hundesteuer", "mimeType": "application/json"}},
            "attachments": [{"hash": hash(), "purpose": "attachment", "mimeType": "application/pdf",
                "attachmentId": ID, "filename": "Nachweis.pdf"}],
        },
    })
}

fn with(change: impl FnOnce(&mut Value)) -> Result<Metadata, MetadataError> {
    let mut value = sample();
    change(&mut value);
    parse(value.to_string().as_bytes(), &Vocabulary::default())
}

#[test]
fn the_smallest_metadata_are_read() {
    let metadata = with(|_| ()).unwrap();
    assert_eq!(metadata.version, "2.1.0");
    assert_eq!(metadata.anlagen[0].parts(), [ID.parse().unwrap()]);
    assert_eq!(metadata.consent, Consent::NotAsked);
    assert_eq!(metadata.reply_channel, None);
}

#[test]
fn the_first_version_names_no_schema() {
    let metadata = with(|value| drop(value.as_object_mut().unwrap().remove("$schema"))).unwrap();
    assert_eq!(metadata.version, "1.0.0");
}

#[test]
fn unknown_versions_are_told_from_foreign_schemas() {
    let check = |uri: Value, expected| {
        assert_eq!(with(|value| value["$schema"] = uri).map(|_| ()), Err(expected));
    };
    let newer = V2.replace("2.1.0", "3.0.0");
    check(newer.into(), MetadataError::UnknownVersion("3.0.0".to_owned()));
    check("https://example.org/".into(), MetadataError::ForeignSchema);
    check(7.into(), MetadataError::ForeignSchema);
}

#[test]
fn the_three_states_of_consent_are_kept_apart() {
    let consent = |value: Value| {
        let info = json!({"zustimmungZumDigitalenBescheid": value});
        with(|metadata| metadata["additionalReferenceInfo"] = info).unwrap().consent
    };
    assert_eq!(consent(true.into()), Consent::Given);
    assert_eq!(consent(false.into()), Consent::Refused);
    let info = json!({"applicationDate": "2026-11-20", "senderReference": "K-7"});
    let metadata = with(|value| value["additionalReferenceInfo"] = info).unwrap();
    assert_eq!(metadata.consent, Consent::NotAsked);
    assert_eq!(metadata.applied_on.unwrap().to_string(), "2026-11-20");
}

#[test]
fn every_reply_channel_is_read_and_only_one_is_allowed() {
    let check = |channel: Value, expected: Option<&str>| {
        let read = with(|value| value["replyChannel"] = channel.clone());
        let name = read.ok().and_then(|metadata| metadata.reply_channel.map(|it| it.name()));
        assert_eq!(name, expected, "{channel}");
    };
    check(json!({"eMail": {"address": "anna@example.org"}}), Some("eMail"));
    check(json!({"deMail": {"address": "anna@example.org"}}), Some("deMail"));
    check(json!({"fink": {"finkPostfachRef": "hh/by/12345"}}), Some("fink"));
    check(json!({"elster": {"accountId": "1234567890"}}), Some("elster"));
    check(json!({"idBundDeMailbox": {"mailboxUuid": ID}}), Some("idBundDeMailbox"));
    let fit = json!({"processStandards": ["urn:x"], "encryptionPublicKey": {}});
    check(json!({ "fitConnect": fit }), Some("fitConnect"));
    check(json!({}), None);
    check(json!({"fax": {}}), None);
    check(json!({"eMail": {"address": "a@b"}, "deMail": {"address": "a@b"}}), None);
}

#[test]
fn payments_are_read_in_cents() {
    let check = |amount: Value, expected: Option<u64>| {
        let payment = json!({"transactionReference": "KZ 1", "transactionId": "t-1",
            "paymentMethod": "CREDITCARD", "status": "BOOKED", "grossAmount": amount});
        let read = with(|value| value["paymentInformation"] = payment);
        let cents = read.ok().and_then(|metadata| metadata.payment.unwrap().gross_cents);
        assert_eq!(cents, expected, "{amount}");
    };
    check(json!(0.01), Some(1));
    check(json!(19.99), Some(1999));
    check(json!(1_234_567.89), Some(123_456_789));
    check(json!(0), None);
    check(json!(-5), None);
    check(json!(0.001), None);
    check(json!(1e300), None);
}

#[test]
fn what_breaks_the_schema_is_refused() {
    let broken = |change: fn(&mut Value)| {
        assert!(matches!(with(change), Err(MetadataError::Schema(_))));
    };
    broken(|value| drop(value.as_object_mut().unwrap().remove("contentStructure")));
    broken(|value| drop(value["contentStructure"].as_object_mut().unwrap().remove("data")));
    broken(|value| drop(value["contentStructure"].as_object_mut().unwrap().remove("attachments")));
    broken(|value| value["contentStructure"]["data"]["hash"]["type"] = "md5".into());
    broken(|value| value["contentStructure"]["data"]["hash"]["content"] = "00".into());
    broken(|value| {
        value["contentStructure"]["data"]["submissionSchema"]["mimeType"] = "text/csv".into();
    });
    broken(|value| value["contentStructure"]["attachments"][0]["purpose"] = "spass".into());
    broken(|value| value["contentStructure"]["attachments"][0]["mimeType"] = "pdf".into());
    broken(|value| value["contentStructure"]["attachments"][0]["attachmentId"] = "7".into());
    broken(|value| {
        value["contentStructure"]["attachments"][0]["filename"] = "x".repeat(4001).into();
    });
    broken(|value| {
        let anlage = value["contentStructure"]["attachments"][0].clone();
        value["contentStructure"]["attachments"] = vec![anlage; 1001].into();
    });
}

#[test]
fn large_fachdaten_may_travel_as_an_anlage() {
    let metadata = with(|value| {
        let content = value["contentStructure"].as_object_mut().unwrap();
        content.remove("data");
        content["attachments"][0]["purpose"] = "data".into();
    });
    assert_eq!(metadata.unwrap().data, None);
}

#[test]
fn fragments_belong_to_the_second_shape() {
    let fragmented = |value: &mut Value| {
        value["contentStructure"]["attachments"][0]["fragments"] = json!([ID]);
    };
    assert_eq!(with(fragmented).unwrap().anlagen[0].parts(), [ID.parse().unwrap()]);
    let old = with(|value| {
        fragmented(value);
        value.as_object_mut().unwrap().remove("$schema");
    });
    assert!(matches!(old, Err(MetadataError::Schema(_))));
}

#[test]
fn hostile_json_ends_early() {
    let words = Vocabulary::default();
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(parse(deep.as_bytes(), &words), Err(MetadataError::Syntax));
    assert_eq!(parse(&vec![b' '; 5 << 20], &words), Err(MetadataError::TooLarge));
    assert_eq!(parse(b"\xff", &words), Err(MetadataError::Syntax));
    assert!(parse(b"[]", &words).is_err());
}
