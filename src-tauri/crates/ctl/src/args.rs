//! What can be called.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::exit;
use crate::outcome::{Failure, Output};

/// Clap's own headings are English.
const HELP: &str = "{about}\n\nAufruf: {usage}\n\n{all-args}{after-help}\n";
const HELP_OF_VERB: &str = "{about}\n\n{positionals}\n{options}\n";

/// Kontor auf der Konsole: dieselben Befehle wie im Fenster.
#[derive(Debug, Parser)]
#[command(
    name = "kontorctl",
    version,
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    help_template = HELP,
    subcommand_value_name = "BEFEHL",
    subcommand_help_heading = "Befehle",
    next_help_heading = "Angaben",
    override_usage = "kontorctl [ANGABEN] BEFEHL",
    after_help = exit::TABLE
)]
pub(crate) struct Args {
    /// Ordner mit den Daten einer Person auf diesem Rechner; wird angelegt, wenn es ihn nicht gibt. Sonst `KONTOR_PROFILE`, sonst `kontor-profil`.
    #[arg(
        long,
        env = "KONTOR_PROFILE",
        hide_env = true,
        hide_default_value = true,
        global = true,
        value_name = "ORDNER",
        default_value = "kontor-profil"
    )]
    pub(crate) profile: PathBuf,
    /// Ausgabe für Programme: eine Zeile JSON je Ergebnis.
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Datei mit dem Kennwort des Profils (erste Zeile); sonst `KONTOR_PASSPHRASE`, sonst wird gefragt.
    #[arg(long, global = true, value_name = "DATEI")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Zeigt diese Hilfe, auch zu einem Befehl.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
    /// Zeigt, welche Fassung das ist.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub(crate) verb: Verb,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    /// Verbindet diesen Arbeitsplatz mit einer Zentrale und holt, was hierher gehört.
    Connect(Connect),
    /// Gleicht mit der Zentrale ab.
    Sync(Reconcile),
    /// Listet alle Befehle mit ihren Angaben auf.
    Commands,
    /// Führt einen Befehl aus und gibt seine Antwort als JSON aus.
    Run(Run),
    /// Sagt, wie weit dieser Arbeitsplatz abgeglichen ist.
    Status,
    /// Prüft alle gespeicherten Daten und vergleicht sie mit der Zentrale.
    Verify,
    /// Prüft, ob dieser Rechner alles hat, was Kontor braucht.
    Doctor,
    /// Rettet alles noch Lesbare in einen neuen Ordner. Es liegt dort unverschlüsselt!
    Salvage(Salvage),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Connect {
    /// Adresse der Zentrale, zum Beispiel `https://kontor.kreis.example`
    #[arg(value_name = "ADRESSE")]
    pub(crate) url: String,
    /// Datei mit dem Zugang (erste Zeile); sonst `KONTOR_TOKEN`, sonst wird gefragt.
    #[arg(long, value_name = "DATEI")]
    pub(crate) token_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Reconcile {
    /// Einmal, bis nichts mehr zu tun ist.
    #[arg(long)]
    pub(crate) once: bool,
    /// Laufend, bis Strg+C.
    #[arg(long)]
    pub(crate) watch: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// Name des Befehls, zum Beispiel vorgang.list
    #[arg(value_name = "NAME")]
    pub(crate) command: String,
    /// Angaben als JSON-Objekt; - liest sie von der Standardeingabe.
    #[arg(default_value = "{}", hide_default_value = true, value_name = "ANGABEN")]
    pub(crate) payload: String,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Salvage {
    /// Neuer oder leerer Ordner.
    #[arg(long, value_name = "ORDNER")]
    pub(crate) to: PathBuf,
}

impl Args {
    /// Reads the command line; an exit code if there is nothing to do, or it makes no sense.
    pub(crate) fn read() -> Result<Self, ExitCode> {
        let command = Self::command().mut_subcommands(|verb| verb.help_template(HELP_OF_VERB));
        let matches = command.try_get_matches();
        matches.and_then(|matches| Self::from_arg_matches(&matches)).map_err(|error| {
            if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
                // Nothing to be done if even this cannot be written.
                let _ = error.print();
                return ExitCode::SUCCESS;
            }
            let json = std::env::args().any(|arg| arg == "--json");
            Output::new(json).failure(&Failure::usage(stray(&error)))
        })
    }
}

/// The part of the call that made no sense, if it is one.
fn stray(error: &clap::Error) -> Option<&str> {
    let kinds =
        [ContextKind::InvalidSubcommand, ContextKind::InvalidArg, ContextKind::InvalidValue];
    kinds.into_iter().find_map(|kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.as_str()),
        ContextValue::Strings(texts) => texts.first().map(String::as_str),
        _ => None,
    })
}
