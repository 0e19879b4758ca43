//! The workstation's mirror follows the feed.

use std::collections::BTreeMap;

use kontor_domain::{EntityRef, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::newer::known_scopes;
use crate::{Digest, Epoch, FeedRow, Head, Position, StandRow};

/// Asks for the next rows of the feed.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PullRequest {
    /// The epoch the mirror belongs to.
    pub epoch: Epoch,
    /// Rows after this position.
    pub after: Position,
    /// A former end of the feed that the workstation has witnessed; the Zentrale checks that its
    /// chain still says the same there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Head>,
    /// Scopes the workstation mirrors.
    #[schemars(with = "Vec<String>")]
    pub scopes: Vec<Scope>,
    /// Single things it mirrors beside them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub pins: Vec<EntityRef>,
}

/// The next rows.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct PullResponse {
    /// Rows of the scopes and pins asked for that the caller may see, in order.
    pub rows: Vec<FeedRow>,
    /// Stands of things that entered a scope, as of now: possibly newer than their row.
    pub stands: Vec<StandRow>,
    /// Everything up to here is in `rows`.
    pub to: Position,
    /// The end of the feed.
    pub head: Head,
    /// What the caller may mirror now; what is missing here has to go from the mirror.
    #[serde(deserialize_with = "known_scopes")]
    #[schemars(with = "Vec<String>")]
    pub scopes: Vec<Scope>,
    /// Pins that do not exist or that the caller may not see (any more).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    pub lost_pins: Vec<EntityRef>,
    /// Digest of each scope asked for, if `to` is the end.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, Digest>")]
    pub digests: BTreeMap<Scope, Digest>,
}

/// Asks for single things.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct StandsRequest {
    /// Which.
    #[schemars(with = "Vec<String>")]
    pub entities: Vec<EntityRef>,
}

/// The things asked for that exist and that the caller may see.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct StandsResponse {
    /// In no particular order.
    pub stands: Vec<StandRow>,
}

/// Asks for the content of a scope, page by page.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ScopeRequest {
    /// Which.
    #[schemars(with = "String")]
    pub scope: Scope,
    /// Things after this one, in the order of their keys.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub after: Option<EntityRef>,
    /// At most this many.
    pub rows_max: usize,
}

/// One page of a scope. Pages are no common snapshot: a mirror that took its position before the
/// first page and follows the feed from there catches up with all that changed between them.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ScopePage {
    /// The things.
    pub stands: Vec<StandRow>,
    /// Whether more follow.
    pub more: bool,
}
