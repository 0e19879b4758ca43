//! What happens around every request: faults, the passing of time, the contract.

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::{Stream, stream};
use http::header::{CONTENT_LENGTH, RETRY_AFTER, USER_AGENT};
use http::{StatusCode, response};

use crate::Endpoint;
use crate::contract::{Contract, Message, Side, Violation};
use crate::dienst::Dienst;
use crate::fault::Fault;
use crate::jwe::TAG_CHARS;
use crate::problem::Problem;

/// Marks an answer that never leaves: the connection is broken instead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lost;

/// Answers `request`, or fails as it was told to.
pub(crate) async fn answer(
    State((dienst, endpoint)): State<(Arc<Dienst>, Endpoint)>,
    request: Request,
    next: Next,
) -> Response {
    if !request.headers().contains_key(USER_AGENT) {
        return Problem::forbidden("say who you are: User-Agent is missing").into_response();
    }
    let passed = dienst.let_time_pass(&mut dienst.book());
    if let Err(error) = passed {
        return Problem::internal(&error).into_response();
    }
    let fault = dienst.faults.next(endpoint);
    if let Some(instead) = instead(fault) {
        return instead;
    }
    if let Some(Fault::Slow(pause)) = fault {
        tokio::time::sleep(pause).await;
    }
    let answer = match &dienst.contract {
        Some(contract) => checked(&dienst, (contract, endpoint), request, next).await,
        None => next.run(request).await,
    };
    match fault {
        Some(Fault::LostReply) => lost(),
        Some(fault) => changed(answer, fault).await,
        None => answer,
    }
}

/// What is answered without doing anything.
fn instead(fault: Option<Fault>) -> Option<Response> {
    Some(match fault? {
        Fault::Reset => lost(),
        Fault::TokenExpired => Problem::unauthorized().into_response(),
        Fault::Status(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Problem::new(status, "on-demand", "a fault that was asked for").into_response()
        }
        Fault::Busy { retry_after_seconds } => {
            let busy = StatusCode::TOO_MANY_REQUESTS;
            let mut answer = Problem::new(busy, "on-demand", "too many requests").into_response();
            answer.headers_mut().insert(RETRY_AFTER, retry_after_seconds.into());
            answer
        }
        _ => return None,
    })
}

fn lost() -> Response {
    let mut answer = StatusCode::NO_CONTENT.into_response();
    answer.extensions_mut().insert(Lost);
    answer
}

/// Lets the request through and notes what either side said that it should not have.
async fn checked(
    dienst: &Dienst,
    (contract, endpoint): (&Contract, Endpoint),
    request: Request,
    next: Next,
) -> Response {
    let note = |side, what: Option<String>| {
        let violations = what.map(|what| Violation { endpoint, side, what });
        dienst.violations().extend(violations);
    };
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else { return lost() };
    let sent = Message { headers: &head.headers, body: &body };
    note(Side::Request, contract.check_request(endpoint, &sent));
    let answer = next.run(Request::from_parts(head, Body::from(body))).await;
    let Some((head, body)) = whole(answer).await else { return lost() };
    let sent = Message { headers: &head.headers, body: &body };
    note(Side::Answer, contract.check_answer(endpoint, (head.status, &sent)));
    Response::from_parts(head, Body::from(body))
}

async fn whole(answer: Response) -> Option<(response::Parts, Bytes)> {
    let (head, body) = answer.into_parts();
    Some((head, to_bytes(body, usize::MAX).await.ok()?))
}

/// The answer as the fault leaves it.
async fn changed(answer: Response, fault: Fault) -> Response {
    if !answer.status().is_success() {
        return answer;
    }
    let Some((mut head, body)) = whole(answer).await else { return lost() };
    if fault == Fault::HalfBody {
        head.headers.insert(CONTENT_LENGTH, body.len().into());
        return Response::from_parts(
            head,
            Body::from_stream(broken_after(body.slice(..body.len() / 2))),
        );
    }
    head.headers.remove(CONTENT_LENGTH);
    let json = serde_json::from_slice::<serde_json::Value>(&body).ok();
    let body = match (fault, json) {
        (Fault::WrongTag, Some(mut shown)) if shown["encryptedData"].is_string() => {
            let data = shown["encryptedData"].as_str().unwrap_or_default();
            shown["encryptedData"] = other_tag(data).into();
            shown.to_string().into()
        }
        (Fault::WrongTag, None) => {
            std::str::from_utf8(&body).map(|jwe| other_tag(jwe).into()).unwrap_or(body)
        }
        (Fault::BrokenSignature | Fault::ReplayedEvent | Fault::NoSubmitEvent, Some(mut shown)) => {
            let log = shown["eventLog"].as_array_mut().map(|log| disturb(log, fault));
            if log.is_some() { shown.to_string().into() } else { body }
        }
        _ => body,
    };
    Response::from_parts(head, Body::from(body))
}

/// `half`, and then the connection breaks.
fn broken_after(half: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    stream::try_unfold(Some(half), |half| async move {
        let Some(half) = half else {
            // What was written so far goes out only while the rest is waited for.
            tokio::task::yield_now().await;
            return Err(io::Error::from(io::ErrorKind::ConnectionReset));
        };
        Ok(Some((half, None)))
    })
}

/// The same JWE with another authentication tag.
fn other_tag(jwe: &str) -> String {
    let (rest, tag) = jwe.split_at(jwe.len().saturating_sub(TAG_CHARS));
    let first = if tag.starts_with('A') { 'B' } else { 'A' };
    format!("{rest}{first}{}", tag.get(1..).unwrap_or_default())
}

fn disturb(log: &mut Vec<serde_json::Value>, fault: Fault) {
    let submit = log.iter().position(|token| names(token, "submit-submission"));
    match (fault, submit) {
        (Fault::BrokenSignature, _) => {
            if let Some(last) = log.last_mut() {
                *last = other_tag(last.as_str().unwrap_or_default()).into();
            }
        }
        (Fault::NoSubmitEvent, Some(at)) => drop(log.remove(at)),
        (Fault::ReplayedEvent, Some(at)) => {
            if let Some(token) = log.get(at).cloned() {
                log.push(token);
            }
        }
        _ => {}
    }
}

fn names(token: &serde_json::Value, event: &str) -> bool {
    use base64::Engine as _;
    let payload = token.as_str().and_then(|token| token.split('.').nth(1));
    let bytes =
        payload.and_then(|part| base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).ok());
    bytes.is_some_and(|bytes| String::from_utf8_lossy(&bytes).contains(event))
}
