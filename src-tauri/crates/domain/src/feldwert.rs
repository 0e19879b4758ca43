//! Values of fields, and changes from one to another.

use serde::{Deserialize, Serialize};

use crate::{
    AkteId, Betreff, Day, EinheitId, FassungId, Feld, Frist, FristId, Leistungsschluessel,
    PersonId, SchriftstueckId, Status, WiedervorlageId,
};

/// A field with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feldwert {
    /// What it is about.
    Betreff(Betreff),
    /// The public service.
    Leistung(Option<Leistungsschluessel>),
    /// How far it is.
    Status(Status),
    /// Who works on it.
    Zuweisung(Option<PersonId>),
    /// The unit responsible.
    Einheit(EinheitId),
    /// Where it is filed.
    Akte(Option<AkteId>),
    /// A Frist; `None` where there is none.
    Frist(FristId, Option<Frist>),
    /// The day a Wiedervorlage comes back.
    Wiedervorlage(WiedervorlageId, Day),
    /// The Fassung that counts.
    Fassung(SchriftstueckId, FassungId),
    /// What a Schriftstueck is.
    Schriftstueck(SchriftstueckId, Betreff),
}

/// A change of one field, with the value the clerk saw; both values belong to the same field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FromTo")]
pub struct Feldaenderung(FromTo);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FromTo {
    from: Feldwert,
    to: Feldwert,
}

impl Feldwert {
    /// The field this is a value of.
    pub fn feld(&self) -> Feld {
        match self {
            Self::Betreff(_) => Feld::Betreff,
            Self::Leistung(_) => Feld::Leistung,
            Self::Status(_) => Feld::Status,
            Self::Zuweisung(_) => Feld::Zuweisung,
            Self::Einheit(_) => Feld::Einheit,
            Self::Akte(_) => Feld::Akte,
            Self::Frist(id, _) => Feld::Frist(*id),
            Self::Wiedervorlage(id, _) => Feld::Wiedervorlage(*id),
            Self::Fassung(id, _) => Feld::Fassung(*id),
            Self::Schriftstueck(id, _) => Feld::Schriftstueck(*id),
        }
    }
}

impl Feldaenderung {
    /// A change from what the clerk saw to what it shall be; `None` if the two are values of
    /// different fields.
    pub fn new(from: Feldwert, to: Feldwert) -> Option<Self> {
        (from.feld() == to.feld()).then_some(Self(FromTo { from, to }))
    }

    /// The field that changes.
    pub fn feld(&self) -> Feld {
        self.0.to.feld()
    }

    /// Whether it opens a closed Vorgang again.
    pub(crate) fn opens(&self) -> bool {
        *self.from() == Feldwert::Status(Status::ZdA)
    }

    /// What the clerk saw.
    pub fn from(&self) -> &Feldwert {
        &self.0.from
    }

    /// What it shall be.
    pub fn to(&self) -> &Feldwert {
        &self.0.to
    }
}

impl TryFrom<FromTo> for Feldaenderung {
    type Error = &'static str;
    fn try_from(change: FromTo) -> Result<Self, Self::Error> {
        Self::new(change.from, change.to).ok_or("a change names two fields")
    }
}
