//! Who may do what. Rights come from units and roles and are asked at the Zentrale at the moment an
//! intent arrives; the workstation asks too, to tell its clerk early.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::person::known_rollen;
use crate::{
    Bestand, EinheitId, Entity, EntityRef, Entry, Intent, PersonId, Refusal, Rolle, Scope,
};

/// Somebody acting, with the rights they have right now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Akteur {
    /// Who.
    pub person: PersonId,
    /// What they may do, as far as this version knows it.
    #[serde(deserialize_with = "known_rollen")]
    pub rollen: BTreeSet<Rolle>,
    /// Where they may do it.
    pub einheiten: BTreeSet<EinheitId>,
}

impl Akteur {
    /// The scopes they may mirror. For the Revision this is not all they may read: it asks for single
    /// things.
    pub fn scopes(&self) -> Vec<Scope> {
        let units = self.works().then_some(&self.einheiten).into_iter().flatten();
        std::iter::once(Scope::Stammdaten).chain(units.copied().map(Scope::Einheit)).collect()
    }

    fn has(&self, rolle: Rolle) -> bool {
        self.rollen.contains(&rolle)
    }

    fn works(&self) -> bool {
        self.has(Rolle::Sachbearbeitung) || self.has(Rolle::Leitung)
    }

    fn works_in(&self, einheit: EinheitId) -> bool {
        self.works() && self.einheiten.contains(&einheit)
    }
}

/// Whether `akteur` may read a thing.
pub fn may_read(akteur: &Akteur, entity: &Entity) -> bool {
    may_write(akteur, entity)
        || akteur.has(Rolle::Revision)
        || entity.scope() == Scope::Stammdaten
        || matches!(entity, Entity::Eingang(_)) && akteur.has(Rolle::Poststelle)
}

fn may_write(akteur: &Akteur, entity: &Entity) -> bool {
    match entity {
        Entity::Einheit(_)
        | Entity::Person(_)
        | Entity::Aktenplaneintrag(_)
        | Entity::Leistungspaket(_) => akteur.has(Rolle::Administration),
        Entity::Akte(akte) => akteur.works_in(akte.einheit),
        Entity::Eingang(eingang) => {
            akteur.has(Rolle::Poststelle) || akteur.works_in(eingang.einheit)
        }
        // Whoever it is assigned to works on it, even from another unit.
        Entity::Vorgang(vorgang) => {
            akteur.works_in(vorgang.einheit)
                || akteur.works() && vorgang.zuweisung == Some(akteur.person)
        }
    }
}

/// Whether `akteur` may do what `entry` wants.
///
/// # Errors
/// [`Refusal::Unknown`] where even the existence of the thing is none of their business,
/// [`Refusal::NoRight`] where they may look but not touch.
pub fn authorise(akteur: &Akteur, bestand: &dyn Bestand, entry: &Entry) -> Result<(), Refusal> {
    if entry.author != akteur.person {
        return Err(Refusal::WrongAuthor);
    }
    let allowed = match &entry.intent {
        Intent::RecordEinheit(_)
        | Intent::RecordPerson(_)
        | Intent::RecordAktenplaneintrag(_)
        | Intent::RecordLeistungspaket(_) => akteur.has(Rolle::Administration),
        Intent::CreateAkte(create) => akteur.works_in(create.einheit),
        Intent::CreateVorgang(create) => akteur.works_in(create.einheit),
        Intent::RecordEingang(record) => {
            akteur.has(Rolle::Poststelle) || akteur.works_in(record.einheit)
        }
        Intent::AssignEingang(_)
        | Intent::ChangeFelder(_)
        | Intent::AddNotiz(_)
        | Intent::AddWiedervorlage(_)
        | Intent::CompleteWiedervorlage(_)
        | Intent::AddSchriftstueck(_)
        | Intent::AddFassung(_)
        | Intent::ResolveConflict(_) => {
            let mut entities = entry.intent.entities().into_iter();
            return entities.try_for_each(|entity| touch(akteur, bestand, entity));
        }
    };
    if allowed { Ok(()) } else { Err(Refusal::NoRight) }
}

fn touch(akteur: &Akteur, bestand: &dyn Bestand, entity: EntityRef) -> Result<(), Refusal> {
    let stand = bestand.stand(entity).ok_or(Refusal::Unknown)?;
    if may_write(akteur, &stand.entity) {
        Ok(())
    } else if may_read(akteur, &stand.entity) {
        Err(Refusal::NoRight)
    } else {
        Err(Refusal::Unknown)
    }
}
