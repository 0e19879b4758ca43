//! Bytes travel by their hash.

use kontor_domain::DocumentHash;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Asks which documents the Zentrale lacks.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct MissingRequest {
    /// Documents the workstation has.
    #[schemars(with = "Vec<String>")]
    pub hashes: Vec<DocumentHash>,
}

/// Those of them the Zentrale lacks, or would not tell this caller that it has.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct MissingResponse {
    /// The hashes.
    #[schemars(with = "Vec<String>")]
    pub missing: Vec<DocumentHash>,
}

/// What is there of an unfinished upload.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
pub struct ChunksResponse {
    /// Numbers of the chunks received, ascending from 0.
    pub received: Vec<u32>,
}

/// Publishes an upload once all chunks are there.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
pub struct CompleteRequest {
    /// Length of the whole document in bytes.
    pub size_bytes: u64,
}
