//! Fields are set, found set already, or contested.

use kontor_domain::{ChangeFelder, Feld, Feldaenderung, Feldwert, Intent, Stamp, Status};

use crate::office::{
    AKTE, ANNA, ANTRAG, BAUAMT, BERND, CLARA, EINGANG, GEWERBEAMT, NO_AKTE, NO_VORGANG, Office,
    VORGANG, anna, bernd, check, clara, fassung, stamp,
};
use crate::wishes::{
    akte, assign, betreff, change, changes, changes_of, complete, frist, gilt, heisst, kommt,
    leistung, name, no_frist, note, revise, status, step, unit, zuweisung,
};

#[test]
fn every_field_can_be_set() {
    let set = |from, to, expect| check([], anna(change(from, to)), expect);
    set(betreff("Kiosk"), betreff("Café"), "accept: betreff=Café");
    set(Feldwert::Leistung(None), leistung("99050048001000"), "accept: leistung=99050048001000");
    set(status(Status::Offen), status(Status::Wartet), "accept: status=wartet");
    set(zuweisung(None), zuweisung(BERND), "accept: zuweisung=Bernd");
    set(unit(GEWERBEAMT), unit(BAUAMT), "accept: einheit=Bauamt");
    set(akte(None), akte(AKTE), "accept: akte=akte");
    set(no_frist(1), frist(1, "2026-12-24"), "accept: frist=2026-12-24");
    set(kommt(1, "2026-12-01"), kommt(1, "2026-12-08"), "accept: wiedervorlage=2026-12-08");
    set(heisst("Antrag"), heisst("Bauantrag"), "accept: schriftstueck=Bauantrag");
    check([anna(revise(1, 2))], bernd(change(gilt(2), gilt(1))).aware(), "accept: fassung=1");
    check(
        [anna(change(no_frist(1), frist(1, "2026-12-24")))],
        bernd(change(frist(1, "2026-12-24"), no_frist(1))).aware(),
        "accept: frist=–",
    );
}

/// Why is told in the Verlauf, also where the change is contested; and never of what is so already.
#[test]
fn the_reason_goes_with_what_happened() {
    let because = |from, to| {
        let Intent::ChangeFelder(change) = change(from, to) else { unreachable!() };
        let grund = Some("Zuständig ist das Bauamt.".parse().unwrap());
        Intent::ChangeFelder(ChangeFelder { grund, ..change })
    };
    let away = || because(unit(GEWERBEAMT), unit(BAUAMT));
    let moved = check([], anna(away()), "accept: grund, einheit=Bauamt");
    assert_eq!(moved.entity(VORGANG).feldwert(Feld::Einheit), Some(unit(BAUAMT)));
    check([anna(away())], bernd(away()), "merge: nothing new");
    let there = anna(change(zuweisung(None), zuweisung(ANNA)));
    let told = bernd(because(zuweisung(None), zuweisung(BERND)));
    check([there], told, "conflict: grund, zuweisung? –|Bernd|Anna");
}

#[test]
fn a_set_field_has_its_value_and_knows_who_set_it() {
    let office = check(
        [],
        bernd(changes([(betreff("Kiosk"), betreff("Café")), (zuweisung(None), zuweisung(BERND))])),
        "accept: betreff=Café, zuweisung=Bernd",
    );
    let vorgang = office.entity(VORGANG);
    assert_eq!(vorgang.feldwert(Feld::Betreff), Some(betreff("Café")));
    assert_eq!(vorgang.set_by(Feld::Zuweisung), Some(stamp(BERND)));
    assert_eq!(vorgang.set_by(Feld::Status), Some(stamp(ANNA)), "as it began");
}

#[test]
fn akten_and_eingaenge_have_fields_too() {
    let rename = |from, to| (betreff(from), betreff(to));
    check(
        [],
        anna(changes_of(AKTE, [rename("Gewerbe", "Gewerbe 2026")])),
        "accept: akte(betreff=Gewerbe 2026)",
    );
    check(
        [],
        anna(changes_of(EINGANG, [rename("Post", "Brief"), (unit(GEWERBEAMT), unit(BAUAMT))])),
        "accept: eingang(betreff=Brief, einheit=Bauamt)",
    );
    check(
        [bernd(changes_of(EINGANG, [rename("Post", "Brief")]))],
        anna(changes_of(EINGANG, [rename("Post", "Postkarte")])),
        "conflict: eingang(betreff? Post|Postkarte|Brief)",
    );
}

