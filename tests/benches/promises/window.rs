//! The real window beside a bare one of the same machine: how soon somebody can work, with a hundred
//! thousand Vorgänge on the desk, and what all its processes take with a large scan open.
//!
//! Wants Xvfb and `WebKitWebDriver`, and beside this benchmark: `cargo build --release -p kontor
//! -p kontor-documents --bin kontor --bin kontor-seiten --example bare`.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result};
use kontor_tests::black_box::program_path;
use kontor_tests::window::{Screen, Window, memory_kib};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::fixtures;
use crate::table::{Row, Table, ms, percentile};
use crate::zentrale;

const VORGAENGE: usize = 100_000;
const EINGAENGE: usize = 40;
const STARTS: usize = 7;
const SCAN_PAGES: u32 = 1_000;
const PSS_MAX_MIB: u64 = 350;

/// The status line when nothing is left to do.
const STATUS: &str = "[role=status], footer";

pub(crate) fn run(table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let runtime = Runtime::new()?;
    let screen = Screen::start(1280, 800)?;
    let bare = program_path("examples/bare")?;

    let full = Desk::set_up(&folder.path().join("full"), VORGAENGE)?;
    runtime.block_on(full.begin(&screen))?;
    let mut ours = Vec::new();
    let mut raw = Vec::new();
    // By turns, so that what else the machine does meets both.
    for _ in 0..STARTS {
        raw.push(runtime.block_on(start_bare(&screen, &bare))?);
        ours.push(runtime.block_on(full.start(&screen))?);
    }
    let (ours, raw) = (percentile(&mut ours, 0.5), percentile(&mut raw, 0.5));
    table.row(&Row {
        name: "start to usable list, 100,000 Vorgänge",
        ours: ms(ours),
        raw: format!("{} (bare window)", ms(raw)),
        ratio: Some(ours.as_secs_f64() / raw.as_secs_f64()),
        aim: "≤ 1.25× bare window",
        reached: ours <= raw.mul_f64(1.25),
    });

    let few = Desk::set_up(&folder.path().join("few"), 400)?;
    runtime.block_on(few.begin(&screen))?;
    let scan = folder.path().join("scan.pdf");
    std::fs::write(&scan, fixtures::scan_pdf(SCAN_PAGES))?;
    let raw = runtime.block_on(bare_memory(&screen, &bare))?;
    for (name, desk) in [
        ("memory (PSS), 1,000-page scan open", &few),
        ("the same, 100,000 Vorgänge on the desk", &full),
    ] {
        let memory = runtime.block_on(desk.memory(&screen, &scan))?;
        memory_row(table, name, &memory, &raw);
    }
    Ok(())
}

fn memory_row(
    table: &mut Table,
    name: &str,
    memory: &BTreeMap<String, u64>,
    raw: &BTreeMap<String, u64>,
) {
    let sum = |memory: &BTreeMap<String, u64>| memory.values().sum::<u64>() / 1024;
    #[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
    let ratio = sum(memory) as f64 / sum(raw) as f64;
    table.row(&Row {
        name,
        ours: format!("{} MiB", sum(memory)),
        raw: format!("{} MiB (bare window)", sum(raw)),
        ratio: Some(ratio),
        aim: "≤ 350 MiB",
        reached: sum(memory) <= PSS_MAX_MIB,
    });
    let parts = |memory: &BTreeMap<String, u64>| {
        let parts = memory.iter().map(|(name, kib)| format!("{name} {} MiB", kib / 1024));
        parts.collect::<Vec<_>>().join(", ")
    };
    // The Zentrale runs in the window's own process.
    println!("    Kontor: {}; bare: {}", parts(memory), parts(raw));
}

/// A profile whose embedded Zentrale is full.
struct Desk {
    profile: String,
    person: String,
    vorgang: String,
}

impl Desk {
    fn set_up(folder: &Path, vorgaenge: usize) -> Result<Self> {
        let zentrale = zentrale::Office::start(&folder.join("zentrale"))?;
        let ids = zentrale.fill(vorgaenge)?;
        zentrale.receive(EINGAENGE)?;
        Ok(Self {
            profile: folder.to_str().context("no name")?.to_owned(),
            person: zentrale.person().to_string(),
            vorgang: ids.first().context("no Vorgang")?.to_string(),
        })
    }

    async fn open(&self, screen: &Screen) -> Result<Window> {
        Window::open(screen, &["--profile", &self.profile, "--person", &self.person]).await
    }

    /// The first start, which fetches everything.
    async fn begin(&self, screen: &Screen) -> Result<()> {
        let window = self.open(screen).await?;
        loop {
            let status = window.run("status", json!({})).await?;
            if status.get("checked").and_then(Value::as_bool) == Some(true) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        window.until(STATUS, "Alles übertragen").await?;
        window.close().await
    }

    async fn start(&self, screen: &Screen) -> Result<Duration> {
        let window = self.open(screen).await?;
        let after = usable_after(&window).await?;
        window.until("[role=listbox]", "Gewerbeanmeldung Nr.").await?;
        window.close().await?;
        Ok(after)
    }

    /// With the scan on the screen, after some of its pages have been looked at.
    async fn memory(&self, screen: &Screen, scan: &Path) -> Result<BTreeMap<String, u64>> {
        let window = self.open(screen).await?;
        window.until(STATUS, "Alles übertragen").await?;
        let add = json!({ "vorgang": self.vorgang, "path": scan });
        window.run("schriftstueck.add", add).await?;
        let place = format!("location.hash = '#/vorgaenge/vorgang/{}'; return null", self.vorgang);
        window.ask(&place).await?;
        for page in [1, 2, 3, 500, 501, 1000] {
            window.jump_to_page(page).await?;
        }
        let memory = memory_kib(window.program())?;
        window.close().await?;
        Ok(memory)
    }
}

async fn start_bare(screen: &Screen, bare: &Path) -> Result<Duration> {
    let window = Window::open_program(screen, bare, &[]).await?;
    let after = usable_after(&window).await?;
    window.close().await?;
    Ok(after)
}

async fn bare_memory(screen: &Screen, bare: &Path) -> Result<BTreeMap<String, u64>> {
    let window = Window::open_program(screen, bare, &[]).await?;
    usable_after(&window).await?;
    let memory = memory_kib(window.program())?;
    window.close().await?;
    Ok(memory)
}

async fn usable_after(window: &Window) -> Result<Duration> {
    Ok(Duration::from_secs_f64(window.usable_after_ms().await?.max(0.0) / 1e3))
}
