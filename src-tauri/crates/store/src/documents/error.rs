//! Why a document is not stored or not read.

use std::io;

use kontor_domain::DocumentHash;

/// What can go wrong with documents. Names are hashes; no message shows what a document says.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// There is no document of this name here.
    #[error("document {hash} is not here")]
    NotFound {
        /// The name asked for.
        hash: DocumentHash,
    },
    /// What lies under this name cannot be proven to be the document.
    #[error("document {hash} is damaged: {detail}")]
    Damaged {
        /// The name asked for.
        hash: DocumentHash,
        /// What does not fit, in technical words.
        detail: &'static str,
    },
    /// The source yields more than was allowed.
    #[error("the document is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The limit given.
        limit_bytes: u64,
    },
    /// The source yields another document than the one expected.
    #[error("expected document {expected}, got {actual}")]
    OtherContent {
        /// The name it should have.
        expected: DocumentHash,
        /// The name of what came.
        actual: DocumentHash,
    },
    /// The bytes asked for are not all within the document.
    #[error("the document has {size_bytes} bytes, the range goes beyond")]
    OutOfRange {
        /// Size of the document.
        size_bytes: u64,
    },
    /// There is no room left on the disk.
    #[error("the disk is full")]
    DiskFull(#[source] io::Error),
    /// Where the bytes should come from has failed.
    #[error("reading the source failed")]
    Source(#[source] io::Error),
    /// The disk has failed.
    #[error("the disk failed")]
    Disk(#[source] io::Error),
    /// The operating system gave no random numbers.
    #[error("no random numbers")]
    Random(#[source] getrandom::Error),
}

impl From<io::Error> for DocumentError {
    /// A disk's error; or one of our own that has travelled through [`io::Read`].
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(error),
            _ => error.downcast::<Self>().unwrap_or_else(Self::Disk),
        }
    }
}

impl From<DocumentError> for io::Error {
    fn from(error: DocumentError) -> Self {
        let kind = match &error {
            DocumentError::NotFound { .. } => io::ErrorKind::NotFound,
            DocumentError::Damaged { .. } | DocumentError::OtherContent { .. } => {
                io::ErrorKind::InvalidData
            }
            DocumentError::TooLarge { .. } => io::ErrorKind::FileTooLarge,
            DocumentError::OutOfRange { .. } => io::ErrorKind::InvalidInput,
            DocumentError::Source(source) | DocumentError::Disk(source) => source.kind(),
            // Not StorageFull: taken back out of the io::Error, it would be wrapped a second time.
            DocumentError::DiskFull(_) | DocumentError::Random(_) => io::ErrorKind::Other,
        };
        Self::new(kind, error)
    }
}
