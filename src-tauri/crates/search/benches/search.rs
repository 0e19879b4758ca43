//! Search on the desk: tantivy in encrypted files, beside plain memory (the raw limit) and FTS5
//! inside SQLCipher, all in one run. `KONTOR_BENCH_ITEMS` sets how many things there are (default 100,000).
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a benchmark stops where something does not work, and its figures are small"
)]

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use fastrand::Rng;
use kontor_search::{Index, Item, Kind, Query};
use rusqlite::{Connection, params};

const ROUNDS: usize = 200;
/// As many things are committed at once as the desk does.
const SLICE: usize = 256;
/// Says that this process only opens what another one built, and where.
const FOLDER: &str = "KONTOR_BENCH_FOLDER";
const QUERIES: [(&str, &str); 5] = [
    ("rare", "Sonderfall77 "),
    ("frequent", "Antrag "),
    ("two words", "Antrag Bescheid "),
    ("three letters", "gru"),
    ("Aktenzeichen", "32-1105-2026-0412"),
];

fn main() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        return open(Path::new(&folder));
    }
    let items = std::env::var("KONTOR_BENCH_ITEMS").map_or(100_000, |n| n.parse().unwrap());
    let folder = tempfile::TempDir::new().unwrap();
    let suche = folder.path().join("suche");
    println!("{items} things; p50 / p99 of {ROUNDS} searches, 20 best with snippets");
    let (encrypted, _) = Index::open(&suche, [7; 32]).unwrap();
    build("tantivy, encrypted files", items, &encrypted);
    println!("  size {} MiB; while building: {}", size(&suche) >> 20, memory());
    let update = quantiles((0..30).map(|n| {
        let begun = Instant::now();
        encrypted.put(&item(n * 7, &mut Rng::with_seed(1))).unwrap();
        encrypted.commit().unwrap();
        begun.elapsed()
    }));
    println!("  one thing put and committed {update}");
    drop(encrypted);
    let this = std::env::current_exe().unwrap();
    let opened = Command::new(this).env(FOLDER, &suche).status().unwrap();
    assert!(opened.success(), "{opened}");
    let plain = Index::in_memory().unwrap();
    build("tantivy, plain memory (the raw limit)", items, &plain);
    measure(&plain);
    drop(plain);
    full_text_5(&folder.path().join("fts5.db"), items);
}

/// A desk that only searches: a process that has built nothing.
fn open(folder: &Path) {
    let bare = memory();
    let begun = Instant::now();
    let (index, _) = Index::open(folder, [7; 32]).unwrap();
    println!("tantivy, encrypted files, in a new process: opened in {:.1?}", begun.elapsed());
    measure(&index);
    println!("  {}; before opening: {bare}", memory());
    let begun = Instant::now();
    index.verify().unwrap();
    println!("  verified in {:.1?}", begun.elapsed());
}

fn build(name: &str, items: usize, index: &Index) {
    let begun = Instant::now();
    let mut rng = Rng::with_seed(42);
    for n in 0..items {
        index.put(&item(n, &mut rng)).unwrap();
        if n % SLICE == SLICE - 1 {
            index.commit().unwrap();
        }
    }
    index.commit().unwrap();
    index.rest().unwrap();
    println!("{name}: {:.0} things/s", items as f64 / begun.elapsed().as_secs_f64());
}

fn measure(index: &Index) {
    for (name, text) in QUERIES {
        let query = Query { text: text.into(), rows_max: 20, ..Query::default() };
        let total = index.search(&query).unwrap().total;
        let took = quantiles((0..ROUNDS).map(|_| index.search(&query).unwrap().took));
        println!("  {name:14} {took}  ({total} hits)");
    }
}

