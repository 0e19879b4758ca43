//! Public keys as the `OpenAPI` wants them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::BoxedUint;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};

/// Bits of the shortest key that FIT-Connect takes.
const BITS_MIN: u32 = 4096;

/// A public key with its name.
#[derive(Debug, Clone)]
pub struct PublicKey {
    pub(crate) kid: String,
    pub(crate) rsa: rsa::PublicKey,
}

/// What is wrong with a key.
#[derive(Debug, thiserror::Error)]
pub enum JwkError {
    /// A field is missing, or not what the `OpenAPI` allows.
    #[error("the key's `{0}` is missing or not allowed")]
    Field(&'static str),
    /// No RSA key.
    #[error("no RSA key")]
    Rsa(#[from] rsa::Error),
}

impl PublicKey {
    /// Reads a JWK whose only use is `key_op`: `wrapKey` or `verify`.
    pub fn from_jwk(jwk: &Value, key_op: &str) -> Result<Self, JwkError> {
        let alg = if key_op == "wrapKey" { "RSA-OAEP-256" } else { "PS512" };
        let text = |name: &'static str| jwk[name].as_str().ok_or(JwkError::Field(name));
        let is =
            |name, expected| (text(name)? == expected).then_some(()).ok_or(JwkError::Field(name));
        is("kty", "RSA")?;
        is("alg", alg)?;
        is("e", "AQAB")?;
        if jwk["key_ops"] != json!([key_op]) {
            return Err(JwkError::Field("key_ops"));
        }
        let kid = text("kid")?;
        if !(8..=64).contains(&kid.len()) {
            return Err(JwkError::Field("kid"));
        }
        let modulus = URL_SAFE_NO_PAD.decode(text("n")?).map_err(|_| JwkError::Field("n"))?;
        let modulus = BoxedUint::from_be_slice_vartime(&modulus);
        if modulus.bit_width() < BITS_MIN {
            return Err(JwkError::Field("n"));
        }
        let rsa = rsa::PublicKey::new(modulus, BoxedUint::from(65_537_u64))?;
        Ok(Self { kid: kid.to_owned(), rsa })
    }

    /// As a JWK. `x5c` stands for a chain that nobody here checks: a self-signed key, as in TEST.
    pub(crate) fn to_jwk(&self, key_op: &str) -> Value {
        let alg = if key_op == "wrapKey" { "RSA-OAEP-256" } else { "PS512" };
        let modulus = URL_SAFE_NO_PAD.encode(self.rsa.n_bytes());
        json!({
            "kty": "RSA", "alg": alg, "key_ops": [key_op], "kid": self.kid,
            "n": modulus, "e": "AQAB", "x5c": ["MIIB"],
        })
    }
}
