//! Golden vectors: what was decided and which bytes came out, so that another platform can show that
//! it decides the same (promise I12). `KONTOR_SNAPSHOT=write` writes them anew.

use kontor_domain::{Decision, Status};
use serde_json::{Value, json};

use super::office;
use super::office::{ANNA, BERND, Office, Wish, anna, bernd, clara};
use super::wishes::{
    assign, change, close, complete, frist, heisst, leistung, name, no_frist, note, put_into,
    reopen, revise, step, wiedervorlage,
};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/decisions.json");

/// A day on which everything happens: additions, merges, contradictions, refusals.
fn day() -> Vec<Wish> {
    vec![
        anna(note(1)),
        bernd(note(1)),
        bernd(wiedervorlage(2, "2026-12-08")),
        clara(complete(1)),
        anna(complete(1)),
        anna(complete(9)),
        anna(assign(None, ANNA)),
        bernd(assign(None, BERND)),
        anna(name("Kiosk", "Kiosk am Markt")),
        bernd(name("Kiosk", "Kiosk am Hafen")),
        anna(change(no_frist(1), frist(1, "2027-01-05"))),
        bernd(change(no_frist(1), frist(1, "2027-01-12"))),
        anna(step(Status::Offen, Status::InBearbeitung)),
        bernd(step(Status::Offen, Status::Wartet)),
        anna(revise(1, 2)),
        bernd(revise(1, 3)),
        clara(put_into(office::VORGANG)),
        anna(put_into(office::IMBISS)),
        anna(close()),
        clara(close()).aware(),
        bernd(note(2)),
        bernd(change(no_frist(2), frist(2, "2027-02-01"))).aware(),
        anna(reopen()).aware(),
        anna(change(leistung("99050012104000"), leistung("99050012104001"))).aware(),
        anna(change(heisst("Antrag"), heisst("Bauantrag"))).aware(),
        bernd(change(heisst("Antrag"), heisst("Anzeige"))),
    ]
}

#[test]
fn decisions_are_the_same_everywhere() {
    let mut office = Office::open();
    let vectors: Vec<Value> = day()
        .into_iter()
        .map(|wish| {
            let entry = office.entry(wish.clone());
            let decision = office.decides(wish);
            let after = office.stands.get(&entry.intent.target());
            json!({
                "entry": entry,
                "answer": answer(&decision),
                "revision": after.map(|stand| stand.revision),
                // As text: the order of fields counts.
                "state": after.map(|stand| serde_json::to_string(&stand.entity).unwrap()),
            })
        })
        .collect();
    let text = format!("{}\n", serde_json::to_string_pretty(&vectors).unwrap());
    if std::env::var_os("KONTOR_SNAPSHOT").is_some() {
        std::fs::write(FILE, &text).unwrap();
    }
    assert!(vectors.len() > 20, "too few to mean anything");
    assert_eq!(std::fs::read_to_string(FILE).unwrap(), text);
}

fn answer(decision: &Decision) -> Value {
    match decision {
        Decision::Accept(events) => json!({ "accept": events }),
        Decision::Merge(events) => json!({ "merge": events }),
        Decision::Conflict { events, conflict } => {
            json!({ "conflict": conflict, "events": events })
        }
        Decision::Reject(refusal) => json!({ "refused": refusal }),
    }
}
