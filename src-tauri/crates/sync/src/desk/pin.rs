//! Things that are wanted here beside the work of one's units.

use std::collections::BTreeSet;

use kontor_domain::{EntityRef, Scope};

use super::{Desk, DeskError};
use crate::run::take_out;

impl Desk {
    /// Takes back the wish to have a thing here: what lies in no mirrored scope leaves the mirror. Own
    /// entries about it stay in the outbox, and what became of them is heard all the same. `false` if
    /// it was not pinned.
    pub fn unpin(&mut self, entity: EntityRef) -> Result<bool, DeskError> {
        self.change(|desk| desk.let_go(&[entity]), |_| true)
    }

    /// Gives pins up, here and in the mirror; whether there was one.
    pub(crate) fn let_go(&mut self, pins: &[EntityRef]) -> Result<bool, DeskError> {
        let mirrored = self.mirrored_scopes()?;
        // First the mirror: if we stop in between, a thing is pinned and absent, and is fetched again.
        self.mirror.transact(|change| -> Result<(), DeskError> {
            for pin in pins {
                match change.thing(*pin)? {
                    Some(thing) if mirrored.contains(&thing.scope) => {}
                    Some(_) => take_out(change, *pin)?,
                    None => change.met(*pin)?,
                }
            }
            Ok(())
        })?;
        let mut was_pinned = false;
        for pin in pins {
            was_pinned |= self.work.unpin(*pin)?;
        }
        self.fold.refold(&pins.iter().copied().collect(), &self.mirror)?;
        Ok(was_pinned)
    }

    /// Takes things out of the mirror that belong neither to a mirrored scope nor to a pin: a power cut
    /// undoes the last changes of a mirror, and so may have brought back what was let go.
    pub(super) fn drop_strays(&mut self) -> Result<(), DeskError> {
        let beside = self.mirror.beside_count()?;
        if beside == 0 {
            return Ok(());
        }
        let (pins, mirrored) = (self.work.pins()?, self.mirrored_scopes()?);
        let mut wanted = 0;
        for pin in &pins {
            let here = self.mirror.thing(*pin)?;
            wanted += u64::from(here.is_some_and(|thing| !mirrored.contains(&thing.scope)));
        }
        if beside == wanted {
            return Ok(());
        }
        self.mirror.transact(|change| {
            let strays = change.beside()?.into_iter().filter(|entity| !pins.contains(entity));
            strays.into_iter().try_for_each(|entity| Ok(take_out(change, entity)?))
        })
    }

    fn mirrored_scopes(&self) -> Result<BTreeSet<Scope>, DeskError> {
        Ok(self.mirror.scopes()?.into_iter().map(|row| row.scope).collect())
    }
}
