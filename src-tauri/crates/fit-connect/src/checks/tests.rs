use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::Moment;
use serde_json::{Value, json};
use uuid::Uuid;

use super::*;
use crate::hash::ContentHash;
use crate::jwe::{self, AuthTag, JweError};
use crate::jws::sign;
use crate::metadata::{DataPart, DataType, Metadata, ReplyChannel, SubmissionSchema};
use crate::port::{Fetched, Listed, Service, Zustellpunkt};
use crate::samples::{AGAIN, SERVICE, encryption_key, service_key, signature_key};
use crate::set::{self, AuthenticationTags, Occasion, Trust};
use crate::vocabulary::Vocabulary;
use crate::{AnlageId, EinreichungId};

const TAG: &str = "AAAAAAAAAAAAAAAAAAAAAA";
const LEISTUNG: &str = "urn:de:fim:leika:leistung:99102013104000";

fn id(n: u128) -> AnlageId {
    AnlageId::new(Uuid::from_u128(n))
}

fn rejects(kind: ProblemKind, instance: Instance) -> Checked {
    Err(Verdict::reject(kind, instance))
}

fn listed(n: u128) -> Listed {
    Listed {
        zustellpunkt: AGAIN.parse().unwrap(),
        einreichung: EinreichungId::new(Uuid::from_u128(n)),
        vorgang: AGAIN.parse().unwrap(),
    }
}

fn fetched() -> Fetched {
    Fetched {
        zustellpunkt: AGAIN.parse().unwrap(),
        einreichung: EinreichungId::new(Uuid::from_u128(1)),
        vorgang: AGAIN.parse().unwrap(),
        anlagen: vec![id(1)],
        service: LEISTUNG.to_owned(),
        region: None,
        metadata: Some("x".to_owned()),
        data: Some("x".to_owned()),
    }
}

fn metadata() -> Metadata {
    let hash = json!({"type": "sha512", "content": ContentHash::of(b"x").to_string()});
    let schema = json!({"schemaUri": "urn:beispiel:hund", "mimeType": "application/json"});
    let anlage = json!({"hash": hash, "purpose": "form", "mimeType": "application/pdf",
        "attachmentId": id(1)});
    let json = json!({"contentStructure": {
        "data": {"hash": hash, "submissionSchema": schema}, "attachments": [anlage]}});
    content::metadata(json.to_string().as_bytes(), &Vocabulary::default()).unwrap()
}

fn offer() -> Zustellpunkt {
    Zustellpunkt {
        id: AGAIN.parse().unwrap(),
        active: true,
        encryption_kid: encryption_key().kid().clone(),
        services: vec![Service {
            identifier: LEISTUNG.to_owned(),
            regions: vec!["DE0947".to_owned()],
            schemas: vec![SubmissionSchema {
                uri: "urn:beispiel:hund".to_owned(),
                mime_type: DataType::Json,
            }],
        }],
        reply_channels: BTreeSet::from(["eMail".to_owned()]),
        metadata_versions: vec!["1.0.0".to_owned()],
    }
}

#[test]
fn no_1_what_is_stored_is_not_fetched_again() {
    let stored = BTreeSet::from([listed(1).einreichung]);
    let list = [listed(1), listed(2), listed(2)];
    assert_eq!(list::unseen(&list, &stored), [listed(2)]);
}

#[test]
fn no_2_what_came_is_what_was_listed() {
    assert_eq!(fetched::whole(&listed(1), &fetched()), Ok(()));
    let wrong = rejects(ProblemKind::InvalidEventLog, Instance::Submission);
    assert_eq!(fetched::whole(&listed(2), &fetched()), wrong);
    let empty = Fetched { metadata: None, ..fetched() };
    let missing = rejects(ProblemKind::MissingData, Instance::Metadata);
    assert_eq!(fetched::whole(&listed(1), &empty), missing);
}

fn submit(change: impl FnOnce(&mut Value)) -> String {
    let mut set = json!({
        "jti": AGAIN, "iss": SERVICE, "iat": 1_760_000_000,
        "sub": format!("submission:{AGAIN}"), "txn": format!("case:{AGAIN}"),
        "events": {"https://schema.fitko.de/fit-connect/events/submit-submission": {
            "authenticationTags": {"metadata": TAG, "data": TAG}}},
    });
    change(&mut set);
    sign(set.to_string().as_bytes(), service_key()).unwrap()
}

