//! Why the disk refuses.

use std::io;

/// What an operation on the simulated disk can answer instead of success.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum Fault {
    #[error("the simulated machine is down")]
    Dead,
    #[error("simulated I/O error")]
    Io,
    #[error("the simulated disk is full")]
    Full,
    #[error("the simulated disk is read-only")]
    ReadOnly,
    #[error("no such file on the simulated disk")]
    NotFound,
    #[error("the name is taken on the simulated disk")]
    Exists,
}

impl From<Fault> for io::Error {
    fn from(fault: Fault) -> Self {
        let kind = match fault {
            Fault::Dead | Fault::Io => io::ErrorKind::Other,
            Fault::Full => io::ErrorKind::StorageFull,
            Fault::ReadOnly => io::ErrorKind::ReadOnlyFilesystem,
            Fault::NotFound => io::ErrorKind::NotFound,
            Fault::Exists => io::ErrorKind::AlreadyExists,
        };
        Self::new(kind, fault)
    }
}
