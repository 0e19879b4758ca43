//! Which parts of a thing are only here, and which are at the Zentrale.

use std::collections::BTreeSet;

use kontor_domain::{
    EntityRef, FassungId, Feld, Intent, NotizId, SchriftstueckId, WiedervorlageId,
};
use kontor_store::work::Fate;
use kontor_sync::Desk;
use schemars::JsonSchema;
use serde::Serialize;

/// A part of a thing that entries bring or change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// All of it: it was begun.
    Whole,
    /// A field.
    Feld(Feld),
    Notiz(NotizId),
    Wiedervorlage(WiedervorlageId),
    Schriftstueck(SchriftstueckId),
    Fassung(FassungId),
    /// What became of an Eingang.
    Verbleib,
}

/// How far something has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum PartReceipt {
    /// „hier gespeichert“: on this machine only.
    Here,
    /// „bei der Zentrale“.
    AtZentrale,
}

impl PartReceipt {
    /// What consists of two has come as far as the one that is behind.
    pub(crate) fn least(self, other: Self) -> Self {
        self.min(other)
    }
}

/// Parts of one thing that wait for the Zentrale.
pub(crate) struct Waiting(BTreeSet<Part>);

impl Waiting {
    pub(crate) fn of(desk: &Desk, entity: EntityRef) -> Self {
        let waiting = desk.entries().filter(|it| it.fate == Fate::Waiting && !it.withdrawn);
        let about = waiting.filter(|it| it.entry.intent.entities().contains(&entity));
        Self(about.flat_map(|it| parts(&it.entry.intent, entity)).collect())
    }

    /// The receipt of a part; what came with the whole thing has come as far as that.
    pub(crate) fn receipt(&self, part: Part) -> PartReceipt {
        if self.0.contains(&part) { PartReceipt::Here } else { PartReceipt::AtZentrale }
    }
}

/// The parts of `entity` that an intent brings or changes.
fn parts(intent: &Intent, entity: EntityRef) -> Vec<Part> {
    match intent {
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::RecordLeistungspaket(_)
        | Intent::CreateAkte(_)
        | Intent::CreateVorgang(_) => vec![Part::Whole],
        Intent::RecordEingang(record) => {
            let came = record.schriftstuecke.iter();
            let fassungen = came.clone().flat_map(|it| it.fassungen.keys().copied());
            let parts = came.map(|it| Part::Schriftstueck(it.id));
            let parts = parts.chain(fassungen.map(Part::Fassung));
            std::iter::once(Part::Whole).chain(parts).collect()
        }
        Intent::AssignEingang(_) => vec![Part::Verbleib],
        // The Akte it names does not change.
        Intent::ChangeFelder(change) if change.entity == entity => {
            change.changes.iter().map(|change| Part::Feld(change.feld())).collect()
        }
        Intent::ChangeFelder(_) => Vec::new(),
        Intent::AddNotiz(add) => vec![Part::Notiz(add.notiz)],
        Intent::AddWiedervorlage(add) => vec![Part::Wiedervorlage(add.wiedervorlage)],
        Intent::CompleteWiedervorlage(complete) => {
            vec![Part::Wiedervorlage(complete.wiedervorlage)]
        }
        Intent::AddSchriftstueck(add) => {
            let fassungen = add.schriftstueck.fassungen.keys().copied().map(Part::Fassung);
            std::iter::once(Part::Schriftstueck(add.schriftstueck.id)).chain(fassungen).collect()
        }
        Intent::AddFassung(add) => {
            vec![Part::Fassung(add.fassung.id), Part::Feld(Feld::Fassung(add.schriftstueck))]
        }
        Intent::ResolveConflict(resolve) => {
            resolve.choices.keys().copied().map(Part::Feld).collect()
        }
    }
}
