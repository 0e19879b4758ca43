//! A Zentrale inside another program, for one machine: SQLite and a folder, reachable from this
//! machine only. Nothing to set up, the same protocol.

use std::path::Path;
use std::sync::Arc;

use kontor_domain::{MandantId, PersonId};
use kontor_wire::Limits;

use crate::auth::device;
use crate::auth::oidc::Providers;
use crate::documents;
use crate::storage::{SqliteStorage, StorageError};
use crate::world::SystemWorld;
use crate::{Parts, Places, Zentrale};

/// The device of whoever sits in front of the program.
const DEVICE: &str = "Dieser Rechner";

/// Why there is no embedded Zentrale.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The folder of the documents.
    #[error("the folder of the documents cannot be used")]
    Documents(#[from] object_store::Error),
}

/// Opens the Zentrale in `folder`; a new one is set up empty.
///
/// # Errors
/// [`EmbeddedError`], if the folder cannot be used or what lies there is damaged.
pub fn open(folder: &Path) -> Result<Zentrale, EmbeddedError> {
    std::fs::create_dir_all(folder).map_err(|error| StorageError::Unavailable(error.into()))?;
    Ok(Zentrale::new(Parts {
        storage: Arc::new(SqliteStorage::open(&folder.join("zentrale.db"), None)?),
        documents: documents::folder(&folder.join("documents"))?,
        world: Arc::new(SystemWorld),
        providers: Providers::default(),
        limits: Limits::default(),
        places: Places::default(),
    }))
}

/// A new token for whoever sits here. The last one is no longer good, so none has to be kept.
///
/// # Errors
/// The database's.
pub async fn access(
    zentrale: &Zentrale,
    mandant: MandantId,
    person: PersonId,
) -> Result<String, StorageError> {
    let storage = zentrale.storage();
    for device in storage.devices(mandant).await? {
        if device.name == DEVICE && device.person == person {
            storage.revoke_device(mandant, device.token_hash).await?;
        }
    }
    let device = device::issue(zentrale.world(), person, DEVICE.to_owned());
    storage.add_device(mandant, &device.row).await?;
    Ok(device.token)
}
