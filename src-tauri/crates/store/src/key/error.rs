//! Why there is no key.

use std::io;

/// Each case asks for something different to be done, so each has its own name.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// This machine has no key store, or none that answers.
    #[error("there is no key store on this machine")]
    NoKeyStore(#[source] keyring_core::Error),
    /// The key store is there and locked, and was not unlocked when it asked.
    #[error("the key store is locked")]
    KeyStoreLocked(#[source] keyring_core::Error),
    /// The key store failed in another way.
    #[error("the key store failed")]
    KeyStoreFailed(#[source] keyring_core::Error),
    /// The key store has broken off while it was asked.
    #[error("the key store broke off")]
    KeyStoreBrokeOff,
    /// The profile has data, and the file that says where its key is kept is gone.
    #[error("the profile has data but its key file is missing")]
    FileMissing,
    /// The key store no longer has the key of this profile: another user, another machine, or deleted.
    #[error("the key store has no key named {name}")]
    KeyMissing {
        /// Name of the key in the key store.
        name: String,
    },
    /// No passphrase was given.
    #[error("a passphrase is needed")]
    PassphraseNeeded,
    /// The passphrase chosen is too short to protect anything.
    #[error("the passphrase has fewer than {min_chars} characters")]
    PassphraseTooShort {
        /// The least number of characters.
        min_chars: usize,
    },
    /// The passphrase is not the one the key was sealed with.
    #[error("wrong passphrase")]
    WrongPassphrase,
    /// The key file, or what the key store holds, is not as it was written.
    #[error("the key file is damaged: {detail}")]
    Damaged {
        /// What does not fit, in technical words.
        detail: &'static str,
    },
    /// A newer program has written the key file.
    #[error("the key file has version {found}, this program knows {known}")]
    TooNew {
        /// Version of the file.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// There is not enough memory to try the passphrase.
    #[error("not enough memory to derive a key from the passphrase")]
    OutOfMemory,
    /// The key file cannot be read or written.
    #[error("the key file cannot be read or written")]
    Io(#[from] io::Error),
    /// The operating system gave no random numbers.
    #[error("no random numbers")]
    Random(#[source] getrandom::Error),
}
