//! Shows the window's face in a browser, with the data of the demonstration.
//!
//!     cargo run -p kontor-tests --bin host -- --dist ui/dist
//!
//! prints one line of JSON, `{"event":"listening","url":…}`; the URL carries the token.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use kontor_tests::host::{self, Scene, Setup};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};

struct Args {
    port: u16,
    desk: String,
    token: String,
    dist: PathBuf,
}

#[tokio::main]
async fn main() -> Result<()> {
    let args = Args::read(std::env::args().skip(1))?;
    let folder = tempfile::tempdir()?;
    let scene = Scene::set_up(folder.path()).await?;
    let setup = Setup { desk: args.desk, token: args.token.clone(), dist: args.dist };
    let router = host::open(scene, setup).await?;
    let listener = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, args.port))).await?;
    let url = format!("http://{}/token/{}", listener.local_addr()?, args.token);
    println!("{}", json!({ "event": "listening", "url": url }));
    // Streams of events have no end, so nothing is waited for.
    tokio::select! {
        ended = async { axum::serve(listener, router).await } => ended?,
        () = stopped() => {}
    }
    Ok(())
}

/// Until somebody asks the process to end; then its folder goes with it.
async fn stopped() {
    let asked = signal(SignalKind::terminate());
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = async {
            match asked {
                Ok(mut asked) => drop(asked.recv().await),
                Err(_) => std::future::pending().await,
            }
        } => {}
    }
}

impl Args {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self> {
        let mut args = Self {
            port: 0,
            desk: "anna".to_owned(),
            token: uuid::Uuid::new_v4().simple().to_string(),
            dist: "ui/dist".into(),
        };
        while let Some(word) = words.next() {
            let mut value = || words.next().with_context(|| format!("{word} needs a value"));
            match word.as_str() {
                "--port" => args.port = value()?.parse()?,
                "--desk" => args.desk = value()?,
                "--token" => args.token = value()?,
                "--dist" => args.dist = value()?.into(),
                _ => bail!("usage: host [--port N] [--desk NAME] [--token TEXT] [--dist DIR]"),
            }
        }
        Ok(args)
    }
}
