//! Two versions of the same thing, side by side.

mod list;
mod resolve;

pub(crate) use list::{List, contested};
pub(crate) use resolve::Resolve;
