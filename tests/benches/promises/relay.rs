//! How long a colleague waits for what somebody has just entered: from before the entry is written
//! here until the other desk shows it, through two real workstations and the Zentrale between them.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use kontor_app::zentrale::{Contact, State, connect, watch};
use kontor_app::{DataKey, Office, Profile, SystemWorld, commands};
use kontor_domain::VorgangId;
use serde_json::json;
use tokio::sync::watch::{Receiver, channel};
use tokio::time::timeout;

use crate::table::{Row, Table, ms, percentile};
use crate::{raw, zentrale};

const ENTRIES: usize = 500;
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let zentrale = zentrale::Office::start(&folder.path().join("zentrale"))?;
    let vorgaenge = zentrale.fill(50)?;
    let mut bare = raw::durable_relay(&folder.path().join("raw"), ENTRIES)?;
    let mut ours = zentrale.runtime.block_on(async {
        let (a, mut state_of_a) = open(&folder.path().join("a"), &zentrale).await?;
        let (b, mut state_of_b) = open(&folder.path().join("b"), &zentrale).await?;
        for state in [&mut state_of_a, &mut state_of_b] {
            timeout(PATIENCE, state.wait_for(|state| state.contact == Contact::Online)).await??;
        }
        let mut samples = Vec::new();
        for (number, vorgang) in vorgaenge.iter().cycle().take(ENTRIES).enumerate() {
            samples.push(relay(&a, &b, &mut state_of_b, *vorgang, number).await?);
        }
        anyhow::Ok(samples)
    })?;
    for (name, share, aim) in [
        ("write at A visible at B, p50", 0.5, "≤ 5 ms"),
        ("write at A visible at B, p99", 0.99, "≤ 20 ms"),
    ] {
        let (ours, bare) = (percentile(&mut ours, share), percentile(&mut bare, share));
        let limit = if share < 0.9 { 0.005 } else { 0.020 };
        table.row(&Row {
            name,
            ours: ms(ours),
            raw: format!("{} (durable relay)", ms(bare)),
            ratio: Some(ours.as_secs_f64() / bare.as_secs_f64()),
            aim,
            reached: ours.as_secs_f64() <= limit,
        });
    }
    Ok(())
}

async fn relay(
    a: &Office,
    b: &Office,
    state: &mut Receiver<State>,
    vorgang: VorgangId,
    number: usize,
) -> anyhow::Result<Duration> {
    let text = format!("Rückruf Nr. {number}");
    state.mark_unchanged();
    let begin = Instant::now();
    commands::run(a, "notiz.add", &json!({ "vorgang": vorgang, "text": text }))?;
    loop {
        timeout(PATIENCE, state.changed()).await.context("it never came")??;
        let shown = commands::run(b, "vorgang.show", &json!({ "vorgang": vorgang }))?;
        if shown.to_string().contains(&text) {
            return Ok(begin.elapsed());
        }
    }
}

/// A workstation that follows the Zentrale.
async fn open(
    folder: &Path,
    zentrale: &zentrale::Office,
) -> anyhow::Result<(Arc<Office>, Receiver<State>)> {
    let profile = Profile::lock(folder)?;
    let key = DataKey::from_bytes([7; 32]);
    let office = Arc::new(Office::open(profile, &key, Arc::new(SystemWorld))?);
    connect(&office, zentrale.url().parse()?, &zentrale.token().parse()?).await?;
    let (sender, receiver) = channel(State::BEGINNING);
    let watching = Arc::clone(&office);
    tokio::spawn(async move { watch(&watching, &sender, std::future::pending()).await });
    Ok((office, receiver))
}
