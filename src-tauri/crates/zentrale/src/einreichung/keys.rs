//! The private keys of Zustellpunkte, encrypted in the database with a key that is not there.

use std::collections::BTreeMap;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use kontor_domain::MandantId;
use kontor_fit_connect::ZustellpunktId;
use kontor_fit_connect::jwk::KeyUse;
use kontor_fit_connect::key::{KeyRing, KeyState, PrivateKey};
use serde::{Deserialize, Serialize};

use crate::storage::{SchluesselRow, Storage, StorageError};
use crate::world::{World, random};

/// Encrypts private keys on their way into the database and opens them on their way out.
pub struct KeyStore {
    key: LessSafeKey,
}

/// A key could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum KeyStoreError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The key-encryption key is another than the one it was stored with, or somebody changed the
    /// row.
    #[error("the stored key does not open with the configured key-encryption key")]
    Sealed,
    /// What was opened is no key.
    #[error("the stored key is not usable")]
    Unusable,
}

/// What is known of a key without opening it.
#[derive(Serialize, Deserialize)]
struct KeyRecord {
    key_use: KeyUse,
    /// How far it is.
    state: KeyState,
}

impl std::fmt::Debug for KeyStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeyStore")
    }
}

impl KeyStore {
    /// With the 32 bytes that are kept outside the database.
    pub fn new(key: &[u8; 32]) -> Result<Self, KeyStoreError> {
        let key = UnboundKey::new(&AES_256_GCM, key).map_err(|_| KeyStoreError::Sealed)?;
        Ok(Self { key: LessSafeKey::new(key) })
    }

    /// Stores a key, or a new state of one.
    pub async fn put(
        &self,
        (storage, world): (&dyn Storage, &dyn World),
        mandant: MandantId,
        zustellpunkt: ZustellpunktId,
        (key, state): (&PrivateKey, KeyState),
    ) -> Result<(), KeyStoreError> {
        let record = KeyRecord { key_use: key.key_use(), state };
        let mut sealed = key.to_pkcs8().map_err(|_| KeyStoreError::Unusable)?.to_vec();
        let nonce: [u8; NONCE_LEN] = random(world);
        let aad = aad(mandant, zustellpunkt, key.kid().as_str());
        self.key
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(aad.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| KeyStoreError::Sealed)?;
        let row = SchluesselRow {
            kid: key.kid().clone(),
            zustellpunkt,
            record: serde_json::to_string(&record).map_err(|_| KeyStoreError::Unusable)?,
            sealed: [nonce.as_slice(), &sealed].concat(),
        };
        Ok(storage.put_schluessel(mandant, &row).await?)
    }

    /// The keys of every Zustellpunkt that has one to sign with.
    pub async fn rings(
        &self,
        storage: &dyn Storage,
        mandant: MandantId,
    ) -> Result<BTreeMap<ZustellpunktId, KeyRing>, KeyStoreError> {
        let mut found: BTreeMap<ZustellpunktId, Vec<(KeyState, Arc<PrivateKey>)>> = BTreeMap::new();
        for row in storage.schluessel(mandant).await? {
            let record: KeyRecord =
                serde_json::from_str(&row.record).map_err(|_| KeyStoreError::Unusable)?;
            if record.state.decrypts() {
                let key = Arc::new(self.open(mandant, &row, record.key_use)?);
                found.entry(row.zustellpunkt).or_default().push((record.state, key));
            }
        }
        let ring = |(zustellpunkt, keys): (_, Vec<(KeyState, Arc<PrivateKey>)>)| {
            let of = |key_use| keys.iter().filter(move |(_, key)| key.key_use() == key_use);
            // Of several to sign with, the current one.
            let (_, signing) = of(KeyUse::Signature)
                .max_by_key(|(state, _)| matches!(state, KeyState::Current))?;
            let decrypting = of(KeyUse::Encryption).map(|(_, key)| Arc::clone(key));
            Some((zustellpunkt, KeyRing::new(decrypting, Arc::clone(signing))?))
        };
        Ok(found.into_iter().filter_map(ring).collect())
    }

    fn open(
        &self,
        mandant: MandantId,
        row: &SchluesselRow,
        key_use: KeyUse,
    ) -> Result<PrivateKey, KeyStoreError> {
        let (nonce, sealed) =
            row.sealed.split_first_chunk::<NONCE_LEN>().ok_or(KeyStoreError::Sealed)?;
        let mut sealed = zeroize::Zeroizing::new(sealed.to_vec());
        let aad = aad(mandant, row.zustellpunkt, row.kid.as_str());
        let pkcs8 = self
            .key
            .open_in_place(
                Nonce::assume_unique_for_key(*nonce),
                Aad::from(aad.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| KeyStoreError::Sealed)?;
        PrivateKey::from_pkcs8(row.kid.clone(), key_use, pkcs8).map_err(|_| KeyStoreError::Unusable)
    }
}

/// A sealed key fits its row only.
fn aad(mandant: MandantId, zustellpunkt: ZustellpunktId, kid: &str) -> String {
    format!("kontor key {mandant} {zustellpunkt} {kid}")
}
