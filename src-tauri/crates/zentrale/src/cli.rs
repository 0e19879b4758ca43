//! `kontor-zentrale`: what an operator can do at the machine itself.

mod backup;
mod device;
mod failure;
mod fit_connect;
mod init;
mod leistung;
mod output;
mod serve;
mod user;
mod verify;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};
use kontor_domain::MandantId;

use self::failure::Failure;
use self::output::Output;
use crate::auth::oidc::Providers;
use crate::config::Config;
use crate::world::SystemWorld;
use crate::{Parts, Places, Zentrale};

/// Die Zentrale von Kontor.
#[derive(Debug, Parser)]
#[command(name = "kontor-zentrale", version, disable_help_subcommand = true)]
struct Args {
    /// Einstellungen (TOML); alles darin hat einen Vorgabewert.
    #[arg(long, env = "KONTOR_CONFIG", global = true, value_name = "DATEI")]
    config: Option<PathBuf>,
    /// Datenbank: sqlite:PFAD oder postgres://…
    #[arg(
        long,
        env = "KONTOR_DATABASE",
        global = true,
        hide_env_values = true,
        value_name = "ADRESSE"
    )]
    database: Option<String>,
    /// Ordner für Dokumente.
    #[arg(long, env = "KONTOR_DOCUMENTS", global = true, value_name = "ORDNER")]
    documents: Option<PathBuf>,
    /// Ausgabe für Programme: eine Zeile JSON je Ergebnis.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Nimmt Anfragen der Arbeitsplätze entgegen.
    Serve(serve::Serve),
    /// Richtet eine Behörde ein.
    Init(init::Init),
    /// Personen eintragen, auflisten, ausscheiden lassen.
    #[command(subcommand)]
    User(user::User),
    /// Arbeitsplätze ohne Anmeldedienst: Zugang geben, auflisten, entziehen.
    #[command(subcommand)]
    Device(device::Device),
    /// Anträge aus dem Portal: Schlüssel, wartende Anträge.
    #[command(subcommand)]
    FitConnect(fit_connect::FitConnect),
    /// Leistungspakete prüfen, eintragen, auflisten.
    #[command(subcommand)]
    Leistung(leistung::Leistung),
    /// Sichert Datenbank und Dokumente in einen neuen Ordner.
    Backup(backup::Backup),
    /// Stellt eine Sicherung wieder her; die Arbeitsplätze merken es und gleichen sich an.
    Restore(backup::Restore),
    /// Prüft Verlauf, Bestand und Dokumente.
    Verify(verify::Verify),
}

/// Reads the arguments, does it, says how it went.
pub async fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => return wrong_call(&error),
    };
    let output = Output::new(args.json);
    match run(args, &output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output.failure(&failure);
            ExitCode::from(failure.exit())
        }
    }
}

fn wrong_call(error: &clap::Error) -> ExitCode {
    if !matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        Output::new(false).failure(&Failure::call());
    }
    // Nothing to be done if even this cannot be written.
    let _ = error.print();
    ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2))
}

async fn run(args: Args, output: &Output) -> Result<(), Failure> {
    let mut config = Config::read(args.config.as_deref())?;
    if let Some(database) = args.database {
        config.database = database;
    }
    if let Some(folder) = args.documents {
        config.documents.folder = Some(folder);
        config.documents.s3 = None;
    }
    match args.command {
        Command::Serve(serve) => serve.run(config, output).await,
        Command::Init(init) => init.run(&config, output).await,
        Command::User(user) => user.run(&existing(&config).await?, output).await,
        Command::Device(device) => device.run(&existing(&config).await?, output).await,
        Command::FitConnect(fit) => fit.run(&config, &existing(&config).await?, output).await,
        Command::Leistung(leistung) => match leistung.check(*output) {
            Some(checked) => checked,
            None => leistung.run(&existing(&config).await?, output).await,
        },
        Command::Backup(backup) => backup.run(&config, output).await,
        Command::Restore(restore) => restore.run(&config, output).await,
        Command::Verify(verify) => verify.run(&existing(&config).await?, output).await,
    }
}

/// A Zentrale on the configured database and documents.
async fn open(config: &Config) -> Result<Zentrale, Failure> {
    Ok(Zentrale::new(Parts {
        storage: config.database()?.open().await?,
        documents: config.object_store()??,
        world: Arc::new(SystemWorld),
        providers: Providers::new(config.oidc.clone())?,
        limits: config.limits()?,
        places: Places::default(),
    }))
}

/// The same, but a mistyped path does not make an empty one.
async fn existing(config: &Config) -> Result<Zentrale, Failure> {
    if config.database()?.exists() { open(config).await } else { Err(Failure::not_set_up()) }
}

/// The authority that is meant: the one named, or the only one there is.
async fn mandant(zentrale: &Zentrale, named: Option<MandantId>) -> Result<MandantId, Failure> {
    let all = zentrale.storage().mandanten().await?;
    match (named, all.as_slice()) {
        (Some(id), all) if all.iter().any(|mandant| mandant.id == id) => Ok(id),
        (None, [only]) => Ok(only.id),
        (_, []) => Err(Failure::not_set_up()),
        (Some(_), _) => Err(Failure::unknown("Diese Behörde gibt es hier nicht.")),
        (None, _) => Err(Failure::unknown(
            "Hier sind mehrere Behörden eingerichtet. Bitte nennen Sie eine mit --mandant.",
        )),
    }
}