#[test]
fn what_others_did_elsewhere_is_no_contradiction() {
    check([bernd(note(1))], anna(name("Kiosk", "Café")), "merge: betreff=Café");
    check([bernd(assign(None, BERND))], anna(name("Kiosk", "Café")), "merge: betreff=Café");
    check([bernd(note(1))], anna(name("Kiosk", "Café")).aware(), "accept: betreff=Café");
}

#[test]
fn wanting_the_same_is_agreement() {
    check([bernd(assign(None, CLARA))], anna(assign(None, CLARA)), "merge: nothing new");
    check(
        [bernd(assign(None, CLARA))],
        anna(changes([(zuweisung(None), zuweisung(CLARA)), (betreff("Kiosk"), betreff("Café"))])),
        "merge: betreff=Café",
    );
}

#[test]
fn agreement_counts_as_a_revision_and_leaves_the_first_stamp() {
    let office =
        check([bernd(assign(None, CLARA))], anna(assign(None, CLARA)), "merge: nothing new");
    assert_eq!(office.revision(VORGANG), 5, "opened at 3, Bernd, Anna");
    assert_eq!(office.entity(VORGANG).set_by(Feld::Zuweisung), Some(stamp(BERND)));
}

#[test]
fn a_field_that_moved_is_contested() {
    check(
        [bernd(assign(None, BERND))],
        anna(assign(None, ANNA)),
        "conflict: zuweisung? –|Anna|Bernd",
    );
    check(
        [bernd(name("Kiosk", "Bude"))],
        anna(name("Kiosk", "Café")),
        "conflict: betreff? Kiosk|Café|Bude",
    );
    check(
        [bernd(change(kommt(1, "2026-12-01"), kommt(1, "2026-12-02")))],
        anna(change(kommt(1, "2026-12-01"), kommt(1, "2026-12-03"))),
        "conflict: wiedervorlage? 2026-12-01|2026-12-03|2026-12-02",
    );
    check(
        [bernd(change(no_frist(1), frist(1, "2026-12-24")))],
        anna(change(no_frist(1), frist(1, "2026-12-31"))),
        "conflict: frist? –|2026-12-31|2026-12-24",
    );
}

#[test]
fn only_the_contested_field_waits() {
    let both = changes([(betreff("Kiosk"), betreff("Café")), (zuweisung(None), zuweisung(ANNA))]);
    check(
        [bernd(assign(None, BERND))],
        anna(both.clone()),
        "conflict: betreff=Café, zuweisung? –|Anna|Bernd",
    );
    check(
        [bernd(assign(None, BERND)), bernd(name("Kiosk", "Bude"))],
        anna(both),
        "conflict: betreff? Kiosk|Café|Bude, zuweisung? –|Anna|Bernd",
    );
}

#[test]
fn a_field_that_moved_there_and_back_is_not_contested() {
    let there_and_back = [bernd(assign(None, BERND)), bernd(assign(BERND, None))];
    check(there_and_back, anna(assign(None, ANNA)), "merge: zuweisung=Anna");
}

#[test]
fn seeing_the_value_is_what_counts_not_the_revision() {
    // Clara's form still shows the old value although her desk knows better.
    check(
        [bernd(assign(None, BERND))],
        clara(assign(None, CLARA)).aware(),
        "conflict: zuweisung? –|Clara|Bernd",
    );
}

