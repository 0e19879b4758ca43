//! Units, people, the Aktenplan: entered and replaced as a whole. Akten and Vorgänge: begun once.

use kontor_domain::{Intent, Rolle};

use crate::office::{
    AKTE, ANNA, BAUAMT, CLARA, GEWERBEAMT, NO_AKTE, NO_VORGANG, VORGANG, anna, bernd, check, person,
};
use crate::wishes::{create_akte, create_vorgang, einheit, plan};

#[test]
fn reference_data_is_entered_and_replaced() {
    let clara = Intent::RecordPerson(person(CLARA, "Clara", [Rolle::Leitung]));
    check([], anna(clara), "accept: person(recorded)");
    check([], anna(einheit(BAUAMT, "Bauordnungsamt")), "accept: einheit(recorded)");
    check([], anna(plan("Gewerbewesen")), "accept: aktenplaneintrag(recorded)");
}

fn paket(felder: &serde_json::Value) -> Intent {
    let paket = serde_json::json!({
        "kind": "record_leistungspaket", "id": uuid::Uuid::from_u128(77),
        "leistung": "99050012104000", "name": "Gewerbe anmelden", "stand": "2026",
        "abschnitte": [{ "titel": "Inhaber", "felder": felder }],
        "wer_weiss": { "neuer": [1, 2] },
    });
    serde_json::from_value(paket).unwrap()
}

#[test]
fn a_leistungspaket_is_checked_wherever_it_comes_from() {
    let name = serde_json::json!({ "pfad": "inhaber.name", "name": "Name" });
    let sound = paket(&serde_json::json!([name]));
    check([], anna(sound.clone()), "accept: leistungspaket(recorded)");
    check([], anna(paket(&serde_json::json!([name, name]))), "reject: change_unfit");
    // What a newer version wrote stays, though the content lies flat beside it.
    let written = serde_json::to_value(sound).unwrap();
    assert_eq!(written["wer_weiss"], serde_json::json!({ "neuer": [1, 2] }));
    assert_eq!(
        serde_json::to_value(serde_json::from_value::<Intent>(written.clone()).unwrap()).unwrap(),
        written
    );
}

#[test]
fn entering_the_same_again_is_agreement() {
    check([], anna(einheit(BAUAMT, "Bauamt")), "merge: einheit(nothing new)");
    check([], anna(plan("Gewerbe")), "merge: aktenplaneintrag(nothing new)");
    let anna_again = Intent::RecordPerson(person(ANNA, "Anna", [Rolle::Sachbearbeitung]));
    check([], anna(anna_again), "merge: person(nothing new)");
}

#[test]
fn nobody_replaces_what_they_did_not_see() {
    let renamed = || [bernd(einheit(BAUAMT, "Bauordnungsamt"))];
    check(renamed(), anna(einheit(BAUAMT, "Amt für Bauen")), "reject: outdated");
    check(renamed(), anna(einheit(BAUAMT, "Amt für Bauen")).aware(), "accept: einheit(recorded)");
    check(renamed(), anna(einheit(BAUAMT, "Bauordnungsamt")), "merge: einheit(nothing new)");
    check([bernd(plan("Handel"))], anna(plan("Gewerbewesen")), "reject: outdated");
    let promoted = |rolle| Intent::RecordPerson(person(ANNA, "Anna", [rolle]));
    check([bernd(promoted(Rolle::Leitung))], anna(promoted(Rolle::Revision)), "reject: outdated");
}

/// After a restore a thing stands at an earlier revision than its author had seen.
#[test]
fn a_lower_revision_than_seen_is_no_obstacle() {
    let mut office = crate::office::Office::open();
    let mut entry = office.entry(anna(einheit(BAUAMT, "Bauordnungsamt")));
    entry.seen = kontor_domain::Revision::new(9);
    let decision = kontor_domain::decide(&office.stands, &entry);
    assert_eq!(crate::show::show(&decision), "merge: einheit(recorded)");
    crate::office::carry_out(&mut office.stands, &decision);
    assert_eq!(office.revision(BAUAMT), 2);
}

#[test]
fn a_vorgang_begins_once() {
    check([], anna(create_vorgang(NO_VORGANG, "Café")), "accept: vorgang(recorded)");
    check([], anna(create_vorgang(VORGANG, "Café")), "reject: id_taken");
    let twice = || anna(create_vorgang(NO_VORGANG, "Café"));
    check([twice()], twice(), "merge: vorgang(nothing new)");
    check([twice()], bernd(create_vorgang(NO_VORGANG, "Café")), "reject: id_taken");
}

#[test]
fn an_akte_begins_once() {
    let begin = |id| create_akte(id, GEWERBEAMT, "32.10-2026/2");
    check([], anna(begin(NO_AKTE)), "accept: akte(recorded)");
    check([], anna(begin(AKTE)), "reject: id_taken");
    check([anna(begin(NO_AKTE))], anna(begin(NO_AKTE)), "merge: akte(nothing new)");
}
