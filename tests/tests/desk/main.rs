//! One desk and a real Zentrale, without a network between them unless a test puts one there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where something is missing"
)]

mod documents;
mod house;
mod notices;
mod pins;
mod rollback;
mod verlauf;
