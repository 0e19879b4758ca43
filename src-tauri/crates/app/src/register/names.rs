//! What units, people and places in the Aktenplan are called.

use std::collections::{BTreeMap, BTreeSet};

use kontor_domain::{AktenplaneintragId, Aktenplanschluessel, EinheitId, Entity, Name, PersonId};

use super::folded;

#[derive(Debug, Default)]
pub(crate) struct Names {
    einheiten: BTreeMap<EinheitId, Name>,
    personen: BTreeMap<PersonId, Name>,
    aktenplan: BTreeMap<AktenplaneintragId, (Aktenplanschluessel, Name)>,
}

impl Names {
    pub(super) fn put(&mut self, entity: &Entity) {
        match entity {
            Entity::Einheit(einheit) => {
                self.einheiten.insert(einheit.id, einheit.name.clone());
            }
            Entity::Person(person) => {
                self.personen.insert(person.id, person.name.clone());
            }
            Entity::Aktenplaneintrag(eintrag) => {
                let place = (eintrag.schluessel.clone(), eintrag.name.clone());
                self.aktenplan.insert(eintrag.id, place);
            }
            Entity::Akte(_)
            | Entity::Eingang(_)
            | Entity::Vorgang(_)
            | Entity::Leistungspaket(_) => {}
        }
    }

    /// A unit's name; empty while it has not been heard.
    pub(crate) fn einheit(&self, id: EinheitId) -> String {
        self.einheiten.get(&id).map(ToString::to_string).unwrap_or_default()
    }

    /// A person's name; empty while it has not been heard.
    pub(crate) fn person(&self, id: PersonId) -> String {
        self.personen.get(&id).map(ToString::to_string).unwrap_or_default()
    }

    /// The number of a place in the Aktenplan, if it has been heard.
    pub(crate) fn schluessel(&self, id: AktenplaneintragId) -> Option<&Aktenplanschluessel> {
        self.aktenplan.get(&id).map(|(schluessel, _)| schluessel)
    }

    /// Units whose names contain a folded word.
    pub(crate) fn einheiten_like(&self, word: &str) -> BTreeSet<EinheitId> {
        let like = self.einheiten.iter().filter(|(_, name)| folded(name.as_str()).contains(word));
        like.map(|(id, _)| *id).collect()
    }

    /// People whose names contain a folded word.
    pub(crate) fn personen_like(&self, word: &str) -> BTreeSet<PersonId> {
        let like = self.personen.iter().filter(|(_, name)| folded(name.as_str()).contains(word));
        like.map(|(id, _)| *id).collect()
    }

    /// Where each unit stands in the order of names.
    pub(crate) fn einheiten_ranks(&self) -> BTreeMap<EinheitId, usize> {
        ranks(&self.einheiten)
    }

    /// Where each person stands in the order of names.
    pub(crate) fn personen_ranks(&self) -> BTreeMap<PersonId, usize> {
        ranks(&self.personen)
    }
}

fn ranks<I: Copy + Ord>(names: &BTreeMap<I, Name>) -> BTreeMap<I, usize> {
    let mut order: Vec<(String, I)> =
        names.iter().map(|(id, name)| (folded(name.as_str()), *id)).collect();
    order.sort_unstable();
    order.into_iter().enumerate().map(|(rank, (_, id))| (id, rank)).collect()
}
