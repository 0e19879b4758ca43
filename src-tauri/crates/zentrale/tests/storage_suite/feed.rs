//! The feed, its digests and the scopes.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use kontor_domain::{EntityRef, Scope};
use kontor_wire::{ChainHash, Digest, FeedRow, Position, StateHash, Step};
use kontor_zentrale::chain;

use super::database::Database;
use super::office::{
    BAUAMT, GEWERBEAMT, KREIS, STADT, STADT as OTHER, anna, desk, places, query, unit,
};

const ALL: [Scope; 3] = [Scope::Stammdaten, Scope::Einheit(GEWERBEAMT), Scope::Einheit(BAUAMT)];

/// What a mirror that carries out these rows would hold, by its digests.
pub(crate) fn folded(rows: &[FeedRow]) -> BTreeMap<Scope, Digest> {
    let mut things: BTreeMap<EntityRef, (Scope, Digest)> = BTreeMap::new();
    for row in rows {
        if row.step == Step::Exit {
            things.remove(&row.entity);
        } else {
            let digest = Digest::of(row.entity, row.revision, row.state);
            things.insert(row.entity, (row.scope, digest));
        }
    }
    let mut digests: BTreeMap<Scope, Digest> =
        ALL.into_iter().map(|s| (s, Digest::default())).collect();
    for (scope, digest) in things.into_values() {
        *digests.entry(scope).or_default() += digest;
    }
    digests
}

pub(crate) async fn positions_are_gapless_and_chained(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    for _ in 0..3 {
        let (vorgang, create) = anna.vorgang(GEWERBEAMT);
        anna.enter(storage, &[create, anna.notiz(vorgang, "eins"), anna.notiz(vorgang, "zwei")])
            .await;
    }
    let head = storage.feed_state(KREIS).await.unwrap().head;
    assert_eq!(head.seq, Position(9));
    let rows = storage.chain(KREIS, Position(0), 100).await.unwrap();
    assert_eq!(
        rows.iter().map(|row| row.row.seq.0).collect::<Vec<_>>(),
        (1..=9).collect::<Vec<_>>()
    );
    let mut end = ChainHash::default();
    for row in &rows {
        assert!(chain::verify(end, row));
        assert_eq!(storage.chain_at(KREIS, row.row.seq).await.unwrap(), Some(row.hash));
        end = row.hash;
    }
    assert_eq!(end, head.hash);
    assert_eq!(storage.chain_at(KREIS, Position(0)).await.unwrap(), Some(ChainHash::default()));
    assert_eq!(storage.chain_at(KREIS, Position(10)).await.unwrap(), None);
    assert_eq!(storage.chain_at(KREIS, Position(u64::MAX)).await.unwrap(), None);
    let middle = storage.chain(KREIS, Position(3), 2).await.unwrap();
    assert_eq!(middle.iter().map(|row| row.row.seq.0).collect::<Vec<_>>(), [4, 5]);
}

pub(crate) async fn a_reader_gets_its_scopes_page_by_page(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    for einheit in [GEWERBEAMT, BAUAMT, GEWERBEAMT, BAUAMT, GEWERBEAMT] {
        anna.opened(storage, einheit).await;
    }
    let mine = [unit(GEWERBEAMT)];
    let first = storage.feed(KREIS, &query(0, &mine, &[], 2)).await.unwrap();
    assert_eq!((places(&first), first.to, first.head.seq.0), (vec![1, 3], Position(3), 5));
    assert!(first.digests.is_empty(), "only the end of the feed can be compared");
    let second = storage.feed(KREIS, &query(3, &mine, &[], 2)).await.unwrap();
    assert_eq!((places(&second), second.to), (vec![5], Position(5)));
    assert_eq!(second.digests.keys().copied().collect::<Vec<_>>(), mine);
    // Exactly as many as there are: nothing more follows, so the reader is at the end.
    let whole = storage.feed(KREIS, &query(0, &mine, &[], 3)).await.unwrap();
    assert_eq!((places(&whole), whole.to), (vec![1, 3, 5], Position(5)));
    // The end of the feed may be somebody else's row.
    anna.opened(storage, BAUAMT).await;
    let nothing = storage.feed(KREIS, &query(5, &mine, &[], 3)).await.unwrap();
    assert_eq!((places(&nothing), nothing.to), (vec![], Position(6)));
    let both = storage.feed(KREIS, &query(0, &ALL, &[], 4)).await.unwrap();
    assert_eq!(places(&both), [1, 2, 3, 4]);
    let none = storage.feed(KREIS, &query(0, &[], &[], 4)).await.unwrap();
    assert_eq!((places(&none), none.to), (vec![], Position(6)));
    let ahead = storage.feed(KREIS, &query(99, &mine, &[], 4)).await.unwrap();
    assert_eq!((places(&ahead), ahead.to), (vec![], Position(6)));
}

