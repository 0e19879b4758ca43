//! The filing plan: where a record belongs and how long it is kept.

use serde::{Deserialize, Serialize};

use crate::{AktenplaneintragId, Aktenplanschluessel, Extra, Name};

/// One entry of the Aktenplan; the tree is in the keys (`3` › `32` › `32.10`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Aktenplaneintrag {
    /// Its id.
    pub id: AktenplaneintragId,
    /// Its number in the plan.
    pub schluessel: Aktenplanschluessel,
    /// What belongs here.
    pub name: Name,
    /// How long the records under it are kept after they are closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aufbewahrung: Option<Aufbewahrung>,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Aufbewahrungsdauer (xdomea `aufbewahrungsdauer`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aufbewahrung {
    /// Full years after the end of the year in which the record was closed.
    pub retention_years: u16,
}
