//! How parts of things look in answers: with the names of people and units instead of ids alone, and
//! each with its receipt.

mod names;
mod part;
mod schriftstueck;
mod text;

pub(crate) use names::{Names, Stamped};
pub(crate) use part::{Part, PartReceipt, Waiting};
pub(crate) use schriftstueck::{SchriftstueckShown, absent, schriftstuecke};
pub(crate) use text::{day_text, feld_text, wert_text};
