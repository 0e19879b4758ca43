//! The desk's side: starts workers, gives them work in the right order, survives them.
//!
//! One worker serves one document: a hostile document meets no other, closing gives back all of its
//! memory, and the protocol needs no names for documents. A spare worker is kept ready, so that
//! opening does not wait for a process to start.

mod cache;
mod document;
mod documents;
mod driver;
mod pending;
mod program;
mod queue;
mod watchdog;
mod worker;

pub use document::OpenDocument;
pub use documents::{Documents, Limits};
pub use pending::Pending;
pub use program::{Program, ProgramMissing};
