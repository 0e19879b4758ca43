//! What somebody sees who works on one thing, and how they take back what they did.

use kontor_app::{Code, commands};
use serde_json::json;

use crate::kreis::{AKTE, ANNA, BERND, CONTESTED, EINGANG, GEWERBEAMT, VORGANG};
use crate::profile::{Folder, ask, refused};

#[tokio::test]
async fn a_vorgang_is_shown_with_names_and_receipts() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.assign", &json!({ "vorgang": VORGANG, "person": BERND }));
    ask(&office, "vorgang.file", &json!({ "vorgang": VORGANG, "akte": AKTE }));
    ask(&office, "notiz.add", &json!({ "vorgang": VORGANG, "text": "Angerufen." }));
    ask(
        &office,
        "frist.set",
        &json!({ "vorgang": VORGANG, "name": "Anhörung", "ende": "2026-11-16" }),
    );
    ask(&office, "eingang.assign", &json!({ "eingang": EINGANG, "vorgang": VORGANG }));

    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let vorgang = &shown["vorgang"];
    assert_eq!((&vorgang["status"], &vorgang["receipt"]), (&json!("offen"), &json!("at_zentrale")));
    assert_eq!(vorgang["einheit_name"], "Gewerbeamt");
    assert_eq!(vorgang["zuweisung_name"], "Bernd Brandt");
    assert_eq!(vorgang["zuweisung_since"]["by_name"], "Anna Albers");
    assert_eq!(vorgang["akte"]["aktenzeichen"], "32.10-2026/0001");
    assert_eq!(
        vorgang["akte"]["aktenplan"],
        json!([{ "schluessel": "32.10", "name": "Gewerbeanzeigen" }])
    );
    let receipts: Vec<_> =
        vorgang["notizen"].as_array().unwrap().iter().map(|it| &it["receipt"]).collect();
    assert_eq!(receipts, ["here", "at_zentrale"]);
    // From Monday, 2 November 2026; no holiday of the federation in between.
    assert_eq!(vorgang["fristen"][0]["workdays_left"], 10);
    assert_eq!(vorgang["eingaenge"][0]["id"], json!(EINGANG));
    assert_eq!(vorgang["eingaenge"][0]["kanal"], "papier");
    assert_eq!(shown["waiting"], 5);
    assert_eq!(shown["entries"][4]["about"], "Zuweisung geändert");

    let contested = ask(&office, "vorgang.show", &json!({ "vorgang": CONTESTED }));
    assert_eq!(contested["vorgang"]["contested"], json!(["zuweisung"]));
}

#[tokio::test]
async fn an_eingang_says_where_it_went() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let show = json!({ "eingang": EINGANG });
    assert_eq!(ask(&office, "eingang.show", &show)["eingang"]["vorgang"], json!(null));
    ask(&office, "eingang.assign", &json!({ "eingang": EINGANG, "vorgang": VORGANG }));
    let shown = ask(&office, "eingang.show", &show);
    let vorgang =
        json!({ "id": VORGANG, "betreff": "Gewerbeanmeldung Bäckerei", "receipt": "here" });
    assert_eq!(shown["eingang"]["vorgang"], vorgang);
    assert_eq!(refused(&office, "eingang.show", &json!({ "eingang": VORGANG })), Code::Unknown);
}

#[tokio::test]
async fn what_waits_is_undone_by_taking_it_back() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "notiz.add", &json!({ "vorgang": VORGANG, "text": "Falsch." }));
    let answer = commands::run(&office, "entry.undo", &json!({})).unwrap();
    assert_eq!(answer["changed"], json!([format!("vorgang/{VORGANG}")]));
    assert_eq!(answer["answer"]["about"], "Notiz hinzugefügt");
    assert_eq!(answer["answer"]["way"], "withdrawn");
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert!(!shown.to_string().contains("Falsch."));
    // Nothing else was entered here.
    assert_eq!(refused(&office, "entry.undo", &json!({})), Code::EntryUnknown);
}

#[tokio::test]
async fn what_waits_is_listed_with_what_can_be_done_about_it() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.create", &json!({ "einheit": GEWERBEAMT, "betreff": "Reisegewerbe" }));
    let path = folder.file("antrag.pdf", b"%PDF-1.7\n");
    ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    let listed = ask(&office, "entry.list", &json!({ "open_only": true }));
    assert_eq!((&listed["waiting"], &listed["refused"]), (&json!(2), &json!(0)));
    assert_eq!(listed["uploads"], json!({ "documents": 1, "size_bytes": 9 }));
    let [newest, oldest] = listed["entries"].as_array().unwrap().as_slice() else { panic!() };
    assert_eq!(newest["about"], "Schriftstück „antrag“ aufgenommen");
    assert_eq!(newest["upload_bytes"], 9);
    assert_eq!(
        (&oldest["betreff"], &oldest["deeds"]),
        (&json!("Reisegewerbe"), &json!(["withdraw"]))
    );
    assert_eq!(refused(&office, "entry.dismiss", &json!({ "entry": VORGANG })), Code::EntryUnknown);
}

