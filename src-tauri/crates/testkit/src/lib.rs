//! kontor-testkit

pub mod disk;
pub mod postgres;
