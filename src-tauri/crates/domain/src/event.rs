//! What happened to one thing.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    Conflict, Entity, EntityRef, Fassung, Feldwert, IntentId, Notiz, NotizId, Schriftstueck,
    SchriftstueckId, Stamp, Text, Wiedervorlage, WiedervorlageId,
};

/// What one intent did, by thing. All events of one thing together make one revision.
pub type Events = BTreeMap<EntityRef, Vec<Event>>;

/// One change of one thing. [`apply()`](crate::apply()) carries it out, the same on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It began to exist, or reference data was replaced.
    Recorded(Box<Entity>),
    /// A field got a value.
    Set {
        /// The field with its value.
        wert: Feldwert,
        /// By whom.
        stamp: Stamp,
    },
    /// A Notiz was added.
    NotizAdded(NotizId, Notiz),
    /// A Wiedervorlage was added.
    WiedervorlageAdded(WiedervorlageId, Wiedervorlage),
    /// A Wiedervorlage was ticked off.
    WiedervorlageCompleted(WiedervorlageId, Stamp),
    /// A Schriftstueck was added.
    SchriftstueckAdded(Box<Schriftstueck>),
    /// A Fassung was added; whether it counts is a field of its own.
    FassungAdded(SchriftstueckId, Fassung),
    /// The Eingang went into a Vorgang.
    EingangAssigned(crate::VorgangId),
    /// Why its author set fields, for the Verlauf; changes nothing.
    Grund(Text),
    /// Two versions stand side by side now.
    ConflictOpened(IntentId, Conflict),
    /// Somebody decided between two versions.
    ConflictClosed(IntentId),
}
