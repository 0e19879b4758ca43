//! Akten as lists show them.

use kontor_domain::{Akte, AkteId, AktenplaneintragId, Aktenzeichen, Betreff, EinheitId};
use uuid::Uuid;

use super::folded;
use super::rows::Row;

#[derive(Debug)]
pub(crate) struct AkteRow {
    pub(crate) id: AkteId,
    pub(crate) aktenzeichen: Aktenzeichen,
    pub(crate) betreff: Betreff,
    pub(crate) aktenplaneintrag: AktenplaneintragId,
    pub(crate) einheit: EinheitId,
    pub(crate) contested: bool,
    /// Sign and Betreff, folded.
    pub(crate) text: String,
}

impl AkteRow {
    pub(super) fn of(akte: &Akte) -> Self {
        Self {
            id: akte.id,
            aktenzeichen: akte.aktenzeichen.clone(),
            betreff: akte.betreff.clone(),
            aktenplaneintrag: akte.aktenplaneintrag,
            einheit: akte.einheit,
            contested: !akte.felder.conflicts.is_empty(),
            text: folded(&format!("{} {}", akte.aktenzeichen, akte.betreff)),
        }
    }
}

impl Row for AkteRow {
    fn id(&self) -> Uuid {
        self.id.uuid()
    }
}
