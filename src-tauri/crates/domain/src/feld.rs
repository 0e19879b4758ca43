//! Values that are set, as opposed to lists that grow: the part of the data people can contradict
//! each other in.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    AkteId, ApplyError, Betreff, Conflict, Day, EinheitId, Entity, FassungId, Frist, FristId,
    IntentId, Leistungsschluessel, PersonId, SchriftstueckId, Stamp, Status, WiedervorlageId,
};

/// Names one settable value of a Vorgang, an Akte or an Eingang: `status`, `frist/0190…` in text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Feld {
    /// What it is about.
    Betreff,
    /// The public service.
    Leistung,
    /// How far it is.
    Status,
    /// Who works on it.
    Zuweisung,
    /// The unit responsible.
    Einheit,
    /// Where it is filed.
    Akte,
    /// One Frist.
    Frist(FristId),
    /// The day of one Wiedervorlage.
    Wiedervorlage(WiedervorlageId),
    /// The Fassung of one Schriftstueck that counts.
    Fassung(SchriftstueckId),
}

/// The text names no field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such field")]
pub struct InvalidFeld;

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
}

/// A change of one field, with the value the clerk saw; both values belong to the same field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "FromTo", into = "FromTo")]
pub struct Feldaenderung(FromTo);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FromTo {
    from: Feldwert,
    to: Feldwert,
}

/// What is remembered about the fields of one thing beside their values.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Felder {
    /// Who set a field last; fields never set since creation are missing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub gesetzt: BTreeMap<Feld, Stamp>,
    /// Contradictions nobody has decided yet, by the intent that met them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub conflicts: BTreeMap<IntentId, Conflict>,
}

impl Felder {
    /// Whether no field was set since creation and nothing is contested.
    pub fn is_empty(&self) -> bool {
        self.gesetzt.is_empty() && self.conflicts.is_empty()
    }
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

impl From<Feldaenderung> for FromTo {
    fn from(change: Feldaenderung) -> Self {
        change.0
    }
}

impl Entity {
    /// The value a field has now; `None` if this thing has no such field.
    pub fn feldwert(&self, feld: Feld) -> Option<Feldwert> {
        match (self, feld) {
            (Self::Akte(akte), Feld::Betreff) => Some(Feldwert::Betreff(akte.betreff.clone())),
            (Self::Eingang(eingang), Feld::Betreff) => {
                Some(Feldwert::Betreff(eingang.betreff.clone()))
            }
            (Self::Eingang(eingang), Feld::Einheit) => Some(Feldwert::Einheit(eingang.einheit)),
            (Self::Vorgang(vorgang), feld) => Some(match feld {
                Feld::Betreff => Feldwert::Betreff(vorgang.betreff.clone()),
                Feld::Leistung => Feldwert::Leistung(vorgang.leistung.clone()),
                Feld::Status => Feldwert::Status(vorgang.status),
                Feld::Zuweisung => Feldwert::Zuweisung(vorgang.zuweisung),
                Feld::Einheit => Feldwert::Einheit(vorgang.einheit),
                Feld::Akte => Feldwert::Akte(vorgang.akte),
                Feld::Frist(id) => Feldwert::Frist(id, vorgang.fristen.get(&id).cloned()),
                Feld::Wiedervorlage(id) => {
                    Feldwert::Wiedervorlage(id, vorgang.wiedervorlagen.get(&id)?.am)
                }
                Feld::Fassung(id) => {
                    Feldwert::Fassung(id, vorgang.schriftstuecke.get(&id)?.aktuell)
                }
            }),
            _ => None,
        }
    }