pub(crate) async fn a_pinned_thing_comes_once_wherever_it_goes(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let pinned = anna.opened(storage, BAUAMT).await;
    let pins = [pinned.into()];
    let other = anna.opened(storage, BAUAMT).await;
    anna.opened(storage, GEWERBEAMT).await;
    anna.enter(storage, &[anna.notiz(pinned, "dran"), anna.notiz(other, "nicht dran")]).await;
    let slice = storage.feed(KREIS, &query(0, &[unit(GEWERBEAMT)], &pins, 10)).await.unwrap();
    assert_eq!(places(&slice), [1, 3, 4]);
    // In scope and pinned: once.
    let slice = storage.feed(KREIS, &query(0, &[unit(BAUAMT)], &pins, 10)).await.unwrap();
    assert_eq!(places(&slice), [1, 2, 4, 5]);
    anna.enter(storage, &[anna.move_to(pinned, BAUAMT, GEWERBEAMT)]).await;
    let slice = storage.feed(KREIS, &query(5, &[], &pins, 10)).await.unwrap();
    let steps: Vec<_> = slice.rows.iter().map(|row| (row.seq.0, row.step, row.scope)).collect();
    assert_eq!(steps, [(6, Step::Exit, unit(BAUAMT)), (7, Step::Enter, unit(GEWERBEAMT))]);
    let slice = storage.feed(KREIS, &query(0, &[], &pins, 2)).await.unwrap();
    assert_eq!((places(&slice), slice.to), (vec![1, 4], Position(4)));
}

pub(crate) async fn a_thing_that_moves_leaves_one_scope_and_enters_another(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let entity: EntityRef = vorgang.into();
    anna.enter(storage, &[anna.move_to(vorgang, GEWERBEAMT, BAUAMT)]).await;
    let left = storage.feed(KREIS, &query(1, &[unit(GEWERBEAMT)], &[], 10)).await.unwrap();
    let [exit] = &left.rows[..] else { panic!("{left:?}") };
    assert_eq!((exit.step, exit.entity, exit.events.get()), (Step::Exit, entity, "[]"));
    assert_eq!(left.digests[&unit(GEWERBEAMT)], Digest::default());
    let entered = storage.feed(KREIS, &query(1, &[unit(BAUAMT)], &[], 10)).await.unwrap();
    let [enter] = &entered.rows[..] else { panic!("{entered:?}") };
    assert_eq!((enter.step, enter.entity), (Step::Enter, entity));
    let page = |einheit| storage.scope_page(KREIS, unit(einheit), None, 10);
    assert!(page(GEWERBEAMT).await.unwrap().is_empty());
    let stands = page(BAUAMT).await.unwrap();
    assert_eq!((stands[0].entity, stands[0].revision), (entity, enter.revision));
    assert_eq!(StateHash::of(stands[0].state.get().as_bytes()), enter.state);
    assert_eq!(entered.digests[&unit(BAUAMT)], Digest::of(entity, enter.revision, enter.state));
}

pub(crate) async fn the_verlauf_of_a_thing_follows_it_everywhere(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let vorgang = anna.opened(storage, GEWERBEAMT).await;
    let other = anna.opened(storage, GEWERBEAMT).await;
    anna.enter(storage, &[anna.notiz(vorgang, "eins"), anna.notiz(other, "nicht dran")]).await;
    anna.enter(storage, &[anna.move_to(vorgang, GEWERBEAMT, BAUAMT)]).await;
    anna.enter(storage, &[anna.notiz(vorgang, "zwei")]).await;
    let verlauf = |before: u64, rows_max| async move {
        let rows =
            storage.verlauf(KREIS, vorgang.into(), Position(before), rows_max).await.unwrap();
        rows.iter().map(|row| (row.revision.number(), row.seq.0)).collect::<Vec<_>>()
    };
    // 5 is the row with which it left the Gewerbeamt.
    assert_eq!(verlauf(u64::MAX, 10).await, [(4, 7), (3, 6), (2, 3), (1, 1)]);
    assert_eq!(verlauf(7, 2).await, [(3, 6), (2, 3)]);
    assert_eq!(verlauf(1, 10).await, []);
    let rows = storage.verlauf(KREIS, vorgang.into(), Position(7), 10).await.unwrap();
    let feed = storage.feed(KREIS, &query(0, &ALL, &[], 10)).await.unwrap();
    for row in rows {
        let there = feed.rows.iter().find(|there| there.seq == row.seq).unwrap();
        assert_eq!(
            (row.intent, row.author, row.received),
            (there.intent, there.author, there.received)
        );
        assert_eq!(row.events.get(), there.events.get());
    }
}

