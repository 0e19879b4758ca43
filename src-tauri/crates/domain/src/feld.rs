//! Names of values that are set, as opposed to lists that grow: the part of the data people can
//! contradict each other in.

use std::fmt;
use std::str::FromStr;

use crate::as_text::as_text;
use crate::{FristId, SchriftstueckId, WiedervorlageId};

/// Names one settable value of a Vorgang, an Akte or an Eingang: `status`, `frist/0190…` in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Feld {
    /// What it is about.
    Betreff,
    /// The public service.
    Leistung,
    /// How far it is.
    Status,
    /// Who works on it.
    Zuweisung,
    /// The unit responsible.
    Einheit,
    /// Where it is filed.
    Akte,
    /// One Frist.
    Frist(FristId),
    /// The day of one Wiedervorlage.
    Wiedervorlage(WiedervorlageId),
    /// The Fassung of one Schriftstueck that counts.
    Fassung(SchriftstueckId),
    /// What one Schriftstueck is.
    Schriftstueck(SchriftstueckId),
}

/// The text names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such field")]
pub struct InvalidFeld;

impl fmt::Display for Feld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Betreff => f.write_str("betreff"),
            Self::Leistung => f.write_str("leistung"),
            Self::Status => f.write_str("status"),
            Self::Zuweisung => f.write_str("zuweisung"),
            Self::Einheit => f.write_str("einheit"),
            Self::Akte => f.write_str("akte"),
            Self::Frist(id) => write!(f, "frist/{id}"),
            Self::Wiedervorlage(id) => write!(f, "wiedervorlage/{id}"),
            Self::Fassung(id) => write!(f, "fassung/{id}"),
            Self::Schriftstueck(id) => write!(f, "schriftstueck/{id}"),
        }
    }
}

impl FromStr for Feld {
    type Err = InvalidFeld;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, id) = text.split_once('/').map_or((text, None), |(word, id)| (word, Some(id)));
        match (word, id) {
            ("betreff", None) => Ok(Self::Betreff),
            ("leistung", None) => Ok(Self::Leistung),
            ("status", None) => Ok(Self::Status),
            ("zuweisung", None) => Ok(Self::Zuweisung),
            ("einheit", None) => Ok(Self::Einheit),
            ("akte", None) => Ok(Self::Akte),
            ("frist", Some(id)) => id.parse().map(Self::Frist).map_err(|_| InvalidFeld),
            ("wiedervorlage", Some(id)) => {
                id.parse().map(Self::Wiedervorlage).map_err(|_| InvalidFeld)
            }
            ("fassung", Some(id)) => id.parse().map(Self::Fassung).map_err(|_| InvalidFeld),
            ("schriftstueck", Some(id)) => {
                id.parse().map(Self::Schriftstueck).map_err(|_| InvalidFeld)
            }
            _ => Err(InvalidFeld),
        }
    }
}

as_text!(Feld);
