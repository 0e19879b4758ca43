//! Entries go to the Zentrale.

use kontor_domain::{Conflict, InstanceId, IntentId, Refusal};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::Position;

/// A batch of entries of one workstation, in the order they were entered.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PushRequest {
    /// The copy of `work.db` they come from.
    #[schemars(with = "Uuid")]
    pub instance: InstanceId,
    /// The entries.
    pub entries: Vec<PushEntry>,
}

/// One entry with what the transport needs.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PushEntry {
    /// Its place in the workstation's outbox: contiguous from 1.
    pub number: u64,
    /// Entries it builds on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<Uuid>")]
    pub parents: Vec<IntentId>,
    /// Its author took it back. If it was not decided before, it is refused as withdrawn; only the
    /// Zentrale can say so, because an earlier copy of the request may still be on its way.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// JSON of `kontor_domain::Entry`, byte for byte as first stored.
    #[schemars(with = "serde_json::Value")]
    pub entry: Box<RawValue>,
}

/// One result for each entry, in the same order.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PushResponse {
    /// JSON of [`PushResult`]s, raw: a repeated request gets the same bytes.
    #[schemars(with = "Vec<PushResult>")]
    pub results: Vec<Box<RawValue>>,
}

/// What became of one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PushResult {
    /// Which.
    #[schemars(with = "Uuid")]
    pub id: IntentId,
    /// What.
    #[serde(flatten)]
    pub outcome: Outcome,
}

/// What became of an entry. All but [`Outcome::Deferred`] are final and stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// It happened.
    Accepted {
        /// The feed holds it from here on.
        seq: Position,
    },
    /// It happened together with what others did in between.
    Merged {
        /// The feed holds it from here on.
        seq: Position,
    },
    /// Two versions stand side by side now.
    Conflict {
        /// The feed holds the conflict from here on.
        seq: Position,
        /// Both versions.
        #[schemars(with = "serde_json::Value")]
        conflict: Conflict,
    },
    /// It did not happen.
    Rejected {
        /// Why.
        #[schemars(with = "String")]
        refusal: Refusal,
    },
    /// It was not decided; send it again when the reason is gone.
    Deferred {
        /// Why.
        reason: Deferral,
    },
}

/// Why an entry was not decided yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deferral {
    /// An entry it builds on is unknown, was refused, or stands in an undecided conflict.
    Parent,
    /// Bytes it refers to are not at the Zentrale yet.
    Document,
    /// The Zentrale is older than the workstation and does not know this intent.
    NotUnderstood,
    /// The id came before with other content. Nothing is decided; somebody has to look.
    IdReused,
    /// A reason this version does not know.
    #[serde(other)]
    Other,
}

/// What tells two entries with the same id apart: SHA-256 over the entry's JSON as first stored.
pub fn payload_hash(entry: &RawValue) -> [u8; 32] {
    Sha256::digest(entry.get().as_bytes()).into()
}
