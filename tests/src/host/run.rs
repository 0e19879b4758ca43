//! One command of the table.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kontor_app::{AppError, Code, Office, commands};
use serde_json::Value;

use super::Host;

pub(super) async fn run(
    State(host): State<Arc<Host>>,
    Path(name): Path<String>,
    body: Bytes,
) -> Response {
    run_at(Arc::clone(&host.office), name, body).await
}

/// Runs a command at a desk, beside the threads that answer. An error is answered with 422 and
/// itself: `{code, sentence, hint}`, as the window gets it.
pub(super) async fn run_at(office: Arc<Office>, name: String, body: Bytes) -> Response {
    let done = tokio::task::spawn_blocking(move || {
        let payload: Value = match body.as_ref() {
            [] => Value::Object(serde_json::Map::new()),
            json => serde_json::from_slice(json).map_err(|_| AppError::new(Code::PayloadUnfit))?,
        };
        commands::run(&office, &name, &payload)
    });
    match done.await.unwrap_or_else(|_| Err(Code::Internal.into())) {
        Ok(answer) => Json(answer).into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, Json(error)).into_response(),
    }
}
