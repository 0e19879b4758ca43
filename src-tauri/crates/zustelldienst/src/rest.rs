//! The routes.

mod anlagen;
mod einreichungen;
mod events;
mod technical;
mod zustellpunkte;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{MethodRouter, get, patch, post, put};
use http::StatusCode;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::dienst::Dienst;
use crate::problem::Problem;
use crate::{Endpoint, exchange, token};

/// Bytes of a body that is not an Anlage.
const BODY_BYTES_MAX: usize = 16 * 1024 * 1024;

/// Everything the Zustelldienst answers.
pub(crate) fn router(dienst: &Arc<Dienst>) -> Router {
    let routed = Endpoint::ALL.iter().fold(Router::new(), |router, endpoint| {
        let state = (Arc::clone(dienst), *endpoint);
        let guarded = handler(*endpoint).route_layer(from_fn_with_state(state, exchange::answer));
        router.route(endpoint.path(), guarded)
    });
    routed.layer(DefaultBodyLimit::max(BODY_BYTES_MAX)).with_state(Arc::clone(dienst))
}

fn handler(endpoint: Endpoint) -> MethodRouter<Arc<Dienst>> {
    match endpoint {
        Endpoint::Token => post(token::give),
        Endpoint::ListZustellpunkte => get(zustellpunkte::list),
        Endpoint::CreateZustellpunkt => post(zustellpunkte::create),
        Endpoint::GetZustellpunkt => get(zustellpunkte::show),
        Endpoint::PatchZustellpunkt => patch(zustellpunkte::change),
        Endpoint::AddKey => post(zustellpunkte::add_key),
        Endpoint::GetKey => get(zustellpunkte::key),
        Endpoint::GetEvents => get(events::list),
        Endpoint::SendEvent => post(events::send),
        Endpoint::ListEinreichungen => get(einreichungen::list),
        Endpoint::CreateEinreichung => post(einreichungen::create),
        Endpoint::GetEinreichung => get(einreichungen::fetch),
        Endpoint::SubmitEinreichung => put(einreichungen::submit),
        Endpoint::GetAnlage => get(anlagen::fetch),
        Endpoint::PutAnlage => put(anlagen::upload),
        Endpoint::GetInfo => get(technical::info),
        Endpoint::GetJwks => get(technical::jwks),
    }
}

/// Which piece of a list.
#[derive(Debug, Deserialize)]
struct Page {
    limit: Option<usize>,
    offset: Option<usize>,
}

impl Page {
    /// A piece of `all` under the name the `OpenAPI` gives it.
    fn of(&self, name: &str, all: Vec<Value>) -> Result<Value, Problem> {
        let limit = self.limit.unwrap_or(100);
        if !(1..=500).contains(&limit) {
            return Err(Problem::bad("limit must be 1 to 500"));
        }
        let (total, offset) = (all.len(), self.offset.unwrap_or_default());
        let piece: Vec<Value> = all.into_iter().skip(offset).take(limit).collect();
        let mut shown = json!({ "count": piece.len(), "offset": offset, "totalCount": total });
        shown[name] = piece.into();
        Ok(shown)
    }
}

/// An id of a path; one that is none names nothing.
fn id(text: &str, missing: &'static str) -> Result<Uuid, Problem> {
    text.parse().map_err(|_| Problem::missing(missing))
}

fn body<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(bytes).map_err(|error| Problem::bad(format!("the body: {error}")))
}

fn media_type(headers: &http::HeaderMap) -> &str {
    let named = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    named.and_then(|named| named.split(';').next()).unwrap_or_default().trim()
}

fn unsupported() -> Problem {
    let detail = "this content type is not taken here";
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", detail)
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "more than the service takes")
}
