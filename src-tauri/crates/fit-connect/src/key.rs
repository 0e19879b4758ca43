//! Our own keys. Private numbers stay in here; only what is made with them gets out.

mod ring;
mod rollover;

use std::fmt;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{
    KeyPair, KeySize, OAEP_SHA256_MGF1SHA256, OaepPrivateDecryptingKey, PrivateDecryptingKey,
};
use aws_lc_rs::signature::{KeyPair as _, RSA_PSS_SHA512};
use zeroize::Zeroizing;

use crate::jwk::{KeyUse, Kid, PublicJwk};

pub use ring::KeyRing;
pub use rollover::{KeyState, KeyStep, NoSuchStep, rollover};

/// A private key of ours for one use.
pub struct PrivateKey {
    public: PublicJwk,
    pair: KeyPair,
    /// The same key, ready to unwrap; only where it is for that.
    unwrapping: Option<OaepPrivateDecryptingKey>,
}

/// A private key could not be made or read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The system gave no randomness, or the library refused.
    #[error("the key could not be generated")]
    Generation,
    /// The bytes are no RSA key of the right size.
    #[error("the stored key is not a usable RSA key")]
    Unreadable,
}

impl PrivateKey {
    /// Makes a new one: RSA, 4096 bits. Takes a second or several.
    pub fn generate(kid: Kid, key_use: KeyUse) -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa4096).map_err(|_| KeyError::Generation)?;
        Self::from_pair(kid, key_use, pair)
    }

    /// Reads one that [`Self::to_pkcs8`] wrote.
    pub fn from_pkcs8(kid: Kid, key_use: KeyUse, pkcs8: &[u8]) -> Result<Self, KeyError> {
        let pair = KeyPair::from_pkcs8(pkcs8).map_err(|_| KeyError::Unreadable)?;
        Self::from_pair(kid, key_use, pair)
    }

    fn from_pair(kid: Kid, key_use: KeyUse, pair: KeyPair) -> Result<Self, KeyError> {
        let modulus = pair.public_key().modulus().big_endian_without_leading_zero().to_vec();
        let exponent = pair.public_key().exponent().big_endian_without_leading_zero().to_vec();
        let public = PublicJwk::new(kid, key_use, modulus).map_err(|_| KeyError::Unreadable)?;
        if exponent != [1, 0, 1] {
            return Err(KeyError::Unreadable);
        }
        let unwrapping = match key_use {
            KeyUse::Signature => None,
            KeyUse::Encryption => Some(unwrapping(&pair).ok_or(KeyError::Unreadable)?),
        };
        Ok(Self { public, pair, unwrapping })
    }

    /// The bytes to keep, encrypted, and to give to nobody (PKCS #8, DER).
    pub fn to_pkcs8(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        let der = self.pair.as_der().map_err(|_| KeyError::Unreadable)?;
        Ok(Zeroizing::new(der.as_ref().to_vec()))
    }

    /// What everybody may know of it.
    pub fn public_jwk(&self) -> PublicJwk {
        self.public.clone()
    }

    /// Its name.
    pub fn kid(&self) -> &Kid {
        self.public.kid()
    }

    /// What it is for.
    pub fn key_use(&self) -> KeyUse {
        self.public.key_use()
    }

    /// `PS512` over `message`, unless the key is for encryption.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        if self.key_use() != KeyUse::Signature {
            return None;
        }
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair.sign(&RSA_PSS_SHA512, &SystemRandom::new(), message, &mut signature).ok()?;
        Some(signature)
    }

    /// Unwraps a content key, unless the key is for signing. Says nothing about why it failed:
    /// padding errors are nobody's business.
    pub(crate) fn unwrap_key(&self, wrapped: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let key = self.unwrapping.as_ref()?;
        let mut room = Zeroizing::new(vec![0; key.min_output_size()]);
        let content_key =
            key.decrypt(&OAEP_SHA256_MGF1SHA256, wrapped, &mut room, None).ok()?.to_vec();
        Some(Zeroizing::new(content_key))
    }
}

fn unwrapping(pair: &KeyPair) -> Option<OaepPrivateDecryptingKey> {
    let der = pair.as_der().ok()?;
    let key = PrivateDecryptingKey::from_pkcs8(der.as_ref()).ok()?;
    OaepPrivateDecryptingKey::new(key).ok()
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey").field("kid", self.kid()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::{encryption_key, signature_key};

    #[test]
    fn a_key_survives_being_stored() {
        let key = encryption_key();
        let pkcs8 = key.to_pkcs8().unwrap();
        let again = PrivateKey::from_pkcs8(key.kid().clone(), KeyUse::Encryption, &pkcs8).unwrap();
        assert_eq!(again.public_jwk(), key.public_jwk());
        assert_eq!(
            PrivateKey::from_pkcs8(key.kid().clone(), KeyUse::Encryption, b"nonsense").err(),
            Some(KeyError::Unreadable)
        );
    }

    #[test]
    fn no_key_does_both() {
        assert_eq!(encryption_key().sign(b"x"), None);
        assert!(signature_key().unwrap_key(&[0; 512]).is_none());
    }

    #[test]
    fn nothing_private_is_printed() {
        let shown = format!("{:?}", encryption_key());
        assert!(shown.len() < 80, "{shown}");
    }
}
