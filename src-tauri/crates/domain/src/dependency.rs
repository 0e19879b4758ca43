//! Which waiting entry needs which earlier one. Declared, not implied by one global queue: an entry
//! that is stuck holds back only what builds on it.

use uuid::Uuid;

use crate::{Choice, EntityRef, Entry, Feld, Feldaenderung, Intent};

/// A part of one thing that an intent reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it: its beginning, or a decision about the whole.
    Whole,
    /// One field.
    Feld(Feld),
    /// One item of a list, or one conflict.
    Item(Uuid),
    /// The documents an Eingang brings; the intent does not say which.
    Documents,
    /// That it is open: closed, no field of it can be set.
    Openness,
    /// That it is there at all; only [`Part::Whole`] writes that.
    Existence,
}

type Touch = (EntityRef, Part);

/// Whether `later` can only be decided after `earlier`, both of one workstation, in this order: it
/// reads or writes what `earlier` writes.
pub fn depends_on(later: &Intent, earlier: &Entry) -> bool {
    let mut written = writes(&earlier.intent);
    // The conflict it may open.
    written.push((earlier.intent.target(), Part::Item(earlier.id.uuid())));
    let needed = reads(later).into_iter().chain(writes(later));
    needed.into_iter().any(|(entity, part)| {
        written.iter().any(|(other, written)| entity == *other && part.meets(*written))
    })
}

impl Part {
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole, _)
            | (_, Self::Whole)
            | (Self::Documents, Self::Feld(Feld::Fassung(_) | Feld::Schriftstueck(_)))
            | (Self::Feld(Feld::Fassung(_) | Feld::Schriftstueck(_)), Self::Documents) => true,
            // Two may bring documents into one Vorgang without each other.
            (Self::Documents, Self::Documents) => false,
            (one, other) => one == other,
        }
    }
}

/// What must be as its author left it, beside what it [`writes`].
fn reads(intent: &Intent) -> Vec<Touch> {
    let target = intent.target();
    let mut reads: Vec<Touch> =
        intent.named_akten().map(|akte| (akte.into(), Part::Existence)).collect();
    match intent {
        Intent::ChangeFelder(change) => {
            reads.push((target, Part::Openness));
            // Handing a thing to another unit may cost its author the right to it, so it goes last;
            // but nothing waits for it in turn.
            if change.changes.iter().any(|change| change.feld() == Feld::Einheit) {
                reads.push((target, Part::Whole));
            }
        }
        Intent::ResolveConflict(_) => reads.push((target, Part::Openness)),
        _ => {}
    }
    reads
}

/// Every part it changes, and those it reads of which nothing is gained by telling the two apart.
fn writes(intent: &Intent) -> Vec<Touch> {
    let target = intent.target();
    match intent {
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::RecordLeistungspaket(_)
        | Intent::CreateAkte(_)
        | Intent::CreateVorgang(_)
        | Intent::RecordEingang(_) => vec![(target, Part::Whole)],
        Intent::AssignEingang(assign) => {
            vec![(target, Part::Whole), (assign.vorgang.into(), Part::Documents)]
        }
        Intent::ChangeFelder(change) if change.closes() => vec![(target, Part::Whole)],
        Intent::ChangeFelder(change) => {
            let opens = change.changes.iter().any(Feldaenderung::opens);
            let openness = opens.then_some((target, Part::Openness));
            let felder = change.changes.iter().flat_map(|change| field(target, change.to().feld()));
            felder.chain(openness).collect()
        }
        Intent::AddNotiz(add) => vec![(target, Part::Item(add.notiz.uuid()))],
        Intent::AddWiedervorlage(add) => vec![(target, Part::Item(add.wiedervorlage.uuid()))],
        Intent::CompleteWiedervorlage(complete) => {
            vec![(target, Part::Item(complete.wiedervorlage.uuid()))]
        }
        Intent::AddSchriftstueck(add) => vec![(target, Part::Item(add.schriftstueck.id.uuid()))],
        Intent::AddFassung(add) => field(target, Feld::Fassung(add.schriftstueck)).collect(),
        Intent::ResolveConflict(resolve) if resolve.may_close() => vec![(target, Part::Whole)],
        Intent::ResolveConflict(resolve) => {
            let decided = resolve.choices.iter().filter(|(_, choice)| **choice != Choice::Theirs);
            decided
                .flat_map(|(feld, _)| {
                    let openness = (*feld == Feld::Status).then_some((target, Part::Openness));
                    field(target, *feld).chain(openness)
                })
                .chain([(target, Part::Item(resolve.conflict.uuid()))])
                .collect()
        }
    }
}

/// A field, and the item of a list it belongs to.
fn field(entity: EntityRef, feld: Feld) -> impl Iterator<Item = Touch> {
    let item = match feld {
        Feld::Wiedervorlage(id) => Some(id.uuid()),
        Feld::Fassung(id) | Feld::Schriftstueck(id) => Some(id.uuid()),
        Feld::Betreff
        | Feld::Leistung
        | Feld::Status
        | Feld::Zuweisung
        | Feld::Einheit
        | Feld::Akte
        | Feld::Frist(_) => None,
    };
    let item = item.map(|id| (entity, Part::Item(id)));
    std::iter::once((entity, Part::Feld(feld))).chain(item)
}
