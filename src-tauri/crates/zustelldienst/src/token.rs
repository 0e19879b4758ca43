//! The token endpoint (RFC 6749, client credentials).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE};
use http::request::Parts;
use serde_json::json;

use crate::client::{Grant, TOKEN_SECONDS};
use crate::dienst::Dienst;
use crate::problem::Problem;

/// Gives a token. The secret has to be in the body: HTTP Basic is refused, as the real one does.
pub(crate) async fn give(
    State(dienst): State<Arc<Dienst>>,
    headers: http::HeaderMap,
    body: bytes::Bytes,
) -> Response {
    let form = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if form.is_none_or(|kind| !kind.starts_with("application/x-www-form-urlencoded")) {
        return refuse("invalid_request");
    }
    let fields: BTreeMap<String, String> = fields(&body);
    let field = |name: &str| fields.get(name).map(String::as_str);
    if field("grant_type") != Some("client_credentials") {
        return refuse("unsupported_grant_type");
    }
    let mut book = dienst.book();
    let client = field("client_id").and_then(|id| book.clients.get(id));
    let Some(client) = client.filter(|it| Some(it.secret.as_str()) == field("client_secret"))
    else {
        return refuse("invalid_client");
    };
    let wanted: Option<BTreeSet<String>> =
        field("scope").map(|scope| scope.split_whitespace().map(str::to_owned).collect());
    let scopes = wanted.unwrap_or_else(|| client.scopes.clone());
    if scopes.is_empty() || !scopes.iter().all(|scope| client.has(scope)) {
        return refuse("invalid_scope");
    }
    let scope = scopes.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
    let expires = dienst.clock.now() + TOKEN_SECONDS;
    let grant = Grant { client: client.id.clone(), expires, scopes };
    let token = dienst.ids.next().simple().to_string();
    book.grants.insert(token.clone(), grant);
    let body = json!({
        "access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS, "scope": scope,
    });
    ([(CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// Reads a form body: `a=1&b=2`, percent-encoded.
fn fields(body: &[u8]) -> BTreeMap<String, String> {
    let form = reqwest::Url::parse("form:///").ok().map(|mut url| {
        url.set_query(std::str::from_utf8(body).ok());
        url.query_pairs().into_owned().collect()
    });
    form.unwrap_or_default()
}

fn refuse(error: &str) -> Response {
    let status =
        if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    (status, Json(json!({ "error": error }))).into_response()
}

impl FromRequestParts<Arc<Dienst>> for Grant {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, dienst: &Arc<Dienst>) -> Result<Self, Problem> {
        let header = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|header| header.strip_prefix("Bearer "));
        let grant = token.and_then(|token| dienst.book().grants.get(token).cloned());
        grant.filter(|grant| grant.expires > dienst.clock.now()).ok_or_else(Problem::unauthorized)
    }
}
