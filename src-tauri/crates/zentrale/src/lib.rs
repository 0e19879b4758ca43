//! The central service: takes entries, decides them with the rules of `kontor-domain`, keeps one feed
//! per Mandant, serves documents by hash.

pub mod auth;
pub mod chain;
pub mod cli;
pub mod config;
pub mod demo;
pub mod documents;
pub mod einreichung;
pub mod embedded;
pub mod endpoints;
mod gate;
mod http;
mod live;
mod metrics;
pub mod openapi;
pub mod operator;
pub mod push;
mod refused;
mod router;
pub mod serve;
pub mod storage;
pub mod verify;
pub mod world;
mod zentrale;

pub use refused::Refused;
pub use router::{PROTOCOLS, router};
pub use zentrale::{Parts, Places, Zentrale};
