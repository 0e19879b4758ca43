//! Documents travel by their hash, in chunks, and go on where they stopped.

use std::io::{self, Read};
use std::sync::Arc;

use bytes::Bytes;
use kontor_domain::DocumentHash;
use kontor_store::documents::{DocumentError, DocumentStore};
use kontor_wire::ProblemCode;

use super::{Run, SyncError};
use crate::calls::{self, CallError};

impl Run<'_> {
    pub(super) async fn upload(&mut self, hash: DocumentHash) -> Result<(), SyncError> {
        self.tried.documents.insert(hash);
        if calls::missing(self.port, vec![hash]).await?.missing.contains(&hash) {
            match self.send(hash).await {
                // Its entry waits visibly; there is nothing to send.
                Err(SyncError::Documents(
                    error @ (DocumentError::NotFound { .. } | DocumentError::Damaged { .. }),
                )) => {
                    tracing::error!(%hash, %error, "a document to be sent cannot be read");
                    return Ok(());
                }
                sent => sent?,
            }
        }
        self.lock()?.work.uploaded(hash)?;
        self.report.documents += 1;
        Ok(())
    }

    /// The documents without the desk: whoever works there does not wait for a film.
    fn documents(&self) -> Result<Arc<DocumentStore>, SyncError> {
        Ok(Arc::clone(self.lock()?.documents()))
    }

    async fn send(&self, hash: DocumentHash) -> Result<(), SyncError> {
        let size_bytes = self.documents()?.size(hash)?;
        self.send_chunks(hash, size_bytes).await?;
        Ok(calls::complete(self.port, hash, size_bytes).await?)
    }

    async fn send_chunks(&self, hash: DocumentHash, size_bytes: u64) -> Result<(), SyncError> {
        let chunk_bytes = self.hello.limits.chunk_bytes.max(1);
        let there = calls::chunks(self.port, hash).await?.received;
        // An empty document has no chunk.
        let count = u32::try_from(size_bytes.div_ceil(chunk_bytes))
            .map_err(|_| SyncError::Unfit("a document of more chunks than can be counted"))?;
        for number in (0..count).filter(|number| !there.contains(number)) {
            let start = u64::from(number) * chunk_bytes;
            let end = size_bytes.min(start + chunk_bytes);
            let bytes = self.documents()?.read_range(hash, start..end)?;
            calls::put_chunk(self.port, hash, number, bytes).await?;
        }
        Ok(())
    }

    pub(super) async fn fetch(&mut self, hash: DocumentHash) -> Result<(), SyncError> {
        self.tried.documents.insert(hash);
        let documents = self.documents()?;
        let here = documents.contains(hash)?;
        if !here {
            let Some(bytes) = self.download(hash).await? else { return Ok(()) };
            let limit = self.hello.limits.document_bytes_max;
            let stored = documents.put_as(hash, &mut Pieces(bytes.into_iter()), limit);
            match stored {
                Ok(_) => self.report.documents += 1,
                // Something else than what its name says: the next run asks again.
                Err(
                    error @ (DocumentError::OtherContent { .. } | DocumentError::TooLarge { .. }),
                ) => {
                    tracing::warn!(%hash, %error, "a document came damaged");
                    return Ok(());
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.lock()?.mirror.transact(|change| Ok::<_, SyncError>(change.present(hash)?))
    }

    /// The document in pieces; `None` if the Zentrale does not have it for us (yet).
    async fn download(&self, hash: DocumentHash) -> Result<Option<Vec<Bytes>>, SyncError> {
        let chunk_bytes = self.hello.limits.chunk_bytes.max(1);
        let mut pieces = Vec::new();
        let mut have = 0;
        loop {
            let range = have..have + chunk_bytes;
            let (piece, size_bytes) = match calls::document_range(self.port, hash, range).await {
                Ok(piece) => piece,
                Err(CallError::Refused(problem)) if problem.code == ProblemCode::NotFound => {
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            };
            if size_bytes > self.hello.limits.document_bytes_max {
                return Err(SyncError::Unfit("a document beyond the announced limit"));
            }
            have += piece.len() as u64;
            let empty = piece.is_empty();
            pieces.push(piece);
            if have >= size_bytes {
                return Ok(Some(pieces));
            }
            if empty {
                return Err(SyncError::Unfit("a document that ends too early"));
            }
        }
    }
}

/// Reads pieces one after the other.
struct Pieces(std::vec::IntoIter<Bytes>);

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let Some(piece) = self.0.as_mut_slice().first_mut() else { return Ok(0) };
            if piece.is_empty() {
                self.0.next();
                continue;
            }
            let length = piece.len().min(buffer.len());
            if let Some(target) = buffer.get_mut(..length) {
                target.copy_from_slice(&piece.split_to(length));
            }
            return Ok(length);
        }
    }
}
