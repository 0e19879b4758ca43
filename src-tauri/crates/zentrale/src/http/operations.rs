//! For whoever runs the Zentrale.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::{Extension, Json};
use kontor_wire::ProblemCode;
use serde_json::{Value, json};

use super::Answer;
use crate::Zentrale;
use crate::auth::Caller;
use crate::refused::Refused;

pub(crate) async fn live() -> Json<Value> {
    Json(json!({ "status": "ok" }))
}

pub(crate) async fn ready(State(zentrale): State<Zentrale>) -> Answer<Json<Value>> {
    if zentrale.live().is_stopping() {
        return Err(ProblemCode::Unavailable.into());
    }
    zentrale.storage().ping().await.map_err(|error| Refused::unavailable(&error))?;
    Ok(Json(json!({ "status": "ok" })))
}

/// Counts over all authorities; who may read them keeps people and units and learns no more by it.
pub(crate) async fn metrics(
    State(zentrale): State<Zentrale>,
    Extension(_): Extension<Caller>,
) -> Answer<impl IntoResponse> {
    let text = zentrale.metrics().text().map_err(|error| Refused::inside(&error))?;
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    Ok(([(header::CONTENT_TYPE, kind)], text))
}

pub(crate) async fn openapi() -> Json<Value> {
    Json(crate::openapi::document())
}
