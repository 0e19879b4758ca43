//! What a newer version of Kontor wrote and this one does not know.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Unknown fields of an entity: carried along, never read, so that an older workstation does not
/// erase what a newer one entered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(BTreeMap<String, serde_json::Value>);

impl Extra {
    /// Whether nothing unknown is there.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
