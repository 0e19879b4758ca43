//! How long a list of a hundred thousand Vorgänge takes to be narrowed down and sorted.

use std::sync::Arc;
use std::time::{Duration, Instant};

use kontor_app::{DataKey, Office, Profile, SystemWorld, commands};
use serde_json::{Value, json};

use crate::table::{Row, Table, ms, percentile};
use crate::zentrale;

const ROWS: usize = 100_000;
const ROUNDS: usize = 60;

/// What a clerk asks for; each gives the hundred rows that fit on a screen.
fn questions() -> [Value; 6] {
    [
        json!({ "rows_max": 100 }),
        json!({ "rows_max": 100, "text": "baeckerei 77" }),
        json!({ "rows_max": 100, "text": "handwerksrolle", "sort": "betreff" }),
        json!({ "rows_max": 100, "sort": "betreff", "offset": 50_000 }),
        json!({ "rows_max": 100, "sort": "geaendert", "descending": true }),
        json!({ "rows_max": 100, "unassigned_only": true, "sort": "einheit", "offset": 99_000 }),
    ]
}

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let zentrale = zentrale::Office::start(&folder.path().join("zentrale"))?;
    let vorgaenge = zentrale.fill(ROWS)?;
    let profile = folder.path().join("desk");
    drop(zentrale.desk(&profile)?);
    let key = DataKey::from_bytes([7; 32]);
    let office = Office::open(Profile::lock(&profile)?, &key, Arc::new(SystemWorld))?;
    let ask = |name: &str, payload: &Value| {
        commands::run(&office, name, payload).map_err(|error| anyhow::anyhow!("{error}"))
    };
    let begin = Instant::now();
    let listed = ask("vorgang.list", &json!({ "rows_max": 100 }))?;
    let first = begin.elapsed();
    let matching = listed.pointer("/answer/matching");
    anyhow::ensure!(matching == Some(&json!(ROWS)), "Vorgänge are missing");
    let mut ours = Vec::new();
    for (round, vorgang) in vorgaenge.iter().take(ROUNDS).enumerate() {
        // Somebody works meanwhile.
        ask("notiz.add", &json!({ "vorgang": vorgang, "text": format!("Anruf {round}") }))?;
        for question in questions() {
            let begin = Instant::now();
            std::hint::black_box(ask("vorgang.list", &question)?);
            ours.push(begin.elapsed());
        }
    }
    let mut bare = bare(ROUNDS);
    let parsed = parse(&profile, &key)?;
    row(table, "list, filter, sort of 100,000 Vorgänge, p50", [&mut ours, &mut bare], 0.5);
    row(table, "list, filter, sort of 100,000 Vorgänge, p99", [&mut ours, &mut bare], 0.99);
    table.row(&Row {
        name: "first list after opening, 100,000 Vorgänge",
        ours: ms(first),
        raw: format!("{} (read and parse)", ms(parsed)),
        ratio: Some(first.as_secs_f64() / parsed.as_secs_f64()),
        aim: "≤ 1.5× read and parse",
        reached: first <= parsed.mul_f64(1.5),
    });
    Ok(())
}

fn row(table: &mut Table, name: &'static str, [ours, bare]: [&mut Vec<Duration>; 2], share: f64) {
    let (ours, bare) = (percentile(ours, share), percentile(bare, share));
    table.row(&Row {
        name,
        ours: ms(ours),
        raw: format!("{} (bare Vec)", ms(bare)),
        ratio: Some(ours.as_secs_f64() / bare.as_secs_f64()),
        aim: "≤ 10 ms",
        reached: ours <= Duration::from_millis(10),
    });
}

/// At best: the texts lie in memory, are looked through once, and a hundred of them are sorted.
fn bare(rounds: usize) -> Vec<Duration> {
    let texts: Vec<String> = (0..ROWS)
        .map(|number| format!("gewerbeanmeldung nr. {number}: baeckerei am markt, inhaberwechsel"))
        .collect();
    let mut samples = Vec::new();
    for _ in 0..rounds {
        let begin = Instant::now();
        let mut found: Vec<&String> = texts.iter().filter(|text| text.contains("markt")).collect();
        found.select_nth_unstable(100);
        found.truncate(100);
        found.sort_unstable();
        std::hint::black_box(found);
        samples.push(begin.elapsed());
    }
    samples
}

/// Reads and parses everything once, as nobody who shows it can avoid.
fn parse(profile: &std::path::Path, key: &DataKey) -> anyhow::Result<Duration> {
    let mirror = kontor_store::mirror::Mirror::open(&profile.join("mirror.db"), key, None)?;
    let begin = Instant::now();
    mirror.each(kontor_domain::EntityKind::Vorgang, |_, state| {
        std::hint::black_box(serde_json::from_str::<kontor_domain::Entity>(state).is_ok());
    })?;
    Ok(begin.elapsed())
}
