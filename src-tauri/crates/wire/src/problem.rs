//! How the Zentrale says no to a request as a whole.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Body of every answer that is not a success (`application/problem+json`, RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// HTTP status.
    pub status: u16,
    /// Stable code.
    pub code: ProblemCode,
    /// A German sentence for whoever reads it, without personal data.
    pub title: String,
    /// How many seconds to wait before trying again, if that makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_seconds: Option<u64>,
}

/// A closed list; a code this version does not know reads as [`ProblemCode::Other`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// No token, or one that is wrong or has run out.
    Unauthenticated,
    /// The token is good but not for this.
    Forbidden,
    /// Nothing here, or not for the caller.
    NotFound,
    /// Not the JSON or the value that belongs here.
    Malformed,
    /// More than the announced limits.
    TooLarge,
    /// The workstation speaks an older protocol than the Zentrale still does.
    ClientTooOld,
    /// The workstation speaks a newer protocol than the Zentrale does yet.
    ClientTooNew,
    /// An intent id came a second time with other content.
    IntentIdReused,
    /// The mirror belongs to another epoch.
    EpochChanged,
    /// The bytes do not match their hash or digest.
    HashMismatch,
    /// Chunks of the upload are missing.
    UploadIncomplete,
    /// Too many requests or uploads at once.
    Busy,
    /// The Zentrale is stopping or its database cannot be reached; try again.
    Unavailable,
    /// Something is wrong inside the Zentrale.
    Internal,
    /// A code this version does not know.
    #[serde(other)]
    Other,
}
