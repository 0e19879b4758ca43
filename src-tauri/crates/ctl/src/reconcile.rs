//! With the Zentrale.

use std::process::ExitCode;

use kontor_app::zentrale::{self, Address, Contact, Reconciled, State, Token};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::args::{self, Args};
use crate::outcome::{Failure, Output};
use crate::{passphrase, profile};

const VARIABLE: &str = "KONTOR_TOKEN";

pub(crate) async fn connect(
    args: &Args,
    connect: &args::Connect,
    output: Output,
) -> Result<ExitCode, Failure> {
    // Before a profile is made for a mistyped address.
    let address: Address = connect.url.parse()?;
    let token = token(connect)?;
    let office = profile::open(args)?;
    let connected = zentrale::connect(&office, address, &token).await?;
    let sentence = format!(
        "Dieser Arbeitsplatz ist mit der Zentrale verbunden ({}).\n{}",
        connected.mandant.name,
        told(&connected.reconciled)
    );
    let value = serde_json::to_value(&connected).unwrap_or(Value::Null);
    Ok(output.say(&value, &sentence))
}

fn token(connect: &args::Connect) -> Result<Token, Failure> {
    let text = match (&connect.token_file, std::env::var(VARIABLE)) {
        (Some(path), _) => passphrase::first_line(path)?,
        (None, Ok(text)) if !text.is_empty() => text,
        _ => passphrase::ask("Zugang für diesen Arbeitsplatz: ").unwrap_or_default(),
    };
    Ok(text.parse()?)
}

pub(crate) async fn sync(
    args: &Args,
    sync: &args::Reconcile,
    output: Output,
) -> Result<ExitCode, Failure> {
    let office = profile::open(args)?;
    if sync.once {
        let reconciled = zentrale::sync_once(&office).await?;
        let value = serde_json::to_value(reconciled).unwrap_or(Value::Null);
        return Ok(output.say(&value, &told(&reconciled)));
    }
    let (sender, receiver) = watch::channel(State::BEGINNING);
    let shown = tokio::spawn(show(receiver, output));
    let ended = zentrale::watch(&office, &sender, stopped()).await;
    drop(sender);
    // It ends with its channel.
    let _ = shown.await;
    ended?;
    Ok(ExitCode::SUCCESS)
}

fn told(reconciled: &Reconciled) -> String {
    let Reconciled { settled, received, documents, waiting, .. } = reconciled;
    let rest = match waiting {
        0 => "Alles übertragen.".to_owned(),
        1 => "Ein Eintrag wartet noch.".to_owned(),
        more => format!("{more} Einträge warten noch."),
    };
    format!("{rest} (Entschieden: {settled}, übernommen: {received}, Dokumente: {documents})")
}

/// Each state once, as it comes.
async fn show(mut states: watch::Receiver<State>, output: Output) {
    let zone = zentrale::local_zone();
    while states.changed().await.is_ok() {
        let state = *states.borrow_and_update();
        let (contact, code) = match state.contact {
            Contact::Beginning => ("beginning", None),
            Contact::Online => ("online", None),
            Contact::Offline { .. } => ("offline", None),
            Contact::Disturbed { code } => ("disturbed", Some(code)),
            Contact::Stopped { code } => ("stopped", Some(code)),
        };
        let value = json!({ "contact": contact, "waiting": state.waiting, "code": code });
        output.say(&value, &state.sentence(&zone));
    }
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
