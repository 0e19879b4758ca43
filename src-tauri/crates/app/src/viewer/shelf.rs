//! The documents that are open, the last few.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use kontor_documents::{
    Documents, Kind, Limits, OpenDocument, Program, ProgramMissing, Source, Trouble,
};
use kontor_domain::DocumentHash;
use kontor_store::documents::{DocumentError, DocumentReader};

use super::problem::Problem;
use crate::Office;

/// How many stay open: the one that is read, the ones it is compared with.
const OPEN_MAX: usize = 3;

#[derive(Debug)]
pub(super) struct Shelf {
    documents: Result<Documents, ProgramMissing>,
    /// Most recently used first.
    open: Mutex<Vec<(DocumentHash, Arc<OpenDocument>)>>,
}

impl Shelf {
    pub(super) fn new(program: Result<Program, ProgramMissing>) -> Self {
        let documents = program.map(|program| Documents::new(program, Limits::default()));
        Self { documents, open: Mutex::default() }
    }

    /// A document, opened if it is not open.
    pub(super) fn take(
        &self,
        office: &Office,
        hash: DocumentHash,
    ) -> Result<Arc<OpenDocument>, Problem> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let at = open.iter().position(|(found, _)| *found == hash);
        let entry = if let Some(at) = at {
            open.remove(at)
        } else {
            open.truncate(OPEN_MAX - 1);
            let source = Stored::open(office, hash)?;
            (hash, Arc::new(self.open_apart(source)?))
        };
        let document = Arc::clone(&entry.1);
        open.insert(0, entry);
        Ok(document)
    }

    /// Opens a document that nobody else shares.
    pub(super) fn open_apart(&self, source: Stored) -> Result<OpenDocument, Trouble> {
        match &self.documents {
            Ok(documents) => documents.open(source),
            Err(missing) => Err(Trouble::Unavailable { reason: missing.to_string() }),
        }
    }

    pub(super) fn forget(&self, hash: DocumentHash) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|(found, _)| *found != hash);
    }
}

/// A document in the store, decrypted range by range.
#[derive(Debug)]
pub(super) struct Stored(DocumentReader);

impl Stored {
    pub(super) fn open(office: &Office, hash: DocumentHash) -> Result<Self, DocumentError> {
        office.documents().read(hash).map(Self)
    }

    pub(super) fn kind(&mut self) -> Result<Kind, Trouble> {
        Kind::of_source(self)
    }
}

impl Source for Stored {
    fn length_bytes(&self) -> u64 {
        self.0.size_bytes()
    }

    fn read_at(&mut self, offset: u64, length: usize) -> io::Result<Vec<u8>> {
        let end = offset.checked_add(length as u64).ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(self.0.read_range(offset..end)?)
    }
}
