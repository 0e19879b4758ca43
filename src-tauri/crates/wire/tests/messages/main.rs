//! What comes over the wire, read from outside: every message comes back as it went, whatever else
//! comes is refused without harm, and an old side gets along with what a newer one adds.

#![expect(clippy::unwrap_used, reason = "a test stops where something is missing")]

mod draw;
mod every;
mod hostile;
mod newer;
mod round_trip;
