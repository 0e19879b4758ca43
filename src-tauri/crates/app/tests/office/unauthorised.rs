//! Every command has somebody who may not call it. A command without a case here fails the build.

use std::collections::BTreeSet;

use kontor_app::{Code, Office, Who, commands};
use serde_json::{Value, json};

use crate::kreis::{
    AKTE, ANNA, BAUAMT, CONFLICT, CONTESTED, EINGANG, EINTRAG, FRAUKE, GEWERBEAMT, VORGANG,
};
use crate::profile::{Folder, ask};

/// A payload, and what it builds on.
type Payload = fn(&Folder, &Office) -> Value;

/// What Anna may do and Frauke (who only looks), or nobody at all, may not.
const CASES: &[(&str, Payload)] = &[
    ("akte.create", |_, _| {
        json!({ "aktenzeichen": "32.10-2026/0002", "betreff": "Reisegewerbe",
                "aktenplaneintrag": EINTRAG, "einheit": GEWERBEAMT })
    }),
    ("akte.list", |_, _| json!({})),
    ("akte.next_sign", |_, _| json!({ "aktenplaneintrag": EINTRAG })),
    ("akte.show", |_, _| json!({ "akte": AKTE })),
    ("akte.suggest", |_, _| json!({ "vorgang": VORGANG })),
    ("aktenplan.list", |_, _| json!({})),
    ("conflict.list", |_, _| json!({})),
    ("conflict.resolve", |_, _| {
        json!({ "entity": format!("vorgang/{CONTESTED}"), "conflict": CONFLICT,
                "choices": { "zuweisung": "mine" } })
    }),
    ("counts", |_, _| json!({ "today": "2026-11-25" })),
    ("draft.drop", |_, _| json!({ "name": "notiz" })),
    ("draft.get", |_, _| json!({ "name": "notiz" })),
    ("draft.keep", |_, _| json!({ "name": "notiz", "body": "halb" })),
    ("eingang.assign", |_, _| json!({ "eingang": EINGANG, "vorgang": VORGANG })),
    ("eingang.create_vorgang", |_, _| json!({ "eingang": EINGANG, "take": true })),
    ("eingang.forward", |_, _| json!({ "eingang": EINGANG, "einheit": BAUAMT })),
    ("eingang.list", |_, _| json!({})),
    ("eingang.record", |folder, _| {
        let path = folder.file("anzeige.pdf", b"%PDF-1.7\n");
        json!({ "einheit": GEWERBEAMT, "kanal": "papier", "betreff": "Anzeige", "paths": [path] })
    }),
    ("eingang.see", |_, _| json!({ "eingang": EINGANG })),
    ("eingang.show", |_, _| json!({ "eingang": EINGANG })),
    ("einheit.list", |_, _| json!({})),
    ("entry.dismiss", |_, office| json!({ "entry": noted(office) })),
    ("entry.list", |_, _| json!({})),
    ("entry.release", |_, office| json!({ "entry": noted(office) })),
    ("entry.show", |_, office| json!({ "entry": noted(office) })),
    ("entry.undo", |_, office| json!({ "entry": noted(office) })),
    ("entry.withdraw", |_, office| json!({ "entry": noted(office) })),
    ("frist.reckon", |_, _| json!({ "vorgang": VORGANG, "rechnung": rechnung() })),
    ("frist.remove", |_, office| {
        let frist = if_signed_in(office, "frist.set", &frist(), "frist");
        json!({ "vorgang": VORGANG, "frist": frist })
    }),
    ("frist.set", |_, _| frist()),
    ("notice.dismiss", |_, _| json!({ "notice": 1 })),
    ("notice.list", |_, _| json!({})),
    ("notiz.add", |_, _| notiz()),
    ("person.list", |_, _| json!({})),
    ("pin.add", |_, _| json!({ "entity": format!("akte/{AKTE}") })),
    ("pin.list", |_, _| json!({})),
    ("pin.remove", |_, _| json!({ "entity": format!("akte/{AKTE}") })),
    ("schriftstueck.add", |folder, _| added(folder)),
    (
        "schriftstueck.add_all",
        |folder, _| json!({ "vorgang": VORGANG, "files": [{ "path": folder.file("neu.pdf", b"%PDF-1.7\n") }] }),
    ),
    ("schriftstueck.add_fassung", |folder, office| {
        let schriftstueck =
            if_signed_in(office, "schriftstueck.add", &added(folder), "schriftstueck");
        let path = folder.file("neu.pdf", b"%PDF-1.7\n% neu\n");
        json!({ "vorgang": VORGANG, "schriftstueck": schriftstueck, "path": path })
    }),
    ("schriftstueck.export", |folder, office| {
        let schriftstueck =
            if_signed_in(office, "schriftstueck.add", &added(folder), "schriftstueck");
        json!({ "vorgang": VORGANG, "schriftstueck": schriftstueck, "path": folder.path("aus.pdf") })
    }),
    (
        "schriftstueck.look",
        |folder, _| json!({ "vorgang": VORGANG, "paths": [folder.file("neu.pdf", b"%PDF-1.7\n")] }),
    ),
    ("schriftstueck.rename", |folder, office| {
        let schriftstueck =
            if_signed_in(office, "schriftstueck.add", &added(folder), "schriftstueck");
        json!({ "vorgang": VORGANG, "schriftstueck": schriftstueck, "betreff": "Bauantrag" })
    }),
    ("session.lock", |_, office| {
        if_signed_in(office, "session.set_pin", &pin(), "");
        json!({})
    }),
    ("session.set_pin", |_, _| pin()),
    ("session.set_rules", |_, _| json!({ "idle_minutes": 5 })),
    ("session.state", |_, _| json!({})),
    ("session.unlock", |_, office| {
        if_signed_in(office, "session.set_pin", &pin(), "");
        json!({ "pin": "271828" })
    }),
    ("status", |_, _| json!({})),
    ("suche.find", |_, _| json!({ "q": "anker" })),
    ("vorgang.assign", |_, _| json!({ "vorgang": VORGANG, "person": ANNA })),
    ("vorgang.change", |_, _| json!({ "vorgang": VORGANG, "betreff": "Anders" })),
    ("vorgang.close", |_, _| json!({ "vorgang": VORGANG })),
    ("vorgang.closing", |_, _| json!({ "vorgang": VORGANG })),
    ("vorgang.create", |_, _| json!({ "einheit": GEWERBEAMT, "betreff": "Neues" })),
    ("vorgang.file", |_, _| json!({ "vorgang": VORGANG, "akte": AKTE })),
    ("vorgang.history", |_, _| json!({ "vorgang": VORGANG })),
    ("vorgang.list", |_, _| json!({})),
    ("vorgang.move", |_, _| json!({ "vorgang": VORGANG, "einheit": BAUAMT, "grund": "Zuständig" })),
    ("vorgang.see", |_, _| json!({ "vorgang": VORGANG })),
    ("vorgang.set_status", |_, _| json!({ "vorgang": VORGANG, "status": "wartet" })),
    ("vorgang.show", |_, _| json!({ "vorgang": VORGANG })),
    ("wiedervorlage.add", |_, _| wiedervorlage()),
    ("wiedervorlage.complete", |_, office| {
        let id = if_signed_in(office, "wiedervorlage.add", &wiedervorlage(), "wiedervorlage");
        json!({ "vorgang": VORGANG, "wiedervorlage": id })
    }),
    ("wiedervorlage.list", |_, _| json!({})),
    ("wiedervorlage.reschedule", |_, office| {
        let id = if_signed_in(office, "wiedervorlage.add", &wiedervorlage(), "wiedervorlage");
        json!({ "vorgang": VORGANG, "wiedervorlage": id, "am": "2026-12-11" })
    }),
];

