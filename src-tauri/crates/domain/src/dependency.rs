//! Which waiting entry needs which earlier one. Declared, not implied by one global queue: an entry
//! that is stuck holds back only what builds on it.

use uuid::Uuid;

use crate::{Choice, EntityRef, Feld, Feldwert, Intent};

/// A part of one thing that an intent reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// All of it: its beginning, or a decision about the whole.
    Whole,
    /// One field.
    Feld(Feld),
    /// One item of a list.
    Item(Uuid),
    /// The documents an Eingang brings; the intent does not say which.
    Documents,
    /// That it is there at all.
    Existence,
}

type Touch = (EntityRef, Part);

/// Whether `later` can only be decided after `earlier`, both of one workstation, in this order.
pub fn depends_on(later: &Intent, earlier: &Intent) -> bool {
    let earlier = touches(earlier);
    needs(later).iter().any(|(entity, part)| {
        earlier.iter().any(|(other, written)| entity == other && part.meets(*written))
    })
}

impl Part {
    fn meets(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole, _)
            | (_, Self::Whole)
            | (Self::Documents, Self::Feld(Feld::Fassung(_)))
            | (Self::Feld(Feld::Fassung(_)), Self::Documents) => true,
            (Self::Feld(one), Self::Feld(other)) => one == other,
            (Self::Item(one), Self::Item(other)) => one == other,
            // Two may bring documents into one Vorgang, or file in one Akte, without each other.
            (Self::Feld(_) | Self::Item(_) | Self::Documents | Self::Existence, _) => false,
        }
    }
}

/// What must be as the author left it. Handing a thing to another unit may cost its author the right
/// to it, so it goes last; but nothing waits for it in turn.
fn needs(later: &Intent) -> Vec<Touch> {
    let mut needs = touches(later);
    if let Intent::ChangeFelder(change) = later
        && change.changes.iter().any(|change| change.feld() == Feld::Einheit)
    {
        needs.push((change.entity, Part::Whole));
    }
    needs
}

/// Every part an intent reads or writes.
fn touches(intent: &Intent) -> Vec<Touch> {
    let target = intent.target();
    let mut touches = match intent {
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::CreateAkte(_)
        | Intent::CreateVorgang(_)
        | Intent::RecordEingang(_) => vec![(target, Part::Whole)],
        Intent::AssignEingang(assign) => {
            vec![(target, Part::Whole), (assign.vorgang.into(), Part::Documents)]
        }
        Intent::ChangeFelder(change) if change.closes() => vec![(target, Part::Whole)],
        Intent::ChangeFelder(change) => {
            change.changes.iter().flat_map(|change| field(target, change.to())).collect()
        }
        Intent::AddNotiz(add) => vec![(target, Part::Item(add.notiz.uuid()))],
        Intent::AddWiedervorlage(add) => vec![(target, Part::Item(add.wiedervorlage.uuid()))],
        Intent::CompleteWiedervorlage(complete) => {
            vec![(target, Part::Item(complete.wiedervorlage.uuid()))]
        }
        Intent::AddSchriftstueck(add) => vec![(target, Part::Item(add.schriftstueck.id.uuid()))],
        Intent::AddFassung(add) => {
            field(target, &Feldwert::Fassung(add.schriftstueck, add.fassung.id))
        }
        Intent::ResolveConflict(resolve) if resolve.may_close() => vec![(target, Part::Whole)],
        Intent::ResolveConflict(resolve) => {
            let decided = resolve.choices.iter().filter(|(_, choice)| **choice != Choice::Theirs);
            let fields = decided.map(|(feld, _)| (target, Part::Feld(*feld)));
            fields.chain([(target, Part::Item(resolve.conflict.uuid()))]).collect()
        }
    };
    let akten = intent.named_akten();
    touches.extend(akten.map(|akte| (EntityRef::from(akte), Part::Existence)));
    touches
}

/// A field, and what else its value names.
fn field(entity: EntityRef, wert: &Feldwert) -> Vec<Touch> {
    let items = match wert {
        Feldwert::Wiedervorlage(id, _) => vec![id.uuid()],
        Feldwert::Fassung(id, fassung) => vec![id.uuid(), fassung.uuid()],
        Feldwert::Betreff(_)
        | Feldwert::Leistung(_)
        | Feldwert::Status(_)
        | Feldwert::Zuweisung(_)
        | Feldwert::Einheit(_)
        | Feldwert::Akte(_)
        | Feldwert::Frist(..) => Vec::new(),
    };
    let items = items.into_iter().map(|id| (entity, Part::Item(id)));
    std::iter::once((entity, Part::Feld(wert.feld()))).chain(items).collect()
}
