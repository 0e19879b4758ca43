//! Who may do what. Where even the existence of a thing is none of somebody's business the answer
//! is `unknown`; where they may look but not touch, `no_right`.

use std::collections::BTreeSet;

use kontor_domain::{
    Akteur, Choice, EinheitId, Feld, Intent, Refusal, Rolle, Scope, authorise, may_read,
};

use crate::office::{
    AKTE, ANNA, BAUAKTE, BAUAMT, BERND, EINGANG, GEWERBEAMT, NO_AKTE, NO_EINGANG, NO_VORGANG,
    Office, VORGANG, anna, bernd, intent, person, schriftstueck as doc,
};
use crate::wishes::{
    akte, betreff, change, changes_of, complete, create_akte, create_vorgang, einheit, name, note,
    plan, put_into, record_eingang, resolve, revise, schriftstueck, unit, wiedervorlage,
};

type Answer = Result<(), Refusal>;
const OK: Answer = Ok(());
const NO_RIGHT: Answer = Err(Refusal::NoRight);
const UNKNOWN: Answer = Err(Refusal::Unknown);

fn akteur(rolle: Rolle, einheit: EinheitId) -> Akteur {
    Akteur { person: ANNA, rollen: BTreeSet::from([rolle]), einheiten: BTreeSet::from([einheit]) }
}

/// What Anna is told in each role: at home in the Gewerbeamt, and from the Bauamt.
#[track_caller]
fn check(intent: &Intent, expect: [(Rolle, Answer, Answer); 5]) {
    let office = Office::open();
    for (rolle, at_home, elsewhere) in expect {
        for (einheit, expect) in [(GEWERBEAMT, at_home), (BAUAMT, elsewhere)] {
            let entry = office.entry(anna(intent.clone()));
            let got = authorise(&akteur(rolle, einheit), &office.stands, &entry);
            assert_eq!(got, expect, "{rolle:?} of {einheit:?}: {intent:?}");
        }
    }
}

#[test]
fn work_on_a_vorgang_is_for_those_who_work_in_its_unit() {
    for intent in [
        name("Kiosk", "Café"),
        note(1),
        wiedervorlage(2, "2026-12-24"),
        complete(1),
        schriftstueck(VORGANG, doc(3), 3),
        revise(1, 2),
        resolve(intent(1), [(Feld::Betreff, Choice::Mine)]),
        changes_of(AKTE, [(betreff("Gewerbe"), betreff("Handel"))]),
        change(akte(None), akte(AKTE)),
    ] {
        check(
            &intent,
            [
                (Rolle::Sachbearbeitung, OK, UNKNOWN),
                (Rolle::Leitung, OK, UNKNOWN),
                (Rolle::Poststelle, UNKNOWN, UNKNOWN),
                (Rolle::Administration, UNKNOWN, UNKNOWN),
                (Rolle::Revision, NO_RIGHT, NO_RIGHT),
            ],
        );
    }
}

#[test]
fn what_begins_begins_in_ones_own_unit() {
    for intent in [create_vorgang(NO_VORGANG, "Café"), create_akte(NO_AKTE, GEWERBEAMT, "32.10/2")]
    {
        check(
            &intent,
            [
                (Rolle::Sachbearbeitung, OK, NO_RIGHT),
                (Rolle::Leitung, OK, NO_RIGHT),
                (Rolle::Poststelle, NO_RIGHT, NO_RIGHT),
                (Rolle::Administration, NO_RIGHT, NO_RIGHT),
                (Rolle::Revision, NO_RIGHT, NO_RIGHT),
            ],
        );
    }
}

#[test]
fn the_poststelle_records_and_passes_on_for_every_unit() {
    let pass_on = changes_of(EINGANG, [(unit(GEWERBEAMT), unit(BAUAMT))]);
    for (intent, elsewhere) in
        [(record_eingang(NO_EINGANG, Vec::new()), NO_RIGHT), (pass_on, UNKNOWN)]
    {
        let revision = NO_RIGHT;
        let administration = elsewhere;
        check(
            &intent,
            [
                (Rolle::Sachbearbeitung, OK, elsewhere),
                (Rolle::Leitung, OK, elsewhere),
                (Rolle::Poststelle, OK, OK),
                (Rolle::Administration, administration, administration),
                (Rolle::Revision, revision, revision),
            ],
        );
    }
}

#[test]
fn putting_an_eingang_into_a_vorgang_needs_both() {
    check(
        &put_into(VORGANG),
        [
            (Rolle::Sachbearbeitung, OK, UNKNOWN),
            (Rolle::Leitung, OK, UNKNOWN),
            (Rolle::Poststelle, UNKNOWN, UNKNOWN),
            (Rolle::Administration, UNKNOWN, UNKNOWN),
            (Rolle::Revision, NO_RIGHT, NO_RIGHT),
        ],
    );
}

