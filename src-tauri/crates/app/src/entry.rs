//! Entries: what was entered here and what became of it.

mod list;
mod release;
mod withdraw;

pub(crate) use list::List;
pub(crate) use release::Release;
pub(crate) use withdraw::Withdraw;
