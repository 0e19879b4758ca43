//! How the office's values are written: the same value in the same bytes, and nothing lost that a
//! newer version wrote.

use std::collections::BTreeSet;

use kontor_domain::{
    Akteur, Entity, EntityRef, Entry, Event, Feld, Feldwert, Intent, Person, Revision, Rolle,
    Stand, apply, decide,
};
use serde_json::{Value, json};

use crate::office::{ANNA, CLARA, Office, VORGANG, anna, bernd, frist, person};
use crate::show::show;
use crate::wishes::{assign, changes, einheit, note, plan, put_into, zuweisung};

fn entity(json: &str) -> Entity {
    serde_json::from_str(json).unwrap()
}

fn text<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_string(value).unwrap()
}

/// One thing of every kind, worked on.
fn things() -> Vec<Entity> {
    let mut office = Office::open();
    office.happens(bernd(assign(None, CLARA)));
    office.decides(anna(assign(None, ANNA)));
    office.happens(anna(note(1)));
    office.happens(anna(put_into(VORGANG)));
    office.stands.into_values().map(|stand| stand.entity).collect()
}

#[test]
fn fields_stand_in_one_order_with_the_kind_first() {
    let office = Office::open();
    let expect = concat!(
        r#"{"kind":"akte","id":"01900000-0000-7000-8000-000000000041","#,
        r#""aktenzeichen":"32.10-2026/1","betreff":"Gewerbe","#,
        r#""aktenplaneintrag":"01900000-0000-7000-8000-000000000031","#,
        r#""einheit":"01900000-0000-7000-8000-000000000021","#,
        r#""angelegt":{"by":"01900000-0000-7000-8000-00000000001a","at":1764057600000}}"#,
    );
    assert_eq!(text(office.entity(crate::office::AKTE)), expect);
}

#[test]
fn every_kind_of_thing_reads_back_to_the_same_bytes() {
    for thing in things() {
        let written = text(&thing);
        let read = entity(&written);
        assert_eq!(read, thing);
        assert_eq!(text(&read), written);
    }
}

