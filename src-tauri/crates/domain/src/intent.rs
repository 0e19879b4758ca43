//! What a clerk wants.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    AkteId, Aktenplaneintrag, AktenplaneintragId, Aktenzeichen, Betreff, Choice, Day, EingangId,
    EinheitId, EntityRef, Fassung, FassungId, Feld, Feldaenderung, Feldwert, IntentId, Kanal,
    Leistungspaket, Leistungsschluessel, NotizId, Organisationseinheit, Person, Schriftstueck,
    SchriftstueckId, Status, Text, VorgangId, WiedervorlageId,
};

/// How an intent gets along with what others do at the same time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Adds to a list: never in anybody's way.
    Commutative,
    /// Sets fields: only in the way of somebody who sets the same ones.
    FieldDisjoint,
    /// Decides something: must have seen what it decides about.
    Exclusive,
}

/// Everything that can be wanted. One variant is one version of one command: a changed meaning is a
/// new variant, and the old one stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Intent {
    /// Enter or replace a unit.
    RecordEinheit(Organisationseinheit),
    /// Enter or replace a person.
    RecordPerson(Person),
    /// Enter or replace an entry of the Aktenplan.
    RecordAktenplaneintrag(Aktenplaneintrag),
    /// Enter or replace a Leistungspaket.
    RecordLeistungspaket(Box<Leistungspaket>),
    /// Open an Akte.
    CreateAkte(CreateAkte),
    /// Open a Vorgang.
    CreateVorgang(CreateVorgang),
    /// Record something that arrived.
    RecordEingang(Box<RecordEingang>),
    /// Put an Eingang into a Vorgang.
    AssignEingang(AssignEingang),
    /// Set fields: assign, hand on, move, file, close, set a Frist …
    ChangeFelder(ChangeFelder),
    /// Add a Notiz.
    AddNotiz(AddNotiz),
    /// Add a Wiedervorlage.
    AddWiedervorlage(AddWiedervorlage),
    /// Tick off a Wiedervorlage.
    CompleteWiedervorlage(CompleteWiedervorlage),
    /// Add a Schriftstueck.
    AddSchriftstueck(AddSchriftstueck),
    /// Add a Fassung to a Schriftstueck and make it the one that counts.
    AddFassung(AddFassung),
    /// Decide between two versions.
    ResolveConflict(ResolveConflict),
}

/// Open an Akte.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateAkte {
    /// Its new id.
    pub akte: AkteId,
    /// The sign it is found by.
    pub aktenzeichen: Aktenzeichen,
    /// What it is about.
    pub betreff: Betreff,
    /// Where it stands in the Aktenplan.
    pub aktenplaneintrag: AktenplaneintragId,
    /// The unit that keeps it.
    pub einheit: EinheitId,
}

/// Open a Vorgang.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreateVorgang {
    /// Its new id.
    pub vorgang: VorgangId,
    /// The unit responsible.
    pub einheit: EinheitId,
    /// What it is about.
    pub betreff: Betreff,
    /// The public service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leistung: Option<Leistungsschluessel>,
}

/// Record something that arrived.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordEingang {
    /// Its new id.
    pub eingang: EingangId,
    /// The unit in whose inbox it goes.
    pub einheit: EinheitId,
    /// How it came.
    pub kanal: Kanal,
    /// What it is about.
    pub betreff: Betreff,
    /// Its documents.
    #[serde(default)]
    pub schriftstuecke: Vec<Schriftstueck>,
}

/// Put an Eingang into a Vorgang.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct AssignEingang {
    /// Which.
    pub eingang: EingangId,
    /// Where to.
    pub vorgang: VorgangId,
}

/// Set fields of a Vorgang, an Akte or an Eingang.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChangeFelder {
    /// Of what.
    pub entity: EntityRef,
    /// What was seen and what it shall be; each field at most once.
    pub changes: Vec<Feldaenderung>,
    /// Why; kept in the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grund: Option<Text>,
}

/// Add a Notiz.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddNotiz {
    /// To what.
    pub vorgang: VorgangId,
    /// Its new id.
    pub notiz: NotizId,
    /// What it says.
    pub text: Text,
}

/// Add a Wiedervorlage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddWiedervorlage {
    /// To what.
    pub vorgang: VorgangId,
    /// Its new id.
    pub wiedervorlage: WiedervorlageId,
    /// The day it comes back.
    pub am: Day,
    /// Why.
    pub grund: Betreff,
}

/// Tick off a Wiedervorlage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct CompleteWiedervorlage {
    /// Of what.
    pub vorgang: VorgangId,
    /// Which.
    pub wiedervorlage: WiedervorlageId,
}

/// Add a Schriftstueck.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddSchriftstueck {
    /// To what.
    pub vorgang: VorgangId,
    /// The document with its first Fassung.
    pub schriftstueck: Schriftstueck,
}

/// Add a Fassung to a Schriftstueck and make it the one that counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AddFassung {
    /// Of what.
    pub vorgang: VorgangId,
    /// Which document.
    pub schriftstueck: SchriftstueckId,
    /// The Fassung the author worked from.
    pub from: FassungId,
    /// The new one.
    pub fassung: Fassung,
}

