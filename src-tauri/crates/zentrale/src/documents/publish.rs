//! Chunks become a document.

use bytes::Bytes;
use futures_util::TryStreamExt;
use kontor_domain::{DocumentHash, MandantId};
use object_store::{MultipartUpload, ObjectStoreExt, PutPayload};
use sha2::{Digest, Sha256};

use super::{DocumentError, Documents, Upload, document};

/// Parts of what the object store is given at once; S3 takes none below 5 MiB but the last.
const PART_BYTES: usize = 8 << 20;

impl Documents {
    /// Puts the chunks of an upload together under the document's name, once their length and hash
    /// are right. After it returns, the document outlives a power cut.
    ///
    /// The chunks stay: they are discarded once the database knows the document.
    pub async fn publish(
        &self,
        upload: &Upload,
        size_bytes: u64,
        chunk_bytes: u64,
    ) -> Result<(), DocumentError> {
        let count = size_bytes.div_ceil(chunk_bytes);
        let received = self.received(upload).await?;
        let complete = (0..count).all(|number| {
            let expected = chunk_bytes.min(size_bytes - number * chunk_bytes);
            u32::try_from(number).is_ok_and(|number| received.get(&number) == Some(&expected))
        });
        if !complete {
            return Err(DocumentError::Incomplete);
        }
        let mut writer = Writer::new(self, upload.mandant, upload.hash);
        for number in 0..u32::try_from(count).map_err(|_| DocumentError::Incomplete)? {
            let mut chunk = self.0.get(&upload.chunk(number)).await?.into_stream();
            while let Some(bytes) = chunk.try_next().await? {
                writer.write(bytes).await?;
            }
        }
        let published = writer.finish().await;
        if let Err(DocumentError::HashMismatch) = published {
            self.discard(upload).await?;
        }
        published
    }

    /// Takes a complete document over from another store, for backup and restore.
    pub async fn copy_from(
        &self,
        source: &Self,
        mandant: MandantId,
        hash: DocumentHash,
    ) -> Result<(), DocumentError> {
        let mut writer = Writer::new(self, mandant, hash);
        let mut bytes = source.read(mandant, hash, None).await?;
        while let Some(piece) = bytes.try_next().await? {
            writer.write(piece).await?;
        }
        writer.finish().await
    }
}

/// Hashes what goes through it and hands it on in parts.
pub(crate) struct Writer<'a> {
    documents: &'a Documents,
    mandant: MandantId,
    hash: DocumentHash,
    hasher: Sha256,
    part: Vec<Bytes>,
    part_bytes: usize,
    /// Open once there is more than one part.
    multipart: Option<Box<dyn MultipartUpload>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(documents: &'a Documents, mandant: MandantId, hash: DocumentHash) -> Self {
        Self {
            documents,
            mandant,
            hash,
            hasher: Sha256::new(),
            part: Vec::new(),
            part_bytes: 0,
            multipart: None,
        }
    }

    pub(crate) async fn write(&mut self, mut bytes: Bytes) -> Result<(), DocumentError> {
        self.hasher.update(&bytes);
        while self.part_bytes + bytes.len() > PART_BYTES {
            self.push(bytes.split_to(PART_BYTES - self.part_bytes));
            self.send().await?;
        }
        self.push(bytes);
        Ok(())
    }

    fn push(&mut self, bytes: Bytes) {
        self.part_bytes += bytes.len();
        self.part.push(bytes);
    }

    async fn send(&mut self) -> Result<(), DocumentError> {
        let payload = self.take();
        let multipart = match &mut self.multipart {
            Some(multipart) => multipart,
            empty => {
                let path = document(self.mandant, self.hash);
                empty.insert(self.documents.0.put_multipart(&path).await?)
            }
        };
        Ok(multipart.put_part(payload).await?)
    }

    fn take(&mut self) -> PutPayload {
        self.part_bytes = 0;
        std::mem::take(&mut self.part).into_iter().collect()
    }

    /// Publishes if the hash is right. Nothing is visible before.
    pub(crate) async fn finish(mut self) -> Result<(), DocumentError> {
        let found = DocumentHash::from_bytes(std::mem::take(&mut self.hasher).finalize().into());
        let payload = self.take();
        match self.multipart.take() {
            Some(mut multipart) if found == self.hash => {
                multipart.put_part(payload).await?;
                multipart.complete().await?;
            }
            Some(mut multipart) => multipart.abort().await?,
            None if found == self.hash => {
                self.documents.0.put(&document(self.mandant, self.hash), payload).await?;
            }
            None => {}
        }
        if found == self.hash { Ok(()) } else { Err(DocumentError::HashMismatch) }
    }
}
