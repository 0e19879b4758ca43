//! A key kept by the operating system.

use std::{collections::HashMap, sync::Arc, thread};

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::Zeroizing;

use super::{DataKey, KEY_BYTES, KeyError};

/// Under which our keys are listed where users can see them.
const SERVICE: &str = "Kontor";

/// The key store of the operating system: Secret Service on Linux, Credential Manager on Windows.
#[derive(Debug)]
pub(super) struct KeyStore {
    store: Arc<CredentialStore>,
    modifiers: HashMap<&'static str, &'static str>,
}

impl KeyStore {
    /// Reaches for the key store.
    pub(super) fn of_this_machine() -> Result<Self, KeyError> {
        apart(|| {
            let store = system_store().map_err(KeyError::NoKeyStore)?;
            Ok(Self { store, modifiers: system_modifiers() })
        })
    }

    #[cfg(test)]
    pub(super) fn of_test(store: Arc<CredentialStore>) -> Self {
        Self { store, modifiers: HashMap::new() }
    }

    /// Has a new key kept; returns its name.
    pub(super) fn keep(&self, key: &DataKey) -> Result<String, KeyError> {
        let mut id = [0; 8];
        getrandom::fill(&mut id).map_err(KeyError::Random)?;
        let name = format!("profil-{:016x}", u64::from_be_bytes(id));
        apart(|| self.entry(&name)?.set_secret(key.expose()).map_err(explain))?;
        // Some stores take a secret and do not give it back; better to know before there is data.
        if &self.read(&name)? != key {
            return Err(KeyError::Damaged { detail: "the key store gave back another key" });
        }
        Ok(name)
    }

    /// The key of this name.
    pub(super) fn read(&self, name: &str) -> Result<DataKey, KeyError> {
        let secret = apart(|| match self.entry(name)?.get_secret() {
            Err(Error::NoEntry) => Err(KeyError::KeyMissing { name: name.to_owned() }),
            read => Ok(Zeroizing::new(read.map_err(explain)?)),
        })?;
        let bytes = <[u8; KEY_BYTES]>::try_from(secret.as_slice())
            .map_err(|_| KeyError::Damaged { detail: "the key store holds no 256-bit key" })?;
        Ok(DataKey::from_bytes(bytes))
    }

    fn entry(&self, name: &str) -> Result<Entry, KeyError> {
        self.store.build(SERVICE, name, Some(&self.modifiers)).map_err(explain)
    }
}

#[cfg(unix)]
fn system_store() -> Result<Arc<CredentialStore>, Error> {
    Ok(zbus_secret_service_keyring_store::Store::new()?)
}

#[cfg(unix)]
fn system_modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([("label", "Kontor: Schlüssel zu den Daten auf diesem Arbeitsplatz")])
}

#[cfg(windows)]
fn system_store() -> Result<Arc<CredentialStore>, Error> {
    Ok(windows_native_keyring_store::Store::new()?)
}

/// The data stay on this machine, so the key must not travel with a roaming profile.
#[cfg(windows)]
fn system_modifiers() -> HashMap<&'static str, &'static str> {
    HashMap::from([("persistence", "local")])
}

fn explain(error: Error) -> KeyError {
    match error {
        Error::NoStorageAccess(_) => KeyError::KeyStoreLocked(error),
        _ => KeyError::KeyStoreFailed(error),
    }
}

/// Runs on a thread of its own. The Secret Service is reached through a blocking D-Bus client,
/// which must not be entered from a thread that drives an async runtime; and a key store that
/// panics shall not take the caller along.
fn apart<T: Send>(step: impl FnOnce() -> Result<T, KeyError> + Send) -> Result<T, KeyError> {
    thread::scope(|scope| scope.spawn(step).join()).unwrap_or(Err(KeyError::KeyStoreBrokeOff))
}
