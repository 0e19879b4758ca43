//! kontor-domain
