//! kontor-ctl
