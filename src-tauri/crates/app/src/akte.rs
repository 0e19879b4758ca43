//! Akten.

mod create;
mod likely;
mod list;
mod next_sign;
mod show;
mod sign;
mod suggest;

pub(crate) use create::Create;
pub(crate) use list::List;
pub(crate) use next_sign::NextSign;
pub(crate) use show::Show;
pub(crate) use suggest::Suggest;
