//! `SQLite` survives the disk, and the disk would have shown it if it had not.

use std::collections::BTreeSet;

use rusqlite::{Connection, OpenFlags, Result};

use super::{Counts, SimDisk, dice::Dice};

const KEY: &str = "x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'";

/// How a program under test keeps its data.
#[derive(Clone, Copy)]
struct Setting {
    journal: &'static str,
    synchronous: &'static str,
}

/// EXTRA is FULL as long as the WAL is in use. It differs while a database changes to WAL mode: see
/// [`full_sync_loses_when_a_crash_meets_the_change_to_wal`].
const WAL_EXTRA: Setting = Setting { journal: "WAL", synchronous: "EXTRA" };
const WAL_FULL: Setting = Setting { journal: "WAL", synchronous: "FULL" };
const WAL_NORMAL: Setting = Setting { journal: "WAL", synchronous: "NORMAL" };
const WAL_OFF: Setting = Setting { journal: "WAL", synchronous: "OFF" };
/// In rollback mode the commit is the removal of the journal, and only EXTRA syncs its folder.
const DELETE_EXTRA: Setting = Setting { journal: "DELETE", synchronous: "EXTRA" };
const DELETE_FULL: Setting = Setting { journal: "DELETE", synchronous: "FULL" };
const DELETE_OFF: Setting = Setting { journal: "DELETE", synchronous: "OFF" };

fn connect(disk: &SimDisk) -> Result<Connection> {
    let flags = OpenFlags::default();
    let db = Connection::open_with_flags_and_vfs(disk.path("work.db"), flags, disk.vfs_name())?;
    // Damage is what these tests provoke; SQLCipher would print each page of it.
    db.pragma_update(None, "cipher_log_level", "NONE")?;
    db.pragma_update(None, "key", KEY)?;
    Ok(db)
}

fn open(disk: &SimDisk, setting: Setting) -> Result<Connection> {
    let db = connect(disk)?;
    // Before the first read: a journal that is rolled back on opening counts too.
    db.pragma_update(None, "synchronous", setting.synchronous)?;
    db.pragma_update(None, "journal_mode", setting.journal)?;
    // Checkpoints are where old code had its bugs: make them frequent.
    db.pragma_update(None, "wal_autocheckpoint", 12)?;
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS ledger (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT",
    )?;
    Ok(db)
}

/// What the office believes, and what a run showed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Run {
    acknowledged: BTreeSet<i64>,
    /// Entries whose commit gave no answer: they may be there or not.
    unanswered: BTreeSet<i64>,
    rows: BTreeSet<i64>,
    /// Set if the database itself was damaged.
    damage: Option<String>,
    counts: Counts,
}

impl Run {
    fn lost(&self) -> usize {
        self.acknowledged.difference(&self.rows).count()
    }

    fn invented(&self) -> usize {
        self.rows
            .iter()
            .filter(|id| !self.acknowledged.contains(id) && !self.unanswered.contains(id))
            .count()
    }

    fn is_sound(&self) -> bool {
        self.damage.is_none() && self.lost() == 0 && self.invented() == 0
    }
}

/// Three lives of a program on one disk; each ends at an arbitrary operation.
fn three_lives(seed: u64, setting: Setting, prepare: impl Fn(&SimDisk)) -> Run {
    let disk = SimDisk::new(seed);
    prepare(&disk);
    let mut dice = Dice::new(!seed);
    let mut run = Run::default();
    let mut next_id = 0;
    for _ in 0..3 {
        disk.fail_after(dice.below(220) as u64);
        live(&disk, setting, &mut dice, &mut next_id, &mut run);
        disk.power_cut();
    }
    if let Err(error) = inspect(&disk, &mut run) {
        run.damage = Some(error.to_string());
    }
    run.counts = disk.counts();
    run
}

