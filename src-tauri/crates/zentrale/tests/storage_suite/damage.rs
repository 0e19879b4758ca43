//! Whatever changes in the database behind the Zentrale's back is found.

use kontor_zentrale::push::PushError;
use kontor_zentrale::storage::{DocumentRow, StorageError};
use kontor_zentrale::verify::{Report, verify};

use super::database::{Cell, Database, Value};
use super::office::{ANNA, BAUAMT, GEWERBEAMT, KREIS, anna, document};

/// Tables that hold what an authority did. The others hold who may sign in and what is being
/// uploaded; nothing says what they should be.
const TABLES: [&str; 6] =
    ["feed", "feed_head", "entity", "scope_digest", "entry", "document_reference"];
/// A row of another Mandant is a missing row; an epoch is any number.
const FREE: [(&str, &str); 1] = [("feed_head", "epoch")];
/// Of a long value every so many bytes are tried, and the last.
const STRIDE: usize = 13;

pub(crate) async fn every_changed_byte_is_found(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let document = DocumentRow { hash: document(1), size_bytes: 3 };
    storage.add_document(KREIS, ANNA, document).await.unwrap();
    let (vorgang, create) = anna.vorgang(GEWERBEAMT);
    let scan = anna.schriftstueck(vorgang, document.hash);
    let away = anna.move_to(vorgang, GEWERBEAMT, BAUAMT);
    anna.enter(storage, &[create, scan, away, anna.notiz(vorgang, "Prüfen")]).await;
    anna.opened(storage, GEWERBEAMT).await;
    let whole = Report { rows: 6, things: 2, entries: 5, findings: Vec::new() };
    assert_eq!(verify(storage, KREIS).await.unwrap(), whole);

    let mut tried = 0;
    for table in TABLES {
        let (columns, key) = database.columns(table).await;
        for column in columns.iter().filter(|column| *column != "mandant") {
            if FREE.contains(&(table, column.as_str())) {
                continue;
            }
            let cell = Cell { table, key: key.clone(), column: column.clone(), row: 0 };
            for row in 0..2 {
                let cell = Cell { row, ..cell.clone() };
                let Some(value) = database.read(&cell).await else { continue };
                for changed in changes(&value) {
                    database.overwrite(&cell, &value, &changed).await;
                    let report = verify(storage, KREIS).await.unwrap();
                    assert!(!report.findings.is_empty(), "{cell:?}: {value:?} as {changed:?}");
                    database.overwrite(&cell, &changed, &value).await;
                    tried += 1;
                }
            }
        }
    }
    assert!(tried > 200, "only {tried} changes were tried");
    assert_eq!(verify(storage, KREIS).await.unwrap(), whole);
}

fn changes(value: &Value) -> Vec<Value> {
    match value {
        // Far from every other number, so that no key meets another one.
        Value::Number(number) => vec![Value::Number(number ^ 0x4000)],
        Value::Bytes(bytes) => changed(bytes).into_iter().map(Value::Bytes).collect(),
        Value::Text(text) => {
            let texts = changed(text.as_bytes()).into_iter();
            texts.filter_map(|bytes| String::from_utf8(bytes).ok()).map(Value::Text).collect()
        }
    }
}

fn changed(bytes: &[u8]) -> Vec<Vec<u8>> {
    let places = (0..bytes.len()).step_by(STRIDE).chain(bytes.len().checked_sub(1));
    let change = |place: usize| {
        let mut changed = bytes.to_vec();
        changed[place] ^= 0x40;
        changed
    };
    places.map(change).collect()
}

pub(crate) async fn nothing_is_decided_on_damaged_ground(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let before = storage.feed_state(KREIS).await.unwrap();
    let cell = Cell {
        table: "entity",
        key: vec!["mandant".to_owned(), "key".to_owned()],
        column: "state".to_owned(),
        row: 0,
    };
    let Some(Value::Text(state)) = database.read(&cell).await else { panic!("no state") };
    let changed = state.replace("offen", "wartet");
    assert_ne!(changed, state);
    database.overwrite(&cell, &Value::Text(state), &Value::Text(changed)).await;
    let request = anna.request(&[anna.notiz(vorgang, "weiter")]);
    let done = anna.try_send(storage, &request).await;
    assert!(matches!(done, Err(PushError::Storage(StorageError::Damaged(_)))), "{done:?}");
    assert_eq!(storage.feed_state(KREIS).await.unwrap(), before);
}