/// Bernd's assignment came while the dialog stood open: nobody who saw „niemand“ may overwrite it.
#[tokio::test]
async fn a_dialog_that_saw_something_older_becomes_two_fassungen() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let assign = |person, seen| json!({ "vorgang": VORGANG, "person": person, "seen": seen });
    let sure = ask(&office, "vorgang.assign", &assign(json!(BERND), json!(null)));
    assert_eq!(sure["forecast"]["outlook"], "fine");
    let stale = ask(&office, "vorgang.assign", &assign(json!(ANNA), json!(null)));
    assert_eq!(stale["forecast"]["outlook"], "contested");
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    assert_eq!(shown["vorgang"]["zuweisung"], json!(BERND));
    assert_eq!(shown["vorgang"]["contested"], json!(["zuweisung"]));

    let rename =
        |betreff, seen| json!({ "vorgang": VORGANG, "betreff": betreff, "seen_betreff": seen });
    let first =
        ask(&office, "vorgang.change", &rename("Bäckerei Korn", "Gewerbeanmeldung Bäckerei"));
    assert_eq!(first["forecast"]["outlook"], "fine");
    let second = ask(&office, "vorgang.change", &rename("Bäckerei", "Gewerbeanmeldung Bäckerei"));
    assert_eq!(second["forecast"]["outlook"], "contested");
    // Who wants what stands there already changes nothing, whatever they saw.
    let same = rename("Bäckerei Korn", "Gewerbeanmeldung Bäckerei");
    assert_eq!(refused(&office, "vorgang.change", &same), Code::ChangeUnfit);

    let wait = json!({ "vorgang": VORGANG, "status": "wartet", "seen": "offen" });
    assert_eq!(ask(&office, "vorgang.set_status", &wait)["forecast"]["outlook"], "fine");
    let begin = json!({ "vorgang": VORGANG, "status": "in_bearbeitung", "seen": "offen" });
    assert_eq!(ask(&office, "vorgang.set_status", &begin)["forecast"]["outlook"], "contested");
}

#[tokio::test]
async fn an_eingang_becomes_a_vorgang_that_is_taken_in_one_step() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let create = json!({ "eingang": EINGANG, "take": true });
    let created = ask(&office, "eingang.create_vorgang", &create);
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": created["vorgang"] }));
    let vorgang = &shown["vorgang"];
    assert_eq!(vorgang["betreff"], "Nachfrage zur Bäckerei");
    assert_eq!(vorgang["einheit"], json!(GEWERBEAMT));
    assert_eq!(vorgang["zuweisung"], json!(ANNA));
    assert_eq!(vorgang["eingaenge"][0]["id"], json!(EINGANG));
    assert_eq!(refused(&office, "eingang.create_vorgang", &create), Code::AlreadyAssigned);

    // Taken back in the opposite order, nothing of it is left.
    for entry in created["entries"].as_array().unwrap().iter().rev() {
        ask(&office, "entry.withdraw", &json!({ "entry": entry }));
    }
    let gone = json!({ "vorgang": created["vorgang"] });
    assert_eq!(refused(&office, "vorgang.show", &gone), Code::Unknown);
    let eingang = ask(&office, "eingang.show", &json!({ "eingang": EINGANG }));
    assert_eq!(eingang["eingang"]["vorgang"], json!(null));
}

#[tokio::test]
async fn a_schriftstueck_gets_another_name_and_the_verlauf_tells_both() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let path = folder.file("scan0001.pdf", b"%PDF-1.7\n");
    let added = ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    let rename = |betreff| {
        json!({ "vorgang": VORGANG, "schriftstueck": added["schriftstueck"],
                "betreff": betreff, "seen": "scan0001" })
    };
    let renamed = ask(&office, "schriftstueck.rename", &rename("Pachtvertrag"));
    assert_eq!(renamed["forecast"]["outlook"], "fine");
    let shown = ask(&office, "vorgang.show", &json!({ "vorgang": VORGANG }));
    let schriftstueck = &shown["vorgang"]["schriftstuecke"][0];
    assert_eq!(schriftstueck["betreff"], "Pachtvertrag");
    assert_eq!(schriftstueck["fassungen"][0]["formate"][0]["name"], "scan0001.pdf");
    let told = ask(&office, "vorgang.history", &json!({ "vorgang": VORGANG }));
    let newest = "Anna Albers hat das Schriftstück „scan0001“ in „Pachtvertrag“ umbenannt.";
    assert_eq!(told["lines"][0]["sentence"], newest);
    let stale = ask(&office, "schriftstueck.rename", &rename("Vertrag"));
    assert_eq!(stale["forecast"]["outlook"], "contested");
}
