//! Public keys as FIT-Connect wants them (JWK, RFC 7517, with the narrower rules of the `OpenAPI` file).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::base64url;

/// The name of a key: 8 to 64 printable ASCII characters. The published path parameter says 36, the
/// key itself 64; the longer one counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Kid(String);

impl Kid {
    /// The name as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Kid {
    type Err = JwkError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let valid = (8..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic());
        if valid { Ok(Self(text.to_owned())) } else { Err(JwkError::Kid) }
    }
}

impl TryFrom<String> for Kid {
    type Error = JwkError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Kid> for String {
    fn from(kid: Kid) -> Self {
        kid.0
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a key is for. No key does both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyUse {
    /// Wraps content keys: `RSA-OAEP-256`.
    Encryption,
    /// Signs events: `PS512`.
    Signature,
}

impl KeyUse {
    /// The JOSE name of the algorithm.
    pub const fn alg(self) -> &'static str {
        match self {
            Self::Encryption => "RSA-OAEP-256",
            Self::Signature => "PS512",
        }
    }

    /// The only `key_ops` a public key of this kind has.
    pub const fn public_op(self) -> &'static str {
        match self {
            Self::Encryption => "wrapKey",
            Self::Signature => "verify",
        }
    }
}

/// A public RSA key of at least 4096 bits for one use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicJwk {
    kid: Kid,
    key_use: KeyUse,
    /// Modulus, most significant byte first, no leading zero.
    n: Vec<u8>,
    /// Certificates, Base64, the key's own first; the environments above TEST demand them.
    x5c: Vec<String>,
}

/// Why something is no key for FIT-Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwkError {
    /// Not the JSON of a JWK.
    #[error("not a JSON web key")]
    Syntax,
    /// The name is too short, too long or unprintable.
    #[error("the kid has not 8 to 64 printable characters")]
    Kid,
    /// Not RSA, or an algorithm FIT-Connect does not use.
    #[error("kty or alg is not one of FIT-Connect")]
    Algorithm,
    /// `key_ops` does not say what `alg` says.
    #[error("key_ops does not match alg")]
    Ops,
    /// The modulus is shorter than 4096 or longer than 8192 bits, or the exponent is not 65537.
    #[error("modulus or exponent is not allowed")]
    Numbers,
}

#[derive(Serialize, Deserialize)]
struct Json {
    kty: String,
    key_ops: Vec<String>,
    alg: String,
    kid: String,
    n: String,
    e: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    x5c: Vec<String>,
}

const EXPONENT: &str = "AQAB";
/// Nobody needs longer ones, and checking a signature by them costs more with every bit.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 4096..=8192;
/// Larger ones are not read; certificates included.
const JSON_BYTES_MAX: usize = 256 * 1024;

impl PublicJwk {
    /// Reads and checks a key.
    pub fn parse(json: &[u8]) -> Result<Self, JwkError> {
        if json.len() > JSON_BYTES_MAX {
            return Err(JwkError::Syntax);
        }
        let json: Json = serde_json::from_slice(json).map_err(|_| JwkError::Syntax)?;
        Self::from_json(json)
    }

    fn from_json(json: Json) -> Result<Self, JwkError> {
        let key_use = [KeyUse::Encryption, KeyUse::Signature]
            .into_iter()
            .find(|key_use| json.kty == "RSA" && json.alg == key_use.alg())
            .ok_or(JwkError::Algorithm)?;
        if json.key_ops != [key_use.public_op()] {
            return Err(JwkError::Ops);
        }
        let n = base64url::decode(&json.n).ok_or(JwkError::Numbers)?;
        if json.e != EXPONENT {
            return Err(JwkError::Numbers);
        }
        Self::new(json.kid.parse()?, key_use, n).map(|key| Self { x5c: json.x5c, ..key })
    }

    /// A key from its numbers.
    pub fn new(kid: Kid, key_use: KeyUse, n: Vec<u8>) -> Result<Self, JwkError> {
        let bits = n.first().map_or(0, |first| n.len() * 8 - first.leading_zeros() as usize);
        // A leading zero would be a second way to write the same number.
        if n.first() == Some(&0) || !MODULUS_BITS.contains(&bits) {
            return Err(JwkError::Numbers);
        }
        Ok(Self { kid, key_use, n, x5c: Vec::new() })
    }

    /// The same key with its certificates.
    #[must_use]
    pub fn with_certificates(self, x5c: Vec<String>) -> Self {
        Self { x5c, ..self }
    }

    /// Its name.
    pub fn kid(&self) -> &Kid {
        &self.kid
    }

    /// What it is for.
    pub fn key_use(&self) -> KeyUse {
        self.key_use
    }

    /// Its JSON, members in a fixed order.
    pub fn to_json(&self) -> String {
        let json = Json {
            kty: "RSA".to_owned(),
            key_ops: vec![self.key_use.public_op().to_owned()],
            alg: self.key_use.alg().to_owned(),
            kid: self.kid.to_string(),
            n: base64url::encode(&self.n),
            e: EXPONENT.to_owned(),
            x5c: self.x5c.clone(),
        };
        serde_json::to_string(&json).unwrap_or_default()
    }

    pub(crate) fn components(&self) -> aws_lc_rs::rsa::PublicKeyComponents<&[u8]> {
        aws_lc_rs::rsa::PublicKeyComponents { n: &self.n, e: &[1, 0, 1] }
    }
}

/// The keys a Zustelldienst publishes at `/.well-known/jwks.json`. Keys we cannot use are passed over:
/// others may be there for others.
pub fn parse_key_set(json: &[u8]) -> Result<Vec<PublicJwk>, JwkError> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<serde_json::Value>,
    }
    if json.len() > JSON_BYTES_MAX {
        return Err(JwkError::Syntax);
    }
    let set: Set = serde_json::from_slice(json).map_err(|_| JwkError::Syntax)?;
    let keys = set.keys.into_iter().filter_map(|key| serde_json::from_value::<Json>(key).ok());
    Ok(keys.filter_map(|key| PublicJwk::from_json(key).ok()).collect())
}

#[cfg(test)]
mod tests;
