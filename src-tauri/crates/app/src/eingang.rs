//! Eingänge.

mod assign;
mod create_vorgang;
mod forward;
mod list;
mod record;
mod see;
mod show;

pub(crate) use assign::Assign;
pub(crate) use create_vorgang::CreateVorgang;
pub(crate) use forward::Forward;
pub(crate) use list::List;
pub(crate) use record::Record;
pub(crate) use see::See;
pub(crate) use show::Show;
