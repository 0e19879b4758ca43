//! The real programs, started as an operator or a clerk would start them.

#![expect(clippy::indexing_slicing, reason = "a field that JSON lacks reads as null")]

mod desk;
mod programs;
mod tell;
mod zentrale;

pub use desk::{Conflict, Desk, Verdict};
pub use programs::{json, program, program_path};
pub use tell::{done, scene};
pub use zentrale::Zentrale;
