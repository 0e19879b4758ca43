//! Events that do not belong to what they are applied to are refused, never half carried out.

use kontor_domain::{ApplyError, Entity, Event, Revision, Stand, apply};

use crate::office::{
    ANNA, ANTRAG, EINGANG, GEWERBEAMT, Office, VORGANG, fassung, intent, notiz,
    schriftstueck as doc, stamp, wiedervorlage,
};
use crate::wishes::{betreff, gilt, kommt, unit, version};

#[track_caller]
fn refuse(stand: Option<&Stand>, event: Event) {
    assert_eq!(apply(stand.cloned(), &[event]), Err(ApplyError));
}

fn set(wert: kontor_domain::Feldwert) -> Event {
    Event::Set { wert, stamp: stamp(ANNA) }
}

#[test]
fn only_a_beginning_fits_nothing() {
    refuse(None, set(betreff("Café")));
    refuse(None, Event::ConflictClosed(intent(1)));
    assert_eq!(apply(None, &[]), Err(ApplyError));
    let office = Office::open();
    let begun = Event::Recorded(Box::new(office.entity(VORGANG).clone()));
    let stand = apply(None, &[begun]).unwrap();
    assert_eq!(stand.revision, Revision::new(1));
}

#[test]
fn an_event_fits_its_kind_of_thing() {
    let office = Office::open();
    let (vorgang, eingang) = (&office.stands[&VORGANG.into()], &office.stands[&EINGANG.into()]);
    let einheit = &office.stands[&GEWERBEAMT.into()];
    let Entity::Vorgang(content) = &vorgang.entity else { panic!("no Vorgang") };
    let antrag = content.schriftstuecke[&ANTRAG].clone();
    let note = kontor_domain::Notiz { text: "x".parse().unwrap(), angelegt: stamp(ANNA) };
    refuse(Some(vorgang), Event::EingangAssigned(VORGANG));
    refuse(Some(eingang), Event::NotizAdded(notiz(1), note));
    refuse(Some(eingang), Event::SchriftstueckAdded(Box::new(antrag)));
    refuse(Some(eingang), set(gilt(1)));
    refuse(Some(einheit), set(betreff("Café")));
    refuse(Some(einheit), set(unit(GEWERBEAMT)));
}

#[test]
fn an_event_fits_what_is_in_the_thing() {
    let office = Office::open();
    let vorgang = Some(&office.stands[&VORGANG.into()]);
    refuse(vorgang, Event::WiedervorlageCompleted(wiedervorlage(2), stamp(ANNA)));
    refuse(vorgang, set(kommt(2, "2026-12-24")));
    refuse(vorgang, Event::FassungAdded(doc(3), version(2)));
    refuse(vorgang, Event::ConflictClosed(intent(1)));
    refuse(vorgang, set(kontor_domain::Feldwert::Fassung(doc(3), fassung(1))));
}

#[test]
fn all_events_of_an_intent_are_one_revision() {
    let office = Office::open();
    let stand = office.stands[&VORGANG.into()].clone();
    let two = [set(betreff("Café")), set(kommt(1, "2026-12-24"))];
    let after = apply(Some(stand.clone()), &two).unwrap();
    assert_eq!(after.revision, stand.revision.next());
    let same = apply(Some(stand.clone()), &[]).unwrap();
    assert_eq!((same.revision, same.entity), (stand.revision.next(), stand.entity));
}
