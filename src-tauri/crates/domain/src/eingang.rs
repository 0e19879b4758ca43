//! Something that arrived.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Betreff, EingangId, EinheitId, Extra, Felder, Schriftstueck, SchriftstueckId, Stamp, VorgangId,
};

/// An Eingang: portal submission, scanned letter, e-mail or file, assigned to a Vorgang or not yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Eingang {
    /// Its id.
    pub id: EingangId,
    /// The unit in whose inbox it lies.
    pub einheit: EinheitId,
    /// How it came.
    pub kanal: Kanal,
    /// What it is about.
    pub betreff: Betreff,
    /// Who recorded it and when.
    pub erfasst: Stamp,
    /// What came of it.
    pub verbleib: Verbleib,
    /// Its documents.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub schriftstuecke: BTreeMap<SchriftstueckId, Schriftstueck>,
    /// Who set which field, and what is contested.
    #[serde(default, skip_serializing_if = "Felder::is_empty")]
    pub felder: Felder,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// How an Eingang came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kanal {
    /// From the citizen portal.
    Portal,
    /// On paper, scanned.
    Papier,
    /// By e-mail.
    Email,
    /// Handed over as a file.
    Datei,
}

/// Where an Eingang is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verbleib {
    /// In the inbox.
    Offen,
    /// Became part of a Vorgang.
    Zugeordnet(VorgangId),
}
