//! Something arrives, and becomes part of a Vorgang.

use kontor_domain::{Entity, Intent, Verbleib};

use crate::office::{
    ANNA, AUSWEIS, BERND, EINGANG, IMBISS, NO_EINGANG, NO_VORGANG, Office, VORGANG, anna, bernd,
    check, fassung, stamp,
};
use crate::wishes::{document, note, put_into, record_eingang, schriftstueck};

fn verbleib(office: &Office) -> Verbleib {
    match office.entity(EINGANG) {
        Entity::Eingang(eingang) => eingang.verbleib,
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_arrives_lies_in_the_inbox() {
    let office = check(
        [],
        bernd(record_eingang(NO_EINGANG, vec![document(AUSWEIS, 9)])),
        "accept: eingang(recorded)",
    );
    let Entity::Eingang(eingang) = office.entity(NO_EINGANG) else { panic!("no Eingang") };
    assert_eq!((eingang.verbleib, eingang.erfasst), (Verbleib::Offen, stamp(BERND)));
    assert_eq!(eingang.schriftstuecke[&AUSWEIS].fassungen[&fassung(9)].angelegt, stamp(BERND));
}

#[test]
fn an_eingang_is_recorded_once() {
    let again = || record_eingang(EINGANG, vec![document(AUSWEIS, 9)]);
    check([], anna(again()), "merge: eingang(nothing new)");
    check([], bernd(again()), "reject: id_taken");
    check([], anna(record_eingang(EINGANG, Vec::new())), "reject: id_taken");
}

#[test]
fn documents_of_an_eingang_are_well_formed() {
    let twice = vec![document(AUSWEIS, 9), document(AUSWEIS, 9)];
    check([], anna(record_eingang(NO_EINGANG, twice)), "reject: id_taken");
    let many = (0..=Intent::PARTS_MAX).map(|_| document(AUSWEIS, 9)).collect();
    check([], anna(record_eingang(NO_EINGANG, many)), "reject: full");
    let mut empty = document(AUSWEIS, 9);
    empty.fassungen.clear();
    check([], anna(record_eingang(NO_EINGANG, vec![empty])), "reject: change_unfit");
}

#[test]
fn its_documents_go_into_the_vorgang_with_their_first_author() {
    let office =
        check([], bernd(put_into(IMBISS)), "accept: eingang(zugeordnet) imbiss(+schriftstueck)");
    assert_eq!(verbleib(&office), Verbleib::Zugeordnet(IMBISS));
    let Entity::Vorgang(imbiss) = office.entity(IMBISS) else { panic!("no Vorgang") };
    assert_eq!(imbiss.schriftstuecke[&AUSWEIS].fassungen[&fassung(9)].angelegt, stamp(ANNA));
    assert_eq!(office.revision(IMBISS), 2);
}

#[test]
fn the_first_assignment_stands() {
    let office =
        check([bernd(put_into(IMBISS))], anna(put_into(VORGANG)), "reject: already_assigned");
    assert_eq!(verbleib(&office), Verbleib::Zugeordnet(IMBISS));
    check([bernd(put_into(IMBISS))], anna(put_into(IMBISS)), "merge: eingang(nothing new)");
}

#[test]
fn both_have_to_be_there() {
    check([], anna(put_into(NO_VORGANG)), "reject: unknown");
    let mut nothing = put_into(VORGANG);
    if let Intent::AssignEingang(assign) = &mut nothing {
        assign.eingang = NO_EINGANG;
    }
    check([], anna(nothing), "reject: unknown");
}

#[test]
fn no_document_is_lost_behind_another_of_the_same_id() {
    check([bernd(schriftstueck(IMBISS, AUSWEIS, 5))], anna(put_into(IMBISS)), "reject: id_taken");
}

#[test]
fn an_eingang_without_documents_changes_no_vorgang() {
    let mut office = Office::open();
    office.happens(anna(record_eingang(NO_EINGANG, Vec::new())));
    let mut assign = put_into(VORGANG);
    if let Intent::AssignEingang(assign) = &mut assign {
        assign.eingang = NO_EINGANG;
    }
    office.happens(bernd(assign));
    assert_eq!(office.revision(VORGANG), 3);
}

#[test]
fn whether_the_vorgang_moved_is_of_no_concern() {
    check([bernd(note(1))], anna(put_into(VORGANG)), "accept: eingang(zugeordnet) +schriftstueck");
}
