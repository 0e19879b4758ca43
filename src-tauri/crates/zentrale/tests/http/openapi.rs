//! The committed description is the description.

use kontor_zentrale::openapi;
use serde_json::Value;

const SNAPSHOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

/// `KONTOR_SNAPSHOT=write` writes it anew.
#[test]
fn the_committed_document_is_up_to_date() {
    let document = openapi::document();
    if std::env::var("KONTOR_SNAPSHOT").is_ok_and(|wish| wish == "write") {
        let text = serde_json::to_string_pretty(&document).unwrap() + "\n";
        std::fs::write(SNAPSHOT, text).unwrap();
    }
    let committed = std::fs::read_to_string(SNAPSHOT).unwrap();
    let committed: Value = serde_json::from_str(&committed).unwrap();
    assert!(committed == document, "run the test with KONTOR_SNAPSHOT=write and look at the diff");
}

#[test]
fn every_reference_leads_somewhere() {
    let document = openapi::document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 20);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(reference) if name == "$ref" => {
                        references.push(reference.clone());
                    }
                    other => collect(other, references),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}
