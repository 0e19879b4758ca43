//! What the office's rules say to an intent. The workstation asks to show its clerk what will
//! happen; the Zentrale asks to let it happen. Same function, same answer.

mod add;
mod change;
mod create;
mod eingang;
mod resolve;

use crate::{Bestand, Conflict, Entity, EntityRef, Entry, Event, Events, Intent, Refusal};

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// It happens, and its author had seen everything.
    Accept(Events),
    /// It happens together with what others did in between, or was so already: then its target goes
    /// one revision further without an event, so that counting revisions counts intents.
    Merge(Events),
    /// Others changed the same; what is not contested happens, the rest waits for a person.
    Conflict {
        /// What happens now, [`Event::ConflictOpened`] included.
        events: Events,
        /// Both versions.
        conflict: Conflict,
    },
    /// It does not happen.
    Reject(Refusal),
}

impl Decision {
    /// What happens; nothing if it is refused.
    pub fn into_events(self) -> Events {
        match self {
            Self::Accept(events) | Self::Merge(events) | Self::Conflict { events, .. } => events,
            Self::Reject(_) => Events::new(),
        }
    }
}

/// What a rule says, before it is known whether the author had seen everything.
#[derive(Debug, Default)]
struct Verdict {
    events: Events,
    conflict: Option<Conflict>,
}

type Ruling = Result<Verdict, Refusal>;

impl Verdict {
    /// The one event of one thing.
    fn one(entity: impl Into<EntityRef>, event: Event) -> Self {
        Self { events: Events::from([(entity.into(), vec![event])]), conflict: None }
    }

    /// It is so already.
    fn nothing() -> Self {
        Self::default()
    }
}

/// Decides `entry` against `bestand`, which must hold everything in [`Intent::entities`] that
/// exists. Pure and total: same input, same answer, on every machine.
///
/// Rights are asked separately, with [`authorise`](crate::authorise): they depend on the person,
/// not on the matter.
pub fn decide(bestand: &dyn Bestand, entry: &Entry) -> Decision {
    let target = entry.intent.target();
    if let Some(conflict) = met_before(bestand, entry) {
        return Decision::Conflict { events: Events::from([(target, Vec::new())]), conflict };
    }
    let verdict = match rule(bestand, entry) {
        Ok(verdict) => verdict,
        Err(refusal) => return Decision::Reject(refusal),
    };
    if let Some(conflict) = verdict.conflict {
        Decision::Conflict { events: verdict.events, conflict }
    } else if verdict.events.is_empty() {
        Decision::Merge(Events::from([(target, Vec::new())]))
    } else if bestand.revision(target) == entry.seen {
        Decision::Accept(verdict.events)
    } else {
        Decision::Merge(verdict.events)
    }
}

/// The conflict this very entry opened: it is so already. Asked anew, an entry that claims to have seen
/// later revisions than there are, as after a restore from a backup, would take its own conflict for
/// one of them.
fn met_before(bestand: &dyn Bestand, entry: &Entry) -> Option<Conflict> {
    let stand = bestand.stand(entry.intent.target())?;
    stand.entity.felder()?.conflicts.get(&entry.id).cloned()
}

fn rule(bestand: &dyn Bestand, entry: &Entry) -> Ruling {
    match &entry.intent {
        Intent::RecordEinheit(einheit) => {
            create::record(bestand, Entity::Einheit(einheit.clone()), entry.seen)
        }
        Intent::RecordPerson(person) => {
            create::record(bestand, Entity::Person(person.clone()), entry.seen)
        }
        Intent::RecordAktenplaneintrag(eintrag) => {
            create::record(bestand, Entity::Aktenplaneintrag(eintrag.clone()), entry.seen)
        }
        Intent::RecordLeistungspaket(paket) => {
            paket.inhalt.check().map_err(|_| Refusal::ChangeUnfit)?;
            create::record(bestand, Entity::Leistungspaket(paket.clone()), entry.seen)
        }
        Intent::CreateAkte(create) => create::akte(bestand, create, entry.stamp()),
        Intent::CreateVorgang(create) => create::vorgang(bestand, create, entry.stamp()),
        Intent::RecordEingang(record) => eingang::record(bestand, record, entry.stamp()),
        Intent::AssignEingang(assign) => eingang::assign(bestand, *assign),
        Intent::ChangeFelder(change) => change::felder(bestand, change, entry),
        Intent::AddNotiz(add) => add::notiz(bestand, add, entry.stamp()),
        Intent::AddWiedervorlage(add) => add::wiedervorlage(bestand, add, entry.stamp()),
        Intent::CompleteWiedervorlage(complete) => {
            add::completed_wiedervorlage(bestand, *complete, entry.stamp())
        }
        Intent::AddSchriftstueck(add) => add::schriftstueck(bestand, add, entry.stamp()),
        Intent::AddFassung(add) => add::fassung(bestand, add, entry),
        Intent::ResolveConflict(resolve) => resolve::conflict(bestand, resolve, entry),
    }
}
