//! What each endpoint does.

mod body;
pub(crate) mod documents;
pub(crate) mod hello;
pub(crate) mod live;
pub(crate) mod operations;
pub(crate) mod pull;
pub(crate) mod push;
pub(crate) mod sign_in;
pub(crate) mod stands;
pub(crate) mod verlauf;

/// What handlers answer.
type Answer<T> = Result<T, crate::refused::Refused>;
