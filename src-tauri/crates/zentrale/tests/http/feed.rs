//! Entries go in, rows come out.

use kontor_domain::{
    ChangeFelder, EinheitId, Entry, Feldaenderung, Feldwert, Intent, IntentId, Moment, Revision,
    Scope,
};
use kontor_wire::{
    Digest, Epoch, Head, Hello, Outcome, Position, ProblemCode, PullRequest, PullResponse,
    PushResponse, ScopePage, StateHash, Step, path,
};
use kontor_zentrale::endpoints::METRICS;
use serde_json::json;
use uuid::Uuid;

use crate::haus::{Haus, push};

fn pull(haus: &Haus, who: &str, after: u64) -> PullResponse {
    let hello: Hello = haus.get(who, path::HELLO).json();
    haus.post(who, path::PULL, &request(&hello, after)).json()
}

fn request(hello: &Hello, after: u64) -> PullRequest {
    PullRequest {
        epoch: hello.epoch,
        after: Position(after),
        witness: None,
        scopes: hello.scopes.clone(),
        pins: Vec::new(),
    }
}

/// Bernd hands the Vorgang „anker“ on to another unit.
fn moved(haus: &Haus, number: u128, from: EinheitId, to: EinheitId) -> Entry {
    let change = Feldaenderung::new(Feldwert::Einheit(from), Feldwert::Einheit(to)).unwrap();
    Entry {
        id: IntentId::new(Uuid::from_u128(number)),
        author: haus.person("bernd"),
        at: Moment::from_unix_ms(0),
        seen: Revision::NONE,
        intent: Intent::ChangeFelder(ChangeFelder {
            entity: haus.vorgang("anker").into(),
            changes: vec![change],
            grund: None,
        }),
    }
}

#[test]
fn hello_says_who_is_who() {
    let haus = Haus::new();
    let hello: Hello = haus.get("anna", path::HELLO).json();
    assert_eq!(hello.mandant.name.as_str(), "Kreis Musterland");
    assert_eq!(hello.akteur.person, haus.person("anna"));
    assert_eq!(hello.scopes, [Scope::Stammdaten, haus.scope("gewerbeamt")]);
    assert_eq!(hello.head.seq.0, haus.head());
    assert_eq!(hello.limits, *haus.zentrale.limits());
}

#[test]
fn a_repeated_push_gets_the_same_bytes_and_changes_nothing() {
    let haus = Haus::new();
    let request = push(&haus.notiz("anna", "anker"));
    let first = haus.post("anna", path::PUSH, &request);
    let head = haus.head();
    let again = haus.post("anna", path::PUSH, &request);
    assert_eq!(first.body, again.body);
    assert_eq!(haus.head(), head);
    let response: PushResponse = first.json();
    assert!(response.results[0].get().contains(&format!("\"seq\":{head}")));
}

#[test]
fn a_mirror_that_has_everything_gets_little() {
    let haus = Haus::new();
    let all = pull(&haus, "anna", 0);
    assert!(all.rows.iter().map(|row| row.seq).is_sorted());
    assert_eq!(all.to, all.head.seq);
    let hello: Hello = haus.get("anna", path::HELLO).json();
    let mut request = request(&hello, all.to.0);
    request.witness = Some(all.head);
    let answer = haus.post("anna", path::PULL, &request);
    assert!(answer.body.len() < 1_000, "{} bytes", answer.body.len());
    let nothing: PullResponse = answer.json();
    assert!(nothing.rows.is_empty() && nothing.stands.is_empty());
    assert_eq!(nothing.digests, all.digests);
}

#[test]
fn digests_are_those_of_the_scope() {
    let haus = Haus::new();
    let pulled = pull(&haus, "anna", 0);
    for scope in [Scope::Stammdaten, haus.scope("gewerbeamt")] {
        let mut digest = Digest::default();
        for stand in pages(&haus, scope, 3) {
            let hash = StateHash::of(stand.state.get().as_bytes());
            digest += Digest::of(stand.entity, stand.revision, hash);
        }
        assert_eq!(pulled.digests[&scope], digest);
    }
}

