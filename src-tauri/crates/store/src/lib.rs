//! The workstation's memory: encrypted databases, encrypted documents, and the key to both.

pub mod database;
pub mod disk;
pub mod documents;
pub mod key;
pub mod mirror;
mod profile_lock;
pub mod work;

pub use profile_lock::{ProfileLock, ProfileLockError};
