//! What workstation and Zentrale say to each other.
//!
//! JSON over HTTP. Every request names its protocol version in the header [`PROTOCOL_HEADER`]; the
//! Zentrale announces in [`Hello`] which versions it speaks and which limits it keeps. Unknown fields
//! are ignored by readers and survive in stored entries and things, so a new side may add some. Codes of
//! problems, refusals and deferrals that a reader does not know read as "other", roles and scopes are left
//! out. Anything else that is new needs a new protocol version: a kind of thing, a step, an outcome.

mod digest;
mod documents;
mod feed;
mod hello;
mod newer;
pub mod path;
mod problem;
mod pull;
mod push;
mod sign_in;
mod verlauf;

pub use digest::{Digest, StateHash};
pub use documents::{ChunksResponse, CompleteRequest, MissingRequest, MissingResponse};
pub use feed::{ChainHash, Epoch, FeedRow, Head, Position, StandRow, Step};
pub use hello::{Hello, Limits, Protocols};
pub use problem::{Problem, ProblemCode};
pub use pull::{PullRequest, PullResponse, ScopePage, ScopeRequest, StandsRequest, StandsResponse};
pub use push::{Deferral, Outcome, PushEntry, PushRequest, PushResponse, PushResult, payload_hash};
pub use sign_in::{SignIn, SignInProvider};
pub use verlauf::{VerlaufPage, VerlaufRow};

/// The protocol version this crate speaks.
pub const PROTOCOL: u16 = 1;

/// Names the protocol version of a request.
pub const PROTOCOL_HEADER: &str = "kontor-protocol";
