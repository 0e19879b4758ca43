//! Entries: what was entered here and what became of it.

mod about;
mod content;
mod dismiss;
mod line;
mod list;
mod release;
mod show;
mod undo;
mod waiting;
mod withdraw;

pub(crate) use about::{done, title};
pub(crate) use dismiss::Dismiss;
pub(crate) use line::{Line, parse};
pub(crate) use list::{List, waiting_about};
pub(crate) use release::Release;
pub(crate) use show::Show;
pub(crate) use undo::Undo;
pub(crate) use withdraw::Withdraw;
