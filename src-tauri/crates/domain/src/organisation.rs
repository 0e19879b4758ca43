//! Authorities and their units.

use serde::{Deserialize, Serialize};

use crate::{EinheitId, Extra, Land, MandantId, Name};

/// An authority on a shared Zentrale: the Kreis, each town. Nothing crosses between two of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mandant {
    /// Its id.
    pub id: MandantId,
    /// Its name, for example „Kreis Musterland“.
    pub name: Name,
}

/// A unit of the authority (Amt, Abteilung, Sachgebiet); owns Vorgänge and Akten.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Organisationseinheit {
    /// Its id.
    pub id: EinheitId,
    /// Its name, for example „Gewerbeamt“.
    pub name: Name,
    /// The unit above it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uebergeordnet: Option<EinheitId>,
    /// The Land whose public holidays count for its Fristen; that of the unit above it if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land: Option<Land>,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}
