//! The PIN as it is remembered: not at all, only what Argon2id makes of it.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};

use crate::{AppError, Code};

/// Shorter ones are guessed, whatever else is done.
const CHARS_MIN: usize = 6;
/// Longer ones are no PIN.
const CHARS_MAX: usize = 200;
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;

/// As the profile's passphrase: RFC 9106, second recommended option with one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

/// What is kept of a PIN. The parameters stand with it, so that they can grow with the machines.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Factor {
    memory_kib: u32,
    passes: u32,
    salt: [u8; SALT_BYTES],
    hash: [u8; HASH_BYTES],
}

impl Factor {
    /// Of a new PIN.
    ///
    /// # Errors
    /// [`Code::PinUnfit`], [`Code::NoRandomness`], [`Code::MemoryShort`].
    pub(super) fn of(pin: &str) -> Result<Self, AppError> {
        let first = pin.chars().next();
        let varied = pin.chars().any(|c| Some(c) != first);
        if !varied || !(CHARS_MIN..=CHARS_MAX).contains(&pin.chars().count()) {
            return Err(Code::PinUnfit.into());
        }
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(|_| Code::NoRandomness)?;
        let mut factor =
            Self { memory_kib: MEMORY_KIB, passes: PASSES, salt, hash: [0; HASH_BYTES] };
        factor.hash = factor.stretch(pin)?;
        Ok(factor)
    }

    /// Whether this is it. Compared as it comes: nobody can choose what Argon2id makes of a guess.
    pub(super) fn fits(&self, pin: &str) -> Result<bool, AppError> {
        if pin.chars().count() > CHARS_MAX {
            return Ok(false);
        }
        Ok(self.stretch(pin)? == self.hash)
    }

    fn stretch(&self, pin: &str) -> Result<[u8; HASH_BYTES], AppError> {
        let unfit =
            |error: argon2::Error| AppError::new(Code::MemoryShort).because(error.to_string());
        let params =
            Params::new(self.memory_kib, self.passes, 1, Some(HASH_BYTES)).map_err(unfit)?;
        let mut hash = [0; HASH_BYTES];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(pin.as_bytes(), &self.salt, &mut hash)
            .map_err(unfit)?;
        Ok(hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_pin_fits() {
        let factor = Factor::of("271828").unwrap();
        assert!(factor.fits("271828").unwrap());
        assert!(!factor.fits("271829").unwrap());
        assert!(!factor.fits("").unwrap());
        assert!(Factor::of("271828").unwrap() != factor, "the salt is another each time");
    }

    #[test]
    fn what_is_guessed_first_is_no_pin() {
        for pin in ["", "12345", "111111", "ääääää"] {
            assert_eq!(
                Factor::of(pin).err().map(|error| error.code),
                Some(Code::PinUnfit),
                "{pin}"
            );
        }
        assert!(Factor::of("grüne Tür").is_ok());
    }
}
