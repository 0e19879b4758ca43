//! Lists grow; adding is never in anybody's way.

use kontor_domain::{Entity, Fassung, Intent, Notiz, Vorgang};

use crate::office::{
    ANNA, ANTRAG, BERND, NO_VORGANG, Office, VORGANG, anna, bernd, check, clara, fassung, notiz,
    schriftstueck as doc, stamp, wiedervorlage as wiedervorlage_id,
};
use crate::show::show;
use crate::wishes::{
    add_fassung, complete, file, note, revise, schriftstueck, version, wiedervorlage,
};

fn vorgang(office: &Office) -> &Vorgang {
    match office.entity(VORGANG) {
        Entity::Vorgang(vorgang) => vorgang,
        other => panic!("{other:?}"),
    }
}

/// The same in another Vorgang.
fn elsewhere(mut intent: Intent) -> Intent {
    match &mut intent {
        Intent::AddNotiz(add) => add.vorgang = NO_VORGANG,
        Intent::AddWiedervorlage(add) => add.vorgang = NO_VORGANG,
        Intent::CompleteWiedervorlage(complete) => complete.vorgang = NO_VORGANG,
        Intent::AddSchriftstueck(add) => add.vorgang = NO_VORGANG,
        Intent::AddFassung(add) => add.vorgang = NO_VORGANG,
        other => panic!("{other:?}"),
    }
    intent
}

#[test]
fn adding_is_accepted_seen_or_not() {
    for (intent, what) in [
        (note(1), "+notiz"),
        (wiedervorlage(2, "2026-12-24"), "+wiedervorlage"),
        (complete(1), "erledigt"),
        (schriftstueck(VORGANG, doc(3), 3), "+schriftstueck"),
        (revise(1, 2), "+fassung, fassung=2"),
    ] {
        check([], anna(intent.clone()), &format!("accept: {what}"));
        check([bernd(note(7))], anna(intent.clone()), &format!("merge: {what}"));
        check([], anna(elsewhere(intent)), "reject: unknown");
    }
}

#[test]
fn what_was_added_is_there_with_author_and_time() {
    let office = check([], bernd(note(1)), "accept: +notiz");
    let expect = Notiz { text: "Notiz 1".parse().unwrap(), angelegt: stamp(BERND) };
    assert_eq!(vorgang(&office).notizen[&notiz(1)], expect);
    let office = check([], bernd(wiedervorlage(2, "2026-12-24")), "accept: +wiedervorlage");
    assert_eq!(vorgang(&office).wiedervorlagen[&wiedervorlage_id(2)].angelegt, stamp(BERND));
}

#[test]
fn the_same_entry_met_twice_adds_nothing() {
    for intent in
        [note(1), wiedervorlage(2, "2026-12-24"), schriftstueck(VORGANG, doc(3), 3), revise(1, 2)]
    {
        check([anna(intent.clone())], anna(intent), "merge: nothing new");
    }
}

#[test]
fn an_id_stands_for_one_thing() {
    let other_text = |mut intent: Intent| {
        if let Intent::AddNotiz(add) = &mut intent {
            add.text = "etwas anderes".parse().unwrap();
        }
        intent
    };
    let other_file = Fassung { formate: vec![file(8)], ..version(2) };
    check([anna(note(1))], anna(other_text(note(1))), "reject: id_taken");
    check([anna(note(1))], bernd(note(1)), "reject: id_taken");
    check([], anna(wiedervorlage(1, "2026-12-24")), "reject: id_taken");
    check([], anna(schriftstueck(VORGANG, ANTRAG, 3)), "reject: id_taken");
    check([anna(revise(1, 2))], anna(add_fassung(fassung(1), other_file)), "reject: id_taken");
}

#[test]
fn two_people_ticking_off_agree_and_the_first_stays_named() {
    let office = check([bernd(complete(1))], anna(complete(1)), "merge: nothing new");
    assert_eq!(vorgang(&office).wiedervorlagen[&wiedervorlage_id(1)].erledigt, Some(stamp(BERND)));
    check([], anna(complete(2)), "reject: unknown");
}

