//! Tokens of devices: for the embedded Zentrale and for workstations without identity provider.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kontor_domain::PersonId;
use sha2::{Digest, Sha256};

use super::{Caller, akteur, person};
use crate::storage::{DeviceRow, Storage, StorageError};
use crate::world::{World, random};

/// Tells a device token from everything else, for readers and for scanners of leaked secrets.
const PREFIX: &str = "kontor_device_";

/// A new token with what is stored of it: only its hash, so that a stolen database signs nobody in.
#[derive(Debug)]
pub struct NewDevice {
    /// Shown once.
    pub token: String,
    /// What is stored.
    pub row: DeviceRow,
}

/// Makes a token of 256 random bits for a person's device.
pub fn issue(world: &dyn World, person: PersonId, name: String) -> NewDevice {
    let token = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(random::<32>(world)));
    let row = DeviceRow { token_hash: token_hash(&token), person, name, added: world.now() };
    NewDevice { token, row }
}

/// SHA-256 over the token's text. Fast on purpose: 256 random bits cannot be guessed.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

pub(super) fn is_device_token(token: &str) -> bool {
    token.starts_with(PREFIX)
}

/// Whose device it is, with the rights that person has now.
pub(super) async fn caller(
    storage: &dyn Storage,
    token: &str,
) -> Result<Option<Caller>, StorageError> {
    let Some((mandant, device)) = storage.device(token_hash(token)).await? else {
        return Ok(None);
    };
    let found = person(storage, mandant, device.person).await?;
    Ok(found.and_then(akteur).map(|akteur| Caller { mandant, akteur }))
}
