//! The built face.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt as _;
use tower_http::services::{ServeDir, ServeFile};

use super::Host;

/// As strict as in the window, so that what the browser runs would run there.
const CSP: &str = "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; \
                   object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

pub(super) async fn file(State(host): State<Arc<Host>>, request: Request) -> Response {
    let dist = &host.setup.dist;
    let files = ServeDir::new(dist).fallback(ServeFile::new(dist.join("index.html")));
    let Ok(mut response) = files.oneshot(request).await.map(IntoResponse::into_response);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
