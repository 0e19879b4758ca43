//! Private keys lie in the database, and nobody can use them who has only the database.

use kontor_fit_connect::key::KeyState;
use kontor_zentrale::einreichung::{KeyStore, KeyStoreError};

use super::office::{ENCRYPTION, KREIS, Office, SIGNATURE};
use super::zustelldienst::POINT;

async fn stored(office: &Office, store: &KeyStore, state: KeyState) {
    let (storage, world) = (office.zentrale.storage(), office.zentrale.world());
    for (key, state) in [(&**ENCRYPTION, state), (&**SIGNATURE, KeyState::Current)] {
        store.put((storage, world), KREIS, POINT, (key, state)).await.unwrap();
    }
}

#[tokio::test]
async fn keys_come_back_with_the_right_key_encryption_key_only() {
    let office = Office::new().await;
    let store = KeyStore::new(&[1; 32]).unwrap();
    stored(&office, &store, KeyState::Current).await;
    let storage = office.zentrale.storage();
    let rings = store.rings(storage, KREIS).await.unwrap();
    assert!(rings[&POINT].decrypting(ENCRYPTION.kid()).is_some());
    assert_eq!(rings[&POINT].signing().public_jwk(), SIGNATURE.public_jwk());

    let other = KeyStore::new(&[2; 32]).unwrap();
    assert!(matches!(other.rings(storage, KREIS).await, Err(KeyStoreError::Sealed)));
    let pkcs8 = ENCRYPTION.to_pkcs8().unwrap();
    for row in storage.schluessel(KREIS).await.unwrap() {
        assert!(!row.sealed.windows(64).any(|window| pkcs8.windows(64).any(|it| it == window)));
    }
}

#[tokio::test]
async fn a_retired_key_opens_nothing() {
    let office = Office::new().await;
    let store = KeyStore::new(&[1; 32]).unwrap();
    stored(&office, &store, KeyState::Current).await;
    stored(&office, &store, KeyState::Retired).await;
    let rings = store.rings(office.zentrale.storage(), KREIS).await.unwrap();
    assert!(rings[&POINT].decrypting(ENCRYPTION.kid()).is_none());
}
