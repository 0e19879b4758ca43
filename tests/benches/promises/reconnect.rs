//! How long ten thousand waiting entries take after the network is back, until all are final and the
//! mirror shows them.

use std::path::Path;
use std::time::{Duration, Instant};

use kontor_domain::VorgangId;
use kontor_sync::sync;
use kontor_testkit::postgres::{Cluster, Fsync};
use tokio_postgres::NoTls;

use crate::desk::{self, Machine};
use crate::table::{Row, Table, per_second};
use crate::{raw, zentrale};

const ENTRIES: usize = 10_000;

pub(crate) fn run(table: &mut Table) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let office = zentrale::Office::start(&folder.path().join("sqlite"))?;
    let bare = raw::durable_acknowledgements(&folder.path().join("raw"), 10, ENTRIES / 10)?;
    let ours = reconnect(&office, &folder.path().join("desk"))?;
    table.row(&Row {
        name: "10,000 waiting entries, SQLite",
        ours: format!("{:.2} s", ours.as_secs_f64()),
        raw: format!("{:.2} s (durable ack)", bare.as_secs_f64()),
        ratio: Some(ours.as_secs_f64() / bare.as_secs_f64()),
        aim: "≤ 1 s",
        reached: ours.as_secs_f64() <= 1.0,
    });
    drop(office);
    let cluster = Cluster::start(Fsync::On)?;
    let url = cluster.database()?;
    let bare = counter_rows(&url)?;
    let office =
        zentrale::Office::start_on_postgres(&cluster.database()?, &folder.path().join("pg"))?;
    let ours = reconnect(&office, &folder.path().join("desk-pg"))?;
    table.row(&Row {
        name: "10,000 waiting entries, PostgreSQL",
        ours: format!("{:.2} s", ours.as_secs_f64()),
        raw: format!("{bare:.0} rows/s (row+counter)"),
        ratio: Some(ours.as_secs_f64() * bare / 10_000.0),
        aim: "≤ 2.5 s",
        reached: ours.as_secs_f64() <= 2.5,
    });
    Ok(())
}

fn reconnect(office: &zentrale::Office, folder: &Path) -> anyhow::Result<Duration> {
    let vorgaenge: Vec<VorgangId> = office.fill(1_000)?;
    let desk = office.desk(folder)?;
    {
        let mut desk = desk.lock().map_err(|_| anyhow::anyhow!("the desk broke"))?;
        for vorgang in vorgaenge.iter().cycle().take(ENTRIES) {
            desk.enter(desk::note(*vorgang)?)?;
        }
    }
    let port = office.port()?;
    let begin = Instant::now();
    let report = office.runtime.block_on(sync(&desk, &port, &Machine))?;
    let elapsed = begin.elapsed();
    anyhow::ensure!(report.settled == ENTRIES, "only {} entries were decided", report.settled);
    let desk = desk.lock().map_err(|_| anyhow::anyhow!("the desk broke"))?;
    anyhow::ensure!(desk.work().waiting_count()? == 0, "entries still wait");
    anyhow::ensure!(desk.entries().count() == 0, "the mirror does not show all entries");
    Ok(elapsed)
}

/// One row and one counter per transaction, one after the other: what a plain program would do.
fn counter_rows(url: &str) -> anyhow::Result<f64> {
    const ROWS: usize = 500;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        let driver = tokio::spawn(connection);
        client
            .batch_execute(
                "CREATE TABLE raw (seq bigint PRIMARY KEY, body bytea NOT NULL);
                 CREATE TABLE head (seq bigint NOT NULL); INSERT INTO head VALUES (0);",
            )
            .await?;
        let begin = Instant::now();
        for _ in 0..ROWS {
            client
                .execute(
                    "WITH next AS (UPDATE head SET seq = seq + 1 RETURNING seq)
                     INSERT INTO raw SELECT seq, $1 FROM next",
                    &[&raw::ROW.as_slice()],
                )
                .await?;
        }
        let rate = per_second(ROWS, begin.elapsed());
        drop(client);
        driver.await??;
        Ok(rate)
    })
}
