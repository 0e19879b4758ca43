//! What no honest side sends: refused as a whole, without a crash and without half a message.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::every::{Message, every};

/// Far deeper than any stack is tall.
const DEEP: usize = 200_000;

/// Places of a value at any depth, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                places(value, &format!("{at}/{name}"), into);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                places(value, &format!("{at}/{place}"), into);
            }
        }
        _ => {}
    }
    into.push(at.to_owned());
}

/// Raw parts hold anything; the reader of the message does not look into them.
fn is_raw(place: &str) -> bool {
    ["/entry", "/events", "/state", "/results"].iter().any(|raw| place.contains(raw))
}

fn numbers(message: &Message) -> Vec<String> {
    let value: Value = serde_json::from_str(&message.json).unwrap();
    let mut all = Vec::new();
    places(&value, "", &mut all);
    let is_number = |place: &String| value.pointer(place).is_some_and(Value::is_number);
    all.into_iter().filter(|place| !is_raw(place)).filter(is_number).collect()
}

/// The message with something else, which need not be JSON, in one place.
fn with(message: &Message, place: &str, instead: &str) -> String {
    const MARK: &str = "\u{1}here\u{1}";
    let mut value: Value = serde_json::from_str(&message.json).unwrap();
    *value.pointer_mut(place).unwrap() = json!(MARK);
    value.to_string().replace(&json!(MARK).to_string(), instead)
}

/// A message the size of an attack, read on a small stack: whatever the answer, there is one.
fn survives(message: &Message, json: String) -> bool {
    let message = message.clone();
    let read = std::thread::Builder::new().stack_size(1 << 20).spawn(move || message.read(&json));
    read.unwrap().join().is_ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn half_a_message_is_none(messages in every()) {
        for message in messages {
            for (end, _) in message.json.char_indices() {
                prop_assert!(message.read(&message.json[..end]).is_err(), "{} cut at {end}", message.name);
            }
            for more in ["}", ",", "{}", "\u{0}"] {
                let json = format!("{}{more}", message.json);
                prop_assert!(message.read(&json).is_err(), "{} with {more:?} behind", message.name);
            }
        }
    }

    #[test]
    fn a_number_is_a_whole_number_in_its_bounds(messages in every()) {
        for message in messages {
            for place in numbers(&message) {
                for instead in [
                    "NaN", "Infinity", "-Infinity", "1e400", "1.5", "1.0", "1e3", "0x10", "+1", "01",
                    "\"7\"", "true", "[7]", "18446744073709551616", "-9223372036854775809",
                ] {
                    let json = with(&message, &place, instead);
                    prop_assert!(message.read(&json).is_err(), "{}{place}: {instead}", message.name);
                }
            }
        }
    }

    /// Another kind of value in any place is refused, or understood the same for ever after.
    #[test]
    fn the_wrong_kind_of_value_never_becomes_something_else(messages in every()) {
        for message in messages {
            let value: Value = serde_json::from_str(&message.json).unwrap();
            let mut all = Vec::new();
            places(&value, "", &mut all);
            for place in all {
                for instead in ["null", "false", "-1", "0.5", "\"\"", "[]", "{}", "[[]]", "{\"\":0}"] {
                    if let Ok(read) = message.read(&with(&message, &place, instead)) {
                        prop_assert_eq!(&message.read(&read).unwrap(), &read, "{}{}", message.name, place);
                    }
                }
            }
        }
    }

    #[test]
    fn a_field_given_twice_is_refused(messages in every()) {
        for message in messages {
            let value: Value = serde_json::from_str(&message.json).unwrap();
            for (name, value) in value.as_object().unwrap() {
                let open = message.json.strip_suffix('}').unwrap();
                let json = format!("{open},{}:{value}}}", json!(name));
                prop_assert!(message.read(&json).is_err(), "{}: {name} twice", message.name);
            }
        }
    }

    #[test]
    fn any_text_has_an_answer(messages in every(), noise in "\\PC{0,60}", bytes in any::<Vec<u8>>()) {
        for message in messages {
            prop_assert!(message.read(&noise).is_err());
            prop_assert!(message.read(&String::from_utf8_lossy(&bytes)).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1))]

    #[test]
    fn depth_has_an_answer(messages in every()) {
        for message in messages {
            let known = message.json.strip_prefix('{').unwrap();
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                let deep = format!("{}0{}", open.repeat(DEEP), close.repeat(DEEP));
                prop_assert!(survives(&message, format!("{{\"neu\":{deep},{known}")), "{}", message.name);
                prop_assert!(survives(&message, open.repeat(DEEP)), "{}", message.name);
                prop_assert!(survives(&message, deep), "{}", message.name);
            }
        }
    }

    /// What is carried along unread may be as deep as it likes until somebody reads it.
    #[test]
    fn depth_in_an_entry_has_an_answer(request in crate::draw::push_request()) {
        let mut request = request;
        let deep = format!("{{\"id\":{}0{}}}", "[".repeat(DEEP), "]".repeat(DEEP));
        for entry in &mut request.entries {
            let json = format!("{{\"number\":1,\"entry\":{deep}}}");
            *entry = serde_json::from_str(&json).unwrap();
            prop_assert!(serde_json::from_str::<kontor_domain::Entry>(entry.entry.get()).is_err());
        }
        let json = serde_json::to_string(&request).unwrap();
        let read: kontor_wire::PushRequest = serde_json::from_str(&json).unwrap();
        prop_assert_eq!(serde_json::to_string(&read).unwrap(), json);
    }

    #[test]
    fn length_has_an_answer(messages in every()) {
        for message in messages {
            let known = message.json.strip_prefix('{').unwrap();
            let long = "ä".repeat(4 << 20);
            let json = format!("{{\"neu\":\"{long}\",{known}");
            prop_assert_eq!(&message.read(&json).unwrap(), &message.json, "{}", message.name);
            let many = "0,".repeat(1 << 20);
            let json = format!("{{\"neu\":[{many}0],{known}");
            prop_assert_eq!(&message.read(&json).unwrap(), &message.json, "{}", message.name);
        }
    }
}
