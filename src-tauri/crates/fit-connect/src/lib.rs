//! FIT-Connect, the subscriber's side: how Einreichungen from the citizen portal are fetched, proved
//! and opened.
//!
//! Everything here turns bytes into values and back. The network stands behind one port.

mod base64url;
pub mod callback;
pub mod checks;
pub mod environment;
pub mod hash;
mod hex;
pub mod http;
mod id;
pub mod jwe;
pub mod jwk;
pub mod jws;
pub mod key;
pub mod metadata;
pub mod port;
#[cfg(test)]
mod samples;
pub mod set;
pub mod vocabulary;

pub use id::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};
