//! Where things are visible.

use std::fmt;
use std::str::FromStr;

use crate::as_text::as_text;
use crate::{EinheitId, EntityKind, EntityRef, InvalidEntityRef};

/// A part of the office's data that is seen, mirrored and withdrawn as a whole:
/// `stammdaten` or `einheit/0190…` in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Units, people and the Aktenplan: for everybody of the Mandant.
    Stammdaten,
    /// Everything one unit works on.
    Einheit(EinheitId),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stammdaten => f.write_str("stammdaten"),
            Self::Einheit(id) => EntityRef::from(*id).fmt(f),
        }
    }
}

impl FromStr for Scope {
    type Err = InvalidEntityRef;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text == "stammdaten" {
            return Ok(Self::Stammdaten);
        }
        match text.parse()? {
            EntityRef { kind: EntityKind::Einheit, id } => Ok(Self::Einheit(EinheitId::new(id))),
            EntityRef { .. } => Err(InvalidEntityRef),
        }
    }
}

as_text!(Scope);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_units_and_reference_data_are_scopes() {
        assert_eq!("stammdaten".parse(), Ok(Scope::Stammdaten));
        assert!("vorgang/01900000-0000-7000-8000-00000000002a".parse::<Scope>().is_err());
    }
}
