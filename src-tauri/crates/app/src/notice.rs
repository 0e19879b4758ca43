//! Notices: what happened to this desk without anybody at it having done it.

mod dismiss;
mod list;

pub(crate) use dismiss::Dismiss;
pub(crate) use list::List;
