//! Into which Akte something belongs, and what lies in one.

use kontor_app::{Code, Office};
use serde_json::{Value, json};

use crate::kreis::{AKTE, ANNA, EINGANG, EINTRAG, GEWERBEAMT, VORGANG};
use crate::profile::{Folder, ask, refused};

/// A Vorgang of Anna's unit.
fn vorgang(office: &Office, betreff: &str) -> Value {
    let create = json!({ "einheit": GEWERBEAMT, "betreff": betreff });
    ask(office, "vorgang.create", &create)["vorgang"].clone()
}

fn akte(office: &Office, aktenzeichen: &str, betreff: &str) -> Value {
    let create = json!({ "aktenzeichen": aktenzeichen, "betreff": betreff,
                         "aktenplaneintrag": EINTRAG, "einheit": GEWERBEAMT });
    ask(office, "akte.create", &create)["akte"].clone()
}

/// Sign and reasons of what is proposed.
fn proposed(office: &Office, vorgang: &Value) -> Vec<(String, Vec<String>)> {
    let answer = ask(office, "akte.suggest", &json!({ "vorgang": vorgang }));
    let akten = answer["akten"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let reasons = |akte: &Value| akte["gruende"].as_array().unwrap().iter().map(text).collect();
    akten.map(|akte| (text(&akte["aktenzeichen"]), reasons(akte))).collect()
}

#[tokio::test]
async fn an_akte_is_proposed_with_its_reasons_the_likeliest_first() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let muehle = akte(&office, "32.10-2026/0002", "Mühle am Bach");
    let other = akte(&office, "32.10-2026/0003", "Steinbruch");
    let leistung = "99050012104000";
    for (betreff, akte, leistung) in [
        ("Sprengung", &other, Some(leistung)),
        ("Abbau", &other, Some(leistung)),
        ("Wehr", &muehle, None),
    ] {
        let vorgang = vorgang(&office, betreff);
        if let Some(leistung) = leistung {
            let change = json!({ "vorgang": vorgang, "leistung": leistung });
            ask(&office, "vorgang.change", &change);
        }
        ask(&office, "vorgang.file", &json!({ "vorgang": vorgang, "akte": akte }));
    }
    let new = vorgang(&office, "Wasserrad der MUEHLE");
    ask(&office, "vorgang.change", &json!({ "vorgang": new, "leistung": leistung }));
    let note = json!({ "vorgang": new, "text": "Siehe Az. 32.10 - 2026/0001." });
    ask(&office, "notiz.add", &note);
    let own = "Sie haben zuletzt am 02.11.2026 etwas in ihr abgelegt.";
    assert_eq!(
        proposed(&office, &new),
        [
            (
                "32.10-2026/0001".to_owned(),
                vec!["Ihr Aktenzeichen steht in einer Notiz.".to_owned()]
            ),
            (
                "32.10-2026/0003".to_owned(),
                vec!["2 Vorgänge zur selben Leistung liegen darin.".to_owned(), own.to_owned()]
            ),
            (
                "32.10-2026/0002".to_owned(),
                vec!["„MUEHLE“ steht auch in ihrem Betreff.".to_owned(), own.to_owned()]
            ),
        ]
    );
    // Where it lies already is nothing to propose.
    ask(&office, "vorgang.file", &json!({ "vorgang": new, "akte": AKTE }));
    assert_eq!(proposed(&office, &new)[0].0, "32.10-2026/0003");
}

#[tokio::test]
async fn what_nothing_speaks_for_is_not_proposed() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let new = vorgang(&office, "Hundehaltung");
    assert_eq!(proposed(&office, &new), []);
    assert_eq!(refused(&office, "akte.suggest", &json!({ "vorgang": EINGANG })), Code::Unknown);
}

#[tokio::test]
async fn an_akte_is_shown_with_what_lies_in_it() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    ask(&office, "vorgang.file", &json!({ "vorgang": VORGANG, "akte": AKTE }));
    let frist = json!({ "vorgang": VORGANG, "name": "Bescheid", "ende": "2026-12-22" });
    ask(&office, "frist.set", &frist);
    let done = vorgang(&office, "Erledigtes");
    ask(&office, "vorgang.file", &json!({ "vorgang": done, "akte": AKTE }));
    let path = folder.file("brief.pdf", b"%PDF-1.7\n");
    ask(&office, "schriftstueck.add", &json!({ "vorgang": done, "path": path }));
    ask(&office, "vorgang.close", &json!({ "vorgang": done }));
    let shown = ask(&office, "akte.show", &json!({ "akte": AKTE }));
    let akte = &shown["akte"];
    assert_eq!(akte["aktenplan"], json!([{ "schluessel": "32.10", "name": "Gewerbeanzeigen" }]));
    assert_eq!(
        (&akte["einheit_name"], &akte["receipt"]),
        (&json!("Gewerbeamt"), &json!("at_zentrale"))
    );
    assert_eq!(akte["angelegt"]["by_name"], "Anna Albers");
    let inside = &shown["inside"];
    assert_eq!(
        (&inside["vorgaenge"], &inside["open"], &inside["schriftstuecke"]),
        (&json!(2), &json!(1), &json!(1))
    );
    assert_eq!(inside["naechste"]["due"]["name"], "Bescheid");
    assert_eq!(inside["naechste"]["vorgang"], json!(VORGANG));
    assert_eq!(refused(&office, "akte.show", &json!({ "akte": VORGANG })), Code::Unknown);
}

#[tokio::test]
async fn the_next_sign_goes_on_where_the_last_ended() {
    let folder = Folder::of(ANNA).await;
    let office = folder.open().unwrap();
    let next = |office| {
        let asked = json!({ "aktenplaneintrag": EINTRAG });
        ask(office, "akte.next_sign", &asked)["aktenzeichen"].clone()
    };
    assert_eq!(next(&office), json!("32.10-2026/0002"));
    akte(&office, "32.10-2026/0017", "Reisegewerbe");
    akte(&office, "32.10-2025/0099", "Voriges Jahr");
    assert_eq!(next(&office), json!("32.10-2026/0018"));
}