#[test]
fn a_document_has_files_and_a_version_that_counts() {
    let refuse = |change: fn(&mut kontor_domain::Schriftstueck)| {
        let mut intent = schriftstueck(VORGANG, doc(3), 3);
        if let Intent::AddSchriftstueck(add) = &mut intent {
            change(&mut add.schriftstueck);
        }
        check([], anna(intent), "reject: change_unfit");
    };
    refuse(|it| it.fassungen.clear());
    refuse(|it| it.aktuell = fassung(4));
    refuse(|it| it.fassungen.get_mut(&fassung(3)).unwrap().formate.clear());
    refuse(|it| it.fassungen.get_mut(&fassung(3)).unwrap().formate = vec![file(3); 17]);
    refuse(|it| it.fassungen.get_mut(&fassung(3)).unwrap().id = fassung(4));
    let empty = Fassung { formate: Vec::new(), ..version(2) };
    check([], anna(add_fassung(fassung(1), empty)), "reject: change_unfit");
}

#[test]
fn nobody_signs_a_fassung_as_somebody_else() {
    assert_eq!(version(3).angelegt, stamp(ANNA));
    let office = check([], bernd(schriftstueck(VORGANG, doc(3), 3)), "accept: +schriftstueck");
    let kept = &vorgang(&office).schriftstuecke[&doc(3)];
    assert_eq!(kept.fassungen[&fassung(3)].angelegt, stamp(BERND));
    let office = check([], bernd(revise(1, 2)), "accept: +fassung, fassung=2");
    let kept = &vorgang(&office).schriftstuecke[&ANTRAG];
    assert_eq!(kept.fassungen[&fassung(2)].angelegt, stamp(BERND));
}

#[test]
fn a_contested_fassung_keeps_its_bytes() {
    let office =
        check([bernd(revise(1, 2))], anna(revise(1, 3)), "conflict: +fassung, fassung? 1|3|2");
    let antrag = &vorgang(&office).schriftstuecke[&ANTRAG];
    assert!(antrag.fassungen.keys().eq(&[fassung(1), fassung(2), fassung(3)]));
    assert_eq!(antrag.fassungen[&fassung(3)].formate, [file(3)]);
    assert_eq!(antrag.aktuell, fassung(2));
}

#[test]
fn a_new_fassung_needs_its_schriftstueck() {
    let mut intent = revise(1, 2);
    if let Intent::AddFassung(add) = &mut intent {
        add.schriftstueck = doc(3);
    }
    check([], anna(intent), "reject: unknown");
}

#[test]
fn lists_end_somewhere() {
    let mut office = Office::open();
    office.tamper(VORGANG, |entity| {
        let Entity::Vorgang(vorgang) = entity else { panic!("no Vorgang") };
        let note = Notiz { text: "voll".parse().unwrap(), angelegt: stamp(ANNA) };
        vorgang.notizen =
            (0x10_0000..0x10_0000 + 2_000).map(|n| (notiz(n), note.clone())).collect();
        let reminder = vorgang.wiedervorlagen[&wiedervorlage_id(1)].clone();
        vorgang.wiedervorlagen = (0x20_0000..0x20_0000 + 2_000)
            .map(|n| (wiedervorlage_id(n), reminder.clone()))
            .collect();
        let mut antrag = vorgang.schriftstuecke[&ANTRAG].clone();
        let documents = (0x40_0000..0x40_0000 + 1_999).map(|n| (doc(n), antrag.clone()));
        vorgang.schriftstuecke = documents.collect();
        let one = antrag.fassungen[&fassung(1)].clone();
        let versions = (0x30_0000..0x30_0000 + 1_999).map(|n| (fassung(n), one.clone()));
        antrag.fassungen.extend(versions);
        vorgang.schriftstuecke.insert(ANTRAG, antrag);
    });
    for intent in [
        note(1),
        wiedervorlage(2, "2026-12-24"),
        schriftstueck(VORGANG, doc(3), 3),
        revise(1, 2),
        crate::wishes::put_into(VORGANG),
    ] {
        assert_eq!(show(&office.decides(clara(intent))), "reject: full");
    }
}
