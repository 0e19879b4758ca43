//! All keys of one Zustellpunkt that are in use.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::jwk::{KeyUse, Kid};
use crate::key::PrivateKey;

/// Several keys to decrypt with, because Einreichungen to an old key are still on their way, and one
/// to sign with.
#[derive(Debug, Clone)]
pub struct KeyRing {
    decrypting: BTreeMap<Kid, Arc<PrivateKey>>,
    signing: Arc<PrivateKey>,
}

impl KeyRing {
    /// Puts keys together; `None` if one is not for what it is given for.
    pub fn new(
        decrypting: impl IntoIterator<Item = Arc<PrivateKey>>,
        signing: Arc<PrivateKey>,
    ) -> Option<Self> {
        let decrypting: BTreeMap<_, _> =
            decrypting.into_iter().map(|key| (key.kid().clone(), key)).collect();
        let fit = signing.key_use() == KeyUse::Signature
            && decrypting.values().all(|key| key.key_use() == KeyUse::Encryption);
        fit.then_some(Self { decrypting, signing })
    }

    /// The key to decrypt with that has this name.
    pub fn decrypting(&self, kid: &Kid) -> Option<&PrivateKey> {
        self.decrypting.get(kid).map(|key| &**key)
    }

    /// The key our events are signed with.
    pub fn signing(&self) -> &PrivateKey {
        &self.signing
    }
}
