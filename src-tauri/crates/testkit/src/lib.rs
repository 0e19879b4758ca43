//! kontor-testkit
