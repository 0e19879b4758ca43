//! Closing a Vorgang must have seen everything in it; what is closed has to be opened first.

use kontor_domain::{Choice, Decision, Entry, Feld, Revision, Status, decide};

use crate::office::{
    ANNA, BERND, Office, VORGANG, anna, bernd, carry_out, check, fassung, intent,
    schriftstueck as doc,
};
use crate::show::show;
use crate::wishes::{
    add_fassung, assign, betreff, changes, close, complete, name, note, put_into, reopen, resolve,
    revise, schriftstueck, status, step, version, wiedervorlage, zuweisung,
};

#[test]
fn whoever_saw_everything_may_close() {
    check([], anna(close()), "accept: status=zdA");
    check([bernd(note(1))], anna(close()).aware(), "accept: status=zdA");
}

#[test]
fn whatever_happened_unseen_contests_the_closing() {
    let meets = "conflict: status? offen|zdA|offen";
    for unseen in [
        note(1),
        wiedervorlage(2, "2026-12-24"),
        complete(1),
        schriftstueck(VORGANG, doc(3), 3),
        revise(1, 2),
        put_into(VORGANG),
        assign(None, BERND),
        name("Kiosk", "Café"),
    ] {
        check([bernd(unseen)], anna(close()), meets);
    }
    check(
        [bernd(step(Status::Offen, Status::Wartet))],
        anna(close()),
        "conflict: status? offen|zdA|wartet",
    );
}

/// After a restore from a backup a Vorgang stands at an earlier revision than was seen; the conflict
/// itself may then make up the difference.
#[test]
fn its_own_conflict_is_nothing_the_closing_has_seen() {
    let mut office = Office::open();
    let seen = Revision::new(office.revision(VORGANG) + 1);
    let entry = Entry { seen, ..office.entry(anna(close())) };
    for _ in 0..2 {
        let decision = decide(&office.stands, &entry);
        assert!(matches!(decision, Decision::Conflict { .. }), "{decision:?}");
        carry_out(&mut office.stands, &decision);
        assert_eq!(office.entity(VORGANG).feldwert(Feld::Status), Some(status(Status::Offen)));
    }
}

#[test]
fn everything_else_the_closing_wanted_waits_with_it() {
    let with_more = changes([
        (betreff("Kiosk"), betreff("Café")),
        (status(Status::Offen), status(Status::ZdA)),
    ]);
    check(
        [bernd(note(1))],
        anna(with_more),
        "conflict: betreff? Kiosk|Café|Kiosk, status? offen|zdA|offen",
    );
}

/// Anna did the same as Bernd and counts on; Bernd's note must not hide behind that.
#[test]
fn doing_the_same_does_not_count_past_something_unseen() {
    let mut office = Office::open();
    let both = changes([(betreff("Kiosk"), betreff("Café")), (zuweisung(None), zuweisung(BERND))]);
    let (first, second) = (office.entry(anna(name("Kiosk", "Café"))), close());
    office.happens(bernd(both));
    assert_eq!(show(&office.decides(anna(name("Kiosk", "Café")))), "merge: nothing new");
    let mut closing = office.entry(anna(second));
    closing.seen = first.seen.next();
    let decision = kontor_domain::decide(&office.stands, &closing);
    assert_eq!(show(&decision), "conflict: status? offen|zdA|offen");
}

#[test]
fn two_people_closing_agree() {
    check([bernd(close())], anna(close()), "merge: nothing new");
}

#[test]
fn whoever_saw_it_closed_has_to_open_it_first() {
    check([bernd(close())], anna(name("Kiosk", "Café")).aware(), "reject: closed");
    check(
        [bernd(close())],
        anna(changes([
            (status(Status::ZdA), status(Status::InBearbeitung)),
            (betreff("Kiosk"), betreff("Café")),
        ]))
        .aware(),
        "accept: status=in Bearbeitung, betreff=Café",
    );
    check([bernd(close()), bernd(reopen())], anna(name("Kiosk", "Café")), "merge: betreff=Café");
}

#[test]
fn whoever_did_not_see_it_closed_meets_the_closing() {
    check([bernd(close())], anna(name("Kiosk", "Café")), "conflict: betreff? Kiosk|Café|Kiosk");
    check(
        [bernd(close())],
        anna(step(Status::Offen, Status::Wartet)),
        "conflict: status? offen|wartet|zdA",
    );
    check(
        [bernd(name("Kiosk", "Café")), bernd(close())],
        anna(name("Kiosk", "Café")),
        "merge: nothing new",
    );
}

#[test]
fn nothing_slips_into_a_closed_vorgang_beside_its_status() {
    let both =
        |to| changes([(status(Status::Offen), status(to)), (betreff("Kiosk"), betreff("Café"))]);
    check(
        [bernd(close())],
        anna(both(Status::Wartet)),
        "conflict: betreff? Kiosk|Café|Kiosk, status? offen|wartet|zdA",
    );
    check([bernd(close())], anna(both(Status::ZdA)), "conflict: betreff? Kiosk|Café|Kiosk");
    check([bernd(close())], anna(both(Status::ZdA)).aware(), "reject: closed");
}

#[test]
fn opening_again_can_be_contested_like_any_field() {
    check(
        [bernd(close()), bernd(reopen())],
        anna(step(Status::ZdA, Status::Wartet)),
        "conflict: status? zdA|wartet|in Bearbeitung",
    );
}

#[test]
fn late_paper_still_gets_into_a_closed_vorgang() {
    for (late, expect) in [
        (note(1), "accept: +notiz"),
        (wiedervorlage(2, "2026-12-24"), "accept: +wiedervorlage"),
        (complete(1), "accept: erledigt"),
        (schriftstueck(VORGANG, doc(3), 3), "accept: +schriftstueck"),
        (add_fassung(fassung(1), version(2)), "accept: +fassung, fassung=2"),
        (put_into(VORGANG), "accept: eingang(zugeordnet) +schriftstueck"),
    ] {
        check([bernd(close())], anna(late).aware(), expect);
    }
}

#[test]
fn deciding_a_conflict_to_close_must_have_seen_everything_too() {
    let mine = || resolve(intent(2), [(Feld::Status, Choice::Mine)]);
    let open = || [bernd(note(1)), anna(close()), bernd(note(2))];
    let mut office = Office::open();
    let [first, closing, late] = open();
    office.happens(first);
    assert_eq!(show(&office.decides(closing)), "conflict: status? offen|zdA|offen");
    let mut ahead = office.clone();
    assert_eq!(show(&ahead.decides(anna(mine()).aware())), "accept: decided, status=zdA");
    office.happens(late);
    let unaware = office.decides(anna(mine()));
    assert_eq!(show(&unaware), "conflict: decided, status? offen|zdA|offen");
}

#[test]
fn deciding_a_conflict_does_not_reach_into_what_was_closed_unseen() {
    let mut office = Office::open();
    office.happens(bernd(assign(None, BERND)));
    office.decides(anna(assign(None, ANNA)));
    office.happens(bernd(close()));
    let mine = || resolve(intent(2), [(Feld::Zuweisung, Choice::Mine)]);
    let mut aware = office.clone();
    assert_eq!(show(&aware.decides(anna(mine()).aware())), "accept: decided, zuweisung=Anna");
    let unaware = office.decides(anna(mine()));
    assert_eq!(show(&unaware), "conflict: decided, zuweisung? Bernd|Anna|Bernd");
}
