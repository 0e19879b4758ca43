//! What happened to a thing before this desk began to follow it.

use kontor_domain::EntityRef;
use kontor_store::mirror::VerlaufRow;
use kontor_wire::{Position, ProblemCode};

use super::{Run, SyncError};
use crate::calls::{self, CallError};

/// More pages than the longest Verlauf has.
const PAGES_MAX: usize = 100;

impl Run<'_> {
    pub(super) async fn verlauf(&mut self, entity: EntityRef) -> Result<(), SyncError> {
        for _ in 0..PAGES_MAX {
            let Some(before) = self.lock()?.verlauf_gap(entity)? else { break };
            let page = match calls::verlauf(self.port, entity, Position(before)).await {
                Ok(page) => page,
                // Not for us any more: the feed will say so.
                Err(CallError::Refused(problem)) if problem.code == ProblemCode::NotFound => break,
                Err(error) => return Err(error.into()),
            };
            let descends = page.rows.is_sorted_by(|newer, older| {
                newer.seq > older.seq && newer.revision > older.revision
            });
            if !descends || page.rows.first().is_some_and(|row| row.seq.0 >= before) {
                return Err(SyncError::Unfit("a Verlauf out of order"));
            }
            let rows: Vec<VerlaufRow> = page.rows.into_iter().map(stored).collect();
            self.report.received += rows.len();
            self.lock()?.take_verlauf(entity, &rows)?;
            if rows.is_empty() || !page.more {
                break;
            }
        }
        self.lock()?.wanted_verlaeufe.remove(&entity);
        Ok(())
    }
}

impl crate::desk::Desk {
    fn take_verlauf(&mut self, entity: EntityRef, rows: &[VerlaufRow]) -> Result<(), SyncError> {
        self.mirror.transact(|change| -> Result<(), SyncError> {
            // It may have left while the answer was on its way.
            if change.thing(entity)?.is_some() {
                rows.iter().try_for_each(|row| change.happened(entity, row))?;
            }
            Ok(())
        })?;
        self.fold.touch(entity);
        Ok(())
    }
}

fn stored(row: kontor_wire::VerlaufRow) -> VerlaufRow {
    VerlaufRow {
        revision: row.revision,
        seq: row.seq.0,
        intent: row.intent,
        author: row.author,
        received: row.received,
        events: String::from(Box::<str>::from(row.events)),
    }
}
