//! Fills a new Zentrale with the Kreis of the demonstration and gives its people workstations.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::Parser;
use kontor_demo::load;
use kontor_zentrale::auth::device;
use kontor_zentrale::auth::oidc::Providers;
use kontor_zentrale::config::Config;
use kontor_zentrale::world::SystemWorld;
use kontor_zentrale::{Parts, Places, Zentrale};
use serde_json::{Map, json};

/// Fills a new Zentrale with a Kreis to try things with.
#[derive(Debug, Parser)]
struct Args {
    /// Database: sqlite:PATH or postgres://…
    #[arg(long)]
    database: String,
    /// Folder for documents.
    #[arg(long)]
    documents: Option<PathBuf>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let mut config = Config { database: args.database, ..Config::default() };
    config.documents.folder = args.documents;
    let zentrale = Zentrale::new(Parts {
        storage: config.database()?.open().await.context("the database does not open")?,
        documents: config.object_store()?.context("the folder for documents does not open")?,
        world: Arc::new(SystemWorld),
        providers: Providers::new(Vec::new())?,
        limits: config.limits()?,
        places: Places::default(),
    });
    let kreis = load(&zentrale, zentrale.world().now()).await?;
    let mut devices = Map::new();
    for (name, person) in kreis.desks {
        let device = device::issue(zentrale.world(), person, format!("Arbeitsplatz {name}"));
        zentrale.storage().add_device(kreis.mandant, &device.row).await?;
        devices.insert(name.to_owned(), json!({ "person": person, "token": device.token }));
    }
    let (mandant, vorgaenge) = (kreis.mandant, kreis.vorgaenge);
    println!(
        "{}",
        json!({ "event": "demo", "mandant": mandant, "devices": devices, "vorgaenge": vorgaenge })
    );
    Ok(())
}