fn full_text_5(path: &Path, items: usize) {
    let db = Connection::open(path).unwrap();
    db.execute_batch(
        "PRAGMA key = \"x'0707070707070707070707070707070707070707070707070707070707070707'\";
         PRAGMA journal_mode = WAL; PRAGMA cache_size = -32000;
         CREATE VIRTUAL TABLE suche USING fts5(aktenzeichen, betreff, text,
             tokenize = 'unicode61 remove_diacritics 2', prefix = '3');
         BEGIN;",
    )
    .unwrap();
    let begun = Instant::now();
    let mut rng = Rng::with_seed(42);
    let mut insert = db.prepare("INSERT INTO suche VALUES (?1, ?2, ?3)").unwrap();
    for n in 0..items {
        let item = item(n, &mut rng);
        insert.execute(params![item.aktenzeichen, item.betreff, item.text]).unwrap();
    }
    db.execute_batch("COMMIT").unwrap();
    println!("FTS5 in SQLCipher: {:.0} things/s", items as f64 / begun.elapsed().as_secs_f64());
    println!("  size {} MiB", fs::metadata(path).unwrap().len() >> 20);
    let mut select = db
        .prepare("SELECT betreff, snippet(suche, 2, '[', ']', '…', 24) FROM suche WHERE suche MATCH ?1 ORDER BY rank LIMIT 20")
        .unwrap();
    for ((name, _), asked) in QUERIES.iter().zip([
        "sonderfall77",
        "antrag",
        "antrag bescheid",
        "gru*",
        "\"32-1105-2026-0412\"",
    ]) {
        let took = quantiles((0..20).map(|_| {
            let begun = Instant::now();
            let rows = select
                .query_map([asked], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)));
            assert!(rows.unwrap().count() <= 20);
            begun.elapsed()
        }));
        println!("  {name:14} {took}");
    }
}

const STEMS: &str = "bau grundstueck antrag bescheid genehmigung gewerbe steuer abgabe wohn geld kind jugend amt kreis gemeinde strasse verkehr wasser abfall schul förder sozial melde pass führer zulassung prüf verfahren widerspruch frist akte vorgang eigentum nutzung pacht vertrag gebühr kosten rechnung zahlung ordnung umwelt natur schutz brand denkmal grün gruppe gründung grund";
const LITTLE: &str = "der die das und in zu den mit von für auf ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum haben nur oder aber vor zur bis mehr durch sehr geehrte damen herren";
const ENDINGS: [&str; 6] = ["", "en", "s", "er", "e", "ung"];
const NAMES: &str = "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Krüger Hofmann Lange Köhler";

fn item(n: usize, rng: &mut Rng) -> Item {
    let (stems, little, names) = (list(STEMS), list(LITTLE), list(NAMES));
    let mut text = String::new();
    for _ in 0..200 {
        match rng.u8(..10) {
            0..=4 => text.push_str(little[rng.usize(..little.len())]),
            5 => text
                .push_str(["Antrag", "Bescheid", "Anlage", "Unterlagen", "Kreis"][rng.usize(..5)]),
            6 => text.push_str(names[rng.usize(..names.len())]),
            _ => {
                // Squared, so that some words are frequent and most are rare.
                let pick = |rng: &mut Rng| stems[(rng.f64().powi(2) * stems.len() as f64) as usize];
                text.push_str(pick(rng));
                text.push_str(pick(rng));
                if rng.bool() {
                    text.push_str(pick(rng));
                }
                text.push_str(ENDINGS[rng.usize(..ENDINGS.len())]);
            }
        }
        text.push(' ');
    }
    if n % 20_000 == 77 {
        text.push_str("Sonderfall77");
    }
    Item {
        entity: format!("schriftstueck/{n}"),
        within: None,
        kind: Kind::Schriftstueck,
        einheit: format!("einheit/{}", n % 40),
        changed_ms: 1_700_000_000_000 + rng.i64(..50_000_000_000),
        revision: "1".into(),
        aktenzeichen: Some(format!("32-{:04}-2026-{:04}", 1100 + n / 10_000, n % 10_000)),
        betreff: format!("Antrag auf {} {}", stems[n % stems.len()], names[n % names.len()]),
        names: vec![names[n % names.len()].to_owned()],
        text,
    }
}

fn list(words: &'static str) -> Vec<&'static str> {
    words.split(' ').collect()
}

fn quantiles(times: impl Iterator<Item = Duration>) -> String {
    let mut times: Vec<Duration> = times.collect();
    times.sort();
    let at =
        |share: f64| times[((times.len() - 1) as f64 * share) as usize].as_secs_f64() * 1_000.0;
    format!("{:8.2} / {:8.2} ms", at(0.5), at(0.99))
}

fn size(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum()
}

fn memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0)
            >> 10
    };
    format!("own memory {} MiB, at most resident {} MiB", mib("RssAnon:"), mib("VmHWM:"))
}