fn in_log<T>(of: impl FnOnce(EinreichungId, Trust<'_>, &Vocabulary) -> T) -> T {
    let (service, own) = ([service_key().public_jwk()], [signature_key().public_jwk()]);
    let trust = Trust {
        issuer: SERVICE,
        zustelldienst: &service,
        zustellpunkt: AGAIN.parse().unwrap(),
        own: &own,
    };
    of(AGAIN.parse().unwrap(), trust, &Vocabulary::default())
}

fn submitted(log: &[String]) -> Checked<events::Submitted> {
    in_log(|einreichung, trust, words| events::submitted(log, einreichung, trust, words))
}

#[test]
fn no_3_exactly_one_signed_submission() {
    let good = submit(|_| ());
    assert_eq!(submitted(std::slice::from_ref(&good)).unwrap().at.unix_ms(), 1_760_000_000_000);
    let other = submit(|set| set["sub"] = format!("submission:{}", id(9)).into());
    assert!(submitted(&[other.clone(), good.clone()]).is_ok());

    let wrong = Err(Verdict::reject(ProblemKind::InvalidEventLog, Instance::Submission));
    assert_eq!(submitted(&[good.clone(), good.clone()]), wrong);
    assert_eq!(submitted(&[good.clone(), "x.y.z".to_owned()]), wrong);
    let forged = sign(
        br#"{"jti":"0190aaaa-0000-4000-8000-000000000001","iss":"https://example.org"}"#,
        signature_key(),
    );
    assert_eq!(submitted(&[good, forged.unwrap()]), wrong);
    let early = Err(Verdict::Retry { reason: RetryReason::NoSubmissionYet });
    assert_eq!(submitted(&[other]), early);
    assert_eq!(submitted(&[]), early);
}

#[test]
fn no_4_the_same_anlagen_everywhere() {
    let tag: AuthTag = TAG.parse().unwrap();
    let tags = |ids: &[u128]| AuthenticationTags {
        metadata: tag,
        data: None,
        attachments: ids.iter().map(|n| (id(*n), tag)).collect::<BTreeMap<_, _>>(),
    };
    assert_eq!(anlagen::announced(&[id(2), id(1)], &tags(&[1, 2])), Ok(()));
    let wrong = rejects(ProblemKind::AttachmentsMismatch, Instance::Submission);
    assert_eq!(anlagen::announced(&[id(1)], &tags(&[1, 2])), wrong);
    assert_eq!(anlagen::announced(&[id(1), id(2)], &tags(&[1])), wrong);
    assert_eq!(anlagen::announced(&[id(1), id(1)], &tags(&[1])), wrong);

    assert_eq!(anlagen::described(&[id(1)], &metadata()), Ok(()));
    let wrong = rejects(ProblemKind::AttachmentsMismatch, Instance::Metadata);
    assert_eq!(anlagen::described(&[], &metadata()), wrong);
    assert_eq!(anlagen::described(&[id(1), id(2)], &metadata()), wrong);
}

#[test]
fn no_5_the_tag_is_the_signed_one() {
    let text = jwe::seal(b"x", &encryption_key().public_jwk(), "application/json").unwrap();
    let tag = jwe::tag_of(&text).unwrap();
    assert_eq!(fetched::tag(&text, Some(tag), Instance::Data), Ok(tag));
    let wrong = Err(Verdict::reject(ProblemKind::IncorrectAuthenticationTag, Instance::Data));
    assert_eq!(fetched::tag(&text, TAG.parse().ok(), Instance::Data), wrong);
    assert_eq!(fetched::tag(&text, None, Instance::Data), wrong);
    let broken = Err(Verdict::reject(ProblemKind::EncryptionIssue, Instance::Data));
    assert_eq!(fetched::tag("x.y", Some(tag), Instance::Data), broken);
}

#[test]
fn no_6_what_cannot_be_opened_is_rejected_unless_it_is_our_fault() {
    let check = |error: JweError, expected: Verdict| {
        assert_eq!(content::decrypted::<()>(Err(error), Instance::Data), Err(expected));
    };
    let wrong = Verdict::reject(ProblemKind::EncryptionIssue, Instance::Data);
    check(JweError::Decryption, wrong.clone());
    check(JweError::Syntax, wrong.clone());
    check(JweError::Algorithm, wrong.clone());
    check(JweError::Compression, wrong);
    let kid = "verloren1".to_owned();
    check(
        JweError::UnknownKey(kid.parse().unwrap()),
        Verdict::Hold { reason: HoldReason::UnknownKey { kid } },
    );
    check(JweError::TooLarge { bytes_max: 1 }, HoldReason::TooLarge.into());
}

#[test]
fn no_7_metadata_follow_a_known_schema_or_are_held() {
    let words = Vocabulary::default();
    let check = |json: &str, expected: Verdict| {
        assert_eq!(content::metadata(json.as_bytes(), &words), Err(expected), "{json}");
    };
    check("{", Verdict::reject(ProblemKind::SyntaxViolation, Instance::Metadata));
    check("{}", Verdict::reject(ProblemKind::SchemaViolation, Instance::Metadata));
    check(
        r#"{"$schema": "https://example.org"}"#,
        Verdict::reject(ProblemKind::UnsupportedSchema, Instance::Metadata),
    );
    let newer = "https://schema.fitko.de/fit-connect/metadata/3.0.0/metadata.schema.json";
    check(
        &json!({ "$schema": newer }).to_string(),
        HoldReason::UnknownMetadata { version: "3.0.0".to_owned() }.into(),
    );
}

#[test]
fn no_8_the_hash_is_the_described_one() {
    let (a, b) = (ContentHash::of(b"a"), ContentHash::of(b"b"));
    assert_eq!(content::hash(a, a, Instance::Data), Ok(()));
    let wrong = rejects(ProblemKind::HashMismatch, Instance::Data);
    assert_eq!(content::hash(a, b, Instance::Data), wrong);
}

#[test]
fn no_9_leistung_region_and_schema_are_offered() {
    let check = |fetched: Fetched, metadata: Metadata, expected: Checked| {
        assert_eq!(offer::service(&fetched, &metadata, &offer()), expected);
    };
    check(fetched(), metadata(), Ok(()));
    let wrong = rejects(ProblemKind::ServiceMismatch, Instance::Submission);
    let other = "urn:de:fim:leika:leistung:99102013104001".to_owned();
    check(Fetched { service: other.clone(), ..fetched() }, metadata(), wrong.clone());
    let at = |region: &str| Fetched { region: Some(region.to_owned()), ..fetched() };
    check(at("DE094750156156"), metadata(), Ok(()));
    check(at("DE0933"), metadata(), wrong);
    let contradicting = Metadata { service: Some(other), ..metadata() };
    let wrong = rejects(ProblemKind::ServiceMismatch, Instance::Metadata);
    check(fetched(), contradicting, wrong);
    let schema = SubmissionSchema { uri: "urn:x".to_owned(), mime_type: DataType::Json };
    let data = Some(DataPart { hash: ContentHash::of(b"x"), schema });
    let wrong = rejects(ProblemKind::UnsupportedSchema, Instance::Data);
    check(fetched(), Metadata { data, ..metadata() }, wrong);
}

#[test]
fn no_9_fachdaten_are_what_their_type_says() {
    let wrong = || rejects(ProblemKind::SyntaxViolation, Instance::Data);
    assert_eq!(offer::data(b"{\"a\": [1]}", DataType::Json), Ok(()));
    assert_eq!(offer::data(b"{\"a\": [1}", DataType::Json), wrong());
    assert_eq!(offer::data(b"<a/>", DataType::Json), wrong());
    assert_eq!(
        offer::data("\u{feff}<?xml version='1.0'?>\n<a/>\n".as_bytes(), DataType::Xml),
        Ok(())
    );
    assert_eq!(offer::data(b"{}", DataType::Xml), wrong());
    assert_eq!(offer::data(b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", DataType::Xml), wrong());
    assert_eq!(offer::data(b"\xff<a/>", DataType::Xml), wrong());
}

#[test]
fn no_10_the_way_back_is_offered() {
    let by = |reply_channel| Metadata { reply_channel, ..metadata() };
    assert_eq!(offer::reply_channel(&by(None), &offer()), Ok(()));
    let mail = by(Some(ReplyChannel::EMail("a@b".to_owned())));
    assert_eq!(offer::reply_channel(&mail, &offer()), Ok(()));
    let fink = by(Some(ReplyChannel::Fink("hh/by/1".to_owned())));
    let wrong = rejects(ProblemKind::UnsupportedReplyChannel, Instance::Metadata);
    assert_eq!(offer::reply_channel(&fink, &offer()), wrong);
}

#[test]
fn no_11_fragments_are_fetched_instead_of_the_whole_and_shared_by_none() {
    let mut fragmented = metadata();
    fragmented.anlagen[0].fragments = vec![id(7), id(8)];
    assert_eq!(anlagen::described(&[id(8), id(7)], &fragmented), Ok(()));
    let wrong = || rejects(ProblemKind::AttachmentsMismatch, Instance::Metadata);
    assert_eq!(anlagen::described(&[id(1)], &fragmented), wrong());
    assert_eq!(anlagen::described(&[id(7)], &fragmented), wrong());
    fragmented.anlagen[0].fragments = vec![id(7), id(7)];
    assert_eq!(anlagen::described(&[id(7)], &fragmented), wrong());
}

#[test]
fn no_13_nothing_is_accepted_before_it_is_durable() {
    assert!(!list::accept_is_due(list::Storage::Unfinished));
    assert!(list::accept_is_due(list::Storage::Durable));
}

#[test]
fn the_log_shows_how_it_ended() {
    let words = Vocabulary::default();
    let tags: AuthenticationTags = serde_json::from_value(json!({"metadata": TAG})).unwrap();
    let occasion = Occasion {
        jti: Uuid::nil(),
        at: Moment::from_unix_ms(1_760_000_000_000),
        zustellpunkt: AGAIN.parse().unwrap(),
        einreichung: AGAIN.parse().unwrap(),
        vorgang: AGAIN.parse().unwrap(),
        schema: None,
    };
    let accepted = set::accept(occasion, &tags, signature_key(), &words).unwrap();
    let rejected = set::reject(occasion, &[], signature_key(), &words).unwrap();
    let other = Occasion { einreichung: EinreichungId::new(Uuid::from_u128(9)), ..occasion };
    let of_another = set::accept(other, &tags, signature_key(), &words).unwrap();
    let by_service = |name: &str| {
        let event = format!("https://schema.fitko.de/fit-connect/events/{name}-submission");
        submit(|set| set["events"] = json!({ event: {} }))
    };
    let check = |log: &[&String], expected| {
        let log: Vec<_> =
            [&submit(|_| ())].into_iter().chain(log.iter().copied()).cloned().collect();
        let found = in_log(|id, trust, words| events::ending(&log, id, trust, words));
        assert_eq!(found, expected);
    };
    check(&[], events::Ending::Open);
    check(&[&accepted], events::Ending::Accepted);
    check(&[&rejected], events::Ending::Rejected);
    check(&[&of_another], events::Ending::Open);
    check(&[&"x.y.z".to_owned()], events::Ending::Open);
    check(&[&by_service("reject")], events::Ending::Lost);
    check(&[&by_service("delete")], events::Ending::Lost);
    check(&[&by_service("notify")], events::Ending::Open);
    check(&[&accepted, &by_service("delete")], events::Ending::Accepted);
}

#[test]
fn alarms_come_on_day_3_7_and_12() {
    let day = |day: i64| Moment::from_unix_ms(day * 86_400_000);
    let check = |now: Moment, expected| assert_eq!(list::Alarm::of(day(0), now), expected);
    check(day(0), list::Alarm::None);
    check(Moment::from_unix_ms(day(3).unix_ms() - 1), list::Alarm::None);
    check(day(3), list::Alarm::Notice);
    check(day(7), list::Alarm::Warning);
    check(day(12), list::Alarm::Critical);
    check(day(-1), list::Alarm::None);
}
