//! The authority that everybody in a simulated world works for.

use std::collections::BTreeSet;

use kontor_domain::{
    Akteur, EinheitId, Extra, Mandant, MandantId, Organisationseinheit, Person, PersonId, Rolle,
};
use uuid::Uuid;

use super::dice::Dice;

pub(super) const MANDANT: MandantId = MandantId::new(Uuid::from_u128(0xA0));
pub(super) const ADMINISTRATION: PersonId = PersonId::new(Uuid::from_u128(0xAD));
pub(super) const EINHEITEN: [EinheitId; 3] = [
    EinheitId::new(Uuid::from_u128(0xE1)),
    EinheitId::new(Uuid::from_u128(0xE2)),
    EinheitId::new(Uuid::from_u128(0xE3)),
];
/// More people than workstations, so that some are only names.
pub(super) const PEOPLE: [PersonId; 4] = [
    PersonId::new(Uuid::from_u128(0xB1)),
    PersonId::new(Uuid::from_u128(0xB2)),
    PersonId::new(Uuid::from_u128(0xB3)),
    PersonId::new(Uuid::from_u128(0xB4)),
];

pub(super) fn mandant() -> Mandant {
    Mandant { id: MANDANT, name: "Kreis Musterland".parse().expect("a name") }
}

pub(super) fn einheit(id: EinheitId) -> Organisationseinheit {
    let name = format!("Amt {id}").parse().expect("a name");
    Organisationseinheit { id, name, uebergeordnet: None, land: None, extra: Extra::default() }
}

pub(super) fn administration() -> Akteur {
    Akteur {
        person: ADMINISTRATION,
        rollen: [Rolle::Administration].into(),
        einheiten: BTreeSet::new(),
    }
}

/// Somebody who may do everything a clerk may, everywhere.
pub(super) fn with_all_rights(id: PersonId) -> Person {
    person(id, EINHEITEN.into(), [Rolle::Sachbearbeitung].into())
}

/// Somebody with rights as chance gives them.
pub(super) fn with_some_rights(id: PersonId, dice: &mut Dice) -> Person {
    let mut einheiten: BTreeSet<EinheitId> =
        EINHEITEN.into_iter().filter(|_| !dice.one_in(3)).collect();
    einheiten.insert(EINHEITEN[dice.below(2)]);
    let mut rollen = BTreeSet::from([Rolle::Sachbearbeitung]);
    if dice.one_in(4) {
        rollen.insert(Rolle::Poststelle);
    }
    let mut person = person(id, einheiten, rollen);
    person.aktiv = !dice.one_in(10);
    person
}

fn person(id: PersonId, einheiten: BTreeSet<EinheitId>, rollen: BTreeSet<Rolle>) -> Person {
    let name = format!("Person {id}").parse().expect("a name");
    Person { id, name, einheiten, rollen, aktiv: true, extra: Extra::default() }
}
