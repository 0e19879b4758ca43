//! AES-256-GCM, decrypting piece by piece (NIST SP 800-38D § 7.2).
//!
//! The libraries open a message only as a whole, and an Anlage may have 500 MB. So the same parts they
//! are made of, `aes`, `ctr` and `ghash`, are put together here. Whoever takes pieces out must treat
//! them as a stranger's until [`Decrypting::finish`] has said yes.

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt, KeyInit, KeyIvInit, StreamCipher};
use ctr::Ctr32BE;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

pub(super) const KEY_BYTES: usize = 32;
pub(super) const IV_BYTES: usize = 12;
pub(super) const TAG_BYTES: usize = 16;
const BLOCK: usize = 16;

pub(super) struct Decrypting {
    keystream: Ctr32BE<Aes256>,
    hash: GHash,
    /// Ciphertext that fills no block yet.
    rest: Vec<u8>,
    mask: [u8; TAG_BYTES],
    aad_bits: u64,
    text_bits: u64,
}

impl Decrypting {
    pub(super) fn new(key: &[u8; KEY_BYTES], iv: &[u8; IV_BYTES], aad: &[u8]) -> Self {
        let cipher = Aes256::new(key.into());
        let mut hash_key = ghash::Key::default();
        cipher.encrypt_block(&mut hash_key);
        let mut hash = GHash::new(&hash_key);
        hash.update_padded(aad);
        let mut first = [0; BLOCK];
        for (byte, given) in first.iter_mut().zip(iv.iter().chain(&[0, 0, 0, 1])) {
            *byte = *given;
        }
        let mut keystream = Ctr32BE::<Aes256>::new(key.into(), &first.into());
        let mut mask = [0; TAG_BYTES];
        keystream.apply_keystream(&mut mask);
        Self {
            keystream,
            hash,
            rest: Vec::with_capacity(BLOCK),
            mask,
            aad_bits: (aad.len() as u64) * 8,
            text_bits: 0,
        }
    }

    /// Decrypts in place.
    pub(super) fn update(&mut self, text: &mut [u8]) {
        self.text_bits = self.text_bits.wrapping_add((text.len() as u64).wrapping_mul(8));
        self.absorb(text);
        self.keystream.apply_keystream(text);
    }

    fn absorb(&mut self, mut text: &[u8]) {
        if !self.rest.is_empty() {
            let missing = (BLOCK - self.rest.len()).min(text.len());
            let (head, tail) = text.split_at(missing);
            self.rest.extend_from_slice(head);
            text = tail;
            if self.rest.len() < BLOCK {
                return;
            }
            self.hash.update_padded(&self.rest);
            self.rest.clear();
        }
        let (blocks, rest) = text.split_at(text.len() - text.len() % BLOCK);
        self.hash.update_padded(blocks);
        self.rest.extend_from_slice(rest);
    }

    /// Whether everything so far is what was encrypted under this tag.
    pub(super) fn finish(mut self, tag: &[u8; TAG_BYTES]) -> bool {
        self.hash.update_padded(&self.rest);
        let mut lengths = [0; BLOCK];
        let (aad, text) = lengths.split_at_mut(BLOCK / 2);
        aad.copy_from_slice(&self.aad_bits.to_be_bytes());
        text.copy_from_slice(&self.text_bits.to_be_bytes());
        self.hash.update_padded(&lengths);
        let mut expected = self.hash.finalize();
        for (byte, mask) in expected.iter_mut().zip(self.mask) {
            *byte ^= mask;
        }
        aws_lc_rs::constant_time::verify_slices_are_equal(&expected, tag).is_ok()
    }
}
