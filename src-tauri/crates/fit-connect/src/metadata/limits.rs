//! How much of a stranger's metadata is taken.

/// With proofs of identity inside some 100 KiB; ten times that is an attack.
pub(super) const BYTES_MAX: usize = 4 << 20;
/// The service takes 100 Anlagen; fragments come on top.
pub(super) const ANLAGEN_MAX: usize = 1000;
/// Names, descriptions and references.
const CHARS_MAX: usize = 4000;

use super::MetadataError;

pub(super) fn text(text: String, what: &'static str) -> Result<String, MetadataError> {
    if text.chars().count() > CHARS_MAX { Err(MetadataError::Schema(what)) } else { Ok(text) }
}

pub(super) fn optional(
    text: Option<String>,
    what: &'static str,
) -> Result<Option<String>, MetadataError> {
    text.map(|inner| self::text(inner, what)).transpose()
}
