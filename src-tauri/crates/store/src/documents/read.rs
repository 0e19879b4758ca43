//! Reading a document, believing nothing.

use std::{
    fmt,
    io::{self, Read},
    ops::Range,
};

use kontor_domain::DocumentHash;
use sha2::{Digest, Sha256};

use super::{
    DocumentError,
    envelope::{self, Envelope, HEADER_BYTES, Layout, SEGMENT_BYTES},
};
use crate::{disk::DiskReader, key::DataKey};

/// A document open for reading.
///
/// As [`Read`] it yields the whole document once; the last bytes come only if all bytes together
/// hash to the document's name, otherwise an error ([`DocumentError::Damaged`] inside an
/// [`io::Error`]). [`read_range`](Self::read_range) does not disturb that.
pub struct DocumentReader {
    file: Box<dyn DiskReader>,
    hash: DocumentHash,
    envelope: Envelope,
    layout: Layout,
    /// Number of the segment to be read next by [`Read`].
    next: u64,
    segment: Vec<u8>,
    /// How much of `segment` has been handed out.
    handed_out: usize,
    digest: Sha256,
}

impl DocumentReader {
    pub(super) fn open(
        file: Box<dyn DiskReader>,
        hash: DocumentHash,
        key: &DataKey,
    ) -> Result<Self, DocumentError> {
        let damaged = |detail| DocumentError::Damaged { hash, detail };
        let layout = Layout::of_file(file.len()?).ok_or(damaged("impossible length"))?;
        let mut header = [0; HEADER_BYTES];
        file.read_exact_at(&mut header, 0)?;
        let salt = envelope::salt_of(&header).ok_or(damaged("unknown format"))?;
        let reader = Self {
            file,
            hash,
            envelope: Envelope::new(key, &salt),
            layout,
            next: 0,
            segment: Vec::new(),
            handed_out: 0,
            digest: Sha256::new(),
        };
        // The last segment proves length and name; without it a cut file would look whole.
        reader.load(layout.segments - 1, &mut Vec::new())?;
        Ok(reader)
    }

    /// Size of the document in bytes.
    pub fn size_bytes(&self) -> u64 {
        self.layout.plain_bytes
    }

    /// The document's name.
    pub fn hash(&self) -> DocumentHash {
        self.hash
    }

    /// Reads bytes `range` of the document.
    ///
    /// # Errors
    /// [`DocumentError::OutOfRange`] if not all of them exist, [`DocumentError::Damaged`].
    pub fn read_range(&self, range: Range<u64>) -> Result<Vec<u8>, DocumentError> {
        let size_bytes = self.layout.plain_bytes;
        if range.start > range.end || range.end > size_bytes {
            return Err(DocumentError::OutOfRange { size_bytes });
        }
        let Ok(length) = usize::try_from(range.end - range.start) else {
            return Err(DocumentError::OutOfRange { size_bytes });
        };
        let mut bytes = Vec::with_capacity(length);
        let mut segment = Vec::new();
        while bytes.len() < length {
            let at = range.start + bytes.len() as u64;
            self.load(at / SEGMENT_BYTES as u64, &mut segment)?;
            let skipped = usize::try_from(at % SEGMENT_BYTES as u64).unwrap_or(SEGMENT_BYTES);
            let part = segment.get(skipped..).unwrap_or_default();
            bytes.extend(part.iter().take(length - bytes.len()));
        }
        Ok(bytes)
    }

    /// Reads, checks and decrypts one segment.
    fn load(&self, number: u64, segment: &mut Vec<u8>) -> Result<(), DocumentError> {
        let damaged = |detail| DocumentError::Damaged { hash: self.hash, detail };
        let (offset, length) = self.layout.segment(number);
        segment.resize(length, 0);
        match self.file.read_exact_at(segment, offset) {
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                return Err(damaged("ends too early"));
            }
            read => read?,
        }
        let place = self.layout.place(number, self.hash);
        self.envelope.unseal(segment, place).map_err(|_| damaged("a segment is not genuine"))
    }

    /// Makes the next segment ready to be handed out; the last one only if all of it is right.
    fn advance(&mut self) -> Result<(), DocumentError> {
        let mut segment = std::mem::take(&mut self.segment);
        self.handed_out = 0;
        self.load(self.next, &mut segment)?;
        let mut digest = self.digest.clone();
        digest.update(&segment);
        if self.next + 1 == self.layout.segments {
            let actual = <[u8; 32]>::from(digest.clone().finalize());
            if &actual != self.hash.as_bytes() {
                let detail = "the bytes have another hash";
                return Err(DocumentError::Damaged { hash: self.hash, detail });
            }
        }
        self.digest = digest;
        self.segment = segment;
        self.next += 1;
        Ok(())
    }
}

impl Read for DocumentReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.handed_out == self.segment.len() && self.next < self.layout.segments {
            // After a failure the same segment is tried, and fails, again.
            self.advance()?;
        }
        let mut rest = self.segment.get(self.handed_out..).unwrap_or_default();
        let count = rest.read(buffer)?;
        self.handed_out += count;
        Ok(count)
    }
}

impl fmt::Debug for DocumentReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentReader")
            .field("hash", &self.hash)
            .field("layout", &self.layout)
            .finish_non_exhaustive()
    }
}
