//! A person decides between two versions.

use std::collections::BTreeMap;

use super::{Ruling, change};
use crate::{
    Bestand, Choice, Contest, Entry, Event, Feld, Feldwert, Refusal, ResolveConflict, Side, Stand,
    Status,
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
    let mut chosen = Vec::new();
    for (contest, (feld, choice)) in conflict.contested.values().zip(&resolve.choices) {
        let wert = match choice {
            Choice::Theirs => continue,
            // Whether it can be set was asked when the conflict began.
            Choice::Mine => &contest.mine.wert,
            Choice::Other(wert) if wert.feld() == *feld => {
                change::settable(bestand, stand, wert)?;
                wert
            }
            Choice::Other(_) => return Err(Refusal::ChoiceUnfit),
        };
        chosen.push((*feld, contest, wert));
    }
    let mut events: Vec<Event> = resolve.grund.iter().cloned().map(Event::Grund).collect();
    events.push(Event::ConflictClosed(resolve.conflict));
    let mut contested = BTreeMap::new();
    let blind = decides_blindly(stand, &chosen, entry);
    for (feld, contest, wert) in chosen {
        let current = stand.entity.feldwert(feld).ok_or(Refusal::ChangeUnfit)?;
        if current == *wert {
            continue;
        }
        if current == contest.theirs.wert && !blind {
            events.push(Event::Set { wert: wert.clone(), stamp: entry.stamp() });
        } else {
            let stamp = stand.entity.set_by(feld).ok_or(Refusal::ChangeUnfit)?;
            let again = Contest {
                base: contest.theirs.wert.clone(),
                mine: Side { wert: wert.clone(), stamp: entry.stamp() },
                theirs: Side { wert: current, stamp },
            };
            contested.insert(feld, again);
        }
    }
    change::close_with(stand, events, contested, entry)
}

/// What holds for closing and for the closed holds here too: deciding to close, or about something
/// closed, needs to have seen everything.
fn decides_blindly(stand: &Stand, chosen: &[(Feld, &Contest, &Feldwert)], entry: &Entry) -> bool {
    let closes = chosen.iter().any(|(.., wert)| **wert == Feldwert::Status(Status::ZdA));
    stand.revision != entry.seen && (closes || change::is_closed(&stand.entity))
}
