//! What is still open before a Vorgang is closed, and that closing heeds it.

use kontor_app::{Code, Office, commands};
use kontor_domain::VorgangId;
use serde_json::{Value, json};

use crate::kreis::{AKTE, ANNA, CONTESTED, EINGANG, VORGANG};
use crate::profile::{Folder, ask, refused};

/// Weight, kind and sentence of what is open.
fn points(office: &Office, vorgang: VorgangId) -> Vec<(String, String, String)> {
    let looked = ask(office, "vorgang.closing", &json!({ "vorgang": vorgang }));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let points = looked["points"].as_array().unwrap().iter();
    points
        .map(|it| (text(&it["weight"]), text(&it["about"]["kind"]), text(&it["sentence"])))
        .collect()
}

fn check(office: &Office, expect: &[(&str, &str, &str)]) {
    let points = points(office, VORGANG);
    let points: Vec<_> =
        points.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(points, expect);
}

#[tokio::test]
async fn what_is_open_is_said_in_whole_sentences() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let unfiled = (
        "warns",
        "unfiled",
        "Der Vorgang liegt in keiner Akte; wie lange er aufbewahrt wird, ist damit nicht bestimmt.",
    );
    check(&office, &[unfiled]);

    for (name, ende) in
        [("Anhörung", "2026-10-30"), ("Bescheid", "2026-11-16"), ("Nachweis", "2026-11-02")]
    {
        ask(&office, "frist.set", &json!({ "vorgang": VORGANG, "name": name, "ende": ende }));
    }
    let add = json!({ "vorgang": VORGANG, "am": "2026-11-20", "grund": "Rückruf" });
    ask(&office, "wiedervorlage.add", &add);
    ask(&office, "vorgang.set_status", &json!({ "vorgang": VORGANG, "status": "wartet" }));
    ask(&office, "draft.keep", &json!({ "name": format!("notiz/{VORGANG}"), "body": "halb" }));
    let path = folder.file("Pachtvertrag.pdf", b"%PDF-1.7\n");
    ask(&office, "schriftstueck.add", &json!({ "vorgang": VORGANG, "path": path }));
    check(
        &office,
        &[
            ("warns", "awaiting", "Der Vorgang wartet noch auf eine Antwort."),
            ("warns", "frist", "Die Frist „Anhörung“ ist am 30.10.2026 abgelaufen."),
            ("warns", "frist", "Die Frist „Nachweis“ läuft noch; heute ist ihr letzter Tag."),
            (
                "warns",
                "frist",
                "Die Frist „Bescheid“ läuft noch bis zum 16.11.2026, noch 10 Arbeitstage.",
            ),
            (
                "warns",
                "wiedervorlage",
                "Die Wiedervorlage „Rückruf“ am 20.11.2026 ist noch nicht erledigt.",
            ),
            unfiled,
            ("warns", "draft", "Sie haben eine Notiz angefangen, die noch nicht gespeichert ist."),
            (
                "tells",
                "waiting",
                "6 Einträge zu diesem Vorgang warten auf die Zentrale; der Abschluss geht nach ihnen dorthin.",
            ),
            (
                "tells",
                "unsent",
                "„Pachtvertrag“ ist erst auf diesem Gerät, noch nicht bei der Zentrale.",
            ),
        ],
    );
}

#[tokio::test]
async fn what_was_settled_is_not_named_any_more() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let add = json!({ "vorgang": VORGANG, "am": "2026-11-20", "grund": "Rückruf" });
    let id = ask(&office, "wiedervorlage.add", &add)["wiedervorlage"].clone();
    let looked = ask(&office, "vorgang.closing", &json!({ "vorgang": VORGANG }));
    assert_eq!(looked["points"][0]["about"]["wiedervorlage"], id);
    ask(&office, "wiedervorlage.complete", &json!({ "vorgang": VORGANG, "wiedervorlage": id }));
    ask(&office, "vorgang.file", &json!({ "vorgang": VORGANG, "akte": AKTE }));
    let kinds: Vec<_> = points(&office, VORGANG).into_iter().map(|(.., kind, _)| kind).collect();
    assert_eq!(kinds, ["waiting"]);
    ask(&office, "vorgang.close", &json!({ "vorgang": VORGANG }));
}

#[tokio::test]
async fn two_fassungen_prevent_it() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let first = &points(&office, CONTESTED)[0];
    assert_eq!((first.0.as_str(), first.1.as_str()), ("prevents", "contested"));
    assert_eq!(first.2, "Zwei Fassungen müssen zuerst geklärt sein: Bearbeitet von.");
    let close = json!({ "vorgang": CONTESTED, "grund": "Trotzdem." });
    let error = commands::run(&office, "vorgang.close", &close).unwrap_err();
    assert_eq!((error.code, &*error.sentence), (Code::StillOpen, first.2.as_str()));
    assert_eq!(ask(&office, "status", &json!({}))["waiting"], 0, "nothing was entered");
}

#[tokio::test]
async fn what_is_closed_cannot_be_closed_again() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let close = json!({ "vorgang": VORGANG, "grund": "Erledigt." });
    ask(&office, "vorgang.close", &close);
    check(&office, &[("prevents", "closed", "Der Vorgang ist schon zu den Akten gelegt.")]);
    assert_eq!(refused(&office, "vorgang.close", &close), Code::Closed);
    assert_eq!(refused(&office, "vorgang.closing", &json!({ "vorgang": EINGANG })), Code::Unknown);
}
