//! The feed of one Mandant: every change, in the order of the commits, without gaps.

use std::fmt;
use std::str::FromStr;

use kontor_domain::{EntityRef, IntentId, Moment, PersonId, Revision, Scope};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::StateHash;

/// A place in the feed; 0 before the first row.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Position(pub u64);

/// Changes whenever the feed may have lost its end: at restore from a backup. Workstations then build
/// their mirror anew and offer their accepted entries again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Epoch(pub Uuid);

/// The end of the feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Head {
    /// Position of the last row.
    pub seq: Position,
    /// Its link in the audit chain; all zeros before the first row.
    pub hash: ChainHash,
}

/// A link of the audit chain: SHA-256 over the previous link and the row; 64 hexadecimal digits.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct ChainHash(pub [u8; 32]);

/// One row of the feed: what one intent did to one thing.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct FeedRow {
    /// Its place.
    pub seq: Position,
    /// Who sees it.
    #[schemars(with = "String")]
    pub scope: Scope,
    /// The thing.
    #[schemars(with = "String")]
    pub entity: EntityRef,
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
    /// What happened to the thing, as seen in this scope.
    pub step: Step,
    /// Hash of the thing's state after it.
    pub state: StateHash,
    /// The events; empty for [`Step::Exit`]. Kept raw, so that an older reader carries what it does
    /// not understand and asks for the thing itself.
    #[schemars(with = "Vec<serde_json::Value>")]
    pub events: Box<RawValue>,
}

/// How a row concerns its scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The thing changed within the scope, or began to exist in it.
    Change,
    /// The thing came from another scope; its stand comes with the answer.
    Enter,
    /// The thing went to another scope; mirrors without right to that one drop it.
    Exit,
}

/// A thing with its revision, content raw.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct StandRow {
    /// The thing.
    #[schemars(with = "String")]
    pub entity: EntityRef,
    /// Its revision.
    #[schemars(with = "u64")]
    pub revision: Revision,
    /// Its content: JSON of `kontor_domain::Entity`, byte for byte as the Zentrale hashes it.
    #[schemars(with = "serde_json::Value")]
    pub state: Box<RawValue>,
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for ChainHash {
    type Err = kontor_domain::InvalidDocumentHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(*text.parse::<kontor_domain::DocumentHash>()?.as_bytes()))
    }
}

impl TryFrom<String> for ChainHash {
    type Error = kontor_domain::InvalidDocumentHash;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ChainHash> for String {
    fn from(hash: ChainHash) -> Self {
        hash.to_string()
    }
}
