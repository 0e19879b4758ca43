//! What the commands do.

use std::fs;

use kontor_app::{Code, commands};
use serde_json::json;

use crate::kreis::{ANNA, BAUAMT, BERND, CONFLICT, CONTESTED, EINGANG, VORGANG};
use crate::profile::{Folder, ask, refused};

#[tokio::test]
async fn an_entry_is_shown_at_once_and_waits() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let payload = json!({ "vorgang": VORGANG, "text": "Herr Beispiel rief an." });
    let answer = commands::run(&office, "notiz.add", &payload).unwrap();
    assert_eq!(answer["changed"], json!([format!("vorgang/{VORGANG}")]));
    assert_eq!(answer["answer"]["forecast"]["outlook"], "fine");

    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert!(shown["vorgang"]["notizen"].to_string().contains("Herr Beispiel rief an."));
    assert_eq!(shown["waiting"], 1);
    let listed = ask(&office, "entry.list", &json!({}));
    assert_eq!(listed["entries"][0]["receipt"], "hier gespeichert");
    assert_eq!(listed["entries"][0]["kind"], "add_notiz");
    assert_eq!(ask(&office, "status", &json!({}))["sentence"], "Ein Eintrag wartet");

    // And is still there for the next program that opens the folder.
    drop(office);
    let office = folder.open().unwrap();
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert!(shown["vorgang"]["notizen"].to_string().contains("Herr Beispiel rief an."));
}

#[tokio::test]
async fn what_was_taken_back_is_not_shown_any_more() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let saved = ask(&office, "vorgang.assign", &json!({ "vorgang": VORGANG, "person": BERND }));
    let payload = json!({ "entry": saved["entry"] });
    let answer = commands::run(&office, "entry.withdraw", &payload).unwrap();
    assert_eq!(answer["changed"], json!([format!("vorgang/{VORGANG}")]));
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert_eq!(shown["vorgang"]["zuweisung"], json!(null));
    let line = &ask(&office, "entry.list", &json!({}))["entries"][0];
    assert_eq!(
        (&line["state"], &line["outlook"]["outlook"]),
        (&json!("taken_back"), &json!("withdrawn"))
    );
    assert_eq!(
        refused(&office, "entry.withdraw", &json!({ "entry": VORGANG })),
        Code::EntryUnknown
    );
}

#[tokio::test]
async fn two_versions_stand_side_by_side_until_somebody_decides() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let conflict = ask(&office, "conflict.list", &json!({}))["conflicts"][0].clone();
    assert_eq!(conflict["conflict"], json!(CONFLICT));
    let field = &conflict["fields"][0];
    assert_eq!((&field["feld"], &field["label"]), (&json!("zuweisung"), &json!("Bearbeitet von")));
    assert_eq!((&field["base"], &field["own"]), (&json!("niemand"), &json!("theirs")));
    assert_eq!(field["mine"]["text"], "Bernd Brandt");
    assert_eq!(field["mine"]["by"], json!(BERND));
    assert_eq!(field["theirs"]["by_name"], "Anna Albers");

    let entity = format!("vorgang/{CONTESTED}");
    let none = json!({ "entity": entity, "conflict": CONFLICT, "choices": {} });
    assert_eq!(refused(&office, "conflict.resolve", &none), Code::ChoiceUnfit);
    let choice =
        json!({ "entity": entity, "conflict": CONFLICT, "choices": { "zuweisung": "mine" } });
    ask(&office, "conflict.resolve", &choice);
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": CONTESTED }));
    assert_eq!(shown["vorgang"]["zuweisung"], json!(BERND));
    assert_eq!(ask(&office, "conflict.list", &json!({}))["conflicts"], json!([]));
    assert_eq!(refused(&office, "conflict.resolve", &choice), Code::AlreadyResolved);
}

