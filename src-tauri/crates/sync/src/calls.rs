//! The Zentrale's endpoints as functions.

use std::ops::Range;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request, StatusCode, header};
use kontor_domain::{DocumentHash, EntityRef};
use kontor_wire::{
    ChunksResponse, CompleteRequest, Hello, MissingRequest, MissingResponse, PROTOCOL,
    PROTOCOL_HEADER, Position, Problem, PullRequest, PullResponse, PushRequest, PushResponse,
    ScopePage, ScopeRequest, StandsRequest, StandsResponse, VerlaufPage, path,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::port::{Port, Unreachable};

/// Why a call gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// No answer.
    #[error(transparent)]
    Unreachable(#[from] Unreachable),
    /// The Zentrale says no, with a reason.
    #[error("the Zentrale refuses: {:?}", .0.code)]
    Refused(Problem),
    /// An answer that is not what belongs there: cut off, or somebody else's.
    #[error("the answer cannot be understood")]
    Garbled,
}

/// Who the Zentrale is and what it allows.
pub async fn hello(port: &dyn Port) -> Result<Hello, CallError> {
    get(port, path::HELLO).await
}

/// Sends entries.
pub async fn push(port: &dyn Port, request: &PushRequest) -> Result<PushResponse, CallError> {
    post(port, path::PUSH, request).await
}

/// Asks for the next rows of the feed.
pub async fn pull(port: &dyn Port, request: &PullRequest) -> Result<PullResponse, CallError> {
    post(port, path::PULL, request).await
}

/// Asks for single things.
pub async fn stands(
    port: &dyn Port,
    entities: Vec<EntityRef>,
) -> Result<StandsResponse, CallError> {
    post(port, path::STANDS, &StandsRequest { entities }).await
}

/// Asks what happened to a thing before a position.
pub async fn verlauf(
    port: &dyn Port,
    entity: EntityRef,
    before: Position,
) -> Result<VerlaufPage, CallError> {
    let path =
        path::VERLAUF.replace("{kind}", entity.kind.word()).replace("{id}", &entity.id.to_string());
    get(port, &format!("{path}?before={}", before.0)).await
}

/// Asks for one page of a scope.
pub async fn scope_page(port: &dyn Port, request: &ScopeRequest) -> Result<ScopePage, CallError> {
    post(port, path::SCOPE, request).await
}

/// Asks which documents the Zentrale lacks.
pub async fn missing(
    port: &dyn Port,
    hashes: Vec<DocumentHash>,
) -> Result<MissingResponse, CallError> {
    post(port, path::DOCUMENTS_MISSING, &MissingRequest { hashes }).await
}

/// Asks what is there of an unfinished upload.
pub async fn chunks(port: &dyn Port, hash: DocumentHash) -> Result<ChunksResponse, CallError> {
    get(port, &document_path(path::DOCUMENT_CHUNKS, hash)).await
}

/// Sends one chunk.
pub async fn put_chunk(
    port: &dyn Port,
    hash: DocumentHash,
    number: u32,
    bytes: Vec<u8>,
) -> Result<(), CallError> {
    let path = document_path(path::DOCUMENT_CHUNK, hash).replace("{number}", &number.to_string());
    let digest = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(&bytes)));
    let request = Request::builder()
        .method(Method::PUT)
        .uri(path)
        .header("content-digest", digest)
        .header(header::CONTENT_TYPE, "application/octet-stream");
    send(port, request, bytes.into()).await.map(drop)
}

/// Publishes an upload.
pub async fn complete(
    port: &dyn Port,
    hash: DocumentHash,
    size_bytes: u64,
) -> Result<(), CallError> {
    let path = document_path(path::DOCUMENT_COMPLETE, hash);
    let body = json(&CompleteRequest { size_bytes })?;
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/json");
    send(port, request, body).await.map(drop)
}

/// A piece of a document, with the length of the whole in bytes.
pub async fn document_range(
    port: &dyn Port,
    hash: DocumentHash,
    range: Range<u64>,
) -> Result<(Bytes, u64), CallError> {
    let request = Request::builder()
        .uri(document_path(path::DOCUMENT, hash))
        .header(header::RANGE, format!("bytes={}-{}", range.start, range.end.saturating_sub(1)));
    let response = send(port, request, Bytes::new()).await?;
    let size_bytes = match response.headers().get(header::CONTENT_RANGE) {
        // `bytes 0-99/1234`
        Some(value) => {
            let text = value.to_str().map_err(|_| CallError::Garbled)?;
            let begin = format!("bytes {}-", range.start);
            let (_, size) = text.rsplit_once('/').ok_or(CallError::Garbled)?;
            size.parse().ok().filter(|_| text.starts_with(&begin)).ok_or(CallError::Garbled)?
        }
        // All of it, which is the piece only if that is at the beginning.
        None if range.start == 0 => response.body().len() as u64,
        None => return Err(CallError::Garbled),
    };
    Ok((response.into_body(), size_bytes))
}

fn document_path(template: &str, hash: DocumentHash) -> String {
    template.replace("{hash}", &hash.to_string())
}

async fn get<T: DeserializeOwned>(port: &dyn Port, path: &str) -> Result<T, CallError> {
    parse(&send(port, Request::builder().uri(path), Bytes::new()).await?)
}

async fn post<T: DeserializeOwned>(
    port: &dyn Port,
    path: &str,
    body: &impl Serialize,
) -> Result<T, CallError> {
    let request = Request::builder()
        .method(Method::POST)
        .uri(path)
        .header(header::CONTENT_TYPE, "application/json");
    let body = json(body)?;
    parse(&send(port, request, body).await?)
}

async fn send(
    port: &dyn Port,
    request: http::request::Builder,
    body: Bytes,
) -> Result<http::Response<Bytes>, CallError> {
    let request =
        request.header(PROTOCOL_HEADER, PROTOCOL).body(body).map_err(|_| CallError::Garbled)?;
    let response = port.call(request).await?;
    if response.status().is_success() {
        return Ok(response);
    }
    Err(match serde_json::from_slice::<Problem>(response.body()) {
        Ok(problem) => CallError::Refused(problem),
        // A proxy or a server going down answers without our words.
        Err(_) if response.status() >= StatusCode::INTERNAL_SERVER_ERROR => {
            Unreachable(response.status().to_string()).into()
        }
        Err(_) => CallError::Garbled,
    })
}

fn json(body: &impl Serialize) -> Result<Bytes, CallError> {
    serde_json::to_vec(body).map(Bytes::from).map_err(|_| CallError::Garbled)
}

fn parse<T: DeserializeOwned>(response: &http::Response<Bytes>) -> Result<T, CallError> {
    serde_json::from_slice(response.body()).map_err(|_| CallError::Garbled)
}
