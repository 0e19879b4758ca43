//! Drafts: what somebody began to write and has not entered yet. They never leave this machine.

mod drop;
mod get;
mod keep;

pub(crate) use drop::Drop;
pub(crate) use get::Get;
pub(crate) use keep::Keep;
