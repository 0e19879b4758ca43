//! Everything of a kind at once. Somebody waits for it when the day begins, so one thread reads while
//! others parse.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError, mpsc};
use std::thread;

use kontor_domain::{Entity, EntityKind};

use super::{Desk, DeskError};

/// So many things go from the reader to a maker at once.
const BATCH: usize = 256;
/// So many batches lie ready at most; what is read is not held as a whole.
const BATCHES_AHEAD: usize = 8;

impl Desk {
    /// Makes a row of every thing of a kind as the clerk sees it, in no particular order.
    pub fn rows<R: Send>(
        &self,
        kind: EntityKind,
        row: impl Fn(&Entity) -> R + Sync,
    ) -> Result<Vec<R>, DeskError> {
        let makers = thread::available_parallelism().map_or(1, NonZero::get);
        let (sender, receiver) = mpsc::sync_channel(BATCHES_AHEAD);
        let receiver = Mutex::new(receiver);
        let (read, mut rows) = thread::scope(|scope| {
            let makers: Vec<_> =
                (0..makers).map(|_| scope.spawn(|| make(&receiver, &row))).collect();
            let mut batch = Vec::with_capacity(BATCH);
            let read = self.mirror.each(kind, |entity, state| {
                if self.fold.is_touched(entity) {
                    return;
                }
                batch.push(state.to_owned());
                if batch.len() == BATCH {
                    // Somebody receives until the sender is gone.
                    let _ = sender.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH)));
                }
            });
            let _ = sender.send(batch);
            drop(sender);
            let mut rows = Vec::new();
            for maker in makers {
                rows.extend(maker.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            (read, rows)
        });
        self.looked(read)?;
        let own = self.fold.touched().filter(|(entity, _)| entity.kind == kind);
        rows.extend(own.map(|(_, stand)| row(&stand.entity)));
        Ok(rows)
    }
}

/// Rows of all batches that come.
fn make<R>(
    batches: &Mutex<mpsc::Receiver<Vec<String>>>,
    row: &(impl Fn(&Entity) -> R + Sync),
) -> Vec<R> {
    let next = || batches.lock().unwrap_or_else(PoisonError::into_inner).recv().ok();
    let mut rows = Vec::new();
    while let Some(batch) = next() {
        // One that this version cannot read is as good as absent.
        let things = batch.iter().filter_map(|state| serde_json::from_str(state).ok());
        rows.extend(things.map(|entity| row(&entity)));
    }
    rows
}
