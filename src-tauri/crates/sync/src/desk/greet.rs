//! What the Zentrale's first words mean for the desk.

use kontor_domain::InstanceId;
use kontor_store::mirror::Place;
use kontor_wire::Hello;
use uuid::Uuid;

use super::{Desk, DeskError, meta};

impl Desk {
    /// Takes over rights and epoch. Another epoch, or a feed that ends before what we have seen of
    /// it, means that the Zentrale was set back to a backup: the mirror begins anew and everything it
    /// once accepted is offered again. It answers what it still knows with the stored result, so
    /// nothing happens twice.
    pub(crate) fn greet(&mut self, hello: &Hello) -> Result<(), DeskError> {
        let akteur = serde_json::to_vec(&hello.akteur)
            .map_err(|_| DeskError::Unreadable("rights cannot be written as JSON"))?;
        if self.work.meta(meta::AKTEUR)?.as_deref() != Some(akteur.as_slice()) {
            self.work.set_meta(meta::AKTEUR, &akteur)?;
            self.fold.set_akteur(hello.akteur.clone(), &self.mirror)?;
        }
        let place = self.mirror.place()?;
        if place.is_some_and(|place| continues(&place, hello)) {
            return Ok(());
        }
        // First the outbox: if we stop in between, the mirror still has the old epoch and this
        // comes again.
        if place.is_some() {
            self.work.offer_again()?;
        }
        self.begin_mirror(hello)
    }

    /// The Zentrale's chain says something else where we have witnessed it: the next first words
    /// find a mirror of no epoch and treat it as one from before a restore.
    pub(crate) fn distrust_mirror(&mut self) -> Result<(), DeskError> {
        let Some(place) = self.mirror.place()? else { return Ok(()) };
        let unknown = Place { epoch: Uuid::nil(), ..place };
        Ok(self.mirror.transact(|change| change.set_place(&unknown))?)
    }

    /// Begins the mirror anew at the end of the feed; scopes are fetched from there.
    pub(crate) fn begin_mirror(&mut self, hello: &Hello) -> Result<(), DeskError> {
        let place = Place {
            epoch: hello.epoch.0,
            seq: hello.head.seq.0,
            head_seq: hello.head.seq.0,
            head_hash: hello.head.hash.0,
            checked: false,
        };
        self.mirror.transact(|change| change.begin(&place))?;
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

/// Whether the feed is the one this mirror follows, as far as first words tell; the rest is told by the
/// witness that every pull carries.
fn continues(place: &Place, hello: &Hello) -> bool {
    let (seq, hash) = (hello.head.seq.0, hello.head.hash.0);
    place.epoch == hello.epoch.0
        && (seq > place.head_seq || seq == place.head_seq && hash == place.head_hash)
}