#[test]
fn reference_data_is_for_the_administration_of_the_whole_mandant() {
    let people = Intent::RecordPerson(person(BERND, "Bernd", []));
    for intent in [einheit(BAUAMT, "Bauordnungsamt"), people, plan("Handel")] {
        check(
            &intent,
            [
                (Rolle::Sachbearbeitung, NO_RIGHT, NO_RIGHT),
                (Rolle::Leitung, NO_RIGHT, NO_RIGHT),
                (Rolle::Poststelle, NO_RIGHT, NO_RIGHT),
                (Rolle::Administration, OK, OK),
                (Rolle::Revision, NO_RIGHT, NO_RIGHT),
            ],
        );
    }
}

#[test]
fn filing_needs_the_akte_too() {
    let anna_here = akteur(Rolle::Sachbearbeitung, GEWERBEAMT);
    let office = Office::open();
    let may = |intent| authorise(&anna_here, &office.stands, &office.entry(anna(intent)));
    assert_eq!(may(change(akte(None), akte(AKTE))), OK);
    assert_eq!(may(change(akte(None), akte(BAUAKTE))), UNKNOWN);
    assert_eq!(may(change(akte(None), akte(NO_AKTE))), UNKNOWN);
    let third = |akte_id| resolve(intent(1), [(Feld::Akte, Choice::Other(akte(akte_id)))]);
    assert_eq!(may(third(AKTE)), OK);
    assert_eq!(may(third(BAUAKTE)), UNKNOWN);
}

#[test]
fn whoever_it_is_assigned_to_works_on_it_from_anywhere() {
    let mut office = Office::open();
    office.happens(bernd(crate::wishes::assign(None, ANNA)));
    let entry = office.entry(anna(note(1)));
    let may = |rolle| authorise(&akteur(rolle, BAUAMT), &office.stands, &entry);
    assert_eq!(may(Rolle::Sachbearbeitung), OK);
    assert_eq!(may(Rolle::Leitung), OK);
    assert_eq!(may(Rolle::Poststelle), UNKNOWN, "an assignment is no role");
}

#[test]
fn nobody_enters_for_somebody_else() {
    let office = Office::open();
    let entry = office.entry(bernd(note(1)));
    let got = authorise(&akteur(Rolle::Leitung, GEWERBEAMT), &office.stands, &entry);
    assert_eq!(got, Err(Refusal::WrongAuthor));
}

#[test]
fn nothing_is_not_told_from_forbidden() {
    let office = Office::open();
    let mut missing = note(1);
    if let Intent::AddNotiz(add) = &mut missing {
        add.vorgang = NO_VORGANG;
    }
    let may = |intent, einheit| {
        authorise(&akteur(Rolle::Leitung, einheit), &office.stands, &office.entry(anna(intent)))
    };
    assert_eq!(may(missing, GEWERBEAMT), may(note(1), BAUAMT));
}

#[test]
fn reading_is_wider_than_writing() {
    let office = Office::open();
    let reads = |rolle, einheit| {
        let akteur = akteur(rolle, einheit);
        let may = |entity| may_read(&akteur, entity);
        [
            may(office.entity(VORGANG)),
            may(office.entity(AKTE)),
            may(office.entity(EINGANG)),
            may(office.entity(BAUAMT)),
        ]
    };
    assert_eq!(reads(Rolle::Sachbearbeitung, GEWERBEAMT), [true, true, true, true]);
    assert_eq!(reads(Rolle::Sachbearbeitung, BAUAMT), [false, false, false, true]);
    assert_eq!(reads(Rolle::Poststelle, BAUAMT), [false, false, true, true]);
    assert_eq!(reads(Rolle::Administration, BAUAMT), [false, false, false, true]);
    assert_eq!(reads(Rolle::Revision, BAUAMT), [true, true, true, true]);
}

#[test]
fn only_those_who_work_mirror_their_units() {
    let unit = Scope::Einheit(GEWERBEAMT);
    for (rolle, expect) in [
        (Rolle::Sachbearbeitung, vec![Scope::Stammdaten, unit]),
        (Rolle::Leitung, vec![Scope::Stammdaten, unit]),
        (Rolle::Poststelle, vec![Scope::Stammdaten]),
        (Rolle::Administration, vec![Scope::Stammdaten]),
        (Rolle::Revision, vec![Scope::Stammdaten]),
    ] {
        assert_eq!(akteur(rolle, GEWERBEAMT).scopes(), expect);
    }
}
