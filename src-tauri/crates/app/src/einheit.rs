//! Units.

mod list;

pub(crate) use list::List;
