//! How the program was started.

use std::path::PathBuf;

use clap::Parser;
use kontor_app::PersonId;

/// Der Schreibtisch einer Sachbearbeitung.
#[derive(Debug, Parser)]
#[command(name = "kontor", version)]
pub(crate) struct Args {
    /// Ordner mit den Daten dieses Arbeitsplatzes.
    #[arg(long, env = "KONTOR_PROFILE", value_name = "ORDNER")]
    pub(crate) profile: Option<PathBuf>,
    /// Adresse der Zentrale. Ohne sie läuft auf diesem Rechner eine eigene.
    #[arg(long, env = "KONTOR_ZENTRALE", value_name = "ADRESSE")]
    pub(crate) zentrale: Option<String>,
    /// Wer hier arbeitet, falls die eigene Zentrale schon mehrere Personen kennt.
    #[arg(long, value_name = "KENNUNG")]
    pub(crate) person: Option<PersonId>,
}

impl Args {
    /// The folder named, or `default`.
    pub(crate) fn profile_or(&self, default: PathBuf) -> PathBuf {
        self.profile.clone().unwrap_or(default)
    }
}
