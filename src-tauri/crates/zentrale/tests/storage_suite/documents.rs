//! Documents, who holds them, what refers to them; devices.

use kontor_domain::{Moment, PersonId};
use kontor_wire::{Deferral, Outcome};
use kontor_zentrale::storage::{DeviceRow, DocumentRow, StorageError};

use super::database::Database;
use super::office::{ANNA, BERND, GEWERBEAMT, KREIS, STADT, anna, desk, document, results};

fn row(number: u8) -> DocumentRow {
    DocumentRow { hash: document(number), size_bytes: 3 }
}

pub(crate) async fn a_document_belongs_to_those_who_uploaded_it(database: Database) {
    let storage = &*database.storage;
    assert_eq!(storage.document(KREIS, document(1)).await.unwrap(), None);
    storage.add_document(KREIS, ANNA, row(1)).await.unwrap();
    storage.add_document(KREIS, ANNA, row(1)).await.unwrap();
    storage.add_document(KREIS, BERND, row(2)).await.unwrap();
    assert_eq!(storage.document(KREIS, document(1)).await.unwrap(), Some(row(1)));
    let asked = [document(1), document(2), document(3)];
    let uploaded = async |person| storage.uploaded(KREIS, person, &asked).await.unwrap();
    assert_eq!(uploaded(ANNA).await, [document(1)].into());
    storage.add_document(KREIS, BERND, row(1)).await.unwrap();
    assert_eq!(uploaded(BERND).await, [document(1), document(2)].into());
    assert_eq!(uploaded(PersonId::new(uuid::Uuid::nil())).await, [].into());
    let longer = DocumentRow { size_bytes: 4, ..row(1) };
    let other_size = storage.add_document(KREIS, ANNA, longer).await;
    assert!(matches!(other_size, Err(StorageError::Damaged(_))), "{other_size:?}");
}

pub(crate) async fn a_thing_refers_to_documents(database: Database) {
    let (storage, anna, bernd) = (&*database.storage, anna(), desk(KREIS, BERND, 0x0B));
    let first = anna.opened(storage, GEWERBEAMT).await;
    let second = anna.opened(storage, GEWERBEAMT).await;
    let early = anna.request(&[anna.schriftstueck(first, document(1))]);
    let waits = Outcome::Deferred { reason: Deferral::Document };
    assert_eq!(results(&anna.send(storage, &early).await)[0].outcome, waits);
    storage.add_document(KREIS, ANNA, row(1)).await.unwrap();
    let taken = results(&anna.send(storage, &early).await);
    assert!(matches!(taken[0].outcome, Outcome::Accepted { .. }), "{taken:?}");
    // Bernd never showed that he owns these bytes.
    let foreign = bernd.enter(storage, &[bernd.schriftstueck(first, document(1))]).await;
    assert_eq!(foreign[0].outcome, waits);
    anna.enter(
        storage,
        &[anna.schriftstueck(second, document(1)), anna.schriftstueck(first, document(1))],
    )
    .await;
    let mut expected = [first.into(), second.into()];
    expected.sort();
    assert_eq!(storage.referrers(KREIS, document(1), 10).await.unwrap(), expected);
    assert_eq!(storage.referrers(KREIS, document(1), 1).await.unwrap(), expected[..1]);
    assert_eq!(storage.referrers(KREIS, document(2), 10).await.unwrap(), []);
}

pub(crate) async fn a_device_signs_in_until_it_is_revoked(database: Database) {
    let storage = &*database.storage;
    let device = |token: u8, name: &str| DeviceRow {
        token_hash: [token; 32],
        person: ANNA,
        name: name.to_owned(),
        added: Moment::from_unix_ms(i64::from(token)),
    };
    let (laptop, desktop) = (device(1, "Laptop"), device(2, "Arbeitsplatz"));
    storage.add_device(KREIS, &desktop).await.unwrap();
    storage.add_device(KREIS, &laptop).await.unwrap();
    assert_eq!(storage.device([1; 32]).await.unwrap(), Some((KREIS, laptop.clone())));
    assert_eq!(storage.device([9; 32]).await.unwrap(), None);
    assert_eq!(storage.devices(KREIS).await.unwrap(), [laptop.clone(), desktop.clone()]);
    // One token is one device, also across authorities.
    assert!(storage.add_device(KREIS, &laptop).await.is_err());
    assert!(storage.add_device(STADT, &laptop).await.is_err());
    assert!(!storage.revoke_device(STADT, [1; 32]).await.unwrap());
    assert!(storage.revoke_device(KREIS, [1; 32]).await.unwrap());
    assert!(!storage.revoke_device(KREIS, [1; 32]).await.unwrap());
    assert_eq!(storage.device([1; 32]).await.unwrap(), None);
    assert_eq!(storage.devices(KREIS).await.unwrap(), [desktop]);
}