/// Decide between two versions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolveConflict {
    /// Where they stand side by side.
    pub entity: EntityRef,
    /// The intent that met the contradiction.
    pub conflict: IntentId,
    /// One choice for each contested field.
    pub choices: BTreeMap<Feld, Choice>,
    /// Why; kept in the history.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grund: Option<Text>,
}

impl Intent {
    /// At most this many fields change, or documents arrive, at once.
    pub const PARTS_MAX: usize = 256;

    /// The thing it is about; its revision is what [`Entry::seen`] means.
    pub fn target(&self) -> EntityRef {
        match self {
            Self::RecordEinheit(einheit) => einheit.id.into(),
            Self::RecordPerson(person) => person.id.into(),
            Self::RecordAktenplaneintrag(eintrag) => eintrag.id.into(),
            Self::RecordLeistungspaket(paket) => paket.id.into(),
            Self::CreateAkte(create) => create.akte.into(),
            Self::CreateVorgang(create) => create.vorgang.into(),
            Self::RecordEingang(record) => record.eingang.into(),
            Self::AssignEingang(assign) => assign.eingang.into(),
            Self::ChangeFelder(change) => change.entity,
            Self::AddNotiz(add) => add.vorgang.into(),
            Self::AddWiedervorlage(add) => add.vorgang.into(),
            Self::CompleteWiedervorlage(complete) => complete.vorgang.into(),
            Self::AddSchriftstueck(add) => add.vorgang.into(),
            Self::AddFassung(add) => add.vorgang.into(),
            Self::ResolveConflict(resolve) => resolve.entity,
        }
    }

    /// Everything it reads or changes, the target first: what the Zentrale has to lock.
    pub fn entities(&self) -> Vec<EntityRef> {
        let mut entities = vec![self.target()];
        if let Self::AssignEingang(assign) = self {
            entities.push(assign.vorgang.into());
        }
        entities.extend(self.named_akten().map(EntityRef::from));
        entities
    }

    /// Akten it files something in.
    pub(crate) fn named_akten(&self) -> impl Iterator<Item = AkteId> + '_ {
        let changes: &[Feldaenderung] = match self {
            Self::ChangeFelder(change) => &change.changes,
            _ => &[],
        };
        let choices = match self {
            Self::ResolveConflict(resolve) => Some(resolve.choices.values()),
            _ => None,
        };
        let others = choices.into_iter().flatten().filter_map(|choice| match choice {
            Choice::Other(wert) => Some(wert),
            Choice::Mine | Choice::Theirs => None,
        });
        changes.iter().map(Feldaenderung::to).chain(others).filter_map(|wert| match wert {
            Feldwert::Akte(akte) => *akte,
            _ => None,
        })
    }

    /// Bytes that must be at the Zentrale before it is taken.
    pub fn hashes(&self) -> Vec<crate::DocumentHash> {
        match self {
            Self::RecordEingang(record) => {
                record.schriftstuecke.iter().flat_map(Schriftstueck::hashes).collect()
            }
            Self::AddSchriftstueck(add) => add.schriftstueck.hashes().collect(),
            Self::AddFassung(add) => add.fassung.hashes().collect(),
            _ => Vec::new(),
        }
    }

    /// The conflict it decides, by the entry that met it.
    pub fn decided_conflict(&self) -> Option<IntentId> {
        match self {
            Self::ResolveConflict(resolve) => Some(resolve.conflict),
            _ => None,
        }
    }

    /// How it gets along with what others do at the same time.
    pub fn class(&self) -> Class {
        match self {
            Self::AddNotiz(_)
            | Self::AddWiedervorlage(_)
            | Self::CompleteWiedervorlage(_)
            | Self::AddSchriftstueck(_) => Class::Commutative,
            Self::ChangeFelder(change) if !change.closes() => Class::FieldDisjoint,
            Self::RecordEinheit(_)
            | Self::RecordPerson(_)
            | Self::RecordAktenplaneintrag(_)
            | Self::RecordLeistungspaket(_)
            | Self::CreateAkte(_)
            | Self::CreateVorgang(_)
            | Self::RecordEingang(_)
            | Self::AssignEingang(_)
            | Self::ChangeFelder(_)
            | Self::AddFassung(_)
            | Self::ResolveConflict(_) => Class::Exclusive,
        }
    }
}

impl ResolveConflict {
    /// Whether it may close the Vorgang; what [`Choice::Mine`] stands for only the conflict knows.
    pub(crate) fn may_close(&self) -> bool {
        match self.choices.get(&Feld::Status) {
            Some(Choice::Mine) => true,
            Some(Choice::Other(wert)) => *wert == Feldwert::Status(Status::ZdA),
            Some(Choice::Theirs) | None => false,
        }
    }
}

impl ChangeFelder {
    /// Whether it closes the Vorgang: the one change that must have seen all of it.
    pub fn closes(&self) -> bool {
        self.changes.iter().any(|change| *change.to() == Feldwert::Status(Status::ZdA))
    }
}
