//! What waits for what.

use std::borrow::Borrow;

use kontor_domain::{Choice, Entry, Feld, Intent, Revision, Stamp, Status, depends_on};

use crate::office::{
    AKTE, ANNA, ANTRAG, AUSWEIS, BAUAMT, BERND, EINGANG, GEWERBEAMT, IMBISS, NO_VORGANG, VORGANG,
    frist as frist_id, intent, schriftstueck as doc, stamp,
};
use crate::wishes::{
    akte, assign, betreff, change, changes, changes_of, close, complete, create_akte,
    create_vorgang, document, frist, gilt, heisst, kommt, name, no_frist, note, put_into,
    record_eingang, reopen, resolve, revise, schriftstueck, step, unit, wiedervorlage, zuweisung,
};

/// The earlier of two.
fn earlier(intent: &Intent) -> Entry {
    let Stamp { by: author, at } = stamp(ANNA);
    Entry { id: EARLIER, author, at, seen: Revision::NONE, intent: intent.clone() }
}

const EARLIER: kontor_domain::IntentId = intent(0x77);

#[track_caller]
fn waits(later: impl Borrow<Intent>, before: impl Borrow<Intent>) {
    let (later, before) = (later.borrow(), earlier(before.borrow()));
    assert!(depends_on(later, &before), "{later:?} after {before:?}");
}

#[track_caller]
fn free(later: impl Borrow<Intent>, before: impl Borrow<Intent>) {
    let (later, before) = (later.borrow(), earlier(before.borrow()));
    assert!(!depends_on(later, &before), "{later:?} after {before:?}");
}

/// In either order.
#[track_caller]
fn independent(one: impl Borrow<Intent>, other: impl Borrow<Intent>) {
    free(one.borrow(), other.borrow());
    free(other.borrow(), one.borrow());
}

fn elsewhere(later: Intent) -> Intent {
    match later {
        Intent::AddNotiz(mut add) => {
            add.vorgang = IMBISS;
            Intent::AddNotiz(add)
        }
        other => other,
    }
}

#[test]
fn everything_waits_for_the_beginning_of_its_thing() {
    let begin = || create_vorgang(VORGANG, "Kiosk");
    for later in
        [note(1), name("Kiosk", "Café"), complete(1), revise(1, 2), put_into(VORGANG), close()]
    {
        waits(later, begin());
    }
    waits(put_into(VORGANG), record_eingang(EINGANG, Vec::new()));
    waits(change(akte(None), akte(AKTE)), create_akte(AKTE, GEWERBEAMT, "32.10/1"));
    free(note(1), create_vorgang(NO_VORGANG, "Café"));
    free(elsewhere(note(1)), begin());
}

#[test]
fn a_field_waits_for_itself_only() {
    waits(name("Café", "Bude"), name("Kiosk", "Café"));
    waits(change(frist(1, "2026-12-24"), no_frist(1)), change(no_frist(1), frist(1, "2026-12-24")));
    independent(name("Kiosk", "Café"), assign(None, BERND));
    independent(
        change(no_frist(1), frist(1, "2026-12-24")),
        change(no_frist(2), frist(2, "2026-12-24")),
    );
    waits(
        changes([(betreff("Café"), betreff("Bude")), (zuweisung(None), zuweisung(ANNA))]),
        name("Kiosk", "Café"),
    );
}

#[test]
fn additions_wait_for_nobody() {
    let additions = [
        note(1),
        note(2),
        wiedervorlage(2, "2026-12-24"),
        schriftstueck(VORGANG, doc(3), 3),
        complete(1),
        name("Kiosk", "Café"),
        put_into(VORGANG),
    ];
    for (i, one) in additions.iter().enumerate() {
        for other in &additions[i + 1..] {
            independent(one, other);
        }
    }
}

#[test]
fn what_concerns_an_item_waits_for_the_item() {
    waits(complete(2), wiedervorlage(2, "2026-12-24"));
    waits(change(kommt(2, "2026-12-24"), kommt(2, "2026-12-25")), wiedervorlage(2, "2026-12-24"));
    waits(revise(1, 2), schriftstueck(VORGANG, ANTRAG, 1));
    waits(revise(2, 3), revise(1, 2));
    waits(change(gilt(2), gilt(1)), revise(1, 2));
    let renamed = || change(heisst("Antrag"), heisst("Bauantrag"));
    waits(renamed(), schriftstueck(VORGANG, ANTRAG, 1));
    waits(renamed(), put_into(VORGANG));
    free(renamed(), schriftstueck(VORGANG, doc(3), 3));
    free(complete(1), wiedervorlage(2, "2026-12-24"));
    free(revise(1, 2), schriftstueck(VORGANG, doc(3), 3));
}

