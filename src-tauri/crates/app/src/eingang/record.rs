//! Something arrived.

use std::path::PathBuf;

use kontor_domain::{Betreff, EingangId, EinheitId, Intent, Kanal, RecordEingang};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::answer::Saved;
use crate::command::Command;
use crate::schriftstueck::import;
use crate::{Answer, AppError, Code, Office, Who};

/// Payload of `eingang.record`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The unit in whose inbox it goes.
    #[schemars(with = "String")]
    einheit: EinheitId,
    /// How it came.
    kanal: Channel,
    /// What it is about.
    #[schemars(with = "String")]
    betreff: Betreff,
    /// Files on this machine that belong to it; each becomes a Schriftstueck.
    #[serde(default)]
    paths: Vec<PathBuf>,
}

impl Command for Record {
    const NAME: &'static str = "eingang.record";
    const ABOUT: &'static str = "Erfasst einen Eingang mit seinen Dateien.";
    const WHO: Who = Who::Posteingang;
    type Answer = Recorded;

    fn run(self, office: &Office) -> Result<Answer<Self::Answer>, AppError> {
        let eingang = office.fresh(EingangId::new);
        if self.paths.len() > Intent::PARTS_MAX {
            return Err(Code::Full.into());
        }
        let schriftstuecke = self
            .paths
            .iter()
            .map(|path| import::schriftstueck(office, path, None))
            .collect::<Result<Vec<_>, AppError>>()?;
        let record = RecordEingang {
            eingang,
            einheit: self.einheit,
            kanal: self.kanal.into(),
            betreff: self.betreff,
            schriftstuecke,
        };
        let entered = office.enter(Intent::RecordEingang(Box::new(record)))?;
        Ok(Answer::of(&entered, |saved| Recorded { eingang, saved }))
    }
}

/// How it came.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Channel {
    /// From the citizen portal.
    Portal,
    /// On paper, scanned.
    Papier,
    /// By e-mail.
    Email,
    /// Handed over as a file.
    Datei,
}

impl From<Channel> for Kanal {
    fn from(channel: Channel) -> Self {
        match channel {
            Channel::Portal => Self::Portal,
            Channel::Papier => Self::Papier,
            Channel::Email => Self::Email,
            Channel::Datei => Self::Datei,
        }
    }
}

/// A new Eingang.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Recorded {
    /// Its id.
    #[schemars(with = "String")]
    eingang: EingangId,
    #[serde(flatten)]
    saved: Saved,
}
