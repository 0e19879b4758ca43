//! How a document lies in its file.
//!
//! ```text
//! "KONTORD1" · 32 bytes salt · segment 0 · … · segment n−1
//! segment = AES-256-GCM(64 KiB of plain bytes, the last one fewer) · 16 bytes tag
//! ```
//!
//! The construction is STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015): the nonce is the
//! segment's number and whether it is the last, so that cutting off, swapping and joining are
//! found as surely as a flipped bit. Each file has its own key, derived with its salt; hence
//! counting nonces never repeat under one key. The last segment is bound to the document's name,
//! so that one document's file under another's name does not open either.
//! There is always a last segment; only that of an empty document is empty.

use aes_gcm::{
    Aes256Gcm, KeyInit,
    aead::{AeadInOut, Nonce},
};
use kontor_domain::DocumentHash;

use crate::key::{DataKey, Purpose};

/// Plain bytes of a whole segment.
pub(super) const SEGMENT_BYTES: usize = 64 * 1024;
pub(super) const TAG_BYTES: usize = 16;
pub(super) const SALT_BYTES: usize = 32;
pub(super) const HEADER_BYTES: usize = MAGIC.len() + SALT_BYTES;
/// Names the format and its version; another version gets another last digit.
const MAGIC: [u8; 8] = *b"KONTORD1";

/// The file's key, ready for use.
pub(super) struct Envelope(Aes256Gcm);

/// Where a segment stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Place {
    /// One after which others follow.
    Inner(u64),
    /// The last one, of the document of this name.
    Last(u64, DocumentHash),
}

/// The segment is not the one that was written there.
#[derive(Debug)]
pub(super) struct Forged;

impl Envelope {
    pub(super) fn new(key: &DataKey, salt: &[u8; SALT_BYTES]) -> Self {
        let file_key = key.derive(Purpose::Document, salt);
        Self(Aes256Gcm::new((&*file_key).into()))
    }

    /// Encrypts a segment in place and appends its tag.
    pub(super) fn seal(&self, segment: &mut Vec<u8>, place: Place) -> Result<(), Forged> {
        let (nonce, bound) = place.nonce();
        self.0.encrypt_in_place(&nonce, bound_bytes(bound.as_ref()), segment).map_err(|_| Forged)
    }

    /// Checks and decrypts a segment in place and takes off its tag.
    pub(super) fn unseal(&self, segment: &mut Vec<u8>, place: Place) -> Result<(), Forged> {
        let (nonce, bound) = place.nonce();
        self.0.decrypt_in_place(&nonce, bound_bytes(bound.as_ref()), segment).map_err(|_| Forged)
    }
}

impl Place {
    /// Three zeros, whether it is the last, its number; and the name the last one is bound to.
    fn nonce(self) -> (Nonce<Aes256Gcm>, Option<DocumentHash>) {
        let (number, bound) = match self {
            Self::Inner(number) => (number, None),
            Self::Last(number, hash) => (number, Some(hash)),
        };
        let last = u128::from(bound.is_some()) << 64;
        let [_, _, _, _, nonce @ ..] = (last | u128::from(number)).to_be_bytes();
        (nonce.into(), bound)
    }
}

fn bound_bytes(bound: Option<&DocumentHash>) -> &[u8] {
    bound.map_or(&[], |hash| hash.as_bytes())
}

/// The beginning of a file with this salt.
pub(super) fn header(salt: &[u8; SALT_BYTES]) -> [u8; HEADER_BYTES] {
    let mut header = [0; HEADER_BYTES];
    for (to, from) in header.iter_mut().zip(MAGIC.iter().chain(salt)) {
        *to = *from;
    }
    header
}

/// The salt in a file's beginning; none if the file is of another format.
pub(super) fn salt_of(header: &[u8; HEADER_BYTES]) -> Option<[u8; SALT_BYTES]> {
    header.strip_prefix(&MAGIC)?.try_into().ok()
}

/// What a file's length says about the document in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    /// Number of segments, at least one.
    pub(super) segments: u64,
    /// Size of the document in bytes.
    pub(super) plain_bytes: u64,
}

impl Layout {
    /// None if no document makes a file of this length.
    pub(super) fn of_file(file_bytes: u64) -> Option<Self> {
        let sealed = file_bytes.checked_sub(HEADER_BYTES as u64)?;
        let segments = sealed.div_ceil(SEALED_BYTES);
        let plain_bytes = sealed.checked_sub(segments * TAG_BYTES as u64)?;
        let last = sealed % SEALED_BYTES;
        let last_is_empty = last == TAG_BYTES as u64;
        let last_is_cut = last != 0 && last < TAG_BYTES as u64;
        let fits = segments > 0 && !last_is_cut && (!last_is_empty || segments == 1);
        fits.then_some(Self { segments, plain_bytes })
    }

    /// Where a segment begins in the file, and its length there.
    pub(super) fn segment(self, number: u64) -> (u64, usize) {
        let begin = number * SEGMENT_BYTES as u64;
        let plain = self.plain_bytes.saturating_sub(begin).min(SEGMENT_BYTES as u64);
        let plain = usize::try_from(plain).unwrap_or(SEGMENT_BYTES);
        (HEADER_BYTES as u64 + number * SEALED_BYTES, plain + TAG_BYTES)
    }

    pub(super) fn place(self, number: u64, hash: DocumentHash) -> Place {
        if number + 1 == self.segments { Place::Last(number, hash) } else { Place::Inner(number) }
    }
}

/// A whole segment in the file.
const SEALED_BYTES: u64 = (SEGMENT_BYTES + TAG_BYTES) as u64;

#[cfg(test)]
mod tests {
    use super::*;

    fn file_bytes(plain: u64) -> u64 {
        let segments = plain.div_ceil(SEGMENT_BYTES as u64).max(1);
        HEADER_BYTES as u64 + plain + segments * TAG_BYTES as u64
    }

    #[test]
    fn the_length_of_a_file_tells_the_size_of_the_document() {
        let whole = SEGMENT_BYTES as u64;
        for plain in [0, 1, 15, 16, 17, whole - 1, whole, whole + 1, 3 * whole, 3 * whole + 5] {
            let layout = Layout::of_file(file_bytes(plain)).unwrap();
            assert_eq!(layout.plain_bytes, plain);
            assert_eq!(layout.segments, plain.div_ceil(whole).max(1));
        }
    }

    #[test]
    fn lengths_no_document_has_are_refused() {
        let whole = file_bytes(SEGMENT_BYTES as u64);
        for length in [0, 8, 40, 41, 55, whole + 1, whole + 15, whole + 16] {
            assert_eq!(Layout::of_file(length), None, "{length}");
        }
        assert!(Layout::of_file(56).is_some());
        assert!(Layout::of_file(whole + 17).is_some());
    }
}
