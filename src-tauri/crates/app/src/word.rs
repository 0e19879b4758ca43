//! Closed lists of words as answers and payloads spell them, so that whoever shows them can name every
//! one. The domain knows nothing of schemas.

use kontor_domain::{Kanal, Status};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a Vorgang is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VorgangStatus {
    /// Nobody has begun.
    Offen,
    /// Being worked on.
    InBearbeitung,
    /// Waits for somebody outside.
    Wartet,
    /// zu den Akten: closed.
    ZdA,
}

impl From<Status> for VorgangStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Offen => Self::Offen,
            Status::InBearbeitung => Self::InBearbeitung,
            Status::Wartet => Self::Wartet,
            Status::ZdA => Self::ZdA,
        }
    }
}

impl From<VorgangStatus> for Status {
    fn from(status: VorgangStatus) -> Self {
        match status {
            VorgangStatus::Offen => Self::Offen,
            VorgangStatus::InBearbeitung => Self::InBearbeitung,
            VorgangStatus::Wartet => Self::Wartet,
            VorgangStatus::ZdA => Self::ZdA,
        }
    }
}

/// For people.
pub(crate) const fn status_text(status: Status) -> &'static str {
    match status {
        Status::Offen => "offen",
        Status::InBearbeitung => "in Bearbeitung",
        Status::Wartet => "wartet",
        Status::ZdA => "zu den Akten",
    }
}

/// On which way something came.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub(crate) enum KanalWord {
    /// From the citizen portal.
    Portal,
    /// On paper, scanned.
    Papier,
    /// By e-mail.
    Email,
    /// Handed over as a file.
    Datei,
}

impl From<Kanal> for KanalWord {
    fn from(kanal: Kanal) -> Self {
        match kanal {
            Kanal::Portal => Self::Portal,
            Kanal::Papier => Self::Papier,
            Kanal::Email => Self::Email,
            Kanal::Datei => Self::Datei,
        }
    }
}
