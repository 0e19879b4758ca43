//! Secrets come from a file, from the environment, or from a person who is asked in words.

use std::path::Path;

use kontor_app::{AppError, AskPassphrase, Code, DataKey, KeySource, Passphrase, Profile};

use crate::args::Args;
use crate::outcome::Failure;

const VARIABLE: &str = "KONTOR_PASSPHRASE";

/// Where the passphrase of a profile comes from.
pub(crate) enum Source {
    /// It was handed over; taken once, since a wrong one does not become right by trying again.
    Given(Option<Passphrase>),
    /// Somebody sits here.
    Asked,
}

impl Source {
    pub(crate) fn of(args: &Args) -> Result<Self, Failure> {
        if let Some(path) = &args.passphrase_file {
            return Ok(Self::Given(Some(Passphrase::new(first_line(path)?))));
        }
        Ok(match std::env::var(VARIABLE) {
            Ok(text) if !text.is_empty() => Self::Given(Some(Passphrase::new(text))),
            _ => Self::Asked,
        })
    }

    /// Opens the key of a profile. Whoever hands over a passphrase for a new profile wants it used.
    pub(crate) fn key(mut self, profile: &Profile) -> Result<DataKey, AppError> {
        let source = match self {
            Self::Given(_) => KeySource::Passphrase,
            Self::Asked => KeySource::Automatic,
        };
        match profile.key(source, &mut self) {
            // There was one, and it is spent.
            Err(error) if error.code == Code::PassphraseNeeded && self.is_spent() => {
                Err(Code::PassphraseWrong.into())
            }
            opened => opened,
        }
    }

    const fn is_spent(&self) -> bool {
        matches!(self, Self::Given(None))
    }
}

impl AskPassphrase for Source {
    fn choose(&mut self) -> Option<Passphrase> {
        match self {
            Self::Given(passphrase) => passphrase.take(),
            Self::Asked => choose(),
        }
    }

    fn enter(&mut self, was_wrong: bool) -> Option<Passphrase> {
        match self {
            Self::Given(passphrase) => passphrase.take(),
            Self::Asked => {
                if was_wrong {
                    eprintln!("Das Kennwort passt nicht. Bitte versuchen Sie es noch einmal.");
                }
                ask("Kennwort für Ihre Daten auf diesem Rechner: ").map(Passphrase::new)
            }
        }
    }
}

fn choose() -> Option<Passphrase> {
    eprintln!(
        "Auf diesem Rechner gibt es keinen Schlüsselspeicher. Bitte wählen Sie ein Kennwort mit \
         mindestens {} Zeichen.\nOhne dieses Kennwort lassen sich Ihre Daten nicht mehr öffnen; \
         niemand kann es zurücksetzen.",
        Passphrase::MIN_CHARS
    );
    loop {
        let first = ask("Neues Kennwort: ")?;
        if first.chars().count() < Passphrase::MIN_CHARS {
            eprintln!("Das ist zu kurz.");
            continue;
        }
        if ask("Noch einmal dasselbe Kennwort: ")? == first {
            return Some(Passphrase::new(first));
        }
        eprintln!("Die beiden Eingaben unterscheiden sich.");
    }
}

/// Asks without showing what is typed; `None` if there is nobody to ask.
pub(crate) fn ask(prompt: &str) -> Option<String> {
    rpassword::prompt_password(prompt).ok().filter(|text| !text.is_empty())
}

/// The first line of a small file.
pub(crate) fn first_line(path: &Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|_| {
        Failure::of_call(
            "Die angegebene Datei lässt sich nicht lesen.",
            "Bitte prüfen Sie Namen und Rechte.",
        )
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