fn pin() -> Value {
    json!({ "new": "271828" })
}

fn notiz() -> Value {
    json!({ "vorgang": VORGANG, "text": "Angerufen." })
}

fn frist() -> Value {
    json!({ "vorgang": VORGANG, "name": "Anhörung", "ende": "2026-12-22" })
}

fn rechnung() -> Value {
    json!({ "beginn": "2026-11-25", "art": "ereignis", "anzahl": 1, "einheit": "monate" })
}

fn wiedervorlage() -> Value {
    json!({ "vorgang": VORGANG, "am": "2026-12-08", "grund": "Nachfragen" })
}

fn added(folder: &Folder) -> Value {
    json!({ "vorgang": VORGANG, "path": folder.file("antrag.pdf", b"%PDF-1.7\n") })
}

fn noted(office: &Office) -> Value {
    if_signed_in(office, "notiz.add", &notiz(), "entry")
}

/// What a case builds on; whoever may not even do that gets some id.
fn if_signed_in(office: &Office, command: &str, payload: &Value, part: &str) -> Value {
    match commands::run(office, command, payload) {
        Ok(answer) => answer["answer"][part].clone(),
        Err(_) => json!(VORGANG),
    }
}

#[test]
fn every_command_has_a_case() {
    let with_case: BTreeSet<&str> = CASES.iter().map(|(name, _)| *name).collect();
    let commands: BTreeSet<&str> = commands::TABLE.iter().map(|row| row.name).collect();
    assert_eq!(with_case, commands);
    assert_eq!(CASES.len(), commands::TABLE.len(), "a name stands twice");
    assert!(commands::TABLE.is_sorted_by_key(|row| row.name), "the table is sorted by name");
}

#[test]
fn nobody_may_do_anything_before_signing_in() {
    for (name, payload) in CASES {
        let folder = Folder::empty();
        let office = folder.open().unwrap();
        let done = commands::run(&office, name, &payload(&folder, &office));
        match commands::find(name).unwrap().who {
            Who::Anybody => assert!(done.is_ok(), "{name}"),
            _ => assert_eq!(done.unwrap_err().code, Code::NotSignedIn, "{name}"),
        }
        assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0, "{name}");
    }
}

#[tokio::test]
async fn whoever_only_looks_changes_nothing() {
    for (name, payload) in CASES {
        let who = commands::find(name).unwrap().who;
        if !matches!(who, Who::Bearbeitung | Who::Posteingang) {
            continue;
        }
        let folder = Folder::of(FRAUKE).await;
        let office = folder.open().unwrap();
        let done = commands::run(&office, name, &payload(&folder, &office));
        assert_eq!(done.unwrap_err().code, Code::NoRight, "{name}");
        assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0, "{name}");
    }
}

/// The same payloads, so that a refusal above is about the right and nothing else.
#[tokio::test]
async fn whoever_works_here_may() {
    for (name, payload) in CASES {
        let folder = Folder::of(ANNA).await;
        let office = folder.open().unwrap();
        ask(&office, name, &payload(&folder, &office));
    }
}
