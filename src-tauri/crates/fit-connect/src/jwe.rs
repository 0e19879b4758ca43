//! Encrypted texts (JWE compact, RFC 7516): `RSA-OAEP-256` around the key, `A256GCM` around the
//! content, nothing else.

mod gcm;
mod inflate;
mod open;
mod seal;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base64url;
use crate::jwk::Kid;

pub use open::{Opened, Opening, open};
pub use seal::{CannotSeal, seal};

const ALG: &str = "RSA-OAEP-256";
const ENC: &str = "A256GCM";
/// The header holds a kid and three short names; a longer one is read by nobody.
const HEADER_CHARS_MAX: usize = 4096;
/// An 8192-bit key wraps into 1024 bytes.
const WRAPPED_CHARS_MAX: usize = 1366;

/// Why an encrypted text was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JweError {
    /// Not five Base64url segments with a JSON header.
    #[error("not a compact encrypted text")]
    Syntax,
    /// Another algorithm, an unknown compression, or an extension.
    #[error("the encryption is not the one FIT-Connect uses")]
    Algorithm,
    /// No key of ours has this name.
    #[error("encrypted to a key that is not here")]
    UnknownKey(Kid),
    /// Key and content do not belong together, or somebody changed something. Nothing more is said:
    /// whoever asks again and again must learn nothing.
    #[error("cannot be decrypted")]
    Decryption,
    /// Not the compression it claims to be.
    #[error("cannot be decompressed")]
    Compression,
    /// More content than is taken.
    #[error("larger than {bytes_max} bytes")]
    TooLarge {
        /// What would be taken.
        bytes_max: u64,
    },
}

/// The authentication tag of an encrypted text: its fifth segment, 16 bytes in 22 characters. The
/// signed event log repeats it, and so says which ciphertext was submitted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AuthTag([u8; 16]);

/// The text is no authentication tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a Base64url authentication tag of 22 characters")]
pub struct InvalidTag;

impl FromStr for AuthTag {
    type Err = InvalidTag;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        base64url::decode_array(text).map(Self).ok_or(InvalidTag)
    }
}

impl TryFrom<String> for AuthTag {
    type Error = InvalidTag;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<AuthTag> for String {
    fn from(tag: AuthTag) -> Self {
        tag.to_string()
    }
}

impl fmt::Display for AuthTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&base64url::encode(self.0))
    }
}

impl fmt::Debug for AuthTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthTag({self})")
    }
}

/// The tag of an encrypted text as received, without opening it.
pub fn tag_of(text: &str) -> Result<AuthTag, JweError> {
    let (rest, tag) = text.rsplit_once('.').ok_or(JweError::Syntax)?;
    if rest.bytes().filter(|byte| *byte == b'.').count() != 3 {
        return Err(JweError::Syntax);
    }
    tag.parse().map_err(|_| JweError::Syntax)
}

/// What the protected header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The key it is encrypted to.
    pub kid: Kid,
    /// Whether the content was compressed before (`zip: DEF`).
    pub compressed: bool,
    /// The media type of the content, as claimed.
    pub cty: Option<String>,
}

impl Header {
    fn parse(segment: &[u8]) -> Result<Self, JweError> {
        #[derive(Deserialize)]
        struct Json {
            alg: String,
            enc: String,
            kid: Option<Kid>,
            zip: Option<String>,
            cty: Option<String>,
            crit: Option<serde_json::Value>,
        }
        let json = base64url::decode(segment).ok_or(JweError::Syntax)?;
        let json: Json = serde_json::from_slice(&json).map_err(|_| JweError::Syntax)?;
        if json.alg != ALG || json.enc != ENC || json.crit.is_some() {
            return Err(JweError::Algorithm);
        }
        let compressed = match json.zip.as_deref() {
            None => false,
            Some("DEF") => true,
            Some(_) => return Err(JweError::Algorithm),
        };
        Ok(Self { kid: json.kid.ok_or(JweError::Syntax)?, compressed, cty: json.cty })
    }
}

#[cfg(test)]
mod tests;
