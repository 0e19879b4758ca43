//! The real programs, started as an operator or a clerk would start them.

mod desk;
mod programs;
mod tell;
mod zentrale;

pub use desk::{Conflict, Desk, Verdict};
pub use tell::{done, scene};
pub use zentrale::Zentrale;
