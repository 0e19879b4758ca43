//! Two people changed the same thing: both versions, side by side, until a person decides.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Feld, Feldwert, Stamp};

/// „Zwei Fassungen“: an intent met values its author had not seen. Lives in the thing it is about,
/// under the id of that intent, and is closed by [`ResolveConflict`](crate::ResolveConflict).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conflict {
    /// The contested fields; never empty.
    pub contested: BTreeMap<Feld, Contest>,
}

/// One contested field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// What the author of the intent had seen.
    pub base: Feldwert,
    /// What they wanted.
    pub mine: Side,
    /// What stood there when the intent reached the Zentrale.
    pub theirs: Side,
}

/// One side of a contested field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The value.
    pub wert: Feldwert,
    /// Who entered it, and when their clock said it was.
    pub stamp: Stamp,
}

/// What a person decided about one contested field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The value of the intent that met the contradiction.
    Mine,
    /// The value that stands.
    Theirs,
    /// A third value.
    Other(Feldwert),
}
