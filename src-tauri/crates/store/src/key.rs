//! The key to everything a profile stores, and where it is kept.

mod data_key;

pub use data_key::{DataKey, KEY_BYTES};
pub(crate) use data_key::{Purpose, Subkey};
