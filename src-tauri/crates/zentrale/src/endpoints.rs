//! Every endpoint once: the router, the rights, the OpenAPI document and the test that each endpoint
//! refuses somebody are all made of [`ENDPOINTS`].

use axum::http::Method;
use axum::routing::{self, MethodRouter};
use kontor_domain::Rolle;
use kontor_wire::{
    ChunksResponse, CompleteRequest, Hello, MissingRequest, MissingResponse, Position, PullRequest,
    PullResponse, PushRequest, PushResponse, ScopePage, ScopeRequest, SignIn, StandsRequest,
    StandsResponse, VerlaufPage, path,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};

use crate::Zentrale;
use crate::http::{documents, hello, live, operations, pull, push, sign_in, stands, verlauf};

/// One endpoint.
#[derive(Debug)]
pub struct Endpoint {
    /// Its method.
    pub method: Method,
    /// Its path, with parameters in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// What it is given beside the path.
    pub request: Body,
    /// What it answers if all is well.
    pub response: Body,
    pub(crate) handler: fn() -> MethodRouter<Zentrale>,
}

/// Who may call an endpoint. What they may see or do with it is decided by the things themselves:
/// [`may_read`](kontor_domain::may_read) and [`authorise`](kontor_domain::authorise).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Everybody, without token.
    Anyone,
    /// Every active person of a Mandant.
    Person,
    /// Only people with this role.
    Rolle(Rolle),
}

