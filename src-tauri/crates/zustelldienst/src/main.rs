//! A Zustelldienst on loopback, for development.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::Parser;
use kontor_zustelldienst::{Client, Clock, Setup, Zustelldienst, Zustellpunkt};
use serde_json::json;

/// Runs a Zustelldienst on loopback. It forgets everything when it ends.
#[derive(Debug, Parser)]
struct Args {
    /// Port on 127.0.0.1; 0 for any.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// JSON file of a Zustellpunkt (`CreateDestination`, with `destinationId` to choose its id).
    #[arg(long = "zustellpunkt")]
    zustellpunkte: Vec<PathBuf>,
    /// Region its sender may send into.
    #[arg(long, default_value = "DE")]
    region: String,
    /// Secret of both clients.
    #[arg(long, env = "KONTOR_ZUSTELLDIENST_SECRET", hide_env_values = true)]
    secret: String,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let setup = Setup { clock: Clock::running(), port: args.port, ..Setup::default() };
    let dienst = Zustelldienst::start(setup).await?;
    let mut registered = Vec::new();
    for path in args.zustellpunkte {
        let text = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let zustellpunkt: Zustellpunkt =
            serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
        let id = dienst.register(zustellpunkt).with_context(|| path.display().to_string())?;
        dienst.admit(Client::subscriber(&format!("subscriber-{id}"), &args.secret, id));
        registered.push(id);
    }
    dienst.admit(Client::sender("sender", &args.secret, &args.region));
    println!(
        "{}",
        json!({
            "event": "zustelldienst", "url": dienst.url(), "token_url": dienst.token_url(),
            "sender": "sender", "zustellpunkte": registered,
        })
    );
    tokio::signal::ctrl_c().await?;
    Ok(())
}
