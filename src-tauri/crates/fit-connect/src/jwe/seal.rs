//! Encrypting, for replies and for the sender of the tests.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::rsa::{
    OAEP_SHA256_MGF1SHA256, OaepPublicEncryptingKey, PublicEncryptingKey, PublicKeyComponents,
};
use serde::Serialize;
use zeroize::Zeroizing;

use super::gcm::{IV_BYTES, KEY_BYTES};
use super::{ALG, ENC};
use crate::base64url;
use crate::jwk::{KeyUse, PublicJwk};

/// The key is not for encryption, or there is no randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot be encrypted to this key")]
pub struct CannotSeal;

/// Encrypts `content` to `key`. `cty` is its media type.
pub fn seal(content: &[u8], key: &PublicJwk, cty: &str) -> Result<String, CannotSeal> {
    #[derive(Serialize)]
    struct Header<'a> {
        alg: &'a str,
        enc: &'a str,
        cty: &'a str,
        kid: &'a str,
    }
    if key.key_use() != KeyUse::Encryption {
        return Err(CannotSeal);
    }
    let header = Header { alg: ALG, enc: ENC, cty, kid: key.kid().as_str() };
    let header = serde_json::to_string(&header).map_err(|_| CannotSeal)?;
    let aad = base64url::encode(header);
    let mut content_key = Zeroizing::new([0; KEY_BYTES]);
    let mut iv = [0; IV_BYTES];
    aws_lc_rs::rand::fill(&mut *content_key).map_err(|_| CannotSeal)?;
    aws_lc_rs::rand::fill(&mut iv).map_err(|_| CannotSeal)?;

    let wrapped = wrap(&*content_key, key.components()).ok_or(CannotSeal)?;
    let cipher = UnboundKey::new(&AES_256_GCM, &*content_key).map_err(|_| CannotSeal)?;
    let mut text = content.to_vec();
    let tag = LessSafeKey::new(cipher)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(iv),
            Aad::from(aad.as_bytes()),
            &mut text,
        )
        .map_err(|_| CannotSeal)?;
    let segments = [
        aad,
        base64url::encode(wrapped),
        base64url::encode(iv),
        base64url::encode(text),
        base64url::encode(tag),
    ];
    Ok(segments.join("."))
}

fn wrap(content_key: &[u8], numbers: PublicKeyComponents<&[u8]>) -> Option<Vec<u8>> {
    let key: PublicEncryptingKey = numbers.try_into().ok()?;
    let key = OaepPublicEncryptingKey::new(key).ok()?;
    let mut room = vec![0; key.ciphertext_size()];
    let wrapped = key.encrypt(&OAEP_SHA256_MGF1SHA256, content_key, &mut room, None).ok()?;
    Some(wrapped.to_vec())
}