pub(crate) async fn digests_are_those_of_the_things(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let units = [GEWERBEAMT, BAUAMT];
    let mut where_is = Vec::new();
    for round in 0..12_usize {
        let home = units[round % 2];
        let (vorgang, create) = anna.vorgang(home);
        let mut batch = vec![create, anna.notiz(vorgang, "dazu")];
        where_is.push((vorgang, home));
        let (wanderer, from) = &mut where_is[round / 2];
        let to = units[usize::from(*from == GEWERBEAMT)];
        batch.push(anna.move_to(*wanderer, *from, to));
        *from = to;
        anna.enter(storage, &batch).await;

        let slice = storage.feed(KREIS, &query(0, &ALL, &[], 1_000)).await.unwrap();
        assert_eq!(slice.digests, folded(&slice.rows), "round {round}");
        for scope in ALL {
            let mut digest = Digest::default();
            for stand in storage.scope_page(KREIS, scope, None, 1_000).await.unwrap() {
                let hash = StateHash::of(stand.state.get().as_bytes());
                digest += Digest::of(stand.entity, stand.revision, hash);
            }
            assert_eq!(slice.digests[&scope], digest, "round {round}, {scope}");
        }
    }
}

pub(crate) async fn a_scope_is_read_in_pages(database: Database) {
    let (storage, anna) = (&*database.storage, anna());
    let mut expected = Vec::new();
    for _ in 0..5 {
        expected.push(EntityRef::from(anna.opened(storage, GEWERBEAMT).await));
        anna.opened(storage, BAUAMT).await;
    }
    expected.sort();
    let (mut read, mut after) = (Vec::new(), None);
    loop {
        let page = storage.scope_page(KREIS, unit(GEWERBEAMT), after, 2).await.unwrap();
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        after = Some(last.entity);
        read.extend(page.iter().map(|stand| stand.entity));
    }
    assert_eq!(read, expected);
    let mut asked = expected.clone();
    asked.push(kontor_domain::VorgangId::new(anna.id()).into());
    let stands = storage.stands(KREIS, &asked).await.unwrap();
    assert_eq!(stands.iter().map(|stand| stand.entity).collect::<Vec<_>>(), expected);
    assert!(storage.scope_page(KREIS, Scope::Stammdaten, None, 2).await.unwrap().is_empty());
}

pub(crate) async fn every_slice_is_one_moment(database: Database) {
    let storage = Arc::clone(&database.storage);
    let done = Arc::new(AtomicBool::new(false));
    let seen = Arc::new(AtomicUsize::new(0));
    let reader = tokio::spawn({
        let (storage, done, seen) = (Arc::clone(&storage), Arc::clone(&done), Arc::clone(&seen));
        async move {
            let (mut slices, mut ends) = (0, std::collections::BTreeSet::new());
            while !done.load(Ordering::Relaxed) || slices == 0 {
                let slice = storage.feed(KREIS, &query(0, &ALL, &[], 10_000)).await.unwrap();
                assert_eq!(places(&slice), (1..=slice.head.seq.0).collect::<Vec<_>>());
                assert_eq!(slice.to, slice.head.seq);
                assert_eq!(slice.digests, folded(&slice.rows));
                ends.insert(slice.to);
                seen.store(ends.len(), Ordering::Relaxed);
                slices += 1;
                tokio::task::yield_now().await;
            }
        }
    });
    let anna = anna();
    // On a busy machine the reader comes late: the feed moves until it has seen it move.
    let mut rounds = 0;
    while rounds < 60 || seen.load(Ordering::Relaxed) < 3 && rounds < 2_000 {
        rounds += 1;
        let (vorgang, create) = anna.vorgang(GEWERBEAMT);
        anna.enter(&*storage, &[create, anna.move_to(vorgang, GEWERBEAMT, BAUAMT)]).await;
    }
    done.store(true, Ordering::Relaxed);
    reader.await.unwrap();
    assert!(seen.load(Ordering::Relaxed) > 1, "the reader never saw the feed move");
    // The other authority's feed stood still meanwhile.
    let other = desk(OTHER, super::office::ANNA, 0x0C);
    other.opened(&*storage, GEWERBEAMT).await;
    assert_eq!(storage.feed_state(STADT).await.unwrap().head.seq, Position(1));
}