/// What a message consists of.
#[derive(Debug, Clone, Copy)]
pub enum Body {
    /// Nothing.
    None,
    /// JSON of a described type.
    Json(fn(&mut SchemaGenerator) -> Schema),
    /// A query parameter with a number.
    QueryNumber(&'static str),
    /// Bytes, one chunk, with `Content-Digest`.
    Chunk,
    /// Bytes, or a piece of them if `Range` asks for one.
    Bytes,
    /// Server-sent events.
    Events,
    /// Text.
    Text,
    /// JSON of no fixed type.
    AnyJson,
}

impl Endpoint {
    /// Whether the request must name its protocol version.
    pub fn is_versioned(&self) -> bool {
        self.path.starts_with("/v1/")
    }
}

/// Liveness: the process answers.
pub const HEALTH_LIVE: &str = "/health/live";
/// Readiness: the database answers and the Zentrale is not stopping.
pub const HEALTH_READY: &str = "/health/ready";
/// Counters for Prometheus.
pub const METRICS: &str = "/metrics";
/// The description of all endpoints.
pub const OPENAPI: &str = "/openapi.json";

const fn json<T: JsonSchema>() -> Body {
    Body::Json(SchemaGenerator::subschema_for::<T>)
}

/// Every endpoint.
pub static ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        method: Method::GET,
        path: path::HELLO,
        access: Access::Person,
        summary: "Who the Zentrale is, who the caller is, and what is allowed",
        request: Body::None,
        response: json::<Hello>(),
        handler: || routing::get(hello::hello),
    },
    Endpoint {
        method: Method::GET,
        path: path::SIGN_IN,
        access: Access::Anyone,
        summary: "Where people sign in; nothing in it is secret",
        request: Body::None,
        response: json::<SignIn>(),
        handler: || routing::get(sign_in::sign_in),
    },
    Endpoint {
        method: Method::POST,
        path: path::PUSH,
        access: Access::Person,
        summary: "Decide a batch of entries; the author must be the caller, rights are asked per entry",
        request: json::<PushRequest>(),
        response: json::<PushResponse>(),
        handler: || routing::post(push::push),
    },
    Endpoint {
        method: Method::POST,
        path: path::PULL,
        access: Access::Person,
        summary: "The next rows of the feed, of scopes and things the caller may read",
        request: json::<PullRequest>(),
        response: json::<PullResponse>(),
        handler: || routing::post(pull::pull),
    },
    Endpoint {
        method: Method::POST,
        path: path::STANDS,
        access: Access::Person,
        summary: "Single things the caller may read",
        request: json::<StandsRequest>(),
        response: json::<StandsResponse>(),
        handler: || routing::post(stands::stands),
    },
    Endpoint {
        method: Method::POST,
        path: path::SCOPE,
        access: Access::Person,
        summary: "All things of a scope of the caller, page by page",
        request: json::<ScopeRequest>(),
        response: json::<ScopePage>(),
        handler: || routing::post(stands::scope),
    },
    Endpoint {
        method: Method::GET,
        path: path::VERLAUF,
        access: Access::Person,
        summary: "What happened to a thing the caller may read, the newest first, before a position",
        request: Body::QueryNumber("before"),
        response: json::<VerlaufPage>(),
        handler: || routing::get(verlauf::verlauf),
    },
    Endpoint {
        method: Method::GET,
        path: path::LIVE,
        access: Access::Person,
        summary: "Events named hint, each with the feed's end, when the caller's scopes have changed",
        request: Body::None,
        response: Body::Events,
        handler: || routing::get(live::live),
    },
    Endpoint {
        method: Method::GET,
        path: path::LIVE_POLL,
        access: Access::Person,
        summary: "The feed's end, once the caller's scopes have changed after a position",
        request: Body::QueryNumber("after"),
        response: json::<Position>(),
        handler: || routing::get(live::poll),
    },
    Endpoint {
        method: Method::POST,
        path: path::DOCUMENTS_MISSING,
        access: Access::Person,
        summary: "Which documents the caller has yet to upload",
        request: json::<MissingRequest>(),
        response: json::<MissingResponse>(),
        handler: || routing::post(documents::missing),
    },
    Endpoint {
        method: Method::GET,
        path: path::DOCUMENT,
        access: Access::Person,
        summary: "A document the caller has uploaded or that a thing refers to that they may read",
        request: Body::None,
        response: Body::Bytes,
        handler: || routing::get(documents::get),
    },
    Endpoint {
        method: Method::GET,
        path: path::DOCUMENT_CHUNKS,
        access: Access::Person,
        summary: "Which chunks of the caller's upload are there",
        request: Body::None,
        response: json::<ChunksResponse>(),
        handler: || routing::get(documents::chunks),
    },
    Endpoint {
        method: Method::PUT,
        path: path::DOCUMENT_CHUNK,
        access: Access::Person,
        summary: "One chunk of the caller's upload",
        request: Body::Chunk,
        response: Body::None,
        handler: || routing::put(documents::put_chunk),
    },
    Endpoint {
        method: Method::POST,
        path: path::DOCUMENT_COMPLETE,
        access: Access::Person,
        summary: "Check the caller's upload and publish it",
        request: json::<CompleteRequest>(),
        response: Body::None,
        handler: || routing::post(documents::complete),
    },
    Endpoint {
        method: Method::GET,
        path: HEALTH_LIVE,
        access: Access::Anyone,
        summary: "Whether the process answers",
        request: Body::None,
        response: Body::AnyJson,
        handler: || routing::get(operations::live),
    },
    Endpoint {
        method: Method::GET,
        path: HEALTH_READY,
        access: Access::Anyone,
        summary: "Whether the Zentrale can work",
        request: Body::None,
        response: Body::AnyJson,
        handler: || routing::get(operations::ready),
    },
    Endpoint {
        method: Method::GET,
        path: METRICS,
        access: Access::Rolle(Rolle::Administration),
        summary: "Counters in the text format of Prometheus",
        request: Body::None,
        response: Body::Text,
        handler: || routing::get(operations::metrics),
    },
    Endpoint {
        method: Method::GET,
        path: OPENAPI,
        access: Access::Person,
        summary: "This document",
        request: Body::None,
        response: Body::AnyJson,
        handler: || routing::get(operations::openapi),
    },
];
