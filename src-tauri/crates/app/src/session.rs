//! Whether the desk lies open: a lock for whoever walks away from it, opened by something they know.
//!
//! The lock protects an open program from the next person at the same screen. What lies on the disk is
//! protected by the profile's key, which is another matter.

mod factor;
mod guard;
mod lock;
mod set_pin;
mod set_rules;
mod state;
mod unlock;

pub(crate) use guard::Guard;
pub(crate) use lock::Lock;
pub(crate) use set_pin::SetPin;
pub(crate) use set_rules::SetRules;
pub(crate) use state::State;
pub(crate) use unlock::Unlock;
