//! The one door to the Zentrale.

use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::{Request, Response};

/// No answer arrived. Whether the request did is not known, so everything sent must be repeatable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the Zentrale does not answer: {0}")]
pub struct Unreachable(pub String);

/// An answer on its way.
pub type Reply<'a> =
    Pin<Box<dyn Future<Output = Result<Response<Bytes>, Unreachable>> + Send + 'a>>;

/// Carries one request to the Zentrale and its answer back. Two implementations: HTTP in `app`, and
/// the hostile network of the simulation.
///
/// Left out on purpose: retries, time-outs per call and pauses. When to try again is decided by
/// whoever calls [`sync`](crate::sync); how long to wait for an answer is the carrier's business.
pub trait Port: Send + Sync {
    /// Sends a request. Its URI is path and query only; carrier adds address and token.
    fn call(&self, request: Request<Bytes>) -> Reply<'_>;
}
