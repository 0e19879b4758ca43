//! What things are called.

use std::fmt;
use std::str::FromStr;

use uuid::Uuid;

use crate::as_text::as_text;
use crate::{
    AkteId, AktenplaneintragId, EingangId, EinheitId, LeistungspaketId, PersonId, VorgangId,
};

/// The kinds of things that have a revision of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EntityKind {
    /// [`Organisationseinheit`].
    Einheit = 1,
    /// [`Person`].
    Person = 2,
    /// [`Aktenplaneintrag`].
    Aktenplaneintrag = 3,
    /// [`Akte`].
    Akte = 4,
    /// [`Eingang`].
    Eingang = 5,
    /// [`Vorgang`].
    Vorgang = 6,
    /// [`Leistungspaket`].
    Leistungspaket = 7,
}

impl EntityKind {
    const ALL: [Self; 7] = [
        Self::Einheit,
        Self::Person,
        Self::Aktenplaneintrag,
        Self::Akte,
        Self::Eingang,
        Self::Vorgang,
        Self::Leistungspaket,
    ];

    /// Its word in references: `vorgang`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Einheit => "einheit",
            Self::Person => "person",
            Self::Aktenplaneintrag => "aktenplaneintrag",
            Self::Akte => "akte",
            Self::Eingang => "eingang",
            Self::Vorgang => "vorgang",
            Self::Leistungspaket => "leistungspaket",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Names one thing: `vorgang/0190…` in text, 17 bytes as a storage key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// What kind of thing.
    pub kind: EntityKind,
    /// Which one.
    pub id: Uuid,
}

/// The text or key names no thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a reference is a kind, a slash and a UUID")]
pub struct InvalidEntityRef;

impl EntityRef {
    /// The key under which storages keep it: kind, then the UUID's bytes.
    pub fn to_key(self) -> [u8; 17] {
        let mut key = [self.kind as u8; 17];
        if let Some(tail) = key.last_chunk_mut::<16>() {
            *tail = *self.id.as_bytes();
        }
        key
    }

    /// Reads a key back.
    pub fn from_key(key: &[u8]) -> Result<Self, InvalidEntityRef> {
        let (&first, tail) = key.split_first().ok_or(InvalidEntityRef)?;
        let kind = EntityKind::ALL.into_iter().find(|kind| *kind as u8 == first);
        Ok(Self {
            kind: kind.ok_or(InvalidEntityRef)?,
            id: Uuid::from_slice(tail).map_err(|_| InvalidEntityRef)?,
        })
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.word(), self.id)
    }
}

impl fmt::Debug for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for EntityRef {
    type Err = InvalidEntityRef;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, id) = text.split_once('/').ok_or(InvalidEntityRef)?;
        Ok(Self {
            kind: EntityKind::from_word(word).ok_or(InvalidEntityRef)?,
            id: Uuid::try_parse(id).map_err(|_| InvalidEntityRef)?,
        })
    }
}

macro_rules! references {
    ($($id:ident => $kind:ident;)+) => {$(
        impl From<$id> for EntityRef {
            fn from(id: $id) -> Self {
                Self { kind: EntityKind::$kind, id: id.uuid() }
            }
        }
    )+};
}

references! {
    EinheitId => Einheit;
    PersonId => Person;
    AktenplaneintragId => Aktenplaneintrag;
    AkteId => Akte;
    EingangId => Eingang;
    VorgangId => Vorgang;
    LeistungspaketId => Leistungspaket;
}

as_text!(EntityRef);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_key_name_the_same_thing() {
        for kind in EntityKind::ALL {
            let entity =
                EntityRef { kind, id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_002a) };
            assert_eq!(EntityRef::from_key(&entity.to_key()), Ok(entity));
            assert_eq!(entity.to_string().parse(), Ok(entity));
        }
        assert!(EntityRef::from_key(&[9; 17]).is_err());
        assert!(EntityRef::from_key(&[1; 16]).is_err());
        assert!("vorgang/7".parse::<EntityRef>().is_err());
    }
}
