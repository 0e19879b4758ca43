//! The key to everything a profile stores, and where it is kept.
//!
//! A profile has one random [`DataKey`]. The file `schluessel` in its folder says who keeps it: the
//! key store of the operating system, or a passphrase under which the file itself holds it. Once
//! made, that file decides; nothing is guessed, and a key is made only for a profile without data.

use std::path::Path;

mod data_key;
mod error;
mod file;
mod hex;
mod key_store;
mod passphrase;

pub use data_key::{DataKey, KEY_BYTES};
pub(crate) use data_key::{Purpose, Subkey};
pub use error::KeyError;
pub use passphrase::{AskPassphrase, Passphrase};

use file::Custody;
use key_store::KeyStore;

/// Who is to keep the key of a new profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// The key store of the operating system if there is one, otherwise a passphrase.
    Automatic,
    /// The key store of the operating system: Windows Credential Manager, Secret Service.
    KeyStore,
    /// A file in the profile, sealed by a passphrase.
    Passphrase,
}

/// Opens the key of a profile, or makes one for a profile without data.
///
/// `source` matters only for a new profile. The caller holds the profile's lock.
///
/// # Errors
/// See [`KeyError`]; in every case the profile is left as it was.
pub fn open_or_create(
    profile_dir: &Path,
    source: KeySource,
    ask: &mut dyn AskPassphrase,
) -> Result<DataKey, KeyError> {
    open_or_create_with(profile_dir, source, ask, &KeyStore::of_this_machine)
}

/// Finds the key store only when it is needed: reaching for it may itself ask the user something.
type FindKeyStore<'a> = &'a dyn Fn() -> Result<KeyStore, KeyError>;

fn open_or_create_with(
    profile_dir: &Path,
    source: KeySource,
    ask: &mut dyn AskPassphrase,
    find_key_store: FindKeyStore<'_>,
) -> Result<DataKey, KeyError> {
    match file::read(profile_dir)? {
        Some(Custody::KeyStore { name }) => find_key_store()?.read(&name),
        Some(Custody::Passphrase(sealed)) => passphrase::unseal(&sealed, ask),
        None if has_data(profile_dir)? => Err(KeyError::FileMissing),
        None => create(profile_dir, source, ask, find_key_store),
    }
}

fn create(
    profile_dir: &Path,
    source: KeySource,
    ask: &mut dyn AskPassphrase,
    find_key_store: FindKeyStore<'_>,
) -> Result<DataKey, KeyError> {
    let key = DataKey::generate().map_err(KeyError::Random)?;
    let key_store = match source {
        KeySource::Passphrase => None,
        KeySource::KeyStore => Some(find_key_store()?),
        KeySource::Automatic => match find_key_store() {
            Err(KeyError::NoKeyStore(_)) => None,
            found => Some(found?),
        },
    };
    let custody = match key_store {
        // The key first: a file that names a key nobody has would close the profile.
        Some(key_store) => Custody::KeyStore { name: key_store.keep(&key)? },
        None => Custody::Passphrase(passphrase::seal(&key, ask)?),
    };
    file::write(profile_dir, &custody)?;
    Ok(key)
}

/// Whether there is something that only an existing key opens.
fn has_data(profile_dir: &Path) -> Result<bool, KeyError> {
    for entry in std::fs::read_dir(profile_dir)? {
        let name = entry?.file_name().to_string_lossy().to_lowercase();
        if DATA.iter().any(|data| name.starts_with(data)) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How the names of encrypted things in a profile begin, also of what `SQLite` puts beside them.
const DATA: [&str; 3] = ["work.db", "mirror.db", "dokumente"];

#[cfg(test)]
mod tests;
