//! Both versions stand side by side until a person decides.

use kontor_domain::{Choice, Conflict, Contest, Decision, Entity, Feld, Felder, Side};

use crate::office::{
    AKTE, ANNA, BERND, CLARA, NO_AKTE, NO_VORGANG, Office, VORGANG, anna, bernd, check, clara,
    intent, stamp,
};
use crate::show::show;
use crate::wishes::{
    akte, assign, betreff, change, changes, gilt, name, note, resolve, revise, somebody_else,
    zuweisung,
};

fn felder(office: &Office) -> &Felder {
    office.entity(VORGANG).felder().unwrap()
}

/// Bernd and Anna both took the Vorgang; Anna's entry, the second one, met the contradiction.
fn contested() -> Office {
    let mut office = Office::open();
    office.happens(bernd(assign(None, BERND)));
    let met = office.decides(anna(assign(None, ANNA)));
    assert_eq!(show(&met), "conflict: zuweisung? –|Anna|Bernd");
    office
}

fn decide(choice: Choice) -> kontor_domain::Intent {
    resolve(intent(2), [(Feld::Zuweisung, choice)])
}

#[track_caller]
fn then(office: &mut Office, wish: crate::office::Wish, expect: &str) {
    assert_eq!(show(&office.decides(wish)), expect);
}

#[test]
fn both_sides_have_their_author_and_time() {
    let mut office = Office::open();
    office.happens(bernd(assign(None, BERND)));
    let side = |wert, by| Side { wert, stamp: stamp(by) };
    let expect = Conflict {
        contested: [(
            Feld::Zuweisung,
            Contest {
                base: zuweisung(None),
                mine: side(zuweisung(ANNA), ANNA),
                theirs: side(zuweisung(BERND), BERND),
            },
        )]
        .into(),
    };
    let Decision::Conflict { conflict, .. } = office.decides(anna(assign(None, ANNA))) else {
        panic!("no conflict")
    };
    assert_eq!(conflict, expect);
    assert_eq!(felder(&office).conflicts, [(intent(2), expect)].into(), "visible to everybody");
    assert_eq!(office.entity(VORGANG).feldwert(Feld::Zuweisung), Some(zuweisung(BERND)));
}

#[test]
fn a_third_side_is_a_conflict_of_its_own() {
    let mut office = contested();
    then(&mut office, clara(assign(None, CLARA)), "conflict: zuweisung? –|Clara|Bernd");
    assert_eq!(felder(&office).conflicts.len(), 2);
    then(&mut office, bernd(decide(Choice::Mine)).aware(), "accept: decided, zuweisung=Anna");
    let second = resolve(intent(3), [(Feld::Zuweisung, Choice::Mine)]);
    then(&mut office, bernd(second).aware(), "conflict: decided, zuweisung? Bernd|Clara|Anna");
}

#[test]
fn one_click_decides() {
    let choose = |choice, expect| {
        let mut office = contested();
        then(&mut office, clara(decide(choice)).aware(), expect);
        assert_eq!(felder(&office).conflicts.len(), 0);
    };
    choose(Choice::Mine, "accept: decided, zuweisung=Anna");
    choose(Choice::Theirs, "accept: decided");
    choose(Choice::Other(zuweisung(CLARA)), "accept: decided, zuweisung=Clara");
    choose(Choice::Other(zuweisung(None)), "accept: decided, zuweisung=–");
    choose(Choice::Other(zuweisung(BERND)), "accept: decided");
}

#[test]
fn deciding_is_stamped_with_who_decided() {
    let mut office = contested();
    office.decides(clara(decide(Choice::Mine)).aware());
    assert_eq!(office.entity(VORGANG).set_by(Feld::Zuweisung), Some(stamp(CLARA)));
}

#[test]
fn deciding_without_having_seen_a_note_is_a_merge() {
    let mut office = contested();
    office.happens(bernd(note(1)));
    then(&mut office, clara(decide(Choice::Mine)), "merge: decided, zuweisung=Anna");
}

#[test]
fn a_value_that_moved_again_is_decided_again() {
    let moved = |choice, expect| {
        let mut office = contested();
        office.happens(bernd(assign(BERND, CLARA)));
        then(&mut office, anna(decide(choice)), expect);
        office
    };
    let office = moved(Choice::Mine, "conflict: decided, zuweisung? Bernd|Anna|Clara");
    assert!(felder(&office).conflicts.keys().eq([&intent(4)]), "the new one replaces the old one");
    moved(Choice::Theirs, "merge: decided");
    moved(Choice::Other(zuweisung(CLARA)), "merge: decided");
    moved(Choice::Other(zuweisung(None)), "conflict: decided, zuweisung? Bernd|–|Clara");
}

