//! The central service: takes entries, decides them with the rules of `kontor-domain`, keeps one feed
//! per Mandant, serves documents by hash.

pub mod chain;
pub mod push;
pub mod storage;
