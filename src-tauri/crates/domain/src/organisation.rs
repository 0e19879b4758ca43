//! Who works here: authorities, units, people and what they may do.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{EinheitId, Extra, MandantId, Name, PersonId};

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
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// Somebody who works with Kontor.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// Their name as colleagues read it.
    pub name: Name,
    /// The units they work for.
    pub einheiten: BTreeSet<EinheitId>,
    /// What they may do there.
    pub rollen: BTreeSet<Rolle>,
    /// Whether they still work here; a former colleague's name stays in the history.
    pub aktiv: bool,
    /// What a newer version wrote.
    #[serde(flatten)]
    pub extra: Extra,
}

/// What somebody may do, within their units unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rolle {
    /// Works on Vorgänge.
    Sachbearbeitung,
    /// As Sachbearbeitung.
    Leitung,
    /// Records incoming mail for every unit and passes it on.
    Poststelle,
    /// Keeps units, people and the Aktenplan, for the whole Mandant; sees no Vorgang by it.
    Administration,
    /// Reads everything of the Mandant, changes nothing.
    Revision,
}
