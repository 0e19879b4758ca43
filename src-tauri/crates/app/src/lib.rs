//! Use cases of the workstation, by noun and verb, behind one command table.
//!
//! [`Profile`] locks a folder and finds its key, [`Office`] opens what lies in it, [`commands`] lists
//! everything that can be done with it, [`zentrale`] keeps it reconciled. The window and `kontorctl`
//! stand on exactly this.

mod akte;
mod aktenplan;
mod answer;
mod background;
pub mod check;
mod command;
pub mod commands;
mod conflict;
mod counts;
mod crash;
mod draft;
mod eingang;
mod einheit;
mod entry;
mod error;
pub mod event;
mod frist;
mod notice;
mod notiz;
mod office;
mod person;
mod pin;
mod profile;
mod register;
pub mod salvage;
mod schriftstueck;
mod seen;
mod session;
mod shown;
mod status;
pub mod suche;
pub mod viewer;
mod vorgang;
mod who;
mod wiedervorlage;
mod word;
mod world;
pub mod zentrale;

pub use answer::Answer;
pub use background::Background;
pub use error::{AppError, Class, Code};
pub use kontor_domain::PersonId;
pub use kontor_store::key::{AskPassphrase, DataKey, KeySource, Passphrase};
pub use kontor_sync::{Changed, World};
pub use office::Office;
pub use profile::Profile;
pub use who::Who;
pub use world::SystemWorld;
