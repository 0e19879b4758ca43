//! What can still be done about an entry that waits.

use kontor_domain::IntentId;
use kontor_sync::{Desk, DeskError};

use crate::{Answer, AppError, Code, Office};

/// Does something about a waiting entry and lets the Zentrale know at once. `change` says `false` if
/// it does not wait any more.
///
/// # Errors
/// [`Code::EntrySettled`], [`Code::EntryUnknown`].
pub(super) fn change(
    office: &Office,
    entry: IntentId,
    change: impl FnOnce(&mut Desk, IntentId) -> Result<bool, DeskError>,
) -> Result<Answer<()>, AppError> {
    let mut desk = office.desk()?;
    let Some(folded) = desk.entry(entry) else {
        let known = desk.work().entry(entry)?.is_some();
        return Err(if known { Code::EntrySettled } else { Code::EntryUnknown }.into());
    };
    let changed = folded.entry.intent.entities().into_iter().collect();
    if !change(&mut desk, entry)? {
        return Err(Code::EntrySettled.into());
    }
    drop(desk);
    office.entered.notify_one();
    Ok(Answer { answer: (), changed })
}
