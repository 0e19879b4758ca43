//! Wiedervorlagen.

mod add;
mod complete;
mod reschedule;

pub(crate) use add::Add;
pub(crate) use complete::Complete;
pub(crate) use reschedule::Reschedule;
