//! The Aktenplan.

mod list;

pub(crate) use list::List;
