//! kontor-zentrale
