//! What happened, for programs.

use kontor_domain::Status;
use schemars::JsonSchema;
use serde::Serialize;

/// One thing that happened to a Vorgang. Names are missing where this machine does not know them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum What {
    /// It began.
    Created { betreff: String },
    /// It is about something else.
    Betreff { betreff: String },
    /// It is about another public service, or none.
    Leistung { leistung: Option<String> },
    /// It is at another point.
    Status {
        #[schemars(with = "String")]
        status: Status,
    },
    /// Somebody else works on it, or nobody.
    Zuweisung { person: Option<String>, name: Option<String> },
    /// Another unit is responsible.
    Einheit { einheit: String, name: Option<String> },
    /// It is filed somewhere else, or nowhere.
    Akte { akte: Option<String>, aktenzeichen: Option<String> },
    /// A Frist ends on this day (ISO 8601).
    FristSet { frist: String, name: String, ende: String },
    /// A Frist is gone.
    FristRemoved { frist: String, name: Option<String> },
    /// A Notiz was added.
    Notiz { notiz: String, text: String },
    /// A Wiedervorlage was added for this day (ISO 8601).
    WiedervorlageAdded { wiedervorlage: String, grund: String, am: String },
    /// A Wiedervorlage comes back on another day (ISO 8601).
    WiedervorlageMoved { wiedervorlage: String, grund: Option<String>, am: String },
    /// A Wiedervorlage was ticked off.
    WiedervorlageCompleted { wiedervorlage: String, grund: Option<String> },
    /// A Schriftstueck was added.
    SchriftstueckAdded { schriftstueck: String, betreff: String },
    /// A Schriftstueck has another Fassung.
    FassungAdded { schriftstueck: String, betreff: Option<String> },
    /// Another Fassung of a Schriftstueck counts.
    FassungChosen { schriftstueck: String, betreff: Option<String> },
    /// A Schriftstueck has another name.
    SchriftstueckRenamed { schriftstueck: String, before: Option<String>, betreff: String },
    /// An Eingang was put into it, with these Schriftstuecke.
    Eingang { betreff: Option<String>, schriftstuecke: Vec<String> },
    /// Two versions of these fields stand side by side.
    ConflictOpened { conflict: String, felder: Vec<String> },
    /// Somebody decided between two versions.
    ConflictClosed { conflict: String },
    /// Something this version does not know.
    Unknown,
}
