//! The name of a document's bytes.

use std::fmt;
use std::str::FromStr;

use crate::as_text::as_text;

/// SHA-256 over a document's plain bytes; 64 lower-case hexadecimal digits in text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentHash([u8; 32]);

/// The text is not 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a document hash is 64 lower-case hexadecimal digits")]
pub struct InvalidDocumentHash;

impl DocumentHash {
    /// Wraps a finished SHA-256 digest.
    pub const fn from_bytes(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The 32 bytes of the digest.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for DocumentHash {
    type Err = InvalidDocumentHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() != 64 {
            return Err(InvalidDocumentHash);
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let &[high, low] = pair else { return Err(InvalidDocumentHash) };
            *byte = hex_value(high)? << 4 | hex_value(low)?;
        }
        Ok(Self(digest))
    }
}

fn hex_value(digit: u8) -> Result<u8, InvalidDocumentHash> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        _ => Err(InvalidDocumentHash),
    }
}

impl fmt::Display for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DocumentHash({self})")
    }
}

as_text!(DocumentHash);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_bytes_agree() {
        let hash = DocumentHash::from_bytes(std::array::from_fn(|i| u8::try_from(i * 7).unwrap()));
        assert_eq!(hash.to_string().parse(), Ok(hash));
    }

    #[test]
    fn only_64_lower_case_digits_are_a_hash() {
        for text in ["", "ab", &"A".repeat(64), &"g".repeat(64), &"0".repeat(65), &"ä".repeat(32)]
        {
            assert_eq!(text.parse::<DocumentHash>(), Err(InvalidDocumentHash), "{text}");
        }
    }
}
