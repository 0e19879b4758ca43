//! Request bodies, read up to a limit.

use axum::body::{Body, BodyDataStream};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use kontor_wire::ProblemCode;
use serde::de::DeserializeOwned;

use crate::Zentrale;
use crate::refused::Refused;

/// A JSON body within the announced limit. Depth is limited by `serde_json` (128).
pub(crate) struct Json<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Zentrale> for Json<T> {
    type Rejection = Refused;

    async fn from_request(request: Request, zentrale: &Zentrale) -> Result<Self, Refused> {
        let (parts, body) = request.into_parts();
        let bytes_max = zentrale.limits().request_bytes_max;
        let bytes = read(&parts.headers, body, bytes_max).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|_| ProblemCode::Malformed.into())
    }
}

/// The whole body, or [`ProblemCode::TooLarge`] before more than `bytes_max` are in memory.
pub(crate) async fn read(
    headers: &HeaderMap,
    body: Body,
    bytes_max: usize,
) -> Result<Bytes, Refused> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    let announced = announced.and_then(|text| text.parse::<usize>().ok());
    if announced.is_some_and(|length| length > bytes_max) {
        return Err(ProblemCode::TooLarge.into());
    }
    collect(body.into_data_stream(), bytes_max).await
}

async fn collect(mut body: BodyDataStream, bytes_max: usize) -> Result<Bytes, Refused> {
    let mut all = BytesMut::new();
    while let Some(piece) = body.next().await {
        // The caller has gone; nobody reads the answer.
        let piece = piece.map_err(|_| Refused::from(ProblemCode::Malformed))?;
        if all.len() + piece.len() > bytes_max {
            return Err(ProblemCode::TooLarge.into());
        }
        all.extend_from_slice(&piece);
    }
    Ok(all.freeze())
}
