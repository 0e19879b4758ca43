//! Which waiting entry needs which earlier one. Declared, not implied by one global queue: an entry
//! that is stuck holds back only what builds on it.

use uuid::Uuid;

use crate::{Choice, EntityRef, Feld, Feldaenderung, Intent};

/// A part of one thing that an intent reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it: its beginning, or a decision about the whole.
    Whole,
    /// One field.
    Feld(Feld),
    /// One item of a list.
    Item(Uuid),
}

type Touch = (EntityRef, Part);

/// Whether `later` can only be decided after `earlier`, both of one workstation, in this order.
pub fn depends_on(later: &Intent, earlier: &Intent) -> bool {
    let writes = touches(earlier);
    touches(later).iter().any(|(entity, part)| {
        writes.iter().any(|(written, other)| {
            entity == written && (part == other || *part == Part::Whole || *other == Part::Whole)
        })
    })
}

/// Every part an intent touches. Reading and writing are not told apart: all our intents that read a
/// part also write it, but for [`Intent::AssignEingang`] and filing, where waiting is right too.
fn touches(intent: &Intent) -> Vec<Touch> {
    let target = intent.target();
    match intent {
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::CreateAkte(_)
        | Intent::CreateVorgang(_)
        | Intent::RecordEingang(_) => vec![(target, Part::Whole)],
        Intent::AssignEingang(assign) => {
            // The documents it brings are new items of the Vorgang.
            vec![(target, Part::Whole), (assign.vorgang.into(), Part::Item(assign.eingang.uuid()))]
        }
        Intent::ChangeFelder(change) if change.closes() => vec![(target, Part::Whole)],
        Intent::ChangeFelder(change) => {
            let mut touches: Vec<Touch> =
                change.changes.iter().flat_map(|change| field(target, change)).collect();
            // A sign that this Akte must exist, without touching it.
            let akten = intent.entities().into_iter().skip(1);
            touches.extend(akten.map(|akte| (akte, Part::Item(akte.id))));
            touches
        }
        Intent::AddNotiz(add) => vec![(target, Part::Item(add.notiz.uuid()))],
        Intent::AddWiedervorlage(add) => vec![(target, Part::Item(add.wiedervorlage.uuid()))],
        Intent::CompleteWiedervorlage(complete) => {
            vec![(target, Part::Item(complete.wiedervorlage.uuid()))]
        }
        Intent::AddSchriftstueck(add) => vec![(target, Part::Item(add.schriftstueck.id.uuid()))],
        Intent::AddFassung(add) => vec![
            (target, Part::Item(add.schriftstueck.uuid())),
            (target, Part::Feld(Feld::Fassung(add.schriftstueck))),
        ],
        Intent::ResolveConflict(resolve) => {
            let decided = resolve.choices.iter().filter(|(_, choice)| **choice != Choice::Theirs);
            let fields = decided.map(|(feld, _)| (target, Part::Feld(*feld)));
            fields.chain([(target, Part::Item(resolve.conflict.uuid()))]).collect()
        }
    }
}

/// A field, and the list item it belongs to.
fn field(entity: EntityRef, change: &Feldaenderung) -> Vec<Touch> {
    let feld = change.feld();
    let item = match feld {
        Feld::Wiedervorlage(id) => Some(id.uuid()),
        Feld::Fassung(id) => Some(id.uuid()),
        Feld::Betreff
        | Feld::Leistung
        | Feld::Status
        | Feld::Zuweisung
        | Feld::Einheit
        | Feld::Akte
        | Feld::Frist(_) => None,
    };
    let item = item.map(|id| (entity, Part::Item(id)));
    std::iter::once((entity, Part::Feld(feld))).chain(item).collect()
}
