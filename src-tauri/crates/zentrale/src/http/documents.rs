//! Documents come in chunks and go out whole or in pieces.

use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json as JsonAnswer};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kontor_domain::DocumentHash;
use kontor_wire::{ChunksResponse, CompleteRequest, MissingRequest, MissingResponse, ProblemCode};
use sha2::{Digest, Sha256};

use super::Answer;
use super::body::{self, Json};
use super::stands;
use crate::Zentrale;
use crate::auth::Caller;
use crate::documents::{DocumentError, Requested, Upload, requested};
use crate::refused::Refused;
use crate::storage::DocumentRow;

const CONTENT_DIGEST: HeaderName = HeaderName::from_static("content-digest");
/// Things that refer to one document are looked through up to this many.
const REFERRERS_MAX: usize = 10_000;

type Named = Result<Path<DocumentHash>, axum::extract::rejection::PathRejection>;

/// Only the caller's own uploads count as there: whether somebody else has the same document is
/// nobody's business.
pub(crate) async fn missing(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    Json(request): Json<MissingRequest>,
) -> Answer<JsonAnswer<MissingResponse>> {
    if request.hashes.len() > zentrale.limits().rows_max {
        return Err(ProblemCode::TooLarge.into());
    }
    let person = caller.akteur.person;
    let there = zentrale.storage().uploaded(caller.mandant, person, &request.hashes).await?;
    let missing = request.hashes.into_iter().filter(|hash| !there.contains(hash)).collect();
    Ok(JsonAnswer(MissingResponse { missing }))
}

pub(crate) async fn get(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    hash: Named,
    headers: HeaderMap,
) -> Answer<Response> {
    let Path(hash) = hash.map_err(|_| ProblemCode::Malformed)?;
    let row = zentrale.storage().document(caller.mandant, hash).await?;
    let row = row.ok_or(ProblemCode::NotFound)?;
    if !may_fetch(&zentrale, &caller, hash).await? {
        return Err(ProblemCode::NotFound.into());
    }
    let tag = format!("\"{hash}\"");
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    // Of nothing there is no piece: an empty document is sent whole.
    let range = text(header::RANGE)
        .filter(|_| row.size_bytes > 0)
        .filter(|_| text(header::IF_RANGE).is_none_or(|condition| condition == tag));
    let range = match requested(range, row.size_bytes) {
        Requested::All => None,
        Requested::Piece(range) => Some(range),
        Requested::Beyond => return Err(Refused::range_not_satisfiable(row.size_bytes)),
    };
    let bytes = zentrale.documents().read(caller.mandant, hash, range.clone()).await?;
    let (status, length) = match &range {
        Some(range) => (StatusCode::PARTIAL_CONTENT, range.end - range.start),
        None => (StatusCode::OK, row.size_bytes),
    };
    let mut response = (status, Body::from_stream(bytes)).into_response();
    let headers = response.headers_mut();
    let mut set = |name, text: &str| {
        if let Ok(value) = HeaderValue::from_str(text) {
            headers.insert(name, value);
        }
    };
    set(header::CONTENT_TYPE, "application/octet-stream");
    set(header::CONTENT_LENGTH, &length.to_string());
    set(header::ACCEPT_RANGES, "bytes");
    set(header::ETAG, &tag);
    set(header::CACHE_CONTROL, "private, no-store");
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_DISPOSITION, "attachment");
    if let Some(range) = range {
        let last = range.end.saturating_sub(1);
        let value = format!("bytes {}-{last}/{}", range.start, row.size_bytes);
        set(header::CONTENT_RANGE, &value);
    }
    Ok(response)
}

async fn may_fetch(zentrale: &Zentrale, caller: &Caller, hash: DocumentHash) -> Answer<bool> {
    let person = caller.akteur.person;
    if !zentrale.storage().uploaded(caller.mandant, person, &[hash]).await?.is_empty() {
        return Ok(true);
    }
    let referrers = zentrale.storage().referrers(caller.mandant, hash, REFERRERS_MAX).await?;
    Ok(!stands::readable(zentrale, caller, referrers).await?.is_empty())
}

pub(crate) async fn chunks(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    hash: Named,
) -> Answer<JsonAnswer<ChunksResponse>> {
    let Path(hash) = hash.map_err(|_| ProblemCode::Malformed)?;
    let received = zentrale.documents().received(&upload(&caller, hash)).await?;
    Ok(JsonAnswer(ChunksResponse { received: received.into_keys().collect() }))
}

