//! How long the view takes after the mirror moved under a thousand waiting entries.

use std::time::Instant;

use kontor_domain::VorgangId;

use crate::table::{Row, Table, ms, percentile};
use crate::{desk, zentrale};

const ENTRIES: usize = 1_000;

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let office = zentrale::Office::start(&folder.path().join("zentrale"))?;
    let vorgaenge: Vec<VorgangId> = office.fill(500)?;
    let desk = office.desk(&folder.path().join("desk"))?;
    let mut desk = desk.lock().map_err(|_| anyhow::anyhow!("the desk broke"))?;
    for vorgang in vorgaenge.iter().cycle().take(ENTRIES) {
        desk.enter(desk::note(*vorgang)?)?;
    }
    // At best: every entry and every thing is read and parsed once, nothing decided.
    let mut bare = Vec::new();
    let mut ours = Vec::new();
    for _ in 0..11 {
        let begin = Instant::now();
        let stored = desk.work().unmirrored(0)?;
        for entry in &stored {
            let entry: kontor_domain::Entry = serde_json::from_str(&entry.body)?;
            let thing = desk.mirror().thing(entry.intent.target())?;
            let state =
                thing.map(|thing| serde_json::from_str::<kontor_domain::Entity>(&thing.state));
            std::hint::black_box((entry, state.transpose()?));
        }
        bare.push(begin.elapsed());
        let begin = Instant::now();
        desk.fold_all()?;
        ours.push(begin.elapsed());
    }
    anyhow::ensure!(desk.entries().count() == ENTRIES, "entries are missing in the view");
    let (ours, bare) = (percentile(&mut ours, 0.5), percentile(&mut bare, 0.5));
    table.row(&Row {
        name: "refold of 1,000 waiting entries",
        ours: ms(ours),
        raw: format!("{} (read and parse)", ms(bare)),
        ratio: Some(ours.as_secs_f64() / bare.as_secs_f64()),
        aim: "≤ 20 ms",
        reached: ours.as_secs_f64() <= 0.020,
    });
    Ok(())
}
