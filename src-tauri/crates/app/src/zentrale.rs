//! The way to the Zentrale: one connection, hints from it, and a loop that keeps the desk reconciled.

mod address;
mod backoff;
mod connect;
mod hints;
mod http;
pub(crate) mod meta;
mod sign_in;
mod state;
mod watch;

pub use address::{Address, Token};
pub use connect::{Connected, Reconciled, connect, sync_once};
pub use http::HttpPort;
pub use sign_in::{address, sign_in};
pub use state::{Contact, State, local_zone};
pub use watch::watch;
