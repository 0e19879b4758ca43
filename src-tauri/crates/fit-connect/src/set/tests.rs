use serde_json::{Value, json};

use super::*;
use crate::jws::sign;
use crate::samples::{AGAIN, SERVICE, encryption_key, service_key, signature_key};
use crate::vocabulary::{Instance, Problem, ProblemKind};

const TAG: &str = "AAAAAAAAAAAAAAAAAAAAAA";

fn submit() -> Value {
    json!({
        "$schema": "https://schema.fitko.de/fit-connect/set-payload/1.2.2/set-payload.schema.json",
        "jti": AGAIN, "iss": SERVICE, "iat": 1_760_000_000,
        "sub": format!("submission:{AGAIN}"), "txn": format!("case:{AGAIN}"),
        "events": {"https://schema.fitko.de/fit-connect/events/submit-submission": {
            "authenticationTags": {"metadata": TAG, "data": TAG, "attachments": {AGAIN: TAG}}}},
    })
}

fn verify(raw: &str) -> Result<Set, SetError> {
    let (service, own) = ([service_key().public_jwk()], [signature_key().public_jwk()]);
    let trust = Trust {
        issuer: SERVICE,
        zustelldienst: &service,
        zustellpunkt: AGAIN.parse().unwrap(),
        own: &own,
    };
    Set::verify(raw, trust, &Vocabulary::default())
}

fn check(change: impl FnOnce(&mut Value), expected: SetError) {
    let mut payload = submit();
    change(&mut payload);
    let raw = sign(payload.to_string().as_bytes(), service_key()).unwrap();
    assert_eq!(verify(&raw), Err(expected), "{payload}");
}

fn without(name: &'static str) -> impl FnOnce(&mut Value) {
    move |payload| drop(payload.as_object_mut().unwrap().remove(name))
}

#[test]
fn a_submission_signed_by_the_service_is_read() {
    let set = verify(&sign(submit().to_string().as_bytes(), service_key()).unwrap()).unwrap();
    assert_eq!(set.issuer, Issuer::Zustelldienst);
    assert_eq!(set.issued.unix_ms(), 1_760_000_000_000);
    let Event::Submit(tags) = set.event else { panic!("{set:?}") };
    assert_eq!(tags.attachments.len(), 1);
}

#[test]
fn no_anlagen_are_written_in_three_ways() {
    for attachments in [json!({}), Value::Null] {
        let tags: AuthenticationTags =
            serde_json::from_value(json!({"metadata": TAG, "attachments": attachments})).unwrap();
        assert!(tags.attachments.is_empty());
    }
    assert!(serde_json::from_value::<AuthenticationTags>(json!({"metadata": TAG})).is_ok());
}

#[test]
fn every_claim_is_required_and_checked() {
    for claim in ["jti", "iss", "iat", "sub", "txn", "events"] {
        check(without(claim), SetError::Claim("payload"));
    }
    check(|set| set["iat"] = 1_577_833_199.into(), SetError::Claim("iat"));
    check(|set| set["iat"] = i64::MAX.into(), SetError::Claim("iat"));
    check(|set| set["sub"] = AGAIN.into(), SetError::Claim("sub"));
    check(|set| set["sub"] = "submission:7".into(), SetError::Claim("sub"));
    check(|set| set["txn"] = "case:".into(), SetError::Claim("txn"));
    check(|set| set["events"] = json!({}), SetError::Claim("events"));
    check(|set| set["events"]["x"] = json!({}), SetError::Claim("events"));
    let tags = "https://schema.fitko.de/fit-connect/events/submit-submission";
    check(|set| set["events"][tags] = json!({}), SetError::Claim("authenticationTags"));
}

#[test]
fn only_two_may_sign_and_each_for_itself() {
    check(|set| set["iss"] = "https://example.org".into(), SetError::Issuer);
    let other = "00000000-0000-4000-8000-000000000009";
    check(|set| set["iss"] = other.into(), SetError::Issuer);
    let service = service_key().kid().clone();
    check(|set| set["iss"] = AGAIN.into(), SetError::UnknownKey(service));

    let by_us = sign(submit().to_string().as_bytes(), signature_key()).unwrap();
    assert_eq!(verify(&by_us), Err(SetError::UnknownKey(signature_key().kid().clone())));
}

#[test]
fn nobody_submits_to_themselves() {
    let mut payload = submit();
    payload["iss"] = AGAIN.into();
    let raw = sign(payload.to_string().as_bytes(), signature_key()).unwrap();
    assert_eq!(verify(&raw), Err(SetError::NotEntitled));
}

fn occasion() -> Occasion<'static> {
    Occasion {
        jti: Uuid::nil(),
        at: Moment::from_unix_ms(1_760_000_000_999),
        zustellpunkt: AGAIN.parse().unwrap(),
        einreichung: AGAIN.parse().unwrap(),
        vorgang: AGAIN.parse().unwrap(),
        schema: Some("https://example.org/schema"),
    }
}

#[test]
fn our_own_events_are_read_back() {
    let words = Vocabulary::default();
    let tags = AuthenticationTags {
        metadata: TAG.parse().unwrap(),
        data: None,
        attachments: BTreeMap::new(),
    };
    let accepted = verify(&accept(occasion(), &tags, signature_key(), &words).unwrap()).unwrap();
    assert_eq!(accepted.event, Event::Accept);
    assert_eq!(accepted.issuer, Issuer::Zustellpunkt);
    assert_eq!(accepted.schema.as_deref(), occasion().schema);
    let problem = Problem { kind: ProblemKind::HashMismatch, instance: Instance::Data };
    let rejected = reject(occasion(), &[problem], signature_key(), &words).unwrap();
    assert_eq!(verify(&rejected).unwrap().event, Event::Reject);
}

#[test]
fn a_rejection_gives_type_and_instance_exactly() {
    let id = AGAIN.parse().unwrap();
    let problem = Problem {
        kind: ProblemKind::IncorrectAuthenticationTag,
        instance: Instance::Attachment(id),
    };
    let shown = write::shown(&problem, &Vocabulary::default());
    let uri = "https://schema.fitko.de/fit-connect/events/problems/incorrect-authentication-tag";
    assert_eq!(shown["type"], uri);
    assert_eq!(shown["instance"], format!("attachment:{AGAIN}"));
}

#[test]
fn a_key_for_encryption_signs_no_event() {
    assert!(reject(occasion(), &[], encryption_key(), &Vocabulary::default()).is_err());
}
