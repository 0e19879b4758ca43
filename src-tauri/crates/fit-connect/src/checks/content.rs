//! 6 to 8: what comes out.

use super::{Checked, HoldReason, Verdict};
use crate::hash::ContentHash;
use crate::jwe::JweError;
use crate::metadata::{self, Metadata, MetadataError};
use crate::vocabulary::{Instance, ProblemKind, Vocabulary};

/// 6 · What it means that something could not be opened.
pub fn decrypted<T>(opened: Result<T, JweError>, instance: Instance) -> Checked<T> {
    opened.map_err(|error| match error {
        JweError::UnknownKey(kid) => HoldReason::UnknownKey { kid: kid.to_string() }.into(),
        JweError::TooLarge { .. } => HoldReason::TooLarge.into(),
        JweError::Syntax | JweError::Algorithm | JweError::Decryption | JweError::Compression => {
            Verdict::reject(ProblemKind::EncryptionIssue, instance)
        }
    })
}

/// 7 · The metadata are JSON and follow a version that is known. An unknown one is held.
pub fn metadata(bytes: &[u8], vocabulary: &Vocabulary) -> Checked<Metadata> {
    let reject = |kind| Verdict::reject(kind, Instance::Metadata);
    metadata::parse(bytes, vocabulary).map_err(|error| match error {
        MetadataError::UnknownVersion(version) => HoldReason::UnknownMetadata { version }.into(),
        MetadataError::Syntax => reject(ProblemKind::SyntaxViolation),
        MetadataError::ForeignSchema => reject(ProblemKind::UnsupportedSchema),
        MetadataError::TooLarge | MetadataError::Schema(_) => reject(ProblemKind::SchemaViolation),
    })
}

/// 8 · The plain content is the one the metadata describe.
pub fn hash(found: ContentHash, described: ContentHash, instance: Instance) -> Checked {
    if found == described {
        Ok(())
    } else {
        Err(Verdict::reject(ProblemKind::HashMismatch, instance))
    }
}
