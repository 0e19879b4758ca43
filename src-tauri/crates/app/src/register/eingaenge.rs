//! Eingänge as lists show them.

use kontor_domain::{Betreff, Eingang, EingangId, EinheitId, Kanal, Stamp, Verbleib, VorgangId};
use uuid::Uuid;

use super::folded;
use super::rows::Row;

#[derive(Debug)]
pub(crate) struct EingangRow {
    pub(crate) id: EingangId,
    pub(crate) betreff: Betreff,
    pub(crate) kanal: Kanal,
    pub(crate) einheit: EinheitId,
    pub(crate) erfasst: Stamp,
    pub(crate) vorgang: Option<VorgangId>,
    pub(crate) schriftstuecke: usize,
    pub(crate) contested: bool,
    /// Betreff, folded.
    pub(crate) text: String,
}

impl EingangRow {
    pub(super) fn of(eingang: &Eingang) -> Self {
        Self {
            id: eingang.id,
            betreff: eingang.betreff.clone(),
            kanal: eingang.kanal,
            einheit: eingang.einheit,
            erfasst: eingang.erfasst,
            vorgang: match eingang.verbleib {
                Verbleib::Offen => None,
                Verbleib::Zugeordnet(vorgang) => Some(vorgang),
            },
            schriftstuecke: eingang.schriftstuecke.len(),
            contested: !eingang.felder.conflicts.is_empty(),
            text: folded(eingang.betreff.as_str()),
        }
    }
}

impl Row for EingangRow {
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
}
