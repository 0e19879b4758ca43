//! kontor-wire
