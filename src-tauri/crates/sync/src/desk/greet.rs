//! What the Zentrale's first words mean for the desk.

use kontor_domain::{InstanceId, Moment};
use kontor_store::mirror::Place;
use kontor_wire::{Epoch, FeedRow, Head, Hello};
use uuid::Uuid;

use super::witness::Witness;
use super::{Desk, DeskError, meta};

impl Desk {
    /// Takes over rights and epoch. Another epoch, or a feed that ends before what we have seen of
    /// it, means that the Zentrale was set back to a backup: the mirror begins anew and everything it
    /// once accepted is offered again. It answers what it still knows with the stored result, so
    /// nothing happens twice.
    pub(crate) fn greet(&mut self, hello: &Hello, now: Moment) -> Result<(), DeskError> {
        let akteur = serde_json::to_vec(&hello.akteur)
            .map_err(|_| DeskError::Unreadable("rights cannot be written as JSON"))?;
        if self.work.meta(meta::AKTEUR)?.as_deref() != Some(akteur.as_slice()) {
            self.work.set_meta(meta::AKTEUR, &akteur)?;
            self.fold.set_akteur(hello.akteur.clone(), &self.mirror)?;
        }
        let place = self.mirror.place()?;
        let seen = match &place {
            Some(place) => Some(Witness::of(place)),
            // The mirror is gone; what it had witnessed may not be.
            None => self.witness()?,
        };
        let continues = seen.is_none_or(|seen| seen.is_continued_by(hello))
            && self.work.last_seq()? <= hello.head.seq.0;
        if place.is_some() && continues {
            return Ok(());
        }
        // First the outbox: if we stop in between, what was seen is still the old past and this
        // comes again.
        if !continues {
            self.work.offer_again(now.unix_ms())?;
        }
        let seen = seen.filter(|_| continues).map_or(hello.head, |seen| seen.head);
        self.begin_mirror(hello, seen)
    }

    /// The Zentrale's chain says something else where we have witnessed it: the next first words
    /// find a mirror of no epoch and treat it as one from before a restore.
    pub(crate) fn distrust_mirror(&mut self) -> Result<(), DeskError> {
        let Some(place) = self.mirror.place()? else { return Ok(()) };
        let unknown = Place { epoch: Uuid::nil(), ..place };
        Ok(self.mirror.transact(|change| change.set_place(&unknown))?)
    }

    /// Whether the feed holds another's row where an own entry was said to be. It was set back then,
    /// and went on, before we could witness the entry's link.
    pub(crate) fn is_contradicted_by(&self, rows: &[FeedRow]) -> bool {
        self.fold.entries().filter(|entry| entry.seq > 0).any(|own| {
            let place = rows.binary_search_by_key(&own.seq, |row| row.seq.0);
            let row = place.ok().and_then(|place| rows.get(place));
            row.is_some_and(|row| row.intent != own.entry.id)
        })
    }

    /// Begins the mirror anew at the end of the feed; scopes are fetched from there. The first pull
    /// asks whether the chain still says what was `seen`.
    fn begin_mirror(&mut self, hello: &Hello, seen: Head) -> Result<(), DeskError> {
        let place = Place {
            epoch: hello.epoch.0,
            seq: hello.head.seq.0,
            head_seq: seen.seq.0,
            head_hash: seen.hash.0,
            checked: false,
        };
        self.mirror.transact(|change| change.begin(&place))?;
        self.remember(Epoch(place.epoch), seen)?;
        self.fold_all()
    }

    /// Which copy of `work.db` this is. `fresh` is taken if it has no name yet.
    pub fn instance(&mut self, fresh: impl FnOnce() -> Uuid) -> Result<InstanceId, DeskError> {
        if let Some(stored) = self.work.meta(meta::INSTANCE)? {
            let id = Uuid::from_slice(&stored).map_err(|_| DeskError::Unreadable("instance"))?;
            return Ok(InstanceId::new(id));
        }
        let id = fresh();
        self.work.set_meta(meta::INSTANCE, id.as_bytes())?;
        Ok(InstanceId::new(id))
    }
}
