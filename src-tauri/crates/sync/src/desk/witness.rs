//! What this desk has seen of the feed, kept where it outlives the mirror: a mirror that is lost while
//! the Zentrale is set back must not take with it the only proof that there was more.

use kontor_store::mirror::Place;
use kontor_wire::{ChainHash, Epoch, Head, Hello, Position};
use serde::{Deserialize, Serialize};

use super::{Desk, DeskError, meta};

/// An end of the feed that was there once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Witness {
    pub(super) epoch: Epoch,
    pub(super) head: Head,
}

impl Witness {
    pub(super) fn of(place: &Place) -> Self {
        let head = Head { seq: Position(place.head_seq), hash: ChainHash(place.head_hash) };
        Self { epoch: Epoch(place.epoch), head }
    }

    /// Whether the feed may have gone on from here, as far as first words tell; the rest is told by
    /// the witness that every pull carries.
    pub(super) fn is_continued_by(&self, hello: &Hello) -> bool {
        self.epoch == hello.epoch && (hello.head.seq > self.head.seq || hello.head == self.head)
    }
}

impl Desk {
    pub(super) fn witness(&self) -> Result<Option<Witness>, DeskError> {
        let Some(stored) = self.work.meta(meta::WITNESS)? else { return Ok(None) };
        serde_json::from_slice(&stored).map(Some).map_err(|_| DeskError::Unreadable("a witness"))
    }

    /// Remembers an end of the feed durably. That costs a sync of the disk, so it is done only where
    /// the one remembered before does not cover everything of our own that the feed holds.
    pub(crate) fn remember(&mut self, epoch: Epoch, head: Head) -> Result<(), DeskError> {
        let own = self.work.last_seq()?;
        let covers = |known: &Witness| known.epoch == epoch && known.head.seq.0 >= own;
        if self.witness()?.as_ref().is_some_and(covers) {
            return Ok(());
        }
        let witness = serde_json::to_vec(&Witness { epoch, head })
            .map_err(|_| DeskError::Unreadable("a witness cannot be written as JSON"))?;
        Ok(self.work.set_meta(meta::WITNESS, &witness)?)
    }
}
