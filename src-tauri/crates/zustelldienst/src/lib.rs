//! A FIT-Connect Zustelldienst on loopback, for development and tests. Nobody ships it.
//!
//! It behaves as the official `OpenAPI` 1.1.3 says: token endpoint, sender's and subscriber's side,
//! Zustellpunkte with their keys, signed event log, callback. Where that file is silent it does what
//! the public documentation says, and the comment there names the assumption. Given the file itself
//! ([`Setup::contract`]), it holds every request and every answer against it.
//!
//! Its encryption and its check of signatures share nothing with the crate that reads submissions:
//! `rsa` and `aes-gcm` here, another library there. What both agree on is the standard.
//!
//! The words are those of the glossary: *Zustellpunkt* is a destination, *Einreichung* a submission,
//! *Anlage* an attachment, *Vorgangsreferenz* a `caseId`.
#![expect(
    clippy::indexing_slicing,
    reason = "JSON by name: what is not there reads as null; what is written is an object of ours"
)]

mod callback;
mod client;
mod clock;
mod contract;
mod dienst;
mod einreichung;
mod endpoint;
mod event;
mod exchange;
mod fault;
mod id;
pub mod jwe;
mod jwk;
mod key;
mod problem;
mod rest;
mod running;
pub mod sender;
mod token;
mod zustellpunkt;

pub use client::Client;
pub use clock::Clock;
pub use contract::{ContractError, Side, Violation};
pub use dienst::{Notice, Stand};
pub use endpoint::Endpoint;
pub use fault::{Fault, Storm};
pub use jwk::{JwkError, PublicKey};
pub use running::{Setup, StartError, Zustelldienst};
pub use zustellpunkt::{Callback, Service, Submissionschema, Zustellpunkt};
