//! Lists: narrowed down, sorted, in pieces, with what waits and what is new.

use serde_json::{Value, json};

use crate::kreis::{AKTE, ANNA, BERND, CONTESTED, EINGANG, GEWERBEAMT, VORGANG};
use crate::profile::{Folder, ask};

/// What a list of Vorgänge is about, in its order.
fn subjects(listed: &Value) -> Vec<&str> {
    let rows = listed["vorgaenge"].as_array().unwrap().iter();
    rows.map(|row| row["betreff"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn vorgaenge_are_found_by_what_stands_in_their_row() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let create = json!({ "einheit": GEWERBEAMT, "betreff": "Straßenfest Müller" });
    let made = ask(&office, "vorgang.create", &create);
    let vorgang = &made["vorgang"];
    ask(&office, "vorgang.file", &json!({ "vorgang": vorgang, "akte": AKTE }));
    ask(&office, "vorgang.assign", &json!({ "vorgang": vorgang, "person": BERND }));
    for (text, expect) in [
        ("mueller", 1),
        ("STRASSEN mül", 1),
        ("32.10-2026", 1),
        ("brandt strasse", 1),
        ("gewerbeamt", 3),
        ("straßenfest bäckerei", 0),
        ("", 3),
    ] {
        let listed = ask(&office, "vorgang.list", &json!({ "text": text }));
        assert_eq!(listed["matching"], json!(expect), "{text}");
    }
    let narrowed = |filter: Value| ask(&office, "vorgang.list", &filter)["matching"].clone();
    assert_eq!(narrowed(json!({ "akte": AKTE })), json!(1));
    assert_eq!(narrowed(json!({ "person": BERND, "status": ["offen"] })), json!(1));
    assert_eq!(narrowed(json!({ "status": ["wartet"] })), json!(0));
    assert_eq!(narrowed(json!({ "waiting_only": true })), json!(1));
    assert_eq!(narrowed(json!({ "contested_only": true })), json!(1));
}

#[tokio::test]
async fn a_list_comes_sorted_and_in_pieces() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    for betreff in ["Ärger", "Zoo", "anbau"] {
        let create = json!({ "einheit": GEWERBEAMT, "betreff": betreff });
        ask(&office, "vorgang.create", &create);
    }
    let order = ["Ärger", "anbau", "Gaststätte Zum Anker", "Gewerbeanmeldung Bäckerei", "Zoo"];
    let mut pieces = Vec::new();
    for offset in [0, 2, 4] {
        let asked = json!({ "sort": "betreff", "offset": offset, "rows_max": 2 });
        let listed = ask(&office, "vorgang.list", &asked);
        assert_eq!(listed["matching"], json!(5));
        pieces.extend(subjects(&listed).into_iter().map(str::to_owned));
    }
    assert_eq!(pieces, order);
    let turned = ask(&office, "vorgang.list", &json!({ "sort": "betreff", "descending": true }));
    assert!(subjects(&turned).into_iter().eq(order.into_iter().rev()));
}

#[tokio::test]
async fn what_is_due_comes_first_and_is_told() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.assign", &json!({ "vorgang": VORGANG, "person": ANNA }));
    let frist = json!({ "vorgang": VORGANG, "name": "Bescheiden", "ende": "2026-12-22" });
    ask(&office, "frist.set", &frist);
    let add = json!({ "vorgang": VORGANG, "am": "2026-11-20", "grund": "Rückruf" });
    let added = ask(&office, "wiedervorlage.add", &add);
    let first = |office| ask(office, "vorgang.list", &json!({}))["vorgaenge"][0].clone();
    let due = json!({ "kind": "wiedervorlage", "name": "Rückruf", "am": "2026-11-20" });
    assert_eq!(first(&office)["naechste"], due);
    assert_eq!(first(&office)["vorgang"], json!(VORGANG));
    let listed = ask(&office, "wiedervorlage.list", &json!({ "until": "2026-11-20" }));
    assert_eq!(listed["wiedervorlagen"][0]["wiedervorlage"], added["wiedervorlage"]);
    let counts = |day| ask(&office, "counts", &json!({ "today": day }));
    assert_eq!(counts("2026-11-19")["wiedervorlagen_heute"], json!(0));
    assert_eq!(counts("2026-11-20")["wiedervorlagen_heute"], json!(1));
    let complete = json!({ "vorgang": VORGANG, "wiedervorlage": added["wiedervorlage"] });
    ask(&office, "wiedervorlage.complete", &complete);
    let due = json!({ "kind": "frist", "name": "Bescheiden", "am": "2026-12-22" });
    assert_eq!(first(&office)["naechste"], due);
    assert_eq!(counts("2026-11-20")["wiedervorlagen_heute"], json!(0));
}

#[tokio::test]
async fn an_eingang_is_new_until_it_was_opened_here() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let listed = ask(&office, "eingang.list", &json!({}));
    assert_eq!((&listed["new"], &listed["eingaenge"][0]["new"]), (&json!(1), &json!(true)));
    ask(&office, "eingang.see", &json!({ "eingang": EINGANG }));
    drop(office);
    let office = folder.open().unwrap();
    let listed = ask(&office, "eingang.list", &json!({}));
    assert_eq!((&listed["new"], &listed["eingaenge"][0]["new"]), (&json!(0), &json!(false)));
    let counts = ask(&office, "counts", &json!({ "today": "2026-11-25" }));
    assert_eq!(
        counts,
        json!({ "eingang_open": 1, "eingang_new": 0, "vorgaenge": 1, "wiedervorlagen_heute": 0,
                "waiting": 0, "conflicts": 1, "refused": 0 })
    );
    ask(&office, "eingang.assign", &json!({ "eingang": EINGANG, "vorgang": CONTESTED }));
    assert_eq!(ask(&office, "eingang.list", &json!({}))["unassigned"], json!(0));
}
