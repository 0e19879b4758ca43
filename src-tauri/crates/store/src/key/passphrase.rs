//! A key kept in a file, under a passphrase: for machines without a key store.
//!
//! The passphrase is stretched by Argon2id (RFC 9106, second recommended option with one lane:
//! 64 MiB, three passes; an eighth of a second in 2026) and the result encrypts the key with
//! XChaCha20-Poly1305. The parameters stand in the file, so that they can grow with the machines.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, aead::AeadInOut};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{DataKey, KEY_BYTES, KeyError, hex::HexBytes};

const TAG_BYTES: usize = 16;
const SEALED_BYTES: usize = KEY_BYTES + TAG_BYTES;

/// How often a person may try.
const TRIES_MAX: usize = 3;

/// Parameters from a file beyond these would only serve to keep the machine busy.
const MEMORY_KIB_MAX: u32 = 1024 * 1024;
const PASSES_MAX: u32 = 16;
const LANES_MAX: u32 = 16;

/// Asks a person, in words, for a passphrase. Answering `None` means they do not want to go on.
pub trait AskPassphrase {
    /// For a new profile: a passphrase to be remembered, of at least [`Passphrase::MIN_CHARS`]
    /// characters. Without it the data cannot be opened again, which the person has to be told.
    fn choose(&mut self) -> Option<Passphrase>;

    /// For an existing profile: its passphrase. `was_wrong` if the one given before did not fit.
    fn enter(&mut self, was_wrong: bool) -> Option<Passphrase>;
}

/// A passphrase as typed; wiped from memory when dropped and never printed.
#[derive(Clone)]
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// The least length of a new passphrase, in characters.
    pub const MIN_CHARS: usize = 12;

    /// Takes a passphrase as typed, including blanks.
    pub fn new(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// A key as it lies in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Sealed {
    argon2id: Stretching,
    xchacha20poly1305: Encrypted,
}

/// How the passphrase becomes a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Stretching {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: HexBytes<16>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Encrypted {
    nonce: HexBytes<24>,
    sealed: HexBytes<SEALED_BYTES>,
}

/// Has a passphrase chosen and seals the key with it.
pub(super) fn seal(key: &DataKey, ask: &mut dyn AskPassphrase) -> Result<Sealed, KeyError> {
    let passphrase = ask.choose().ok_or(KeyError::PassphraseNeeded)?;
    if passphrase.0.chars().count() < Passphrase::MIN_CHARS {
        return Err(KeyError::PassphraseTooShort { min_chars: Passphrase::MIN_CHARS });
    }
    let (mut salt, mut nonce) = ([0; 16], [0; 24]);
    getrandom::fill(&mut salt)
        .and_then(|()| getrandom::fill(&mut nonce))
        .map_err(KeyError::Random)?;
    let argon2id = Stretching { memory_kib: 64 * 1024, passes: 3, lanes: 1, salt: HexBytes(salt) };

    let cipher = argon2id.stretch(&passphrase)?;
    let mut sealed = [0; SEALED_BYTES];
    let (body, tag) = sealed.split_at_mut(KEY_BYTES);
    body.copy_from_slice(key.expose());
    let computed = cipher
        .encrypt_inout_detached(&nonce.into(), BOUND, body.into())
        .map_err(|_| KeyError::Damaged { detail: "the key does not seal" })?;
    tag.copy_from_slice(&computed);
    let xchacha20poly1305 = Encrypted { nonce: HexBytes(nonce), sealed: HexBytes(sealed) };
    Ok(Sealed { argon2id, xchacha20poly1305 })
}

/// Asks for the passphrase until it fits, three times at most.
pub(super) fn unseal(sealed: &Sealed, ask: &mut dyn AskPassphrase) -> Result<DataKey, KeyError> {
    for tried in 0..TRIES_MAX {
        let Some(passphrase) = ask.enter(tried > 0) else { return Err(KeyError::PassphraseNeeded) };
        match sealed.open(&passphrase) {
            Err(KeyError::WrongPassphrase) => {}
            settled => return settled,
        }
    }
    Err(KeyError::WrongPassphrase)
}

impl Sealed {
    fn open(&self, passphrase: &Passphrase) -> Result<DataKey, KeyError> {
        let cipher = self.argon2id.stretch(passphrase)?;
        let Encrypted { nonce, sealed } = &self.xchacha20poly1305;
        let (body, tag) = sealed.0.split_at(KEY_BYTES);
        let damaged = |_| KeyError::Damaged { detail: "a field has the wrong length" };
        let mut key = Zeroizing::new(<[u8; KEY_BYTES]>::try_from(body).map_err(damaged)?);
        let tag = <[u8; TAG_BYTES]>::try_from(tag).map_err(damaged)?;
        cipher
            .decrypt_inout_detached(&nonce.0.into(), BOUND, key.as_mut_slice().into(), &tag.into())
            .map_err(|_| KeyError::WrongPassphrase)?;
        Ok(DataKey::from_bytes(*key))
    }
}

/// What is sealed, so that nothing else sealed with the same passphrase passes for it.
const BOUND: &[u8] = b"kontor-schluessel-1";

impl Stretching {
    fn stretch(&self, passphrase: &Passphrase) -> Result<XChaCha20Poly1305, KeyError> {
        let damaged = KeyError::Damaged { detail: "impossible parameters" };
        if self.memory_kib > MEMORY_KIB_MAX || self.passes > PASSES_MAX || self.lanes > LANES_MAX {
            return Err(damaged);
        }
        let Ok(params) = Params::new(self.memory_kib, self.passes, self.lanes, Some(KEY_BYTES))
        else {
            return Err(damaged);
        };
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.0.as_bytes(), &self.salt.0, key.as_mut_slice())
            .map_err(|error| match error {
                argon2::Error::OutOfMemory => KeyError::OutOfMemory,
                _ => damaged,
            })?;
        Ok(XChaCha20Poly1305::new((&*key).into()))
    }
}
