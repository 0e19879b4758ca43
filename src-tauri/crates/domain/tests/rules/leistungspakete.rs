//! How form data reads with and without a Leistungspaket, and what is missing from an application.

use kontor_domain::{Angabe, Ansicht, NichtLesbar, Paketinhalt};
use serde_json::{Value, json};

fn paket() -> Paketinhalt {
    serde_json::from_value(json!({
        "leistung": "99050012104000", "name": "Gewerbe anmelden", "stand": "2026",
        "abschnitte": [
            { "titel": "Inhaber", "felder": [
                { "pfad": "inhaber.name", "name": "Familienname" },
                { "pfad": "inhaber.geboren", "name": "Geboren am", "art": "datum" },
            ] },
            { "titel": "Betrieb", "felder": [
                { "pfad": "betrieb.form", "name": "Rechtsform", "art": { "auswahl": { "gmbh": "GmbH" } } },
                { "pfad": "betrieb.miete", "name": "Miete", "art": "betrag" },
                { "pfad": "betrieb.handwerk", "name": "Handwerk", "art": "ja_nein" },
                { "pfad": "betrieb.orte.ort", "name": "Betriebsstätte" },
            ] },
            { "titel": "Leer", "felder": [{ "pfad": "gibt.es.nicht", "name": "Nichts" }] },
        ],
        "unterlagen": [
            { "name": "Ausweis", "pflicht": true, "kennwoerter": ["ausweis", "pass"] },
            { "name": "Registerauszug", "pflicht": true, "kennwoerter": ["handelsregister"],
              "nur_wenn": { "pfad": "betrieb.form", "werte": ["gmbh"] } },
            { "name": "Führungszeugnis", "kennwoerter": ["führungszeugnis"] },
        ],
    }))
    .unwrap()
}

fn form() -> Value {
    json!({
        "inhaber": { "name": "Weiß", "geboren": "1980-02-29", "anrede": "Frau" },
        "betrieb": { "form": "gmbh", "miete": 12_345.5, "handwerk": false,
                     "orte": [{ "ort": "Lindenau", "etage": 2 }, { "ort": "Moorhusen" }] },
        "leer": { "nichts": null },
    })
}

fn read(data: &Value, paket: Option<&Paketinhalt>) -> Ansicht {
    Ansicht::read(data.to_string().as_bytes(), paket).unwrap()
}

fn lines(angaben: &[Angabe]) -> Vec<String> {
    let line = |it: &Angabe| {
        let indent = "  ".repeat(it.tiefe);
        it.wert
            .as_ref()
            .map_or(format!("{indent}{}", it.name), |wert| format!("{indent}{}: {wert}", it.name))
    };
    angaben.iter().map(line).collect()
}

#[test]
fn a_package_gives_form_data_its_words_and_order() {
    let ansicht = read(&form(), Some(&paket()));
    let titles: Vec<_> = ansicht.abschnitte.iter().map(|it| it.titel.as_str()).collect();
    assert_eq!(titles, ["Inhaber", "Betrieb"]);
    assert_eq!(
        lines(&ansicht.abschnitte[0].angaben),
        ["Familienname: Weiß", "Geboren am: 29.02.1980"]
    );
    assert_eq!(
        lines(&ansicht.abschnitte[1].angaben),
        [
            "Rechtsform: GmbH",
            "Miete: 12.345,50 €",
            "Handwerk: nein",
            "Betriebsstätte (1): Lindenau",
            "Betriebsstätte (2): Moorhusen",
        ]
    );
    // Nothing of the form is lost: what no field names stands below.
    assert_eq!(
        lines(&ansicht.weitere),
        ["betrieb", "  orte", "    1.", "      etage: 2", "inhaber", "  anrede: Frau"]
    );
    assert!(!ansicht.gekuerzt);
}

#[test]
fn without_a_package_all_of_it_stands_as_in_the_form() {
    let ansicht = read(&json!({ "b": [1, "zwei"], "a": { "c": true } }), None);
    assert!(ansicht.abschnitte.is_empty());
    assert_eq!(lines(&ansicht.weitere), ["a", "  c: ja", "b", "  1.: 1", "  2.: zwei"]);
}

#[test]
fn a_value_that_does_not_fit_its_kind_stands_as_it_is() {
    let data = json!({
        "inhaber": { "geboren": "im Mai" },
        "betrieb": { "form": "limited", "miete": "viel", "handwerk": "vielleicht" },
    });
    let ansicht = read(&data, Some(&paket()));
    assert_eq!(lines(&ansicht.abschnitte[0].angaben), ["Geboren am: im Mai"]);
    assert_eq!(
        lines(&ansicht.abschnitte[1].angaben),
        ["Rechtsform: limited", "Miete: viel", "Handwerk: vielleicht"]
    );
}

#[test]
fn hostile_form_data_is_bounded() {
    assert_eq!(Ansicht::read(b"<xml/>", None), Err(NichtLesbar::NoJson));
    let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
    assert_eq!(Ansicht::read(deep.as_bytes(), None), Err(NichtLesbar::TooDeep));
    let deeper = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(Ansicht::read(deeper.as_bytes(), None), Err(NichtLesbar::NoJson));

    let many = read(&json!(vec![1; 100_000]), None);
    assert_eq!((many.weitere.len(), many.gekuerzt), (2_000, true));
    let long = read(&json!({ "text": "ä".repeat(9_000), "umkehr": "rechnung\u{202E}fdp" }), None);
    assert_eq!(long.weitere[0].wert.as_ref().unwrap().chars().count(), 4_001);
    assert_eq!(long.weitere[1].wert.as_deref(), Some("rechnungfdp"));
}

#[test]
fn what_is_missing_is_known_from_form_and_names() {
    let there = |data: Option<&Value>, names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let paket = paket();
        let papers = paket.papers(data, &names).into_iter();
        papers.map(|(paper, there)| format!("{} {there}", paper.name)).collect::<Vec<_>>()
    };
    assert_eq!(
        there(Some(&form()), &["Reisepass.pdf", "Fuehrungszeugnis_2026.pdf"]),
        ["Ausweis true", "Registerauszug false", "Führungszeugnis true"]
    );
    let alone = json!({ "betrieb": { "form": "einzel" } });
    assert_eq!(there(Some(&alone), &[]), ["Ausweis false", "Führungszeugnis false"]);
    // Without form data nobody knows; better asked for than forgotten.
    assert_eq!(there(None, &["AUSWEIS.JPG"]).len(), 3);
}
