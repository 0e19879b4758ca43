//! Encryption as a sender does it (RFC 7516, compact): `RSA-OAEP-256` and `A256GCM`.

use aes_gcm::aead::{AeadInOut as _, Nonce};
use aes_gcm::{Aes256Gcm, KeyInit as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::sha2::Sha256;
use serde_json::json;

use crate::PublicKey;

/// Characters of an authentication tag: 16 bytes.
pub const TAG_CHARS: usize = 22;

/// Why nothing was encrypted.
#[derive(Debug, thiserror::Error)]
pub enum JweError {
    /// The machine gave no random bytes.
    #[error("no random bytes")]
    Random,
    /// The content key could not be wrapped.
    #[error("the content key was not wrapped")]
    Wrap(#[from] rsa::Error),
    /// The text is longer than AES-GCM takes.
    #[error("the text is too long")]
    TooLong,
}

/// Encrypts `plain` to `key`; `cty` says what it is.
pub fn seal(plain: &[u8], key: &PublicKey, cty: &str) -> Result<String, JweError> {
    let mut secret = [0; 32];
    let mut iv = [0; 12];
    getrandom::fill(&mut secret).map_err(|_| JweError::Random)?;
    getrandom::fill(&mut iv).map_err(|_| JweError::Random)?;
    let header = json!({ "alg": "RSA-OAEP-256", "enc": "A256GCM", "kid": key.kid, "cty": cty });
    let header = URL_SAFE_NO_PAD.encode(header.to_string());
    let wrapped = key.rsa.oaep_encrypt::<Sha256>(&secret)?;
    let cipher = Aes256Gcm::new(&secret.into());
    let nonce: Nonce<Aes256Gcm> = iv.into();
    let mut text = plain.to_vec();
    let tag = cipher
        .encrypt_inout_detached(&nonce, header.as_bytes(), text.as_mut_slice().into())
        .map_err(|_| JweError::TooLong)?;
    let mut jwe = String::with_capacity(text.len() / 3 * 4 + 1024);
    jwe.push_str(&header);
    for part in [wrapped.as_slice(), &iv, &text, tag.as_slice()] {
        jwe.push('.');
        URL_SAFE_NO_PAD.encode_string(part, &mut jwe);
    }
    Ok(jwe)
}

/// The authentication tag of a compact JWE, if it has the five parts of one.
pub fn tag(jwe: &str) -> Option<&str> {
    let mut parts = jwe.split('.');
    let tag = parts.by_ref().nth(4)?;
    (parts.next().is_none() && tag.len() == TAG_CHARS).then_some(tag)
}