fn pages(haus: &Haus, scope: Scope, rows_max: usize) -> Vec<kontor_wire::StandRow> {
    let mut stands: Vec<kontor_wire::StandRow> = Vec::new();
    loop {
        let after = stands.last().map(|stand| stand.entity);
        let body = json!({ "scope": scope, "after": after, "rows_max": rows_max });
        let mut page: ScopePage = haus.post("anna", path::SCOPE, &body).json();
        assert!(page.stands.len() == rows_max || !page.more);
        stands.append(&mut page.stands);
        if !page.more {
            return stands;
        }
    }
}

#[test]
fn what_enters_a_scope_comes_with_its_stand() {
    let haus = Haus::new();
    let (gewerbeamt, bauamt) = (haus.demo.einheiten["gewerbeamt"], haus.demo.einheiten["bauamt"]);
    let before = haus.head();
    let result = haus.enter("bernd", &moved(&haus, 31, gewerbeamt, bauamt));
    assert!(matches!(result.outcome, Outcome::Merged { .. }), "{result:?}");
    let clara = pull(&haus, "clara", before);
    assert_eq!(clara.rows.iter().map(|row| row.step).collect::<Vec<_>>(), [Step::Enter]);
    assert_eq!(clara.stands.len(), 1);
    assert_eq!(clara.stands[0].entity, haus.vorgang("anker").into());
    let anna = pull(&haus, "anna", before);
    assert_eq!(anna.rows.iter().map(|row| row.step).collect::<Vec<_>>(), [Step::Exit]);
    assert_eq!(anna.rows[0].events.get(), "[]");
    assert!(anna.stands.is_empty());
    // Bernd works on it wherever it is: he keeps it as a pin.
    let hello: Hello = haus.get("bernd", path::HELLO).json();
    let mut request = request(&hello, before);
    request.pins = vec![haus.vorgang("anker").into()];
    let bernd: PullResponse = haus.post("bernd", path::PULL, &request).json();
    assert_eq!(bernd.rows.len(), 2);
    assert!(bernd.lost_pins.is_empty());
}

#[test]
fn a_mirror_of_another_past_is_told_so() {
    let haus = Haus::new();
    let hello: Hello = haus.get("anna", path::HELLO).json();
    let refused = |request: &PullRequest| haus.post("anna", path::PULL, request).problem();
    let mut other = request(&hello, 0);
    other.epoch = Epoch(Uuid::from_u128(1));
    assert_eq!(refused(&other), ProblemCode::EpochChanged);
    let beyond = request(&hello, haus.head() + 1);
    assert_eq!(refused(&beyond), ProblemCode::EpochChanged);
    let witness = |seq, hash| {
        let mut request = request(&hello, 0);
        request.witness = Some(Head { seq: Position(seq), hash });
        request
    };
    let head = pull(&haus, "anna", 0).head;
    haus.enter("anna", &haus.notiz("anna", "anker"));
    assert_eq!(haus.post("anna", path::PULL, &witness(head.seq.0, head.hash)).status, 200);
    let mut forged = head.hash;
    forged.0[0] ^= 1;
    assert_eq!(refused(&witness(head.seq.0, forged)), ProblemCode::EpochChanged);
    assert_eq!(refused(&witness(haus.head() + 1, head.hash)), ProblemCode::EpochChanged);
    let metrics = haus.get("emine", METRICS);
    let text = String::from_utf8(metrics.body.to_vec()).unwrap();
    assert!(text.contains("kontor_chain_contradictions_total 3"), "{text}");
}

#[test]
fn a_long_feed_comes_in_pieces() {
    let limits = kontor_wire::Limits { rows_max: 4, ..kontor_wire::Limits::default() };
    let haus = Haus::with(crate::haus::Setup { limits, ..crate::haus::Setup::default() });
    let mut rows = Vec::new();
    let mut after = 0;
    loop {
        let mut piece = pull(&haus, "anna", after);
        assert!(piece.rows.len() <= 4);
        rows.append(&mut piece.rows);
        after = piece.to.0;
        if piece.to == piece.head.seq {
            assert!(!piece.digests.is_empty());
            break;
        }
        assert!(piece.digests.is_empty());
    }
    let whole = pull(&Haus::new(), "anna", 0).rows;
    let places = |rows: &[kontor_wire::FeedRow]| rows.iter().map(|row| row.seq).collect::<Vec<_>>();
    assert_eq!(places(&rows), places(&whole));
}
