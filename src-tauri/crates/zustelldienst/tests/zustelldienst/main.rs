//! The Zustelldienst from outside: what senders and subscribers meet, held against the official
//! `OpenAPI` file where it is at hand.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![expect(clippy::indexing_slicing, reason = "JSON and lists of known shape")]

mod callback;
mod events;
mod faults;
mod lifecycle;
mod oracle;
mod refusals;
mod subscriber;
mod time;
