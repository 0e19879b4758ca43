//! Pins: things somebody wants to have on this machine beside the work of their units.

mod add;
mod list;
mod remove;

pub(crate) use add::Add;
pub(crate) use list::List;
pub(crate) use remove::Remove;
