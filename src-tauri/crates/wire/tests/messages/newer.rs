//! An old workstation and a newer Zentrale, and the other way round.

use kontor_domain::{Refusal, Scope};
use kontor_wire::{Deferral, Hello, Outcome, Problem, ProblemCode, PullResponse, PushResult};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::draw;
use crate::every::every;

const ID: &str = "01900000-0000-7000-8000-000000000001";

#[test]
fn a_code_this_version_does_not_know_reads_as_other() {
    let problem = json!({ "status": 451, "code": "sealed_by_court", "title": "Gesperrt." });
    let problem: Problem = serde_json::from_value(problem).unwrap();
    assert_eq!((problem.status, problem.code), (451, ProblemCode::Other));
}

#[test]
fn every_known_code_reads_as_itself() {
    for code in draw::CODES {
        let word = serde_json::to_string(&code).unwrap();
        assert_eq!(serde_json::from_str::<ProblemCode>(&word).unwrap(), code);
    }
}

#[test]
fn a_refusal_and_a_deferral_this_version_does_not_know_keep_their_meaning() {
    let result = |more: &str| -> PushResult {
        serde_json::from_str(&format!(r#"{{"id":"{ID}",{more}}}"#)).unwrap()
    };
    let rejected = result(r#""outcome":"rejected","refusal":"under_seal""#);
    assert_eq!(rejected.outcome, Outcome::Rejected { refusal: Refusal::Newer });
    let deferred = result(r#""reason":"full_moon","outcome":"deferred""#);
    assert_eq!(deferred.outcome, Outcome::Deferred { reason: Deferral::Other });
}

/// Whether an unknown outcome is final nobody can guess; it needs a new protocol version.
#[test]
fn an_outcome_this_version_does_not_know_is_refused() {
    let json = format!(r#"{{"id":"{ID}","outcome":"halfway","seq":7}}"#);
    assert!(serde_json::from_str::<PushResult>(&json).is_err());
}

/// `name` with one more text in the list at `pointer`.
fn with_one_more(message: &impl serde::Serialize, pointer: &str, more: &str) -> String {
    let mut json = serde_json::to_value(message).unwrap();
    json.pointer_mut(pointer).and_then(Value::as_array_mut).unwrap().push(json!(more));
    json.to_string()
}

proptest! {
    #[test]
    fn a_scope_this_version_does_not_know_is_left_out(
        hello in draw::hello(), pulled in draw::pull_response(), word in "[a-z]{1,9}(/[0-9]{1,3})?",
    ) {
        prop_assume!(word.parse::<Scope>().is_err());
        let newer = with_one_more(&hello, "/scopes", &word);
        prop_assert_eq!(serde_json::from_str::<Hello>(&newer).unwrap().scopes, hello.scopes);
        let newer = with_one_more(&pulled, "/scopes", &word);
        prop_assert_eq!(serde_json::from_str::<PullResponse>(&newer).unwrap().scopes, pulled.scopes);
    }

    #[test]
    fn a_role_this_version_does_not_know_gives_no_right(hello in draw::hello()) {
        let newer = with_one_more(&hello, "/akteur/rollen", "siegelbewahrung");
        prop_assert_eq!(serde_json::from_str::<Hello>(&newer).unwrap().akteur, hello.akteur);
    }

    /// A reader skips what it does not know, however deep it is and wherever it stands.
    #[test]
    fn unknown_fields_are_ignored(messages in every()) {
        for message in messages {
            let known = message.json.strip_prefix('{').unwrap();
            for newer in [r#""neu":null"#, r#""neu":{"id":[1,{"seq":-1.5e300}]}"#, r#""":"""#] {
                let comma = if known == "}" { "" } else { "," };
                let json = format!("{{{newer}{comma}{known}");
                prop_assert_eq!(&message.read(&json).unwrap(), &message.json, "{}", message.name);
            }
        }
    }

    #[test]
    fn unknown_fields_are_ignored_further_in(pulled in draw::pull_response(), hello in draw::hello()) {
        let mut json = serde_json::to_value(&pulled).unwrap();
        for place in ["/head", "/rows/0", "/stands/0"] {
            if let Some(Value::Object(inner)) = json.pointer_mut(place) {
                inner.insert("neu".to_owned(), json!([{}]));
            }
        }
        let read: PullResponse = serde_json::from_value(json).unwrap();
        prop_assert_eq!(serde_json::to_value(read).unwrap(), serde_json::to_value(&pulled).unwrap());

        let mut json = serde_json::to_value(&hello).unwrap();
        for place in ["/protocols", "/akteur", "/head", "/limits"] {
            let inner = json.pointer_mut(place).and_then(Value::as_object_mut).unwrap();
            inner.insert("neu".to_owned(), json!({ "max": "viel" }));
        }
        let read: Hello = serde_json::from_value(json).unwrap();
        prop_assert_eq!(serde_json::to_value(read).unwrap(), serde_json::to_value(&hello).unwrap());
    }
}
