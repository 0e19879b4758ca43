//! What happened to things, as far as it is known here.

use kontor_domain::EntityRef;
use kontor_store::mirror::VerlaufRow;

use super::{Desk, DeskError};

/// So many things may be asked about at once; more is nobody reading.
const WANTED_MAX: usize = 64;

/// What happened to one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verlauf {
    /// The newest first; own entries that the mirror does not show yet are not among them.
    pub rows: Vec<VerlaufRow>,
    /// Whether nothing is missing, from the thing's beginning to its present stand.
    pub complete: bool,
}

impl Desk {
    /// What happened to a thing as far as it is known here, at most `rows_max`.
    pub fn verlauf(&self, entity: EntityRef, rows_max: u32) -> Result<Verlauf, DeskError> {
        let Some(thing) = self.looked(self.mirror.thing(entity))? else {
            return Ok(Verlauf { rows: Vec::new(), complete: true });
        };
        let known = self.looked(self.mirror.verlauf_known(entity))?;
        let rows = self.looked(self.mirror.verlauf(entity, rows_max))?;
        let complete =
            known.is_some_and(|known| known.from.number() == 1 && known.to >= thing.revision);
        Ok(Verlauf { rows, complete })
    }

    /// Asks for what is missing of a thing's Verlauf. It is fetched at the next contact, and the thing
    /// is then named by [`take_changed`](Self::take_changed).
    pub fn want_verlauf(&mut self, entity: EntityRef) {
        while self.wanted_verlaeufe.len() >= WANTED_MAX && !self.wanted_verlaeufe.contains(&entity)
        {
            self.wanted_verlaeufe.pop_first();
        }
        self.wanted_verlaeufe.insert(entity);
    }

    /// Before which position rows of a thing's Verlauf are missing; `None` if none is, or if the thing
    /// is not here any more.
    pub(crate) fn verlauf_gap(&self, entity: EntityRef) -> Result<Option<u64>, DeskError> {
        if self.mirror.thing(entity)?.is_none() {
            return Ok(None);
        }
        let place = self.mirror.place()?.map_or(0, |place| place.seq);
        Ok(match self.mirror.verlauf_known(entity)? {
            None => Some(place.saturating_add(1)),
            Some(known) if known.from.number() <= 1 => None,
            Some(known) => Some(known.from_seq),
        })
    }
}
