//! What several tests of this crate use. Keys take seconds to make, so each is made once.

use std::sync::{Arc, LazyLock};

use crate::jwk::KeyUse;
use crate::key::{KeyRing, PrivateKey};

static ENCRYPTION: LazyLock<Arc<PrivateKey>> = LazyLock::new(|| {
    Arc::new(
        PrivateKey::generate("anna-entschluesselung".parse().unwrap(), KeyUse::Encryption).unwrap(),
    )
});
static SIGNATURE: LazyLock<Arc<PrivateKey>> = LazyLock::new(|| {
    Arc::new(PrivateKey::generate("anna-signatur".parse().unwrap(), KeyUse::Signature).unwrap())
});

pub(crate) fn encryption_key() -> &'static PrivateKey {
    &ENCRYPTION
}

pub(crate) fn signature_key() -> &'static PrivateKey {
    &SIGNATURE
}

pub(crate) fn ring() -> KeyRing {
    KeyRing::new([Arc::clone(&ENCRYPTION)], Arc::clone(&SIGNATURE)).unwrap()
}

/// What the Zustelldienst of the tests calls itself.
pub(crate) const SERVICE: &str = "https://zustelldienst.example";
/// The id of everything, where it does not matter whose.
pub(crate) const AGAIN: &str = "0190aaaa-0000-4000-8000-000000000001";

static SERVICE_KEY: LazyLock<PrivateKey> = LazyLock::new(|| {
    PrivateKey::generate("zustelldienst-1".parse().unwrap(), KeyUse::Signature).unwrap()
});

pub(crate) fn service_key() -> &'static PrivateKey {
    &SERVICE_KEY
}
