//! What a clerk had before their eyes when they decided to change it.
//!
//! A dialog may stand open while the Zentrale brings what a colleague entered. Whoever saves it then has
//! not seen that: their entry must say so, or it would overwrite what nobody looked at.

use kontor_domain::Feldwert;
use serde::{Deserialize, Deserializer};

/// A value as it was shown. Where nobody says what was shown, it is what stands there now.
#[derive(Debug, Clone, Default)]
pub(crate) enum Seen<T> {
    /// Not said.
    #[default]
    Now,
    /// This one.
    Shown(T),
}

/// What a field shall be, and what was seen of it.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) seen: Option<Feldwert>,
    pub(crate) to: Feldwert,
}

impl<T> Seen<T> {
    /// A wish of whoever saw this, told what their field is.
    pub(crate) fn wish(self, to: T, feldwert: impl Fn(T) -> Feldwert) -> Wish {
        let seen = match self {
            Self::Now => None,
            Self::Shown(value) => Some(feldwert(value)),
        };
        Wish { seen, to: feldwert(to) }
    }
}

/// `null` is a value too: „niemand“, „in keiner Akte“.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Seen<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        T::deserialize(from).map(Self::Shown)
    }
}

impl From<Feldwert> for Wish {
    fn from(to: Feldwert) -> Self {
        Self { seen: None, to }
    }
}
