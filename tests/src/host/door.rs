//! Who may come in: whoever brings the token, as a cookie or as a bearer.

use std::sync::Arc;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use super::Host;

const COOKIE: &str = "kontor_host";

/// `/token/…`: gives the browser its cookie and leads on to the desk.
pub(super) async fn enter(State(host): State<Arc<Host>>, Path(token): Path<String>) -> Response {
    if token != host.setup.token {
        return StatusCode::FORBIDDEN.into_response();
    }
    let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
    ([(header::SET_COOKIE, cookie)], Redirect::to("/")).into_response()
}

pub(super) async fn check(State(host): State<Arc<Host>>, request: Request, next: Next) -> Response {
    if brings(request.headers(), &host.setup.token) && is_for_this_machine(request.headers()) {
        next.run(request).await
    } else {
        StatusCode::FORBIDDEN.into_response()
    }
}

fn brings(headers: &HeaderMap, token: &str) -> bool {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let cookie = format!("{COOKIE}={token}");
    text(header::AUTHORIZATION).strip_prefix("Bearer ") == Some(token)
        || text(header::COOKIE).split(';').any(|one| one.trim() == cookie)
}

/// A page from elsewhere that made the browser resolve its name to this machine is turned away.
fn is_for_this_machine(headers: &HeaderMap) -> bool {
    let host = headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}
