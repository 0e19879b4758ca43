//! The things that have a revision.

use serde::Serialize;

use crate::{
    Akte, Aktenplaneintrag, Eingang, EntityRef, Leistungspaket, Organisationseinheit, Person,
    Scope, Vorgang,
};

/// One thing with its content.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Entity {
    /// A unit.
    Einheit(Organisationseinheit),
    /// A person.
    Person(Person),
    /// An entry of the Aktenplan.
    Aktenplaneintrag(Aktenplaneintrag),
    /// An Akte.
    Akte(Akte),
    /// An Eingang.
    Eingang(Eingang),
    /// A Vorgang.
    Vorgang(Box<Vorgang>),
    /// A Leistungspaket.
    Leistungspaket(Box<Leistungspaket>),
}

impl Entity {
    /// Its reference.
    pub fn reference(&self) -> EntityRef {
        match self {
            Self::Einheit(einheit) => einheit.id.into(),
            Self::Person(person) => person.id.into(),
            Self::Aktenplaneintrag(eintrag) => eintrag.id.into(),
            Self::Akte(akte) => akte.id.into(),
            Self::Eingang(eingang) => eingang.id.into(),
            Self::Vorgang(vorgang) => vorgang.id.into(),
            Self::Leistungspaket(paket) => paket.id.into(),
        }
    }

    /// Who sees it.
    pub fn scope(&self) -> Scope {
        match self {
            Self::Einheit(_)
            | Self::Person(_)
            | Self::Aktenplaneintrag(_)
            | Self::Leistungspaket(_) => Scope::Stammdaten,
            Self::Akte(akte) => Scope::Einheit(akte.einheit),
            Self::Eingang(eingang) => Scope::Einheit(eingang.einheit),
            Self::Vorgang(vorgang) => Scope::Einheit(vorgang.einheit),
        }
    }
}