/// Writes until the machine goes down. Errors are the point here, so they only end the life.
fn live(disk: &SimDisk, setting: Setting, dice: &mut Dice, next_id: &mut i64, run: &mut Run) {
    let Ok(mut db) = open(disk, setting) else { return };
    for _ in 0..40 {
        let ids: Vec<i64> = (*next_id..).take(1 + dice.below(3)).collect();
        *next_id += 3;
        run.unanswered.extend(&ids);
        let mut body = vec![0; dice.below(6000)];
        dice.fill(&mut body);
        let saved = save(&mut db, &ids, &body);
        if saved.is_err() {
            return;
        }
        for id in ids {
            run.unanswered.remove(&id);
            run.acknowledged.insert(id);
        }
        if dice.below(10) == 0 {
            // Dropping closes, which checkpoints and removes the WAL.
            drop(db);
            let Ok(again) = open(disk, setting) else { return };
            db = again;
        }
    }
}

fn save(db: &mut Connection, ids: &[i64], body: &[u8]) -> Result<()> {
    let tx = db.transaction()?;
    for id in ids {
        tx.execute("INSERT INTO ledger (id, body) VALUES (?1, ?2)", (id, body))?;
    }
    tx.commit()
}

fn inspect(disk: &SimDisk, run: &mut Run) -> Result<()> {
    let db = connect(disk)?;
    let verdict: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0))?;
    if verdict != "ok" {
        run.damage = Some(verdict);
    }
    let has_ledger: bool =
        db.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 'ledger'", [], |row| {
            row.get(0)
        })?;
    if has_ledger {
        let mut select = db.prepare("SELECT id FROM ledger")?;
        run.rows = select.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    }
    Ok(())
}

fn assert_sound(setting: Setting, seeds: u64) {
    let mut total = Counts::default();
    let mut acknowledged = 0;
    for seed in 0..seeds {
        let run = three_lives(seed, setting, |_| ());
        assert!(run.is_sound(), "seed {seed}: {run:?}");
        acknowledged += run.acknowledged.len();
        total.crashes += run.counts.crashes;
        total.writes_kept += run.counts.writes_kept;
        total.writes_lost += run.counts.writes_lost;
        total.writes_torn += run.counts.writes_torn;
        total.names_lost += run.counts.names_lost;
    }
    assert!(acknowledged as u64 > seeds * 5, "hardly anything was written: {acknowledged}");
    assert!(total.crashes > seeds, "{total:?}");
    assert!(total.writes_lost > seeds && total.writes_torn > seeds, "{total:?}");
    assert!(total.writes_kept > seeds && total.names_lost > 0, "{total:?}");
}

fn assert_bites(setting: Setting, prepare: impl Fn(&SimDisk) + Copy) {
    let broken = (0..60).filter(|seed| !three_lives(*seed, setting, prepare).is_sound()).count();
    assert!(broken >= 10, "only {broken} of 60 seeds lost anything: the nemesis is a stub");
}

#[test]
fn wal_with_extra_sync_keeps_every_acknowledged_commit() {
    assert_sound(WAL_EXTRA, 250);
}

/// The change to WAL mode is a commit by rollback journal. Under FULL nobody syncs the folder after
/// the journal's removal before the WAL is synced for the first time, also one that an earlier crash
/// left behind; until then the journal may come back and roll the database back.
fn broken_first_lives(setting: Setting) -> usize {
    let is_broken = |seed: u64, crash: u64| {
        let disk = SimDisk::new(seed);
        let (mut dice, mut next_id, mut run) = (Dice::new(!seed), 0, Run::default());
        for operations in [crash, 60] {
            disk.fail_after(operations);
            live(&disk, setting, &mut dice, &mut next_id, &mut run);
            disk.power_cut();
        }
        inspect(&disk, &mut run).is_err() || !run.is_sound()
    };
    let runs = (0..100).flat_map(|seed| (0..16).map(move |crash| (seed, crash)));
    runs.filter(|(seed, crash)| is_broken(*seed, *crash)).count()
}

#[test]
fn a_crash_in_the_change_to_wal_takes_no_commit() {
    assert_eq!(broken_first_lives(WAL_FULL), 0);
    assert_eq!(broken_first_lives(WAL_EXTRA), 0);
}

#[test]
fn rollback_journal_with_extra_sync_keeps_every_acknowledged_commit() {
    assert_sound(DELETE_EXTRA, 120);
}

