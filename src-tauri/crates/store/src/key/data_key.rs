//! The one secret of a profile.

use std::fmt;

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Length of the data key and of every key derived from it, in bytes.
pub const KEY_BYTES: usize = 32;

/// A key derived for one purpose; wiped from memory when dropped.
pub(crate) type Subkey = Zeroizing<[u8; KEY_BYTES]>;

/// The random 256-bit key of a profile. Nothing is encrypted with it directly: each use has its
/// own key, derived by HKDF-SHA256 (RFC 5869) under a label, so that no two ciphers share one.
///
/// It is wiped from memory when dropped and never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct DataKey(Zeroizing<[u8; KEY_BYTES]>);

impl DataKey {
    /// Draws a new key from the operating system's random source.
    ///
    /// # Errors
    /// The random source's, on a machine that has none.
    pub fn generate() -> Result<Self, getrandom::Error> {
        let mut key = Self::from_bytes([0; KEY_BYTES]);
        getrandom::fill(key.0.as_mut_slice())?;
        Ok(key)
    }

    /// Takes over a key that was kept elsewhere.
    pub fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bare key, for those who keep it.
    pub fn expose(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }

    /// The key of the search index, whose files another crate encrypts.
    pub fn for_search(&self) -> Zeroizing<[u8; KEY_BYTES]> {
        self.derive(Purpose::Search, b"")
    }

    /// The key for one purpose. `context` sets apart several keys of the same purpose.
    pub(crate) fn derive(&self, purpose: Purpose, context: &[u8]) -> Subkey {
        let mut subkey = Zeroizing::new([0; KEY_BYTES]);
        let info: [&[u8]; 2] = [purpose.label().as_bytes(), context];
        let expanded = Hkdf::<Sha256>::new(None, self.0.as_slice())
            .expand_multi_info(&info, subkey.as_mut_slice());
        debug_assert!(expanded.is_ok(), "32 bytes are within HKDF-SHA256's limit of 8160");
        subkey
    }
}

/// What a derived key is for. Labels are part of the file formats and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Every page of `work.db` and `mirror.db`.
    Databases,
    /// One document; the context is the random salt in its file.
    Document,
    /// The search index.
    Search,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Databases => "kontor databases 1",
            Self::Document => "kontor document 1",
            Self::Search => "kontor search 1",
        }
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", DataKey::from_bytes([0x41; 32])), "DataKey(…)");
    }

    #[test]
    fn two_new_keys_differ() {
        assert_ne!(DataKey::generate().unwrap(), DataKey::generate().unwrap());
    }

    #[test]
    fn purposes_and_contexts_have_different_keys() {
        let key = DataKey::from_bytes([7; 32]);
        let databases = key.derive(Purpose::Databases, b"");
        let document = key.derive(Purpose::Document, b"");
        let other = key.derive(Purpose::Document, b"x");
        assert_ne!(databases, document);
        assert_ne!(document, other);
        assert_ne!(*databases, *key.expose());
    }

    /// Files of today must open tomorrow: computed once with another HKDF implementation.
    #[test]
    fn derivation_never_changes() {
        let key = DataKey::from_bytes([7; 32]);
        assert_eq!(
            hex(key.derive(Purpose::Databases, b"").as_slice()),
            "dad1e7b7f9dae8de6ced7ab8f384d386b35e503ef7874fd77db9fdffd0cade92"
        );
        assert_eq!(
            hex(key.derive(Purpose::Document, b"salz").as_slice()),
            "51d5e054d3836e4c4c5c0d9b2319eecb617e7de26c5728811a73046012854c69"
        );
        assert_eq!(
            hex(key.for_search().as_slice()),
            "f10828a4834fb3f9dc85d7f02a6646a92b9a1259e9431805d6d9f21c4bc22943"
        );
    }

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
    }
}
