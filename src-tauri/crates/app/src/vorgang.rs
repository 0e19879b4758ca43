//! Vorgänge.

mod assign;
mod change;
mod close;
mod closing;
mod create;
mod file;
mod list;
mod r#move;
mod see;
mod set_status;
mod show;
mod verlauf;

pub(crate) use assign::Assign;
pub(crate) use change::Change;
pub(crate) use close::Close;
pub(crate) use closing::Closing;
pub(crate) use create::Create;
pub(crate) use file::File;
pub(crate) use list::{List, ROWS_MAX};
pub(crate) use r#move::Move;
pub(crate) use see::See;
pub(crate) use set_status::SetStatus;
pub(crate) use show::Show;
pub(crate) use verlauf::Verlauf;
