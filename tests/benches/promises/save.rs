//! How long a clerk waits until an entry is „hier gespeichert“.

use std::time::Instant;

use kontor_domain::VorgangId;

use crate::table::{Row, Table, ms, percentile};
use crate::{desk, raw, zentrale};

const ENTRIES: u64 = 2_000;

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let office = zentrale::Office::start(&folder.path().join("zentrale"))?;
    let vorgaenge: Vec<VorgangId> = office.fill(200)?;
    let desk = office.desk(&folder.path().join("desk"))?;
    let mut desk = desk.lock().map_err(|_| anyhow::anyhow!("the desk broke"))?;
    // In turns, so that both meet the same disk in the same mood.
    let mut ours = Vec::new();
    let mut bare = Vec::new();
    for round in 0..4 {
        bare.extend(raw::full_commits(&folder.path().join(format!("raw{round}.db")), ENTRIES / 4)?);
        for vorgang in vorgaenge.iter().cycle().take(usize::try_from(ENTRIES / 4)?) {
            let note = desk::note(*vorgang)?;
            let begin = Instant::now();
            desk.enter(note)?;
            ours.push(begin.elapsed());
        }
    }
    for (name, share) in
        [("durable save of one entry, p50", 0.5), ("durable save of one entry, p99", 0.99)]
    {
        let (ours, bare) = (percentile(&mut ours, share), percentile(&mut bare, share));
        let ratio = ours.as_secs_f64() / bare.as_secs_f64();
        table.row(&Row {
            name,
            ours: ms(ours),
            raw: format!("{} (SQLite FULL)", ms(bare)),
            ratio: Some(ratio),
            aim: "≤ 2× one bare commit",
            reached: ratio <= 2.0,
        });
    }
    Ok(())
}
