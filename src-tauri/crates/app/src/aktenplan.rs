//! The Aktenplan.

mod list;
mod way;

pub(crate) use list::List;
pub(crate) use way::{Step, way};
