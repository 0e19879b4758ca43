use std::net::SocketAddr;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tracing_subscriber::EnvFilter;

use super::failure::Failure;
use super::output::Output;
use super::{init, open};
use crate::config::Config;
use crate::einreichung::watch;
use crate::serve::{Serving, serve};

#[derive(Debug, Args)]
pub(super) struct Serve {
    /// Adresse und Port; Port 0 nimmt einen freien.
    #[arg(long, env = "KONTOR_LISTEN", value_name = "ADRESSE:PORT")]
    listen: Option<SocketAddr>,
    /// Legt Beispieldaten an, falls noch keine Behörde eingerichtet ist.
    #[arg(long)]
    demo: bool,
}

impl Serve {
    pub(super) async fn run(self, config: Config, output: &Output) -> Result<(), Failure> {
        log();
        let zentrale = open(&config).await?;
        if self.demo && zentrale.storage().mandanten().await?.is_empty() {
            init::demo(&zentrale, output).await?;
        }
        let bind = |error| Failure::io("Der Port kann nicht geöffnet werden.", &error);
        let listener =
            TcpListener::bind(self.listen.unwrap_or(config.listen)).await.map_err(bind)?;
        let address = listener.local_addr().map_err(bind)?;
        let url = format!("http://{address}");
        let event = json!({ "event": "listening", "address": address, "url": url });
        output.say(&event, &format!("Die Zentrale ist unter {url} erreichbar."));
        tracing::info!(%address, "listening");
        let mut intakes = JoinSet::new();
        for setup in &config.fit_connect {
            let period = Duration::from_secs(setup.poll_seconds.max(1));
            intakes.spawn(watch(setup.intake(&zentrale).await?, period));
        }
        serve(listener, zentrale, Serving::default(), stopped())
            .await
            .map_err(|error| Failure::io("Die Zentrale konnte nicht weiterlaufen.", &error))?;
        // Wherever they are: every step that ended is stored, the next start goes on from there.
        intakes.shutdown().await;
        output.say(&json!({ "event": "stopped" }), "Die Zentrale ist beendet.");
        Ok(())
    }
}

fn log() {
    let filter = EnvFilter::try_from_env("KONTOR_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    // Below that the library shows what people wrote.
    let filter = match "tokio_postgres=info".parse() {
        Ok(limit) => filter.add_directive(limit),
        Err(_) => filter,
    };
    let lines = tracing_subscriber::fmt()
        .json()
        .with_span_list(false)
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // Somebody else may have set one up in this process already.
    let _ = lines.try_init();
}

/// Until somebody asks the process to end.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                () = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    interrupted.await;
}