/// What waits is told at once; what was before has to be asked for, and the answer says so.
#[tokio::test]
async fn own_waiting_entries_are_told_in_the_verlauf() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "notiz.add", &json!({ "vorgang": VORGANG, "text": "Herr Beispiel rief an." }));
    let add = json!({ "vorgang": VORGANG, "am": "2026-12-01", "grund": "Rückruf" });
    let added = ask(&office, "wiedervorlage.add", &add);
    let later = json!({
        "vorgang": VORGANG, "wiedervorlage": added["wiedervorlage"], "am": "2026-12-04",
    });
    ask(&office, "wiedervorlage.reschedule", &later);
    ask(&office, "eingang.assign", &json!({ "eingang": EINGANG, "vorgang": VORGANG }));
    let told = ask(&office, "vorgang.history", &json!({ "vorgang": VORGANG }));
    let lines = told["lines"].as_array().unwrap();
    let sentences: Vec<_> = lines.iter().map(|line| line["sentence"].as_str().unwrap()).collect();
    assert_eq!(
        sentences,
        [
            "Anna Albers hat den Eingang „Nachfrage zur Bäckerei“ zugeordnet.",
            "Anna Albers hat die Wiedervorlage „Rückruf“ auf den 04.12.2026 gelegt.",
            "Anna Albers hat die Wiedervorlage „Rückruf“ für den 01.12.2026 angelegt.",
            "Anna Albers hat eine Notiz geschrieben.",
        ]
    );
    assert!(lines.iter().all(|line| line["waiting"] == json!(true) && line["revision"].is_null()));
    assert_eq!(lines[3]["what"]["text"], "Herr Beispiel rief an.");
    assert_eq!(told["complete"], false, "nobody has asked the Zentrale yet");
    assert_eq!(refused(&office, "vorgang.history", &json!({ "vorgang": EINGANG })), Code::Unknown);
}

#[tokio::test]
async fn a_closed_vorgang_says_so() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.close", &json!({ "vorgang": VORGANG }));
    let assign = json!({ "vorgang": VORGANG, "person": ANNA });
    assert_eq!(refused(&office, "vorgang.assign", &assign), Code::Closed);
    assert!(!ask(&office, "vorgang.list", &json!({})).to_string().contains(&VORGANG.to_string()));
    ask(&office, "vorgang.set_status", &json!({ "vorgang": VORGANG, "status": "offen" }));
    ask(&office, "vorgang.assign", &assign);
    assert_eq!(refused(&office, "vorgang.assign", &assign), Code::ChangeUnfit);
}

#[tokio::test]
async fn a_file_comes_out_as_it_went_in() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let bytes: Vec<u8> =
        b"%PDF-1.7\n".iter().copied().chain((0..=u8::MAX).cycle().take(200_000)).collect();
    // Its name lies; its bytes do not.
    let path = folder.file("Antrag Müller.exe", &bytes);
    let added = ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let id = added["schriftstueck"].as_str().unwrap();
    let schriftstueck = &shown["vorgang"]["schriftstuecke"][0];
    assert_eq!((&schriftstueck["id"], &schriftstueck["receipt"]), (&json!(id), &json!("here")));
    assert_eq!(schriftstueck["fassungen"][0]["formate"][0]["here"], true);
    assert_eq!(schriftstueck["betreff"], "Antrag Müller");
    assert!(schriftstueck.to_string().contains("\"application/pdf\""));
    assert_eq!(shown["absent"], json!([]));

    let copy = folder.path("Kopie.pdf");
    let export = json!({ "vorgang": VORGANG, "schriftstueck": id, "path": copy });
    assert_eq!(ask(&office, "schriftstueck.export", &export)["size_bytes"], bytes.len());
    assert_eq!(fs::read(&copy).unwrap(), bytes);
    fs::write(&copy, "anders").unwrap();
    assert_eq!(refused(&office, "schriftstueck.export", &export), Code::FileExists);
    assert_eq!(fs::read(&copy).unwrap(), b"anders");
    let nowhere =
        json!({ "vorgang": VORGANG, "schriftstueck": id, "path": folder.path("fehlt/x") });
    assert_eq!(refused(&office, "schriftstueck.export", &nowhere), Code::FileUnwritable);
    let left = fs::read_dir(folder.path("")).unwrap().filter_map(Result::ok);
    let left = left.filter(|entry| entry.file_name().to_string_lossy().starts_with(".kontor-"));
    assert_eq!(left.count(), 0, "half a file is left");
}

