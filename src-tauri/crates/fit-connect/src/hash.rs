//! SHA-512 of plain content, as the metadata name it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha512};

use crate::hex;

/// SHA-512, written as 128 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash([u8; 64]);

/// The text is no hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not 128 lower-case hex digits")]
pub struct InvalidHash;

impl ContentHash {
    /// Of content that is at hand as a whole.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha512::digest(content).into())
    }

    /// From a hash that was computed piece by piece.
    pub const fn from_bytes(bytes: [u8; 64]) -> Self {
        Self(bytes)
    }
}

impl FromStr for ContentHash {
    type Err = InvalidHash;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        hex::decode(text).map(Self).ok_or(InvalidHash)
    }
}

impl TryFrom<String> for ContentHash {
    type Error = InvalidHash;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.to_string()
    }
}

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContentHash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_128_lower_case_digits() {
        let empty = ContentHash::of(b"").to_string();
        assert!(empty.starts_with("cf83e1357eefb8bd"), "{empty}");
        assert_eq!(empty.parse(), Ok(ContentHash::of(b"")));
        let upper = empty.to_uppercase();
        for wrong in ["", "00", &upper, &empty[1..]] {
            assert_eq!(wrong.parse::<ContentHash>(), Err(InvalidHash));
        }
    }
}
