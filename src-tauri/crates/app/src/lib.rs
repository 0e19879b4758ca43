//! kontor-app
