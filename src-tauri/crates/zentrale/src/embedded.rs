//! A Zentrale inside another program, for one machine: SQLite and a folder, reachable from this
//! machine only. Nothing to set up, the same protocol.

use std::path::Path;
use std::sync::Arc;

use kontor_domain::{
    Akteur, EinheitId, Extra, Intent, Mandant, MandantId, Name, Organisationseinheit, Person,
    PersonId, Rolle,
};
use kontor_wire::{Epoch, Limits};

use crate::auth::device;
use crate::auth::oidc::Providers;
use crate::documents;
use crate::operator::{Operator, OperatorError, people};
use crate::storage::{SqliteStorage, StorageError};
use crate::world::{SystemWorld, new_id};
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
    /// The first entries of a new one.
    #[error("the new office could not be set up")]
    SetUp(#[from] OperatorError),
    /// Several people work here, and nobody said who sits in front of the program.
    #[error("nobody says who works here")]
    Nobody,
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

/// A token for `person`, or for the only one there is. In an empty Zentrale an office of one is set
/// up first.
///
/// # Errors
/// [`EmbeddedError::Nobody`] if there are several people and none was named; the database's.
pub async fn sign_in(
    zentrale: &Zentrale,
    person: Option<PersonId>,
) -> Result<String, EmbeddedError> {
    let mandanten = zentrale.storage().mandanten().await?;
    let Some(mandant) = mandanten.first().map(|mandant| mandant.id) else {
        let (mandant, person) = set_up(zentrale).await?;
        return Ok(access(zentrale, mandant, person).await?);
    };
    let person = match person {
        Some(person) => person,
        None => match people(zentrale.storage(), mandant).await?.as_slice() {
            [only] => only.id,
            _ => return Err(EmbeddedError::Nobody),
        },
    };
    Ok(access(zentrale, mandant, person).await?)
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

/// An office of one person who may do everything in it.
async fn set_up(zentrale: &Zentrale) -> Result<(MandantId, PersonId), EmbeddedError> {
    let world = zentrale.world();
    let mandant = Mandant { id: MandantId::new(new_id(world)), name: name("Meine Behörde")? };
    let einheit = Organisationseinheit {
        id: EinheitId::new(new_id(world)),
        name: name("Mein Sachgebiet")?,
        uebergeordnet: None,
        land: None,
        extra: Extra::default(),
    };
    let akteur = Akteur {
        person: PersonId::new(new_id(world)),
        rollen: [Rolle::Administration, Rolle::Leitung, Rolle::Poststelle, Rolle::Sachbearbeitung]
            .into(),
        einheiten: [einheit.id].into(),
    };
    let person = Person {
        id: akteur.person,
        name: name("Ich")?,
        einheiten: akteur.einheiten.clone(),
        rollen: akteur.rollen.clone(),
        aktiv: true,
        extra: Extra::default(),
    };
    zentrale.storage().create_mandant(&mandant, Epoch(new_id(world))).await?;
    let mut operator = Operator::with_rights(zentrale, mandant.id, akteur.clone());
    operator.enter(Intent::RecordEinheit(einheit)).await?;
    operator.enter(Intent::RecordPerson(person)).await?;
    Ok((mandant.id, akteur.person))
}

fn name(text: &str) -> Result<Name, StorageError> {
    text.parse().map_err(|_| StorageError::Damaged("a name of the program's own"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_office_of_one_is_set_up_once_and_keeps_its_person() {
        let folder = tempfile::tempdir().unwrap();
        let first = open(folder.path()).unwrap();
        let old = sign_in(&first, None).await.unwrap();
        let again = open(folder.path()).unwrap();
        let new = sign_in(&again, None).await.unwrap();
        let storage = again.storage();
        let mandanten = storage.mandanten().await.unwrap();
        assert_eq!(mandanten.len(), 1);
        assert_eq!(people(storage, mandanten[0].id).await.unwrap().len(), 1);
        // The last token is no longer good, so that none has to be kept.
        assert!(storage.device(device::token_hash(&old)).await.unwrap().is_none());
        assert!(storage.device(device::token_hash(&new)).await.unwrap().is_some());
    }

    #[tokio::test]
    async fn among_several_people_somebody_has_to_be_named() {
        let folder = tempfile::tempdir().unwrap();
        let zentrale = open(folder.path()).unwrap();
        let demo = crate::demo::load(&zentrale).await.unwrap();
        assert!(matches!(sign_in(&zentrale, None).await, Err(EmbeddedError::Nobody)));
        assert!(sign_in(&zentrale, Some(demo.personen["anna"])).await.is_ok());
    }
}
