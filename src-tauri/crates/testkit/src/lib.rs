//! kontor-testkit

pub mod postgres;
