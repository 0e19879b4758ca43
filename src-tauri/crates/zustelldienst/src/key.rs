//! The Zustelldienst's own key, and signed event tokens (RFC 8417) made and checked with keys.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::DecodePrivateKey as _;
use rsa::sha2::Sha512;
use serde_json::Value;

use crate::jwk::PublicKey;

/// What a token's `typ` has to be.
pub(crate) const TYP: &str = "secevent+jwt";

/// A key that signs events.
#[derive(Clone)]
pub(crate) struct SigningKey {
    pub(crate) public: PublicKey,
    secret: EncodingKey,
}

/// Why there is no key, or no signature.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The machine gave no key.
    #[error("no key could be made")]
    Unmade,
    /// Nothing was signed.
    #[error("nothing was signed")]
    Unsigned(#[from] jsonwebtoken::errors::Error),
}

/// Why a token does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Forged {
    #[error("no compact JWS")]
    Shape,
    #[error("alg must be PS512")]
    Algorithm,
    #[error("typ must be secevent+jwt")]
    Type,
    #[error("the key is not known")]
    Key,
    #[error("the signature is wrong")]
    Signature,
}

impl SigningKey {
    /// One key for the whole process: making one takes a good part of a second.
    pub(crate) fn of_this_process() -> Result<Self, KeyError> {
        static KEY: OnceLock<Option<SigningKey>> = OnceLock::new();
        KEY.get_or_init(|| Self::generate("zustelldienst-signatur-1").ok())
            .clone()
            .ok_or(KeyError::Unmade)
    }

    fn generate(kid: &str) -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa4096).map_err(|_| KeyError::Unmade)?;
        let der = pair.as_der().map_err(|_| KeyError::Unmade)?;
        let parsed = rsa::PrivateKey::from_pkcs8_der(der.as_ref()).map_err(|_| KeyError::Unmade)?;
        let public = PublicKey { kid: kid.to_owned(), rsa: parsed.to_public_key() };
        let secret = parsed.to_pkcs1_der().map_err(|_| KeyError::Unmade)?;
        Ok(Self { public, secret: EncodingKey::from_rsa_der(secret.as_bytes()) })
    }

    /// Signs `payload` as an event token.
    pub(crate) fn sign(&self, payload: &Value) -> Result<String, KeyError> {
        let mut header = Header::new(Algorithm::PS512);
        header.typ = Some(TYP.to_owned());
        header.kid = Some(self.public.kid.clone());
        Ok(jsonwebtoken::encode(&header, payload, &self.secret)?)
    }
}

/// The payload of `token` if one of `keys` signed it.
pub(crate) fn verify(token: &str, keys: &BTreeMap<String, PublicKey>) -> Result<Value, Forged> {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, payload, signature] = parts.as_slice() else { return Err(Forged::Shape) };
    let read = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| Forged::Shape);
    let json =
        |part: &str| serde_json::from_slice::<Value>(&read(part)?).map_err(|_| Forged::Shape);
    let fields = json(header)?;
    if fields["alg"] != "PS512" {
        return Err(Forged::Algorithm);
    }
    if fields["typ"] != TYP {
        return Err(Forged::Type);
    }
    let key = fields["kid"].as_str().and_then(|kid| keys.get(kid)).ok_or(Forged::Key)?;
    let signed = format!("{header}.{payload}");
    key.rsa
        .pss_verify::<Sha512>(signed.as_bytes(), &read(signature)?)
        .map_err(|_| Forged::Signature)?;
    json(payload)
}
