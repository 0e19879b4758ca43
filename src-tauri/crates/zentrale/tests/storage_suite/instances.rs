//! Several instances on one PostgreSQL server, and a server that dies.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::future::join_all;
use kontor_domain::{EntityRef, Entry, Feldwert, IntentId, PersonId, Scope, VorgangId};
use kontor_testkit::postgres::{self, Cluster, Fsync};
use kontor_wire::{FeedRow, Outcome, Position};
use kontor_zentrale::push::PushError;
use kontor_zentrale::storage::{Notice, PostgresStorage, Storage, StorageError};
use kontor_zentrale::verify::verify;
use tokio::time::timeout;

use super::feed::folded;
use super::office::{
    ANNA, BAUAMT, Desk, GEWERBEAMT, KREIS, STADT, anna, desk, query, results, set_up, unit,
};
use super::stalling::Stalling;

const INSTANCES: usize = 3;
const WRITERS: u64 = 8;
const BATCHES: usize = 20;
const ALL: [Scope; 3] = [Scope::Stammdaten, Scope::Einheit(GEWERBEAMT), Scope::Einheit(BAUAMT)];
/// For what has to come sooner or later.
const PATIENCE: Duration = Duration::from_secs(30);

async fn instances(url: &str) -> Vec<Arc<PostgresStorage>> {
    let connect = (0..INSTANCES).map(|_| PostgresStorage::connect(url, 8));
    join_all(connect).await.into_iter().map(|storage| Arc::new(storage.unwrap())).collect()
}

/// Follows the feed in small pieces until it is at an end that does not move any more.
async fn follow(storage: Arc<PostgresStorage>, done: Arc<AtomicBool>) -> Vec<FeedRow> {
    let mut rows: Vec<FeedRow> = Vec::new();
    let mut slices_at_end = 0;
    loop {
        let was_done = done.load(Ordering::SeqCst);
        let after = rows.last().map_or(0, |row| row.seq.0);
        let slice = storage.feed(KREIS, &query(after, &ALL, &[], 7)).await.unwrap();
        let at_end = slice.to == slice.head.seq;
        rows.extend(slice.rows);
        // Everything is in these scopes, so whatever is skipped leaves a gap.
        let end = rows.last().map_or(Position(0), |row| row.seq);
        assert_eq!(end, slice.to, "rows before {:?} were skipped", slice.to);
        assert_eq!(rows.len() as u64, end.0);
        if at_end {
            assert_eq!(slice.digests, folded(&rows), "at {end:?}");
            slices_at_end += 1;
            if was_done {
                assert!(slices_at_end > 3, "the reader was hardly ever at the end");
                return rows;
            }
        }
        tokio::task::yield_now().await;
    }
}

