//! Where a thing keeps its fields.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ApplyError, Conflict, Entity, Feld, Feldwert, IntentId, Stamp};

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
                Feld::Schriftstueck(id) => {
                    Feldwert::Schriftstueck(id, vorgang.schriftstuecke.get(&id)?.betreff.clone())
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
                Feldwert::Schriftstueck(id, betreff) => {
                    vorgang.schriftstuecke.get_mut(&id).ok_or(ApplyError)?.betreff = betreff;
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
            Self::Einheit(_)
            | Self::Person(_)
            | Self::Aktenplaneintrag(_)
            | Self::Leistungspaket(_) => None,
        }
    }

    pub(crate) fn felder_mut(&mut self) -> Option<&mut Felder> {
        match self {
            Self::Akte(akte) => Some(&mut akte.felder),
            Self::Eingang(eingang) => Some(&mut eingang.felder),
            Self::Vorgang(vorgang) => Some(&mut vorgang.felder),
            Self::Einheit(_)
            | Self::Person(_)
            | Self::Aktenplaneintrag(_)
            | Self::Leistungspaket(_) => None,
        }
    }

    /// Who set a field last, and when their clock said it was.
    pub fn set_by(&self, feld: Feld) -> Option<Stamp> {
        let created = match self {
            Self::Akte(akte) => akte.angelegt,
            Self::Eingang(eingang) => eingang.erfasst,
            Self::Vorgang(vorgang) => vorgang.angelegt,
            Self::Einheit(_)
            | Self::Person(_)
            | Self::Aktenplaneintrag(_)
            | Self::Leistungspaket(_) => return None,
        };
        Some(self.felder()?.gesetzt.get(&feld).copied().unwrap_or(created))
    }
}
