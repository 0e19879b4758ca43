//! A person decides between two versions.

use std::collections::BTreeMap;

use super::{Ruling, change};
use crate::{
    Bestand, Choice, Contest, Entry, Event, Feld, Feldwert, Refusal, ResolveConflict, Side,
};

/// Closes a conflict. If the value that stood there moved again since, the old conflict gives way to
/// a new one with the value chosen, so that nobody decides about something they did not see.
pub(super) fn conflict(bestand: &dyn Bestand, resolve: &ResolveConflict, entry: &Entry) -> Ruling {
    let stand = bestand.stand(resolve.entity).ok_or(Refusal::Unknown)?;
    let felder = stand.entity.felder().ok_or(Refusal::Unknown)?;
    let conflict = felder.conflicts.get(&resolve.conflict).ok_or(Refusal::AlreadyResolved)?;
    if !conflict.contested.keys().eq(resolve.choices.keys()) {
        return Err(Refusal::ChoiceUnfit);
    }
    let mut events = vec![Event::ConflictClosed(resolve.conflict)];
    let mut contested = BTreeMap::new();
    for (feld, contest) in &conflict.contested {
        let choice = resolve.choices.get(feld).ok_or(Refusal::ChoiceUnfit)?;
        let Some(chosen) = chosen(*feld, contest, choice)? else { continue };
        let current = stand.entity.feldwert(*feld).ok_or(Refusal::ChangeUnfit)?;
        if current == chosen {
            continue;
        }
        if current == contest.theirs.wert {
            events.push(Event::Set { wert: chosen, stamp: entry.stamp() });
        } else {
            let stamp = stand.entity.set_by(*feld).ok_or(Refusal::ChangeUnfit)?;
            let again = Contest {
                base: contest.theirs.wert.clone(),
                mine: Side { wert: chosen, stamp: entry.stamp() },
                theirs: Side { wert: current, stamp },
            };
            contested.insert(*feld, again);
        }
    }
    Ok(change::close_with(resolve.entity, events, contested, entry))
}

/// The value to set; `None` if what stands may stay.
fn chosen(feld: Feld, contest: &Contest, choice: &Choice) -> Result<Option<Feldwert>, Refusal> {
    match choice {
        Choice::Mine => Ok(Some(contest.mine.wert.clone())),
        Choice::Theirs => Ok(None),
        Choice::Other(wert) if wert.feld() == feld => Ok(Some(wert.clone())),
        Choice::Other(_) => Err(Refusal::ChoiceUnfit),
    }
}
