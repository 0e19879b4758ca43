//! Who may call a command at all. Whether they may do it *to this thing* is decided by
//! `kontor_domain::authorise`, here as a forecast and at the Zentrale for good.

use kontor_domain::{Akteur, Rolle};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{AppError, Code, Office};

/// Who may call a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// Also before anybody has signed in: it shows nothing of the office.
    Anybody,
    /// Whoever has signed in here; they see what their rights have brought onto this machine.
    SignedIn,
    /// Whoever works on Vorgänge.
    Bearbeitung,
    /// Whoever works on Vorgänge or on incoming mail.
    Posteingang,
}

impl Who {
    /// For people.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Anybody => "Jeder, auch vor der Anmeldung.",
            Self::SignedIn => "Wer sich auf diesem Arbeitsplatz angemeldet hat.",
            Self::Bearbeitung => "Wer die Rolle Sachbearbeitung oder Leitung hat.",
            Self::Posteingang => "Wer die Rolle Poststelle, Sachbearbeitung oder Leitung hat.",
        }
    }

    /// Lets somebody call, or says why not.
    pub(crate) fn admit(self, office: &Office) -> Result<(), AppError> {
        if self == Self::Anybody {
            return Ok(());
        }
        let akteur = office.akteur()?;
        if self.includes(&akteur) { Ok(()) } else { Err(Code::NoRight.into()) }
    }

    fn includes(self, akteur: &Akteur) -> bool {
        let roles: &[Rolle] = match self {
            Self::Anybody | Self::SignedIn => return true,
            Self::Bearbeitung => &[Rolle::Sachbearbeitung, Rolle::Leitung],
            Self::Posteingang => &[Rolle::Sachbearbeitung, Rolle::Leitung, Rolle::Poststelle],
        };
        roles.iter().any(|rolle| akteur.rollen.contains(rolle))
    }
}
