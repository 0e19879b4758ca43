//! The record.

use serde::{Deserialize, Serialize};

use crate::{AkteId, AktenplaneintragId, Aktenzeichen, Betreff, EinheitId, Extra, Felder, Stamp};

/// An Akte: stands in the Aktenplan, carries an Aktenzeichen, holds Vorgänge.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Akte {
    /// Its id.
    pub id: AkteId,
    /// The sign it is found by.
    pub aktenzeichen: Aktenzeichen,
    /// What it is about.
    pub betreff: Betreff,
    /// Where it stands in the Aktenplan.
    pub aktenplaneintrag: AktenplaneintragId,
    /// The unit that keeps it (aktenführende Stelle).
    pub einheit: EinheitId,
    /// Who opened it and when.
    pub angelegt: Stamp,
    /// Who set which field, and what is contested.
    #[serde(default, skip_serializing_if = "Felder::is_empty")]
    pub felder: Felder,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}
