//! How long a new desk takes to hold everything of a large unit.

use std::time::Instant;

use crate::table::{Row, Table, per_second, percentile};
use crate::{raw, zentrale};

const ROWS: usize = 100_000;

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let office = zentrale::Office::start(&folder.path().join("zentrale"))?;
    office.fill(ROWS)?;
    let mut ours = Vec::new();
    let mut bare = Vec::new();
    for round in 0..3 {
        bare.push(raw::tcp_into_sqlite(&folder.path().join(format!("raw{round}.db")), 100_000)?);
        let begin = Instant::now();
        let desk = office.desk(&folder.path().join(format!("desk{round}")))?;
        ours.push(begin.elapsed());
        let desk = desk.lock().map_err(|_| anyhow::anyhow!("the desk broke"))?;
        let held = desk.mirror().count(kontor_domain::EntityKind::Vorgang)?;
        anyhow::ensure!(held == ROWS as u64, "{held} of {ROWS} Vorgänge arrived");
        let checked = desk.mirror().place()?.is_some_and(|place| place.checked);
        anyhow::ensure!(checked, "mirror and Zentrale were not compared");
    }
    let rate = |samples: &mut [_]| per_second(ROWS, percentile(samples, 0.5));
    let (ours, bare) = (rate(&mut ours), rate(&mut bare));
    table.row(&Row {
        name: "bootstrap of 100,000 Vorgänge, encrypted",
        ours: format!("{ours:.0} rows/s"),
        raw: format!("{bare:.0} rows/s (TCP, SQLite)"),
        ratio: Some(bare / ours),
        aim: "≥ 50,000 rows/s",
        reached: ours >= 50_000.0,
    });
    Ok(())
}
