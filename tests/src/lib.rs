//! What is shared by tests of the whole: real programs, and the simulated office.

pub mod black_box;
pub mod host;
pub mod simulation;
pub mod typescript;
pub mod window;