    /// Puts a value into its field.
    pub(crate) fn set(&mut self, wert: Feldwert) -> Result<(), ApplyError> {
        match (self, wert) {
            (Self::Akte(akte), Feldwert::Betreff(betreff)) => akte.betreff = betreff,
            (Self::Eingang(eingang), Feldwert::Betreff(betreff)) => eingang.betreff = betreff,
            (Self::Eingang(eingang), Feldwert::Einheit(einheit)) => eingang.einheit = einheit,
            (Self::Vorgang(vorgang), wert) => match wert {
                Feldwert::Betreff(betreff) => vorgang.betreff = betreff,
                Feldwert::Leistung(leistung) => vorgang.leistung = leistung,
                Feldwert::Status(status) => vorgang.status = status,
                Feldwert::Zuweisung(person) => vorgang.zuweisung = person,
                Feldwert::Einheit(einheit) => vorgang.einheit = einheit,
                Feldwert::Akte(akte) => vorgang.akte = akte,
                Feldwert::Frist(id, Some(frist)) => {
                    vorgang.fristen.insert(id, frist);
                }
                Feldwert::Frist(id, None) => {
                    vorgang.fristen.remove(&id);
                }
                Feldwert::Wiedervorlage(id, day) => {
                    vorgang.wiedervorlagen.get_mut(&id).ok_or(ApplyError)?.am = day;
                }
                Feldwert::Fassung(id, fassung) => {
                    vorgang.schriftstuecke.get_mut(&id).ok_or(ApplyError)?.aktuell = fassung;
                }
            },
            _ => return Err(ApplyError),
        }
        Ok(())
    }

    /// What is remembered about its fields; `None` for reference data, which has none.
    pub fn felder(&self) -> Option<&Felder> {
        match self {
            Self::Akte(akte) => Some(&akte.felder),
            Self::Eingang(eingang) => Some(&eingang.felder),
            Self::Vorgang(vorgang) => Some(&vorgang.felder),
            Self::Einheit(_) | Self::Person(_) | Self::Aktenplaneintrag(_) => None,
        }
    }

    pub(crate) fn felder_mut(&mut self) -> Option<&mut Felder> {
        match self {
            Self::Akte(akte) => Some(&mut akte.felder),
            Self::Eingang(eingang) => Some(&mut eingang.felder),
            Self::Vorgang(vorgang) => Some(&mut vorgang.felder),
            Self::Einheit(_) | Self::Person(_) | Self::Aktenplaneintrag(_) => None,
        }
    }

    /// Who set a field last, and when their clock said it was.
    pub fn set_by(&self, feld: Feld) -> Option<Stamp> {
        let created = match self {
            Self::Akte(akte) => akte.angelegt,
            Self::Eingang(eingang) => eingang.erfasst,
            Self::Vorgang(vorgang) => vorgang.angelegt,
            Self::Einheit(_) | Self::Person(_) | Self::Aktenplaneintrag(_) => return None,
        };
        Some(self.felder()?.gesetzt.get(&feld).copied().unwrap_or(created))
    }
}

impl fmt::Display for Feld {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Betreff => f.write_str("betreff"),
            Self::Leistung => f.write_str("leistung"),
            Self::Status => f.write_str("status"),
            Self::Zuweisung => f.write_str("zuweisung"),
            Self::Einheit => f.write_str("einheit"),
            Self::Akte => f.write_str("akte"),
            Self::Frist(id) => write!(f, "frist/{id}"),
            Self::Wiedervorlage(id) => write!(f, "wiedervorlage/{id}"),
            Self::Fassung(id) => write!(f, "fassung/{id}"),
        }
    }
}

impl FromStr for Feld {
    type Err = InvalidFeld;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (word, id) = text.split_once('/').map_or((text, None), |(word, id)| (word, Some(id)));
        match (word, id) {
            ("betreff", None) => Ok(Self::Betreff),
            ("leistung", None) => Ok(Self::Leistung),
            ("status", None) => Ok(Self::Status),
            ("zuweisung", None) => Ok(Self::Zuweisung),
            ("einheit", None) => Ok(Self::Einheit),
            ("akte", None) => Ok(Self::Akte),
            ("frist", Some(id)) => id.parse().map(Self::Frist).map_err(|_| InvalidFeld),
            ("wiedervorlage", Some(id)) => {
                id.parse().map(Self::Wiedervorlage).map_err(|_| InvalidFeld)
            }
            ("fassung", Some(id)) => id.parse().map(Self::Fassung).map_err(|_| InvalidFeld),
            _ => Err(InvalidFeld),
        }
    }
}

impl TryFrom<String> for Feld {
    type Error = InvalidFeld;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Feld> for String {
    fn from(feld: Feld) -> Self {
        feld.to_string()
    }
}