/// The disk must be no harsher than `SQLite`'s documentation allows: NORMAL gives up the newest
/// commits, and nothing else.
#[test]
fn wal_with_normal_sync_loses_only_the_newest_commits() {
    let mut losses = 0;
    for seed in 0..150 {
        let disk = SimDisk::new(seed);
        let mut run = Run::default();
        disk.fail_after(120);
        live(&disk, WAL_NORMAL, &mut Dice::new(!seed), &mut 0, &mut run);
        disk.power_cut();
        inspect(&disk, &mut run).unwrap();
        let newest_row = run.rows.last().copied().unwrap_or(-1);
        let is_prefix = run.acknowledged.range(..newest_row).all(|id| run.rows.contains(id));
        assert!(run.damage.is_none() && run.invented() == 0 && is_prefix, "seed {seed}: {run:?}");
        losses += usize::from(run.lost() > 0);
    }
    assert!(losses >= 20, "NORMAL lost something in {losses} of 150 seeds only");
}

/// FULL does not sync the folder after removing the journal, so the commit may be rolled back.
#[test]
fn rollback_journal_with_full_sync_may_lose_a_commit() {
    assert_bites(DELETE_FULL, |_| ());
}

#[test]
fn without_sync_the_wal_loses() {
    assert_bites(WAL_OFF, |_| ());
}

#[test]
fn without_sync_the_rollback_journal_loses() {
    assert_bites(DELETE_OFF, |_| ());
}

#[test]
fn on_a_lying_disk_every_sync_loses() {
    assert_bites(WAL_EXTRA, |disk| disk.set_lying(true));
    assert_bites(DELETE_EXTRA, |disk| disk.set_lying(true));
}

#[test]
fn the_same_seed_runs_the_same_way() {
    for seed in 0..20 {
        for setting in [WAL_EXTRA, WAL_OFF, DELETE_EXTRA] {
            let first = three_lives(seed, setting, |_| ());
            assert_eq!(first, three_lives(seed, setting, |_| ()), "seed {seed}");
        }
    }
}

#[test]
fn a_killed_program_loses_nothing_even_without_sync() {
    for seed in 0..30 {
        let disk = SimDisk::new(seed);
        let mut db = open(&disk, WAL_OFF).unwrap();
        save(&mut db, &[1, 2, 3], b"notiz").unwrap();
        disk.kill();
        assert!(save(&mut db, &[4], b"zu spaet").is_err(), "the old program is dead");
        drop(db);

        let mut run = Run { acknowledged: [1, 2, 3].into(), ..Run::default() };
        inspect(&disk, &mut run).unwrap();
        assert!(run.is_sound(), "{run:?}");
    }
}

#[test]
fn a_dead_connection_harms_nothing_when_it_is_dropped_late() {
    let disk = SimDisk::new(7);
    let mut old = open(&disk, WAL_FULL).unwrap();
    save(&mut old, &[1], b"alt").unwrap();
    disk.power_cut();
    let mut new = open(&disk, WAL_FULL).unwrap();
    save(&mut new, &[2], b"neu").unwrap();
    assert!(old.query_row("SELECT count(*) FROM ledger", [], |row| row.get::<_, i64>(0)).is_err());
    drop(old);
    save(&mut new, &[3], b"neu").unwrap();
    disk.power_cut();

    let mut run = Run { acknowledged: [1, 2, 3].into(), ..Run::default() };
    inspect(&disk, &mut run).unwrap();
    assert!(run.is_sound(), "{run:?}");
}