pub(crate) async fn put_chunk(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    path: Result<Path<(DocumentHash, u32)>, axum::extract::rejection::PathRejection>,
    request: Request,
) -> Answer<StatusCode> {
    let Path((hash, number)) = path.map_err(|_| ProblemCode::Malformed)?;
    let (parts, body) = request.into_parts();
    let digest = content_digest(&parts.headers).ok_or_else(|| {
        Refused::because(
            ProblemCode::Malformed,
            "Zu jedem Teil gehört die Kopfzeile Content-Digest mit sha-256.",
        )
    })?;
    let limits = zentrale.limits();
    if u64::from(number) >= limits.document_bytes_max.div_ceil(limits.chunk_bytes) {
        return Err(ProblemCode::TooLarge.into());
    }
    let person = caller.akteur.person;
    let _place = zentrale.uploads().enter(person).ok_or(ProblemCode::Busy)?;
    let chunk_bytes = usize::try_from(limits.chunk_bytes).unwrap_or(usize::MAX);
    let bytes = body::read(&parts.headers, body, chunk_bytes).await?;
    if bytes.is_empty() {
        return Err(ProblemCode::Malformed.into());
    }
    if Sha256::digest(&bytes).as_slice() != digest {
        return Err(ProblemCode::HashMismatch.into());
    }
    let open = zentrale.documents().open_bytes(caller.mandant, person).await?;
    let length = bytes.len() as u64;
    if open.saturating_add(length) > zentrale.places().open_upload_bytes_per_person {
        return Err(Refused::because(
            ProblemCode::Busy,
            "Es sind zu viele angefangene Übertragungen offen. Bitte erst diese abschließen.",
        ));
    }
    zentrale.documents().put_chunk(&upload(&caller, hash), number, bytes).await?;
    zentrale.metrics().uploaded_bytes.inc_by(length);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn complete(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    hash: Named,
    Json(request): Json<CompleteRequest>,
) -> Answer<StatusCode> {
    let Path(hash) = hash.map_err(|_| ProblemCode::Malformed)?;
    let limits = zentrale.limits();
    if request.size_bytes > limits.document_bytes_max {
        return Err(ProblemCode::TooLarge.into());
    }
    let (storage, person) = (zentrale.storage(), caller.akteur.person);
    if !storage.uploaded(caller.mandant, person, &[hash]).await?.is_empty() {
        return Ok(StatusCode::NO_CONTENT);
    }
    let _place = zentrale.uploads().enter(person).ok_or(ProblemCode::Busy)?;
    let upload = upload(&caller, hash);
    zentrale.documents().publish(&upload, request.size_bytes, limits.chunk_bytes).await?;
    let row = DocumentRow { hash, size_bytes: request.size_bytes };
    storage.add_document(caller.mandant, person, row).await?;
    zentrale.metrics().documents.inc();
    // The document is safe; chunks that cannot be discarded now expire.
    if let Err(error) = zentrale.documents().discard(&upload).await {
        tracing::warn!(%error, "chunks of a complete upload stay for now");
    }
    Ok(StatusCode::NO_CONTENT)
}

fn upload(caller: &Caller, hash: DocumentHash) -> Upload {
    Upload { mandant: caller.mandant, person: caller.akteur.person, hash }
}

/// The SHA-256 in a `Content-Digest` (RFC 9530): `sha-256=:…:` among a list.
fn content_digest(headers: &HeaderMap) -> Option<Vec<u8>> {
    let value = headers.get(CONTENT_DIGEST)?.to_str().ok()?;
    let encoded = value.split(',').find_map(|part| part.trim().strip_prefix("sha-256=:"))?;
    STANDARD.decode(encoded.strip_suffix(':')?).ok()
}

impl From<DocumentError> for Refused {
    fn from(error: DocumentError) -> Self {
        match &error {
            DocumentError::Store(_) => Self::unavailable(&error),
            DocumentError::Incomplete => ProblemCode::UploadIncomplete.into(),
            DocumentError::HashMismatch => ProblemCode::HashMismatch.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_found_in_its_list() {
        let digest = |text: &'static str| {
            content_digest(&HeaderMap::from_iter([(
                CONTENT_DIGEST,
                HeaderValue::from_static(text),
            )]))
        };
        assert_eq!(digest("sha-256=:AAEC:"), Some(vec![0, 1, 2]));
        assert_eq!(digest("sha-512=:////:, sha-256=:AAEC:"), Some(vec![0, 1, 2]));
        for bad in ["", "sha-256=AAEC", "sha-256=:AAEC", "sha-512=:AAEC:", "sha-256=:%%:"] {
            assert_eq!(digest(bad), None, "{bad}");
        }
    }
}
