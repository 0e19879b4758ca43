//! Documents travel by their hash, in chunks, and go on where they stopped.

use std::sync::Arc;

use kontor_domain::DocumentHash;
use kontor_store::documents::{DocumentError, DocumentStore};
use kontor_wire::ProblemCode;

use super::{Run, SyncError};
use crate::calls::{self, CallError};

/// Bytes of a document held in memory at once, however large the pieces are that the Zentrale offers.
const PIECE_BYTES_MAX: u64 = 4 << 20;

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
        if !documents.contains(hash)? {
            if !self.download(&documents, hash).await? {
                return Ok(());
            }
            self.report.documents += 1;
        }
        self.lock()?.mirror.transact(|change| Ok::<_, SyncError>(change.present(hash)?))
    }

    /// Fetches a document piece by piece, from where an earlier attempt stopped. `false` if the
    /// Zentrale does not have it for us (yet), or something else under its name.
    async fn download(
        &self,
        documents: &DocumentStore,
        hash: DocumentHash,
    ) -> Result<bool, SyncError> {
        let limit = self.hello.limits.document_bytes_max;
        let piece_bytes = self.hello.limits.chunk_bytes.clamp(1, PIECE_BYTES_MAX);
        loop {
            if documents.contains(hash)? {
                return Ok(true);
            }
            let have = documents.received(hash);
            let range = have..have + piece_bytes;
            let (piece, size_bytes) = match calls::document_range(self.port, hash, range).await {
                Ok(piece) => piece,
                Err(CallError::Refused(problem)) if problem.code == ProblemCode::NotFound => {
                    documents.forget(hash);
                    return Ok(false);
                }
                Err(error) => return Err(error.into()),
            };
            let end = have + piece.len() as u64;
            let problem = match size_bytes {
                _ if size_bytes > limit => Some("a document beyond the announced limit"),
                _ if end < size_bytes && piece.is_empty() => Some("a document that ends too early"),
                _ => None,
            };
            if let Some(problem) = problem {
                documents.forget(hash);
                return Err(SyncError::Unfit(problem));
            }
            let is_taken = documents.receive(hash, (have, &piece), limit)?;
            if is_taken && end >= size_bytes {
                break;
            }
        }
        match documents.complete(hash) {
            Ok(_) => Ok(true),
            // Something else than what its name says: the next run asks again.
            Err(error @ DocumentError::OtherContent { .. }) => {
                tracing::warn!(%hash, %error, "a document came damaged");
                Ok(false)
            }
            // Another run was faster, or a third document pushed this one out.
            Err(DocumentError::NotFound { .. }) => Ok(documents.contains(hash)?),
            Err(error) => Err(error.into()),
        }
    }
}