#[test]
fn several_connections_share_one_wal() {
    let disk = SimDisk::new(1);
    let mut writer = open(&disk, WAL_FULL).unwrap();
    let mut reader = open(&disk, WAL_FULL).unwrap();
    let count = |db: &Connection| -> i64 {
        db.query_row("SELECT count(*) FROM ledger", [], |row| row.get(0)).unwrap()
    };
    save(&mut writer, &[1], b"eins").unwrap();

    let snapshot = reader.transaction().unwrap();
    assert_eq!(count(&snapshot), 1);
    save(&mut writer, &[2], b"zwei").unwrap();
    assert_eq!(count(&snapshot), 1, "a reader keeps its snapshot");
    snapshot.commit().unwrap();
    assert_eq!(count(&reader), 2, "and sees the newest afterwards");

    let open_write = writer.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate);
    let started = std::time::Instant::now();
    reader.busy_timeout(std::time::Duration::from_secs(30)).unwrap();
    let refused = save(&mut reader, &[3], b"drei").unwrap_err();
    assert_eq!(refused.sqlite_error_code(), Some(rusqlite::ErrorCode::DatabaseBusy));
    assert!(started.elapsed().as_secs() < 15, "waiting for a lock takes no real time");
    open_write.unwrap().rollback().unwrap();
    save(&mut reader, &[3], b"drei").unwrap();
}

#[test]
fn writers_on_three_threads_lose_no_commit() {
    for setting in [WAL_EXTRA, DELETE_EXTRA] {
        let disk = SimDisk::new(3);
        drop(open(&disk, setting).unwrap());
        std::thread::scope(|scope| {
            for thread in 0..3 {
                let disk = disk.clone();
                scope.spawn(move || {
                    let mut db = patiently(|| open(&disk, setting));
                    for n in 0..60 {
                        patiently(|| save(&mut db, &[thread * 100 + n], b"parallel"));
                    }
                });
            }
        });
        disk.power_cut();
        let expected = (0..3).flat_map(|thread| (0..60).map(move |n| thread * 100 + n));
        let mut run = Run { acknowledged: expected.collect(), ..Run::default() };
        inspect(&disk, &mut run).unwrap();
        assert!(run.is_sound(), "{run:?}");
    }
}

fn patiently<T>(mut step: impl FnMut() -> Result<T>) -> T {
    loop {
        match step() {
            Ok(done) => return done,
            Err(error) => {
                let code = error.sqlite_error_code();
                assert_eq!(code, Some(rusqlite::ErrorCode::DatabaseBusy), "{error}");
                std::thread::yield_now();
            }
        }
    }
}

#[test]
fn a_database_may_change_its_journal_mode_and_back() {
    let disk = SimDisk::new(5);
    for (id, setting) in (0..).zip([WAL_FULL, DELETE_EXTRA, WAL_FULL, DELETE_EXTRA]) {
        let mut db = open(&disk, setting).unwrap();
        save(&mut db, &[id], b"wechsel").unwrap();
        db.pragma_update(None, "journal_mode", "DELETE").unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        save(&mut db, &[id + 100], b"wechsel").unwrap();
    }
    let acknowledged = (0..4).chain(100..104).collect();
    let mut run = Run { acknowledged, ..Run::default() };
    inspect(&disk, &mut run).unwrap();
    assert!(run.is_sound(), "{run:?}");
}

#[test]
fn copies_made_by_sqlite_lie_on_the_same_disk() {
    let disk = SimDisk::new(6);
    let mut db = open(&disk, WAL_FULL).unwrap();
    save(&mut db, &[1, 2], &vec![5; 50_000]).unwrap();
    db.execute_batch("VACUUM INTO '/sim/kopie.db'; VACUUM").unwrap();
    drop(db);
    assert_eq!(disk.files(), ["/sim/kopie.db", "/sim/work.db"]);
    assert!(disk.content("kopie.db").unwrap().len() > 100_000);
}

#[test]
fn opening_fifty_commits_and_closing_is_quick() {
    let disk = SimDisk::new(11);
    drop(open(&disk, WAL_FULL).unwrap());
    let started = std::time::Instant::now();
    let rounds = 20;
    for round in 0..rounds {
        let mut db = open(&disk, WAL_FULL).unwrap();
        for n in 0..50 {
            save(&mut db, &[round * 50 + n], &[7; 400]).unwrap();
        }
    }
    let each = started.elapsed() / u32::try_from(rounds).unwrap();
    println!("open, 50 encrypted commits, close: {each:?}");
    // Far above what it takes, and far below what one real sync per commit would.
    assert!(each.as_millis() < 500, "{each:?}");
}
