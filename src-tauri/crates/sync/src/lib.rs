//! kontor-sync