#[test]
fn there_is_a_choice_for_each_contested_field_and_for_no_other() {
    let mut office = Office::open();
    let both = |person, text| {
        changes([(zuweisung(None), zuweisung(person)), (betreff("Kiosk"), betreff(text))])
    };
    office.happens(bernd(both(BERND, "Bude")));
    office.decides(anna(both(ANNA, "Café")));
    let answer = |choices: &[(Feld, Choice)], expect| {
        let mut intent = resolve(intent(2), []);
        if let kontor_domain::Intent::ResolveConflict(resolve) = &mut intent {
            resolve.choices = choices.iter().cloned().collect();
        }
        let mut office = office.clone();
        then(&mut office, anna(intent).aware(), expect);
    };
    let (mine, theirs) = (Choice::Mine, Choice::Theirs);
    let person = (Feld::Zuweisung, mine.clone());
    answer(&[], "reject: choice_unfit");
    answer(std::slice::from_ref(&person), "reject: choice_unfit");
    answer(&[person.clone(), (Feld::Status, mine.clone())], "reject: choice_unfit");
    answer(
        &[person.clone(), (Feld::Betreff, theirs.clone()), (Feld::Status, theirs.clone())],
        "reject: choice_unfit",
    );
    answer(
        &[person.clone(), (Feld::Betreff, Choice::Other(zuweisung(CLARA)))],
        "reject: choice_unfit",
    );
    answer(&[person, (Feld::Betreff, theirs)], "accept: decided, zuweisung=Anna");
    answer(
        &[(Feld::Zuweisung, Choice::Other(somebody_else())), (Feld::Betreff, mine)],
        "accept: decided, betreff=Café",
    );
}

#[test]
fn a_conflict_is_decided_once() {
    let mut office = contested();
    office.happens(bernd(decide(Choice::Theirs)));
    then(&mut office, anna(decide(Choice::Mine)), "reject: already_resolved");
    check([], anna(decide(Choice::Mine)), "reject: already_resolved");
}

#[test]
fn a_conflict_is_decided_where_it_stands() {
    let at = |entity| {
        let mut intent = decide(Choice::Mine);
        if let kontor_domain::Intent::ResolveConflict(resolve) = &mut intent {
            resolve.entity = entity;
        }
        intent
    };
    check([], anna(at(NO_VORGANG.into())), "reject: unknown");
    check([], anna(at(AKTE.into())), "reject: already_resolved");
    check([], anna(at(ANNA.into())), "reject: unknown");
}

#[test]
fn a_third_value_must_be_possible() {
    let mut office = Office::open();
    office.happens(bernd(change(akte(None), akte(AKTE))));
    let met = office.decides(anna(change(akte(None), akte(crate::office::BAUAKTE))));
    assert_eq!(show(&met), "conflict: akte? –|bauakte|akte");
    let other = |wert| resolve(intent(2), [(Feld::Akte, Choice::Other(wert))]);
    let mut lost = office.clone();
    then(&mut lost, anna(other(akte(NO_AKTE))).aware(), "reject: unknown");
    then(&mut office, anna(other(akte(None))).aware(), "accept: decided, akte=–");
}

#[test]
fn the_fassung_that_counts_is_decided_like_any_field() {
    let mut office = Office::open();
    office.happens(bernd(revise(1, 2)));
    assert_eq!(show(&office.decides(anna(revise(1, 3)))), "conflict: +fassung, fassung? 1|3|2");
    let feld = gilt(1).feld();
    let choose = |choice| resolve(intent(2), [(feld, choice)]);
    let mut lost = office.clone();
    then(&mut lost, clara(choose(Choice::Other(gilt(4)))).aware(), "reject: change_unfit");
    then(&mut office, clara(choose(Choice::Mine)).aware(), "accept: decided, fassung=3");
}

#[test]
fn contradictions_do_not_pile_up_without_end() {
    let mut office = contested();
    office.tamper(VORGANG, |entity| {
        let Entity::Vorgang(vorgang) = entity else { panic!("no Vorgang") };
        let conflict = vorgang.felder.conflicts.values().next().unwrap().clone();
        let many = (10_000..11_999).map(|n| (intent(n), conflict.clone()));
        vorgang.felder.conflicts.extend(many);
    });
    then(&mut office, clara(assign(None, CLARA)), "reject: full");
    then(&mut office, clara(name("Kiosk", "Café")), "merge: betreff=Café");
}

#[test]
fn why_somebody_decided_so_is_told() {
    let mut office = contested();
    let kontor_domain::Intent::ResolveConflict(mut resolve) = decide(Choice::Mine) else {
        panic!("no decision")
    };
    resolve.grund = Some("Anna kennt den Betrieb.".parse().unwrap());
    let wish = anna(kontor_domain::Intent::ResolveConflict(resolve));
    let events = office.decides(wish).into_events();
    let told = events.values().flatten().any(|event| {
        matches!(event, kontor_domain::Event::Grund(grund) if grund.as_str() == "Anna kennt den Betrieb.")
    });
    assert!(told, "{events:?}");
    assert!(felder(&office).conflicts.is_empty(), "and decided all the same");
}
