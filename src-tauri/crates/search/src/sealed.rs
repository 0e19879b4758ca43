//! One encrypted file: written once from front to back, read anywhere.
//!
//! ```text
//! salt (16 bytes) | block | block | … | last block       each: up to 16 KiB, then 16 bytes of tag
//! ```
//!
//! Each file has its own key, derived from the caller's key, the salt and the file's name; so a
//! block of one file opens in no other. The nonce is the number of the block and whether it is
//! the last one, so that blocks neither move nor go missing at the end.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
};

use chacha20poly1305::{
    ChaCha20Poly1305, KeyInit,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of content in every block but the last.
pub(crate) const BLOCK_BYTES: usize = 16 * 1024;
const SALT_BYTES: usize = 16;
const TAG_BYTES: usize = 16;
const SEALED_BYTES: usize = BLOCK_BYTES + TAG_BYTES;

/// The key the caller gave, wiped when dropped.
#[derive(Clone)]
pub(crate) struct Key(Zeroizing<[u8; 32]>);

impl Key {
    pub(crate) fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    fn cipher(&self, name: &str, salt: &[u8; SALT_BYTES]) -> ChaCha20Poly1305 {
        let mut key = Zeroizing::new([0; 32]);
        let info: [&[u8]; 2] = [b"kontor search file 1", name.as_bytes()];
        let expanded = Hkdf::<Sha256>::new(Some(salt), self.0.as_slice())
            .expand_multi_info(&info, key.as_mut_slice());
        debug_assert!(expanded.is_ok(), "32 bytes are within the limit of HKDF-SHA256");
        ChaCha20Poly1305::new(&(*key).into())
    }
}

/// Writes a file block by block; [`SealedWriter::finish`] writes the last block.
pub(crate) struct SealedWriter {
    file: File,
    cipher: ChaCha20Poly1305,
    block: Zeroizing<Vec<u8>>,
    blocks: u64,
}

impl SealedWriter {
    /// Begins the content of an empty file.
    pub(crate) fn begin(mut file: File, name: &str, key: &Key) -> io::Result<Self> {
        let mut salt = [0; SALT_BYTES];
        getrandom::fill(&mut salt).map_err(io::Error::other)?;
        file.write_all(&salt)?;
        let cipher = key.cipher(name, &salt);
        Ok(Self { file, cipher, block: Zeroizing::new(Vec::with_capacity(BLOCK_BYTES)), blocks: 0 })
    }

    pub(crate) fn write_all(&mut self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            // A full block is written only when more follows: the last one is marked as such.
            if self.block.len() == BLOCK_BYTES {
                self.write_block(false)?;
            }
            let room = BLOCK_BYTES - self.block.len();
            let (now, later) = bytes.split_at(room.min(bytes.len()));
            self.block.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Writes the last block and makes the file durable.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.write_block(true)?;
        self.file.sync_all()
    }

    fn write_block(&mut self, last: bool) -> io::Result<()> {
        let sealed = self
            .cipher
            .encrypt(&nonce(self.blocks, last).into(), Payload::from(self.block.as_slice()))
            .map_err(|_| io::Error::other("a block cannot be encrypted"))?;
        self.file.write_all(&sealed)?;
        self.block.clear();
        self.blocks += 1;
        Ok(())
    }
}

/// Reads a finished file.
pub(crate) struct SealedReader {
    file: std::sync::Mutex<File>,
    cipher: ChaCha20Poly1305,
    blocks: u64,
    len: usize,
}

impl SealedReader {
    pub(crate) fn open(mut file: File, name: &str, key: &Key) -> io::Result<Self> {
        let size = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        let mut salt = [0; SALT_BYTES];
        file.read_exact(&mut salt)?;
        let body = size - SALT_BYTES;
        let blocks = body.div_ceil(SEALED_BYTES);
        let len = body
            .checked_sub(blocks * TAG_BYTES)
            .filter(|_| blocks > 0)
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "the file is cut off"))?;
        let blocks = u64::try_from(blocks).map_err(io::Error::other)?;
        Ok(Self { file: file.into(), cipher: key.cipher(name, &salt), blocks, len })
    }

    /// Bytes of content.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    pub(crate) fn blocks(&self) -> u64 {
        self.blocks
    }

    /// The content of one block.
    pub(crate) fn block(&self, number: u64) -> io::Result<Vec<u8>> {
        let last = number + 1 == self.blocks;
        let mut sealed = Vec::with_capacity(SEALED_BYTES);
        {
            let mut file = self.file.lock().map_err(|_| io::Error::other("a reader broke off"))?;
            let start = SALT_BYTES as u64 + number * SEALED_BYTES as u64;
            file.seek(SeekFrom::Start(start))?;
            (&mut *file).take(SEALED_BYTES as u64).read_to_end(&mut sealed)?;
        }
        self.cipher
            .decrypt(&nonce(number, last).into(), sealed.as_slice())
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "a block is not as written"))
    }
}

fn nonce(block: u64, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    let (number, rest) = nonce.split_at_mut(8);
    number.copy_from_slice(&block.to_le_bytes());
    if let Some(mark) = rest.first_mut() {
        *mark = u8::from(last);
    }
    nonce
}
