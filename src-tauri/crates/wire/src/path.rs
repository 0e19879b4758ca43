//! Where the endpoints are. Templates in the notation of `OpenAPI` and of the router alike.

/// `GET`: [`Hello`](crate::Hello).
pub const HELLO: &str = "/v1/hello";
/// `GET`: [`SignIn`](crate::SignIn), for whoever has no token yet.
pub const SIGN_IN: &str = "/v1/sign-in";
/// `POST` [`PushRequest`](crate::PushRequest): [`PushResponse`](crate::PushResponse).
pub const PUSH: &str = "/v1/push";
/// `POST` [`PullRequest`](crate::PullRequest): [`PullResponse`](crate::PullResponse).
pub const PULL: &str = "/v1/pull";
/// `POST` [`StandsRequest`](crate::StandsRequest): [`StandsResponse`](crate::StandsResponse).
pub const STANDS: &str = "/v1/stands";
/// `POST` [`ScopeRequest`](crate::ScopeRequest): [`ScopePage`](crate::ScopePage).
pub const SCOPE: &str = "/v1/scope";
/// `GET ?before=N`: [`VerlaufPage`](crate::VerlaufPage), rows of one thing before a
/// [`Position`](crate::Position).
pub const VERLAUF: &str = "/v1/verlauf/{kind}/{id}";
/// `GET`: server-sent events named `hint` with a [`Position`](crate::Position) as data.
pub const LIVE: &str = "/v1/live";
/// `GET ?after=N`: answers with a [`Position`](crate::Position) as soon as it is beyond `N`, or after
/// [`Limits::poll_seconds`](crate::Limits::poll_seconds) with the same.
pub const LIVE_POLL: &str = "/v1/live/poll";
/// `POST` [`MissingRequest`](crate::MissingRequest): [`MissingResponse`](crate::MissingResponse).
pub const DOCUMENTS_MISSING: &str = "/v1/documents/missing";
/// `GET` with optional `Range`: the bytes.
pub const DOCUMENT: &str = "/v1/documents/{hash}";
/// `GET`: [`ChunksResponse`](crate::ChunksResponse), what is there of an unfinished upload.
pub const DOCUMENT_CHUNKS: &str = "/v1/documents/{hash}/chunks";
/// `PUT` bytes with `Content-Digest` (RFC 9530): one chunk; repeating it changes nothing.
pub const DOCUMENT_CHUNK: &str = "/v1/documents/{hash}/chunks/{number}";
/// `POST` [`CompleteRequest`](crate::CompleteRequest): checks and publishes an upload.
pub const DOCUMENT_COMPLETE: &str = "/v1/documents/{hash}/complete";
