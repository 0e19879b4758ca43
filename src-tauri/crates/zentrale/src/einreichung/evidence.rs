//! Everything that came and everything we said, as bytes, so that it can be proved again later:
//! `einreichungen/<mandant>/<einreichung>/<name>` in the object store.

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use futures_util::stream::BoxStream;
use kontor_domain::MandantId;
use kontor_fit_connect::port::CallError;
use kontor_fit_connect::{AnlageId, EinreichungId};
use object_store::path::Path;
use object_store::{MultipartUpload as _, ObjectStoreExt as _, PutPayload};

use super::Stop;
use crate::documents::{DocumentError, Documents};

/// The evidence of one Einreichung.
#[derive(Debug, Clone, Copy)]
pub(super) struct Evidence<'a> {
    pub(super) documents: &'a Documents,
    pub(super) mandant: MandantId,
    pub(super) einreichung: EinreichungId,
}

/// The Einreichung as answered.
pub(super) const EINREICHUNG: &str = "einreichung.json";
/// The event log when it was proved.
pub(super) const EVENTS: &str = "events.json";
/// The event log at the end.
pub(super) const EVENTS_AT_THE_END: &str = "events-end.json";
/// Our own event.
pub(super) const OUR_EVENT: &str = "our-event.jose";

/// S3 takes no smaller parts but the last.
const PART_BYTES: usize = 8 << 20;
/// What is read in one go: everything but Anlagen.
const WHOLE_BYTES_MAX: u64 = 128 << 20;

pub(super) fn anlage(id: AnlageId) -> String {
    format!("anlage-{id}.jose")
}

impl Evidence<'_> {
    fn path(&self, name: &str) -> Path {
        Path::from(format!("einreichungen/{}/{}/{name}", self.mandant, self.einreichung))
    }

    pub(super) async fn put(&self, name: &str, bytes: Bytes) -> Result<(), DocumentError> {
        let payload = PutPayload::from_bytes(bytes);
        self.documents.store().put(&self.path(name), payload).await?;
        Ok(())
    }

    /// Length, if it is there.
    pub(super) async fn size(&self, name: &str) -> Result<Option<u64>, DocumentError> {
        match self.documents.store().head(&self.path(name)).await {
            Ok(object) => Ok(Some(object.size)),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn get(&self, name: &str) -> Result<Bytes, DocumentError> {
        let object = self.documents.store().get(&self.path(name)).await?;
        if object.meta.size > WHOLE_BYTES_MAX {
            return Err(DocumentError::Incomplete);
        }
        Ok(object.bytes().await?)
    }

    pub(super) async fn pieces(
        &self,
        name: &str,
    ) -> Result<BoxStream<'static, object_store::Result<Bytes>>, DocumentError> {
        Ok(self.documents.store().get(&self.path(name)).await?.into_stream())
    }

    /// The last `bytes` of it.
    pub(super) async fn end(&self, name: &str, bytes: u64) -> Result<Bytes, DocumentError> {
        let size = self.size(name).await?.ok_or(DocumentError::Incomplete)?;
        let path = self.path(name);
        Ok(self.documents.store().get_range(&path, size.saturating_sub(bytes)..size).await?)
    }

    /// Stores what comes, if it is not longer than `bytes_max`. Nothing is visible before all of it
    /// is there; a broken connection leaves nothing.
    pub(super) async fn take(
        &self,
        name: &str,
        mut pieces: BoxStream<'static, Result<Bytes, CallError>>,
        bytes_max: u64,
    ) -> Result<(), Stop> {
        let path = self.path(name);
        let store = self.documents.store();
        let mut upload = store.put_multipart(&path).await.map_err(DocumentError::from)?;
        let mut part: Vec<Bytes> = Vec::new();
        let (mut part_bytes, mut all) = (0_usize, 0_u64);
        let taken: Result<(), Stop> = async {
            while let Some(piece) = pieces.try_next().await? {
                all += piece.len() as u64;
                if all > bytes_max {
                    let reason = kontor_fit_connect::checks::HoldReason::TooLarge;
                    return Err(Stop::Verdict(reason.into()));
                }
                part_bytes += piece.len();
                part.push(piece);
                if part_bytes >= PART_BYTES {
                    part_bytes = 0;
                    let payload = std::mem::take(&mut part).into_iter().collect();
                    upload.put_part(payload).await.map_err(DocumentError::from)?;
                }
            }
            let payload = std::mem::take(&mut part).into_iter().collect();
            upload.put_part(payload).await.map_err(DocumentError::from)?;
            Ok(())
        }
        .await;
        if taken.is_err() {
            // What is left behind is invisible; the store's own rules clean it up.
            let _ = upload.abort().await;
            return taken;
        }
        upload.complete().await.map_err(DocumentError::from)?;
        Ok(())
    }
}
