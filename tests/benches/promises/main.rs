//! What Kontor promises about speed, each figure beside the raw limit of the same machine in the same
//! run. A time alone says little about a program and much about the machine; the ratio says how much
//! of what was possible is left.
//!
//! `cargo bench -p kontor-tests --bench promises [-- NAME …]`

mod bootstrap;
mod desk;
#[path = "../../../src-tauri/crates/documents/tests/pages/fixtures.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "the scan alone is needed, as it is"
)]
mod fixtures;
mod idle;
mod lists;
mod raw;
mod reconnect;
mod refold;
mod relay;
mod save;
mod table;
mod window;
mod zentrale;

use table::Table;

type Bench = fn(&mut Table) -> anyhow::Result<()>;

const BENCHES: [(&str, Bench); 8] = [
    ("save", save::run),
    ("refold", refold::run),
    ("bootstrap", bootstrap::run),
    ("reconnect", reconnect::run),
    ("relay", relay::run),
    ("idle", idle::run),
    ("lists", lists::run),
    ("window", window::run),
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let Some(folder) = arguments.iter().find_map(|text| text.strip_prefix("--serve=")) {
        return zentrale::serve(folder.as_ref());
    }
    let wanted: Vec<&String> = arguments.iter().filter(|text| !text.starts_with('-')).collect();
    let mut table = Table::begin();
    for (name, bench) in BENCHES {
        if wanted.is_empty() || wanted.iter().any(|wanted| name.contains(wanted.as_str())) {
            bench(&mut table)?;
        }
    }
    Ok(())
}
