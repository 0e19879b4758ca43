//! One small case for each rule.

use kontor_domain::{EinheitId, VorgangId};
use uuid::Uuid;

use super::*;

fn id(number: u64) -> IntentId {
    IntentId::new(Uuid::from_u128(number.into()))
}

fn hash(byte: u8) -> DocumentHash {
    DocumentHash::from_bytes([byte; 32])
}

fn unit(number: u128) -> Scope {
    Scope::Einheit(EinheitId::new(Uuid::from_u128(number)))
}

fn thing(number: u128) -> EntityRef {
    VorgangId::new(Uuid::from_u128(number)).into()
}

fn waiting(number: u64) -> Waiting {
    Waiting { number, id: id(number), open_parents: vec![], documents: vec![], bytes: 100 }
}

/// Everything transferred.
fn calm() -> Situation {
    let scope = ScopeRow { scope: Scope::Stammdaten, fetched: Fetched::Complete };
    Situation {
        limits: Limits::default(),
        waiting: vec![],
        uploads: BTreeSet::new(),
        allowed: BTreeSet::from([Scope::Stammdaten]),
        scopes: vec![scope],
        seq: 7,
        head: 7,
        checked: true,
        needs: BTreeSet::new(),
        verlaeufe: BTreeSet::new(),
        absent: BTreeSet::new(),
        tried: Tried::default(),
    }
}

fn check(change: impl FnOnce(&mut Situation), expect: &[Step]) {
    let mut situation = calm();
    change(&mut situation);
    assert_eq!(plan(&situation), expect);
}

#[test]
fn what_somebody_waits_to_read_comes_before_films() {
    let thing = EntityRef::from(kontor_domain::VorgangId::new(uuid::Uuid::from_u128(1)));
    let film = DocumentHash::from_bytes([1; 32]);
    check(
        |s| {
            s.verlaeufe = BTreeSet::from([thing]);
            s.absent = BTreeSet::from([film]);
        },
        &[Step::Verlauf(thing), Step::Fetch(film)],
    );
    check(
        |s| {
            s.verlaeufe = BTreeSet::from([thing]);
            s.tried.verlaeufe = BTreeSet::from([thing]);
        },
        &[],
    );
}

#[test]
fn nothing_to_do_is_an_empty_plan() {
    check(|_| {}, &[]);
}

#[test]
fn waiting_entries_go_in_their_order() {
    check(|s| s.waiting = vec![waiting(3), waiting(4)], &[Step::Push(vec![3, 4])]);
}

#[test]
fn a_child_goes_together_with_its_waiting_parent() {
    let child = Waiting { open_parents: vec![Open::Waits(id(1))], ..waiting(2) };
    check(|s| s.waiting = vec![waiting(1), child], &[Step::Push(vec![1, 2])]);
}

#[test]
fn a_stuck_entry_holds_back_only_what_builds_on_it() {
    let stuck = Waiting { open_parents: vec![Open::Held(id(9))], ..waiting(1) };
    let child = Waiting { open_parents: vec![Open::Waits(id(1))], ..waiting(2) };
    check(|s| s.waiting = vec![stuck, child, waiting(3)], &[Step::Push(vec![3])]);
}

#[test]
fn a_deferred_entry_is_not_tried_twice_in_one_run() {
    let child = Waiting { open_parents: vec![Open::Waits(id(1))], ..waiting(2) };
    check(
        |s| {
            s.waiting = vec![waiting(1), child];
            s.tried.deferred.insert(1);
        },
        &[],
    );
}

#[test]
fn an_entry_waits_for_its_document_and_others_do_not() {
    let letter = Waiting { documents: vec![hash(1)], ..waiting(1) };
    let situation = |s: &mut Situation| {
        s.waiting = vec![letter, waiting(2)];
        s.uploads = BTreeSet::from([hash(1)]);
    };
    check(situation, &[Step::Push(vec![2])]);
}

#[test]
fn documents_go_when_no_entry_can_the_oldest_entry_s_first() {
    let entry = |number, byte| Waiting { documents: vec![hash(byte)], ..waiting(number) };
    check(
        |s| {
            s.waiting = vec![entry(1, 9), entry(2, 1)];
            s.uploads = BTreeSet::from([hash(1), hash(9)]);
            s.absent = BTreeSet::from([hash(5)]);
        },
        &[Step::Upload(hash(9)), Step::Upload(hash(1)), Step::Fetch(hash(5))],
    );
}

#[test]
fn an_upload_nobody_waits_for_is_left() {
    check(|s| s.uploads = BTreeSet::from([hash(1)]), &[]);
}

#[test]
fn a_batch_keeps_to_the_announced_limits() {
    let many = |s: &mut Situation| s.waiting = (1..=5).map(waiting).collect();
    check(
        |s| {
            many(s);
            s.limits.push_entries_max = 2;
        },
        &[Step::Push(vec![1, 2])],
    );
    check(
        |s| {
            many(s);
            s.limits.request_bytes_max = 3 * 228;
        },
        &[Step::Push(vec![1, 2, 3])],
    );
}

#[test]
fn an_entry_beyond_the_limit_goes_alone_so_that_the_zentrale_can_answer() {
    check(
        |s| {
            s.waiting = vec![Waiting { bytes: 1 << 30, ..waiting(1) }, waiting(2)];
        },
        &[Step::Push(vec![1])],
    );
}

#[test]
fn a_lost_right_is_dropped_before_anything_else() {
    check(
        |s| {
            s.scopes.push(ScopeRow { scope: unit(1), fetched: Fetched::Complete });
            s.waiting = vec![waiting(1)];
        },
        &[Step::Drop(unit(1)), Step::Push(vec![1])],
    );
}

#[test]
fn a_scope_goes_on_where_it_stopped() {
    check(
        |s| {
            s.allowed.extend([unit(1), unit(2)]);
            s.scopes.push(ScopeRow { scope: unit(2), fetched: Fetched::UpTo(Some(thing(5))) });
        },
        &[Step::Scope(unit(1), None), Step::Scope(unit(2), Some(thing(5)))],
    );
}

#[test]
fn the_mirror_follows_the_feed_and_compares_at_its_end() {
    check(|s| s.head = 8, &[Step::Pull]);
    check(|s| s.checked = false, &[Step::Pull]);
}

#[test]
fn needed_things_are_asked_for_once() {
    check(|s| s.needs = BTreeSet::from([thing(1)]), &[Step::Stands(vec![thing(1)])]);
    check(
        |s| {
            s.needs = BTreeSet::from([thing(1)]);
            s.tried.needs = BTreeSet::from([thing(1)]);
        },
        &[],
    );
}