#[test]
fn the_order_of_fields_in_what_is_read_does_not_matter() {
    for thing in things() {
        let Value::Object(mut fields) = serde_json::to_value(&thing).unwrap() else {
            panic!("no object")
        };
        let kind = fields.remove("kind").unwrap();
        let rest: Vec<String> =
            fields.iter().rev().map(|(name, value)| format!("{}:{value},", json!(name))).collect();
        let backwards = format!(r#"{{{}"kind":{kind}}}"#, rest.concat());
        assert_eq!(entity(&backwards), thing);
    }
}

/// Sorted, so that both sides write the same; a build of `serde_json` that keeps the order of
/// insertion would break this, and with it every state hash.
#[test]
fn what_a_newer_version_wrote_is_kept_and_written_sorted() {
    for thing in things() {
        let written = text(&thing);
        let open = written.strip_suffix('}').unwrap();
        let newer = format!(r#"{open},"zeta":{{"b":[1,null],"a":1.5}},"alpha":"neu"}}"#);
        let sorted = format!(r#"{open},"alpha":"neu","zeta":{{"a":1.5,"b":[1,null]}}}}"#);
        assert_eq!(text(&entity(&newer)), sorted);
        assert_ne!(entity(&newer), thing);
    }
}

#[test]
fn what_a_newer_version_wrote_survives_our_work_on_it() {
    let mut office = Office::open();
    let stand = office.stands.remove(&VORGANG.into()).unwrap();
    let written = text(&stand.entity);
    let newer = format!(r#"{},"ampel":"gelb"}}"#, written.strip_suffix('}').unwrap());
    office.stands.insert(VORGANG.into(), Stand { entity: entity(&newer), ..stand });
    office.happens(anna(note(1)));
    office.happens(bernd(changes([(zuweisung(None), zuweisung(CLARA))])));
    assert!(text(office.entity(VORGANG)).ends_with(r#","ampel":"gelb"}"#));
}

#[test]
fn what_a_newer_administration_wrote_survives_being_recorded() {
    for intent in [einheit(crate::office::BAUAMT, "Bauamt"), plan("Handel")] {
        let mut json = serde_json::to_value(&intent).unwrap();
        json["farbe"] = json!({"hell": true});
        let intent: Intent = serde_json::from_value(json).unwrap();
        let mut office = Office::open();
        let target = intent.target();
        assert!(show(&office.decides(anna(intent))).starts_with("accept"));
        assert!(text(office.entity(target)).ends_with(r#","farbe":{"hell":true}}"#));
    }
}

#[test]
fn a_thing_has_one_kind() {
    let written = text(Office::open().entity(VORGANG));
    let twice = format!(r#"{},"kind":"akte"}}"#, written.strip_suffix('}').unwrap());
    assert!(serde_json::from_str::<Entity>(&twice).is_err());
    let unknown = written.replacen("vorgang", "vorhaben", 1);
    for wrong in [unknown.as_str(), "{}", "[]", "null", r#"{"kind":7}"#, r#"{"kind":"vorgang"}"#] {
        assert!(serde_json::from_str::<Entity>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_role_of_a_newer_version_is_kept_and_gives_no_right() {
    let mut json = serde_json::to_value(person(ANNA, "Anna", [Rolle::Leitung])).unwrap();
    json["rollen"] = json!(["leitung", "datenschutz", "archiv"]);
    json["vertretung"] = json!(null);
    let anna: Person = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(anna.rollen, BTreeSet::from([Rolle::Leitung]));
    json["rollen"] = json!(["leitung", "archiv", "datenschutz"]);
    assert_eq!(serde_json::to_value(&anna).unwrap(), json, "known ones first, then by name");
    json["rollen"] = json!([7]);
    assert!(serde_json::from_value::<Person>(json).is_err());

    let akteur = json!({"person": ANNA, "rollen": ["datenschutz", "leitung"], "einheiten": []});
    let akteur: Akteur = serde_json::from_value(akteur).unwrap();
    assert_eq!(akteur.rollen, BTreeSet::from([Rolle::Leitung]));
}

#[test]
fn fields_are_keys_and_values_in_json() {
    let feld = Feld::Frist(frist(1));
    assert_eq!(feld.to_string(), "frist/01900000-0000-7000-8000-0000000000b1");
    assert_eq!(feld.to_string().parse(), Ok(feld));
    for wrong in ["", "frist", "frist/", "frist/1", "betreff/1", "Betreff", "notiz"] {
        assert!(wrong.parse::<Feld>().is_err(), "{wrong}");
    }
    let none = serde_json::to_value(Feldwert::Frist(frist(1), None)).unwrap();
    assert_eq!(none, json!({"frist": ["01900000-0000-7000-8000-0000000000b1", null]}));
    assert_eq!(serde_json::to_value(zuweisung(None)).unwrap(), json!({"zuweisung": null}));
}

#[test]
fn an_entry_ignores_what_it_does_not_know() {
    let entry = Office::open().entry(anna(note(1)));
    let mut json = serde_json::to_value(&entry).unwrap();
    json["geraet"] = json!("Laptop 7");
    json["intent"]["farbe"] = json!("gelb");
    assert_eq!(serde_json::from_value::<Entry>(json.clone()).unwrap(), entry);
    json["intent"]["kind"] = json!("add_notiz_v2");
    assert!(serde_json::from_value::<Entry>(json).is_err(), "another command is another command");
}

#[test]
fn events_carry_a_mirror_to_the_same_bytes() {
    let mut office = Office::open();
    for wish in [bernd(assign(None, CLARA)), anna(assign(None, ANNA)), anna(put_into(VORGANG))] {
        let entry = office.entry(wish);
        for (entity, events) in decide(&office.stands, &entry).into_events() {
            let before = office.stands.remove(&entity);
            let mirrored = before.clone().map(|stand| Stand {
                revision: stand.revision,
                entity: serde_json::from_str(&text(&stand.entity)).unwrap(),
            });
            let sent: Vec<Event> = serde_json::from_str(&text(&events)).unwrap();
            let (here, there) = (apply(before, &events).unwrap(), apply(mirrored, &sent).unwrap());
            assert_eq!(text(&here.entity), text(&there.entity));
            assert_eq!(here.revision, there.revision);
            office.stands.insert(entity, here);
        }
    }
}

#[test]
fn references_are_written_one_way_and_read_strictly() {
    let reference = EntityRef::from(VORGANG);
    let written = r#""vorgang/01900000-0000-7000-8000-000000000051""#;
    assert_eq!(text(&reference), written);
    assert_eq!(serde_json::from_str::<EntityRef>(written).unwrap(), reference);
    assert!(serde_json::from_str::<EntityRef>(r#""vorgang""#).is_err());
    assert!(serde_json::from_str::<EntityRef>("7").is_err());
    assert_eq!(text(&Revision::new(7)), "7");
}
