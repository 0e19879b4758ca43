//! Signed texts (JWS compact, RFC 7515), `PS512` and nothing else.

use aws_lc_rs::signature::RSA_PSS_2048_8192_SHA512;
use serde::{Deserialize, Serialize};

use crate::base64url;
use crate::jwk::{KeyUse, Kid, PublicJwk};
use crate::key::PrivateKey;

/// The only type of signed text FIT-Connect has.
const TYP: &str = "secevent+jwt";
const ALG: &str = "PS512";
/// Longer ones are not read. A list of tags for 100 Anlagen takes some 10 KiB.
const BYTES_MAX: usize = 256 * 1024;

/// Why something is no signed text of FIT-Connect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Not three Base64url segments with a JSON header, or too long.
    #[error("not a compact signed text")]
    Syntax,
    /// Another algorithm than PS512, above all `none`.
    #[error("the signature algorithm is not PS512")]
    Algorithm,
    /// The type is missing or another.
    #[error("the type is not that of a security event token")]
    Type,
    /// An extension this program would have to understand.
    #[error("the header demands an extension")]
    Critical,
    /// The signature is not by this key.
    #[error("the signature does not match")]
    Signature,
}

/// A signed text that nobody has verified yet. It shows which key to ask for and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jws<'a> {
    kid: Kid,
    signed: &'a str,
    payload: &'a str,
    signature: Vec<u8>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<Kid>,
    typ: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

impl<'a> Jws<'a> {
    /// Reads header and signature.
    pub fn parse(text: &'a str) -> Result<Self, JwsError> {
        if text.len() > BYTES_MAX {
            return Err(JwsError::Syntax);
        }
        let (signed, signature) = text.rsplit_once('.').ok_or(JwsError::Syntax)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Syntax)?;
        let header = base64url::decode(header).ok_or(JwsError::Syntax)?;
        let header: Header = serde_json::from_slice(&header).map_err(|_| JwsError::Syntax)?;
        if header.alg != ALG {
            return Err(JwsError::Algorithm);
        }
        if header.typ.as_deref() != Some(TYP) {
            return Err(JwsError::Type);
        }
        if header.crit.is_some() {
            return Err(JwsError::Critical);
        }
        Ok(Self {
            kid: header.kid.ok_or(JwsError::Syntax)?,
            signed,
            payload,
            signature: base64url::decode(signature).ok_or(JwsError::Syntax)?,
        })
    }

    /// The key that is said to have signed it.
    pub fn kid(&self) -> &Kid {
        &self.kid
    }

    /// What was signed, if it was signed by `key`.
    pub fn verify(&self, key: &PublicJwk) -> Result<Vec<u8>, JwsError> {
        if key.key_use() != KeyUse::Signature || *key.kid() != self.kid {
            return Err(JwsError::Signature);
        }
        key.components()
            .verify(&RSA_PSS_2048_8192_SHA512, self.signed.as_bytes(), &self.signature)
            .map_err(|_| JwsError::Signature)?;
        base64url::decode(self.payload).ok_or(JwsError::Syntax)
    }

    /// The payload before any verification. Only for choosing the key by issuer; believe nothing.
    pub(crate) fn unverified_payload(&self) -> Result<Vec<u8>, JwsError> {
        base64url::decode(self.payload).ok_or(JwsError::Syntax)
    }
}

/// The key cannot sign; it is for encryption or broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key does not sign")]
pub struct CannotSign;

/// Signs a payload.
pub fn sign(payload: &[u8], key: &PrivateKey) -> Result<String, CannotSign> {
    #[derive(Serialize)]
    struct Header<'a> {
        alg: &'a str,
        typ: &'a str,
        kid: &'a str,
    }
    let header = Header { alg: ALG, typ: TYP, kid: key.kid().as_str() };
    let header = serde_json::to_string(&header).map_err(|_| CannotSign)?;
    let mut text = format!("{}.{}", base64url::encode(header), base64url::encode(payload));
    let signature = key.sign(text.as_bytes()).ok_or(CannotSign)?;
    text.push('.');
    text.push_str(&base64url::encode(signature));
    Ok(text)
}

#[cfg(test)]
mod tests;
