//! From a request to its endpoint: protocol version, caller, role; then what is counted and logged.

use std::time::Instant;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use kontor_wire::{PROTOCOL, PROTOCOL_HEADER, ProblemCode, Protocols, path};
use tracing::Instrument;

use crate::Zentrale;
use crate::auth::{self, Caller};
use crate::endpoints::{Access, ENDPOINTS, Endpoint};
use crate::metrics::Answered;
use crate::refused::Refused;
use crate::world::new_id;

/// Protocol versions this Zentrale speaks.
pub const PROTOCOLS: Protocols = Protocols { min: PROTOCOL, max: PROTOCOL };

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// All endpoints. Needs no timer, no second thread and no reactor but for the two that wait for
/// news; time limits are added by [`serve`](crate::serve::serve).
pub fn router(zentrale: Zentrale) -> Router {
    let mut router = Router::new();
    for endpoint in ENDPOINTS {
        let guarded = Guarded { zentrale: zentrale.clone(), endpoint };
        let route = (endpoint.handler)().route_layer(from_fn_with_state(guarded, guard));
        router = router.route(endpoint.path, route);
    }
    router
        .fallback(async || Refused::from(ProblemCode::NotFound))
        .method_not_allowed_fallback(async || Refused::method_not_allowed())
        .with_state(zentrale)
}

#[derive(Clone)]
struct Guarded {
    zentrale: Zentrale,
    endpoint: &'static Endpoint,
}

/// Nobody reaches a handler past this.
async fn guard(State(guarded): State<Guarded>, request: Request, next: Next) -> Response {
    let Guarded { zentrale, endpoint } = guarded;
    let begun = Instant::now();
    let id = new_id(zentrale.world());
    let span = tracing::info_span!(
        "request",
        %id,
        method = %endpoint.method,
        path = endpoint.path,
        mandant = tracing::field::Empty,
        person = tracing::field::Empty,
    );
    let mut response = admit(&zentrale, endpoint, request, next)
        .instrument(span.clone())
        .await
        .unwrap_or_else(IntoResponse::into_response);
    let seconds = begun.elapsed().as_secs_f64();
    let status = response.status().as_u16();
    span.in_scope(|| tracing::debug!(status, seconds, "answered"));
    let method = if endpoint.method == Method::GET {
        "GET"
    } else if endpoint.method == Method::PUT {
        "PUT"
    } else {
        "POST"
    };
    let answered = Answered { method, path: endpoint.path, status, seconds };
    zentrale.metrics().request(&answered);
    if let Ok(id) = HeaderValue::try_from(id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

async fn admit(
    zentrale: &Zentrale,
    endpoint: &Endpoint,
    mut request: Request,
    next: Next,
) -> Result<Response, Refused> {
    if endpoint.is_versioned() {
        check_protocol(request.headers())?;
    }
    if endpoint.access != Access::Anyone {
        let caller = auth::caller(zentrale, request.headers()).await?;
        let span = tracing::Span::current();
        span.record("mandant", tracing::field::display(caller.mandant));
        span.record("person", tracing::field::display(caller.akteur.person));
        check_role(endpoint, &caller)?;
        let person = caller.akteur.person;
        request.extensions_mut().insert(caller);
        // Whoever waits for news has places of their own.
        let waits = [path::LIVE, path::LIVE_POLL].contains(&endpoint.path);
        let _place = if waits {
            None
        } else {
            Some(zentrale.requests().enter(person).ok_or(ProblemCode::Busy)?)
        };
        return Ok(next.run(request).await);
    }
    Ok(next.run(request).await)
}

fn check_protocol(headers: &HeaderMap) -> Result<(), Refused> {
    let version = headers.get(PROTOCOL_HEADER).and_then(|value| value.to_str().ok());
    let version = version.and_then(|text| text.trim().parse::<u16>().ok()).ok_or_else(|| {
        Refused::because(ProblemCode::Malformed, "Die Anfrage nennt keine Fassung des Protokolls.")
    })?;
    if version < PROTOCOLS.min {
        Err(ProblemCode::ClientTooOld.into())
    } else if version > PROTOCOLS.max {
        Err(ProblemCode::ClientTooNew.into())
    } else {
        Ok(())
    }
}

fn check_role(endpoint: &Endpoint, caller: &Caller) -> Result<(), Refused> {
    match endpoint.access {
        Access::Rolle(rolle) if !caller.akteur.rollen.contains(&rolle) => {
            Err(ProblemCode::Forbidden.into())
        }
        Access::Anyone | Access::Person | Access::Rolle(_) => Ok(()),
    }
}
