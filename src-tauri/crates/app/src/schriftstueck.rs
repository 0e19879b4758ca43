//! Schriftstuecke: files come in as bytes, and go out as bytes.

mod add;
mod add_all;
mod add_fassung;
mod export;
pub(crate) mod import;
mod look;
mod rename;

pub(crate) use add::Add;
pub(crate) use add_all::AddAll;
pub(crate) use add_fassung::AddFassung;
pub(crate) use export::Export;
pub(crate) use look::Look;
pub(crate) use rename::Rename;
