//! „Zwei Fassungen“: both sides, and what a person decides.

mod list;
mod resolve;

pub(crate) use list::List;
pub(crate) use resolve::Resolve;