#[tokio::test]
async fn a_new_fassung_counts_and_the_old_one_stays() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let path = folder.file("a.txt", b"eins");
    let added = ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    let id = added["schriftstueck"].as_str().unwrap();
    let path = folder.file("a.txt", b"zwei");
    let payload = json!({ "vorgang": VORGANG, "schriftstueck": id, "path": path });
    let newer = ask(&office, "schriftstueck.add_fassung", &payload);
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let mut schriftstuecke = shown["vorgang"]["schriftstuecke"].as_array().unwrap().iter();
    let schriftstueck = schriftstuecke.find(|it| it["id"] == id).unwrap();
    assert_eq!(schriftstueck["aktuell"], newer["fassung"]);
    assert_eq!(schriftstueck["fassungen"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn what_is_no_file_is_not_taken() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let add = |path: &str| json!({ "vorgang": VORGANG, "path": folder.path(path) });
    assert_eq!(refused(&office, "schriftstueck.add", &add("fehlt.pdf")), Code::FileUnreadable);
    assert_eq!(refused(&office, "schriftstueck.add", &add("dokumente")), Code::FileIsFolder);
    folder.file("gut.pdf", b"%PDF-1.7\n");
    let unknown = json!({ "vorgang": EINGANG, "path": folder.path("gut.pdf") });
    assert_eq!(refused(&office, "schriftstueck.add", &unknown), Code::Unknown);
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0);
}

/// Handed on, it is no business of Anna's any more; and the bytes do not stay behind.
#[tokio::test]
async fn what_may_not_be_added_leaves_nothing_behind() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let away =
        json!({ "vorgang": VORGANG, "einheit": BAUAMT, "grund": "Zuständig ist das Bauamt." });
    ask(&office, "vorgang.move", &away);
    let path = folder.file("gut.pdf", b"%PDF-1.7\n");
    let add = json!({ "vorgang": VORGANG, "path": path });
    assert_eq!(refused(&office, "schriftstueck.add", &add), Code::Unknown);
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 1);
    let shelves = fs::read_dir(folder.path("dokumente")).unwrap().filter_map(Result::ok);
    let names: Vec<_> = shelves.map(|shelf| shelf.file_name()).collect();
    assert_eq!(names, ["unfertig"]);
}

#[tokio::test]
async fn an_eingang_becomes_part_of_a_vorgang() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    assert_eq!(ask(&office, "eingang.list", &json!({}))["eingaenge"][0]["eingang"], json!(EINGANG));
    ask(&office, "eingang.assign", &json!({ "eingang": EINGANG, "vorgang": VORGANG }));
    assert_eq!(ask(&office, "eingang.list", &json!({}))["eingaenge"], json!([]));
    let all = ask(&office, "eingang.list", &json!({ "assigned_too": true }));
    assert_eq!(all["eingaenge"][0]["vorgang"], json!(VORGANG));
    let other = json!({ "eingang": EINGANG, "vorgang": CONTESTED });
    assert_eq!(refused(&office, "eingang.assign", &other), Code::AlreadyAssigned);
}

#[tokio::test]
async fn a_draft_is_kept_until_it_is_dropped() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let name = json!({ "name": "notiz/1" });
    assert_eq!(ask(&office, "draft.get", &name)["draft"], json!(null));
    ask(&office, "draft.keep", &json!({ "name": "notiz/1", "body": "Sehr geehrte" }));
    assert_eq!(ask(&office, "draft.get", &name)["draft"]["body"], "Sehr geehrte");
    assert_eq!(ask(&office, "draft.drop", &name)["dropped"], true);
    assert_eq!(ask(&office, "draft.drop", &name)["dropped"], false);
    let long = json!({ "name": "notiz/1", "body": "x".repeat(300_000) });
    assert_eq!(refused(&office, "draft.keep", &long), Code::DraftTooLarge);
}

#[tokio::test]
async fn a_payload_that_does_not_fit_is_told_without_repeating_it() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let check = |payload: serde_json::Value, words: &str| {
        let error = commands::run(&office, "notiz.add", &payload).unwrap_err();
        assert_eq!(error.code, Code::PayloadUnfit);
        assert!(error.sentence.contains(words), "{}", error.sentence);
        assert!(!error.to_string().contains("Meier"), "{error}");
    };
    check(json!({ "vorgang": VORGANG }), "Es fehlt die Angabe „text“.");
    check(json!({ "vorgang": "Meier", "text": "x" }), "„vorgang“ passt nicht");
    check(json!({ "vorgang": VORGANG, "text": "x", "eile": 1 }), "„eile“ gibt es bei diesem");
    check(json!(["Meier"]), "JSON-Objekt");
    assert_eq!(refused(&office, "notiz.entfernen", &json!({})), Code::CommandUnknown);
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0);
}

#[test]
fn payloads_and_answers_have_schemas() {
    for row in commands::TABLE {
        let payload = row.payload().to_value();
        assert_eq!(payload["type"], "object", "{}", row.name);
        assert_eq!(payload["additionalProperties"], false, "{}", row.name);
        let answer = row.answer().to_value();
        assert!(answer["properties"]["changed"].is_object(), "{}", row.name);
    }
}
