//! Notizen.

mod add;

pub(crate) use add::Add;
