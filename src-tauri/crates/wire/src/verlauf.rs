//! What happened to one thing, for people who want to know how it came to be as it is.

use kontor_domain::{IntentId, Moment, PersonId, Revision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::Position;

/// A piece of a thing's Verlauf, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct VerlaufPage {
    /// The rows.
    pub rows: Vec<VerlaufRow>,
    /// Whether older ones follow.
    pub more: bool,
}

/// What one intent did to the thing. Each revision has exactly one.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct VerlaufRow {
    /// Its place in the feed.
    pub seq: Position,
    /// The thing's revision after it.
    #[schemars(with = "u64")]
    pub revision: Revision,
    /// The intent.
    #[schemars(with = "Uuid")]
    pub intent: IntentId,
    /// Who entered it.
    #[schemars(with = "Uuid")]
    pub author: PersonId,
    /// When it reached the Zentrale, by its clock, in ms since 1970.
    #[schemars(with = "i64")]
    pub received: Moment,
    /// The events, raw as in the feed.
    #[schemars(with = "Vec<serde_json::Value>")]
    pub events: Box<RawValue>,
}
