//! Fristen.

mod explain;
mod reckon;
mod remove;
mod rule;
mod set;

pub(crate) use explain::explained;
pub(crate) use reckon::Reckon;
pub(crate) use remove::Remove;
pub(crate) use rule::Rule;
pub(crate) use set::Set;
