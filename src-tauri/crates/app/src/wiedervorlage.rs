//! Wiedervorlagen.

mod add;
mod complete;
mod list;
mod reschedule;

pub(crate) use add::Add;
pub(crate) use complete::Complete;
pub(crate) use list::List;
pub(crate) use reschedule::Reschedule;
