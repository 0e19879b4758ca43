//! What happens elsewhere while somebody looks at the desk: the Zentrale goes and comes back, a
//! colleague works.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kontor_app::zentrale::sync_once;

use super::Host;
use super::run::run_at;

/// The Zentrale ends as in a power cut.
pub(super) async fn offline(State(host): State<Arc<Host>>) -> StatusCode {
    host.scene.stop().await;
    StatusCode::NO_CONTENT
}

/// It is back, under the same address.
pub(super) async fn online(State(host): State<Arc<Host>>) -> Response {
    done(host.scene.start().await)
}

/// Somebody else does something at a desk of their own, which then reconciles.
pub(super) async fn run(
    State(host): State<Arc<Host>>,
    Path((desk, name)): Path<(String, String)>,
    body: Bytes,
) -> Response {
    let office = match host.scene.office(&desk).await {
        Ok(office) => office,
        Err(error) => return done(Err(error)),
    };
    // Looks first, as whoever sits there does.
    let _ = sync_once(&office).await;
    let answer = run_at(Arc::clone(&office), name, body).await;
    let _ = sync_once(&office).await;
    answer
}

fn done(done: anyhow::Result<()>) -> Response {
    match done {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:#}")).into_response(),
    }
}
