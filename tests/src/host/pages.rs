//! Pages of documents: the same addresses as in the window, below `/seite`.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Host;

pub(super) async fn page(State(host): State<Arc<Host>>, request: Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |asked| asked.as_str());
    let asked = asked.strip_prefix("/seite").unwrap_or(asked);
    let page = host.viewer.answer(&host.office, asked).await;
    let caching = if page.cacheable { "private, max-age=31536000, immutable" } else { "no-store" };
    let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = [(header::CONTENT_TYPE, page.mime), (header::CACHE_CONTROL, caching)];
    (status, headers, page.bytes).into_response()
}
