//! One matter being worked on.

use std::collections::BTreeMap;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    AkteId, Betreff, Day, EinheitId, Extra, Felder, FristId, InvalidText, Moment, Name, NotizId,
    PersonId, Schriftstueck, SchriftstueckId, Text, VorgangId, WiedervorlageId,
};

/// A Vorgang (xdomea `Vorgang`): state, owner, deadlines, documents; part of an Akte once filed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Vorgang {
    /// Its id.
    pub id: VorgangId,
    /// The unit responsible (zuständig); decides who sees it.
    pub einheit: EinheitId,
    /// What it is about.
    pub betreff: Betreff,
    /// How far it is.
    pub status: Status,
    /// Who works on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zuweisung: Option<PersonId>,
    /// The Akte it is filed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub akte: Option<AkteId>,
    /// The public service it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leistung: Option<Leistungsschluessel>,
    /// Who opened it and when.
    pub angelegt: Stamp,
    /// Notizen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notizen: BTreeMap<NotizId, Notiz>,
    /// Wiedervorlagen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub wiedervorlagen: BTreeMap<WiedervorlageId, Wiedervorlage>,
    /// Fristen.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub fristen: BTreeMap<FristId, Frist>,
    /// Schriftstuecke.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub schriftstuecke: BTreeMap<SchriftstueckId, Schriftstueck>,
    /// Who set which field, and what is contested.
    #[serde(default, skip_serializing_if = "Felder::is_empty")]
    pub felder: Felder,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How far a Vorgang is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Nobody has begun.
    Offen,
    /// Being worked on.
    InBearbeitung,
    /// Waits for somebody outside.
    Wartet,
    /// zu den Akten: closed.
    ZdA,
}

/// Who did something, and when their clock said it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Who.
    pub by: PersonId,
    /// When, by the clock of their workstation; never decides anything.
    pub at: Moment,
}

/// A Notiz: grows, is never edited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notiz {
    /// What it says.
    pub text: Text,
    /// Who wrote it and when.
    pub angelegt: Stamp,
}

/// A Wiedervorlage: a reminder somebody set; not a Frist.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Wiedervorlage {
    /// The day it comes back.
    pub am: Day,
    /// Why.
    pub grund: Betreff,
    /// Who set it and when.
    pub angelegt: Stamp,
    /// Who ticked it off and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erledigt: Option<Stamp>,
}

/// A Frist: a deadline by rule (BGB §§ 187–193, `VwVfG` § 31); not a Wiedervorlage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frist {
    /// What it is the deadline for.
    pub name: Name,
    /// Its last day.
    pub ende: Day,
}

/// The number of a public service: 14 digits starting with 99 (`LeiKa`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Leistungsschluessel(String);

impl FromStr for Leistungsschluessel {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid =
            text.len() == 14 && text.starts_with("99") && text.bytes().all(|b| b.is_ascii_digit());
        if valid { Ok(Self(text.to_owned())) } else { Err(InvalidText::Unprintable) }
    }
}

impl TryFrom<String> for Leistungsschluessel {
    type Error = InvalidText;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Leistungsschluessel> for String {
    fn from(leistung: Leistungsschluessel) -> Self {
        leistung.0
    }
}