/// Things several people work on at once, in batches that name them in different orders.
fn batch(desk: &Desk, shared: &[VorgangId], round: usize) -> Vec<Entry> {
    let turn = usize::try_from(desk.id().as_u64_pair().1).unwrap();
    let pick = |step: usize| shared[(turn / 3 + step * 5 + round) % shared.len()];
    let (own, create) = desk.vorgang(GEWERBEAMT);
    let mut entries = vec![create, desk.notiz(own, "eigenes")];
    entries.extend((0..4).map(|step| desk.notiz(pick(step), "gemeinsames")));
    entries.push(match round % 4 {
        0 => desk.move_to(pick(1), GEWERBEAMT, BAUAMT),
        1 => desk.move_to(pick(1), BAUAMT, GEWERBEAMT),
        // Everybody wants it for somebody else.
        _ => {
            let somebody = Some(PersonId::new(desk.id()));
            desk.field(pick(1), Feldwert::Zuweisung(None), Feldwert::Zuweisung(somebody))
        }
    });
    entries
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_on_several_instances_make_one_gapless_feed() {
    let instances = instances(&postgres::database().unwrap()).await;
    set_up(&*instances[0], KREIS).await;
    let opener = anna();
    let mut shared = Vec::new();
    for _ in 0..6 {
        shared.push(opener.opened(&*instances[0], GEWERBEAMT).await);
    }
    let done = Arc::new(AtomicBool::new(false));
    let readers: Vec<_> = (0..2)
        .map(|reader| tokio::spawn(follow(Arc::clone(&instances[reader]), Arc::clone(&done))))
        .collect();
    let writers = (0..WRITERS).map(|writer| {
        let storage = Arc::clone(&instances[usize::try_from(writer).unwrap() % INSTANCES]);
        let shared = shared.clone();
        tokio::spawn(async move {
            let desk = desk(KREIS, ANNA, 0x10 + writer);
            let stalling = Stalling::new(&*storage, writer);
            let mut told = BTreeMap::new();
            for round in 0..BATCHES {
                let request = desk.request(&batch(&desk, &shared, round));
                let sealed = desk.send(&stalling, &request).await;
                told.extend(results(&sealed).into_iter().map(|result| (result.id, result.outcome)));
            }
            told
        })
    });
    let mut told = BTreeMap::new();
    for writer in join_all(writers).await {
        told.extend(writer.unwrap());
    }
    done.store(true, Ordering::SeqCst);
    assert_eq!(told.len(), usize::try_from(WRITERS).unwrap() * BATCHES * 7);
    for reader in readers {
        let rows = timeout(PATIENCE, reader).await.unwrap().unwrap();
        check_told(&told, &rows);
    }
    assert_eq!(verify(&*instances[1], KREIS).await.unwrap().findings, []);
}

/// What was answered is what the feed says.
fn check_told(told: &BTreeMap<IntentId, Outcome>, rows: &[FeedRow]) {
    let by_seq: BTreeMap<Position, &FeedRow> = rows.iter().map(|row| (row.seq, row)).collect();
    let mut conflicts = 0;
    for (intent, outcome) in told {
        match outcome {
            // A Vorgang that was there already: nothing happened, and the feed need not say so.
            Outcome::Merged { seq } if by_seq.get(seq).is_none_or(|row| row.intent != *intent) => {}
            Outcome::Accepted { seq } | Outcome::Merged { seq } => {
                assert_eq!(by_seq[seq].intent, *intent);
            }
            Outcome::Conflict { seq, .. } => {
                conflicts += 1;
                assert_eq!(by_seq[seq].intent, *intent);
            }
            other => panic!("{intent}: {other:?}"),
        }
    }
    assert!(conflicts > 0, "nobody ever got in anybody's way");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_intent_pushed_through_two_instances_at_once_happens_once() {
    let instances = instances(&postgres::database().unwrap()).await;
    set_up(&*instances[0], KREIS).await;
    let anna = Arc::new(anna());
    let mut decided = 0;
    for round in 0..30 {
        let (vorgang, create) = anna.vorgang(GEWERBEAMT);
        let request = Arc::new(anna.request(&[create, anna.notiz(vorgang, "einmal")]));
        let copies = instances.iter().map(|storage| {
            let (storage, anna) = (Arc::clone(storage), Arc::clone(&anna));
            let request = Arc::clone(&request);
            tokio::spawn(async move {
                let stalling = Stalling::new(&*storage, round);
                let sealed = anna.send(&stalling, &request).await;
                let bytes: Vec<String> = sealed.results.iter().map(ToString::to_string).collect();
                (bytes, stalling.decided.load(Ordering::Relaxed))
            })
        });
        let answers: Vec<_> = join_all(copies).await.into_iter().map(Result::unwrap).collect();
        decided += answers.iter().map(|(_, decided)| decided).sum::<u64>();
        assert!(answers.iter().all(|(bytes, _)| *bytes == answers[0].0), "{answers:?}");
    }
    let head = instances[0].feed_state(KREIS).await.unwrap().head;
    assert_eq!(head.seq, Position(60));
    // Somebody lost the race for the id and looked again.
    assert!(decided > 90, "no two instances ever met");
    assert_eq!(verify(&*instances[0], KREIS).await.unwrap().findings, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn instances_hint_each_other() {
    let url = postgres::database().unwrap();
    let (here, there) = (
        PostgresStorage::connect(&url, 4).await.unwrap(),
        PostgresStorage::connect(&url, 4).await.unwrap(),
    );
    set_up(&here, KREIS).await;
    set_up(&here, STADT).await;
    let mut notices = there.notices();
    let mut next = async || timeout(PATIENCE, notices.next()).await.unwrap().unwrap();
    let standing = BTreeSet::from([next().await.mandant, next().await.mandant]);
    assert_eq!(standing, BTreeSet::from([KREIS, STADT]));
    anna().opened(&here, GEWERBEAMT).await;
    assert_eq!(next().await, Notice { mandant: KREIS, seq: Position(1) });
    desk(STADT, ANNA, 0x0B).opened(&here, GEWERBEAMT).await;
    assert_eq!(next().await, Notice { mandant: STADT, seq: Position(1) });
    // A notice that got lost is made up for by looking.
    let raw = super::database::client(&url).await;
    let moved = raw
        .execute("UPDATE feed_head SET seq = 2 WHERE mandant = $1", &[&KREIS.uuid()])
        .await
        .unwrap();
    assert_eq!(moved, 1);
    assert_eq!(next().await, Notice { mandant: KREIS, seq: Position(2) });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_caller_who_goes_away_leaves_no_lock_behind() {
    let url = postgres::database().unwrap();
    let storage = Arc::new(PostgresStorage::connect(&url, 1).await.unwrap());
    set_up(&*storage, KREIS).await;
    let anna = Arc::new(anna());
    let vorgang = anna.opened(&*storage, GEWERBEAMT).await;
    let raw = super::database::client(&url).await;
    for held in ["entity", "feed_head"] {
        let before = storage.feed_state(KREIS).await.unwrap().head.seq;
        raw.batch_execute(&format!("BEGIN; LOCK TABLE {held} IN EXCLUSIVE MODE")).await.unwrap();
        let gone = tokio::spawn({
            let (storage, anna) = (Arc::clone(&storage), Arc::clone(&anna));
            async move { anna.enter(&*storage, &[anna.notiz(vorgang, "abgebrochen")]).await }
        });
        wait_for_waiter(&url).await;
        gone.abort();
        assert!(gone.await.unwrap_err().is_cancelled());
        raw.batch_execute("ROLLBACK").await.unwrap();
        // The only connection of the pool is usable, and nothing of the batch is there.
        let answers = anna.enter(&*storage, &[anna.notiz(vorgang, "danach")]).await;
        assert!(matches!(answers[0].outcome, Outcome::Merged { .. } | Outcome::Accepted { .. }));
        let after = storage.feed_state(KREIS).await.unwrap().head.seq;
        assert_eq!(after.0, before.0 + 1, "while {held} was locked");
    }
    assert_eq!(verify(&*storage, KREIS).await.unwrap().findings, []);
}

/// Until somebody waits for a lock.
async fn wait_for_waiter(url: &str) {
    let raw = super::database::client(url).await;
    let waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    let wait = async {
        while raw.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
            tokio::task::yield_now().await;
        }
    };
    timeout(PATIENCE, wait).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_killed_server_loses_no_answered_batch() {
    let mut cluster = Cluster::start(Fsync::On).unwrap();
    let storage =
        Arc::new(PostgresStorage::connect(&cluster.database().unwrap(), 4).await.unwrap());
    set_up(&*storage, KREIS).await;
    let mut told: BTreeMap<EntityRef, u64> = BTreeMap::new();
    for life in 0..3 {
        let (sender, mut answered) = tokio::sync::mpsc::unbounded_channel();
        let writers: Vec<_> = (0..3)
            .map(|writer| {
                let (storage, sender) = (Arc::clone(&storage), sender.clone());
                tokio::spawn(async move {
                    let desk = desk(KREIS, ANNA, 0x100 + life * 8 + writer);
                    loop {
                        let (vorgang, create) = desk.vorgang(GEWERBEAMT);
                        let request = desk.request(&[create, desk.notiz(vorgang, "sicher")]);
                        match desk.try_send(&*storage, &request).await {
                            Ok(sealed) => {
                                sender.send((EntityRef::from(vorgang), sealed.head.seq.0)).unwrap();
                            }
                            Err(PushError::Storage(StorageError::Unavailable(_))) => return,
                            Err(error) => panic!("{error:?}"),
                        }
                    }
                })
            })
            .collect();
        drop(sender);
        // In the middle of work.
        for _ in 0..40 {
            let (vorgang, seq) = timeout(PATIENCE, answered.recv()).await.unwrap().unwrap();
            told.insert(vorgang, seq);
        }
        tokio::task::block_in_place(|| cluster.kill_9()).unwrap();
        join_all(writers).await.into_iter().for_each(Result::unwrap);
        while let Some((vorgang, seq)) = answered.recv().await {
            told.insert(vorgang, seq);
        }
        assert!(matches!(storage.ping().await, Err(StorageError::Unavailable(_))));
        tokio::task::block_in_place(|| cluster.restart()).unwrap();
        let entities: Vec<EntityRef> = told.keys().copied().collect();
        let there = storage.stands(KREIS, &entities).await.unwrap();
        assert_eq!(there.len(), told.len(), "life {life}");
        let head = storage.feed_state(KREIS).await.unwrap().head;
        assert!(told.values().all(|seq| *seq <= head.seq.0));
        assert_eq!(verify(&*storage, KREIS).await.unwrap().findings, [], "life {life}");
    }
    let page = storage.scope_page(KREIS, unit(GEWERBEAMT), None, 10_000).await.unwrap();
    assert!(page.len() >= 120);
}
