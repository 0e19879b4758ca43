//! One matter being worked on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AkteId, Betreff, Day, EinheitId, Extra, Felder, Frist, FristId, Leistungsschluessel, NotizId,
    PersonId, Schriftstueck, SchriftstueckId, Stamp, Text, VorgangId, WiedervorlageId,
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
