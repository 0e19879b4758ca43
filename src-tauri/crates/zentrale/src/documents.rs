//! Bytes by their hash, in an object store: a folder by default, S3 by configuration.
//!
//! `uploads/<mandant>/<person>/<hash>/<n>` holds chunks on their way, `documents/<mandant>/<hash>`
//! what is complete. What the store lists is the truth about unfinished uploads: an uploader whose
//! chunks have expired is told which ones to send again.

mod place;
mod publish;
mod range;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use kontor_domain::{DocumentHash, MandantId, Moment, PersonId};
use object_store::path::Path;
use object_store::{GetOptions, ObjectStore, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

pub use place::{S3, folder, s3};
pub(crate) use publish::Writer;
pub(crate) use range::{Requested, requested};

/// Where the bytes are.
#[derive(Debug, Clone)]
pub struct Documents(Arc<dyn ObjectStore>);

/// Why bytes could not be stored or read.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The object store.
    #[error("the object store does not answer as expected")]
    Store(#[from] object_store::Error),
    /// Chunks are missing, or have another length than they must.
    #[error("chunks of the upload are missing")]
    Incomplete,
    /// The bytes are not those of the hash. The chunks are gone, so that the upload can begin anew.
    #[error("the bytes do not match their hash")]
    HashMismatch,
}

/// Somebody's upload of one document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Upload {
    /// Their authority.
    pub mandant: MandantId,
    /// Who uploads.
    pub person: PersonId,
    /// What.
    pub hash: DocumentHash,
}

impl Upload {
    fn folder(&self) -> Path {
        Path::from(format!("uploads/{}/{}/{}", self.mandant, self.person, self.hash))
    }

    fn chunk(&self, number: u32) -> Path {
        self.folder().join(number.to_string())
    }
}

fn document(mandant: MandantId, hash: DocumentHash) -> Path {
    Path::from(format!("documents/{mandant}/{hash}"))
}

impl Documents {
    /// On top of an object store. A folder must write durably: see [`folder`].
    pub fn new(store: Arc<dyn ObjectStore>) -> Self {
        Self(store)
    }

    /// The store below, for what is no document.
    pub(crate) fn store(&self) -> &dyn ObjectStore {
        &*self.0
    }

    /// Numbers and lengths of the chunks that are there.
    pub async fn received(&self, upload: &Upload) -> Result<BTreeMap<u32, u64>, DocumentError> {
        let objects = self.0.list(Some(&upload.folder()));
        let chunks: Vec<_> = objects
            .map_ok(|object| {
                let number = object.location.filename().and_then(|name| name.parse().ok());
                number.map(|number: u32| (number, object.size))
            })
            .try_collect()
            .await?;
        Ok(chunks.into_iter().flatten().collect())
    }

    /// Bytes in all unfinished uploads of a person.
    pub async fn open_bytes(
        &self,
        mandant: MandantId,
        person: PersonId,
    ) -> Result<u64, DocumentError> {
        let folder = Path::from(format!("uploads/{mandant}/{person}"));
        let sum = self
            .0
            .list(Some(&folder))
            .try_fold(0_u64, |sum, object| async move { Ok(sum.saturating_add(object.size)) });
        Ok(sum.await?)
    }

    /// Stores a chunk; the same again changes nothing.
    pub async fn put_chunk(
        &self,
        upload: &Upload,
        number: u32,
        bytes: Bytes,
    ) -> Result<(), DocumentError> {
        self.0.put(&upload.chunk(number), PutPayload::from_bytes(bytes)).await?;
        Ok(())
    }

    /// Forgets the chunks of an upload.
    pub async fn discard(&self, upload: &Upload) -> Result<(), DocumentError> {
        let chunks = self.0.list(Some(&upload.folder())).map_ok(|object| object.location);
        self.delete_all(chunks.boxed()).await
    }

    /// Length of a complete document, if its bytes are there.
    pub async fn size(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<Option<u64>, DocumentError> {
        match self.0.head(&document(mandant, hash)).await {
            Ok(object) => Ok(Some(object.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Bytes of a complete document, all or a piece, as they come.
    pub async fn read(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
        range: Option<Range<u64>>,
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, DocumentError> {
        let options = GetOptions { range: range.map(Into::into), ..GetOptions::default() };
        let result = self.0.get_opts(&document(mandant, hash), options).await?;
        Ok(result.into_stream())
    }

    /// Whether a complete document's bytes are there and are those of its hash.
    pub async fn is_intact(
        &self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<bool, DocumentError> {
        let mut bytes = match self.read(mandant, hash, None).await {
            Err(DocumentError::Store(object_store::Error::NotFound { .. })) => return Ok(false),
            other => other?,
        };
        let mut hasher = Sha256::new();
        while let Some(piece) = bytes.try_next().await? {
            hasher.update(&piece);
        }
        Ok(DocumentHash::from_bytes(hasher.finalize().into()) == hash)
    }

    /// Every complete document of an authority. What has another name than a hash is not ours.
    pub async fn hashes(&self, mandant: MandantId) -> Result<Vec<DocumentHash>, DocumentError> {
        let folder = Path::from(format!("documents/{mandant}"));
        let names = self.0.list(Some(&folder));
        let mut hashes: Vec<DocumentHash> = names
            .try_filter_map(|object| async move {
                Ok(object.location.filename().and_then(|name| name.parse::<DocumentHash>().ok()))
            })
            .try_collect()
            .await?;
        hashes.sort_unstable();
        Ok(hashes)
    }

    /// Forgets chunks that came before `before`: nobody will complete them. Gives their number.
    pub async fn expire(&self, before: Moment) -> Result<usize, DocumentError> {
        let old = self.0.list(Some(&Path::from("uploads"))).try_filter_map(|object| async move {
            let is_old = object.last_modified.timestamp_millis() < before.unix_ms();
            Ok(is_old.then_some(object.location))
        });
        let old: Vec<Path> = old.try_collect().await?;
        let count = old.len();
        self.delete_all(futures_util::stream::iter(old.into_iter().map(Ok)).boxed()).await?;
        Ok(count)
    }

    async fn delete_all(
        &self,
        paths: BoxStream<'static, object_store::Result<Path>>,
    ) -> Result<(), DocumentError> {
        let mut deleted = self.0.delete_stream(paths);
        while let Some(result) = deleted.next().await {
            match result {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