#[test]
fn a_change_fits_the_thing_or_is_refused() {
    let refuse = |intent, expect| check([], anna(intent), expect);
    refuse(changes_of(NO_VORGANG, [(betreff("Kiosk"), betreff("Café"))]), "reject: unknown");
    refuse(changes([]), "reject: change_unfit");
    refuse(name("Kiosk", "Kiosk"), "reject: change_unfit");
    refuse(
        changes([(betreff("Kiosk"), betreff("Café")), (betreff("Kiosk"), betreff("Bude"))]),
        "reject: change_unfit",
    );
    refuse(
        changes_of(AKTE, [(status(Status::Offen), status(Status::Wartet))]),
        "reject: change_unfit",
    );
    refuse(changes_of(GEWERBEAMT, [(betreff("a"), betreff("b"))]), "reject: change_unfit");
    refuse(change(kommt(2, "2026-12-01"), kommt(2, "2026-12-02")), "reject: change_unfit");
    refuse(change(akte(None), akte(NO_AKTE)), "reject: unknown");
    refuse(change(gilt(1), gilt(2)), "reject: change_unfit");
    let many = (0..=Intent::PARTS_MAX as u128)
        .map(|n| Feldaenderung::new(no_frist(n), frist(n, "2026-12-24")).unwrap());
    let mut too_many = changes([]);
    if let Intent::ChangeFelder(change) = &mut too_many {
        change.changes = many.collect();
    }
    refuse(too_many, "reject: change_unfit");
}

#[test]
fn a_change_has_one_field() {
    assert_eq!(Feldaenderung::new(betreff("Kiosk"), zuweisung(ANNA)), None);
    assert_eq!(Feldaenderung::new(frist(1, "2026-12-24"), no_frist(2)), None);
    let mixed = r#"{"from":{"betreff":"Kiosk"},"to":{"zuweisung":null}}"#;
    assert!(serde_json::from_str::<Feldaenderung>(mixed).is_err());
}

#[test]
fn a_vorgang_holds_no_more_fristen_than_anything_else() {
    let mut office = Office::open();
    for start in (0..2_000).step_by(250) {
        let changes = (start..start + 250)
            .map(|n| Feldaenderung::new(no_frist(n), frist(n, "2026-12-24")).unwrap())
            .collect();
        let mut wish = self::changes([]);
        if let Intent::ChangeFelder(change) = &mut wish {
            change.changes = changes;
        }
        office.happens(anna(wish));
    }
    let one_more = office.decides(anna(change(no_frist(2_000), frist(2_000, "2026-12-24"))));
    assert_eq!(crate::show::show(&one_more), "reject: full");
    let moved = change(frist(7, "2026-12-24"), frist(7, "2026-12-25"));
    assert_eq!(crate::show::show(&office.decides(anna(moved).aware())), "accept: frist=2026-12-25");
}

#[test]
fn clocks_decide_nothing() {
    let Stamp { at: slow, .. } = stamp(BERND);
    let Stamp { at: fast, .. } = stamp(CLARA);
    assert!(slow < fast);
    check(
        [bernd(assign(None, BERND))],
        clara(assign(None, CLARA)),
        "conflict: zuweisung? –|Clara|Bernd",
    );
    check(
        [clara(assign(None, CLARA))],
        bernd(assign(None, BERND)),
        "conflict: zuweisung? –|Bernd|Clara",
    );
}

#[test]
fn ticking_off_does_not_contest_the_day() {
    check(
        [bernd(complete(1))],
        anna(change(kommt(1, "2026-12-01"), kommt(1, "2026-12-08"))),
        "merge: wiedervorlage=2026-12-08",
    );
}

#[test]
fn the_fassung_that_counts_is_one_there_is() {
    let office = check(
        [anna(revise(1, 2))],
        bernd(step(Status::Offen, Status::Wartet)),
        "merge: status=wartet",
    );
    let counts = office.entity(VORGANG).feldwert(Feld::Fassung(ANTRAG));
    assert_eq!(counts, Some(Feldwert::Fassung(ANTRAG, fassung(2))));
}

#[test]
fn a_schriftstueck_can_have_another_name_and_a_new_fassung_at_once() {
    let renamed = || change(heisst("Antrag"), heisst("Bauantrag"));
    check([anna(revise(1, 2))], bernd(renamed()), "merge: schriftstueck=Bauantrag");
    check(
        [anna(change(heisst("Antrag"), heisst("Anzeige")))],
        bernd(renamed()),
        "conflict: schriftstueck? Antrag|Bauantrag|Anzeige",
    );
    let Intent::ChangeFelder(unknown) = renamed() else { unreachable!() };
    let elsewhere = ChangeFelder { entity: EINGANG.into(), ..unknown };
    check([], anna(Intent::ChangeFelder(elsewhere)), "reject: change_unfit");
}
