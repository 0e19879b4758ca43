//! Fristen.

mod remove;
mod set;

pub(crate) use remove::Remove;
pub(crate) use set::Set;
