//! The first words of the Zentrale.

use kontor_domain::{Akteur, Mandant, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::newer::known_scopes;
use crate::{Epoch, Head};

/// Who the Zentrale is, who it takes the caller for, and what it allows.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    /// Protocol versions it speaks.
    pub protocols: Protocols,
    /// The caller's authority.
    #[schemars(with = "serde_json::Value")]
    pub mandant: Mandant,
    /// The caller with the rights they have now.
    #[schemars(with = "serde_json::Value")]
    pub akteur: Akteur,
    /// What the caller may mirror now.
    #[serde(deserialize_with = "known_scopes")]
    #[schemars(with = "Vec<String>")]
    pub scopes: Vec<Scope>,
    /// The feed's epoch.
    pub epoch: Epoch,
    /// The feed's end.
    pub head: Head,
    /// What it takes at once.
    pub limits: Limits,
}

/// A range of protocol versions, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Protocols {
    /// Oldest.
    pub min: u16,
    /// Newest.
    pub max: u16,
}

/// What the Zentrale takes at once. A workstation keeps to it and never guesses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Limits {
    /// Entries in one push.
    pub push_entries_max: usize,
    /// Bytes of one request body other than a chunk.
    pub request_bytes_max: usize,
    /// Rows in one answer.
    pub rows_max: usize,
    /// Bytes of one document.
    pub document_bytes_max: u64,
    /// Bytes of every chunk of an upload but the last.
    pub chunk_bytes: u64,
    /// Chunks one workstation may send at the same time.
    pub uploads_max: usize,
    /// How long a long-poll is held, in seconds.
    pub poll_seconds: u64,
    /// How often a live connection says something, in seconds.
    pub heartbeat_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            push_entries_max: 1_000,
            request_bytes_max: 8 << 20,
            rows_max: 5_000,
            document_bytes_max: 2 << 30,
            chunk_bytes: 4 << 20,
            uploads_max: 4,
            poll_seconds: 25,
            heartbeat_seconds: 15,
        }
    }
}