#[test]
fn a_fassung_waits_for_the_eingang_that_may_bring_its_document() {
    waits(revise(1, 2), put_into(VORGANG));
    waits(change(gilt(1), gilt(2)), put_into(VORGANG));
    free(revise(1, 2), put_into(IMBISS));
    waits(put_into(VORGANG), record_eingang(EINGANG, vec![document(AUSWEIS, 9)]));
}

#[test]
fn two_vorgaenge_in_one_akte_do_not_wait_for_each_other() {
    let imbiss = changes_of(IMBISS, [(akte(None), akte(AKTE))]);
    independent(&imbiss, change(akte(None), akte(AKTE)));
    independent(imbiss, changes_of(AKTE, [(betreff("Gewerbe"), betreff("Handel"))]));
}

#[test]
fn closing_waits_for_everything_in_the_vorgang_and_everything_for_closing() {
    for other in [note(1), name("Kiosk", "Café"), revise(1, 2), put_into(VORGANG), complete(1)] {
        waits(close(), &other);
        waits(other, close());
    }
    waits(reopen(), close());
    free(close(), elsewhere(note(1)));
    free(step(Status::Offen, Status::Wartet), note(1));
}

#[test]
fn fields_wait_for_the_reopening_but_not_for_other_steps() {
    let decide = |status| Choice::Other(crate::wishes::status(status));
    for later in [
        name("Kiosk", "Café"),
        change(gilt(1), gilt(2)),
        change(no_frist(1), frist(1, "2026-12-24")),
    ] {
        waits(&later, reopen());
        waits(&later, resolve(intent(1), [(Feld::Status, decide(Status::Offen))]));
        free(&later, resolve(intent(1), [(Feld::Status, Choice::Theirs)]));
        free(&later, step(Status::Offen, Status::Wartet));
        free(reopen(), later);
    }
    for later in [note(1), complete(1), revise(1, 2), put_into(VORGANG)] {
        free(later, reopen());
    }
}

#[test]
fn handing_over_goes_last_but_nothing_waits_for_it() {
    let hand_over = || change(unit(GEWERBEAMT), unit(BAUAMT));
    for other in [note(1), name("Kiosk", "Café"), revise(1, 2), put_into(VORGANG)] {
        waits(hand_over(), &other);
        free(other, hand_over());
    }
    waits(change(unit(BAUAMT), unit(GEWERBEAMT)), hand_over());
}

#[test]
fn a_decision_waits_for_the_fields_it_sets() {
    let decide = |choice| resolve(intent(1), [(Feld::Zuweisung, choice)]);
    waits(decide(Choice::Mine), assign(None, BERND));
    waits(decide(Choice::Other(zuweisung(ANNA))), assign(None, BERND));
    free(decide(Choice::Theirs), assign(None, BERND));
    free(decide(Choice::Mine), name("Kiosk", "Café"));
    waits(assign(BERND, ANNA), decide(Choice::Mine));
    waits(decide(Choice::Theirs), decide(Choice::Mine));
    let filed = resolve(intent(1), [(Feld::Akte, Choice::Other(akte(AKTE)))]);
    waits(filed, create_akte(AKTE, GEWERBEAMT, "32.10/1"));
    let deadline = |choice| resolve(intent(2), [(Feld::Frist(frist_id(1)), choice)]);
    independent(deadline(Choice::Mine), decide(Choice::Mine));
}

#[test]
fn a_decision_waits_for_the_entry_that_met_the_contradiction() {
    let decide = |conflict| resolve(conflict, [(Feld::Betreff, Choice::Theirs)]);
    for before in [assign(None, BERND), revise(1, 2), decide(intent(1))] {
        waits(decide(EARLIER), &before);
        free(decide(intent(2)), before);
    }
}

#[test]
fn a_decision_that_may_close_waits_like_closing() {
    let decide = |choice| resolve(intent(1), [(Feld::Status, choice)]);
    let to = |status| Choice::Other(crate::wishes::status(status));
    waits(decide(Choice::Mine), note(1));
    waits(decide(to(Status::ZdA)), note(1));
    free(decide(to(Status::Wartet)), note(1));
    free(decide(Choice::Theirs), note(1));
}
