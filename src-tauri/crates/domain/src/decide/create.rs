//! Things begin to exist.

use std::collections::BTreeMap;

use super::{Ruling, Verdict};
use crate::{
    Akte, Bestand, CreateAkte, CreateVorgang, Entity, Event, Extra, Felder, Refusal, Revision,
    Stamp, Status, Vorgang,
};

/// Reference data is entered or replaced as a whole, so whoever replaces it must have seen what
/// stands there.
pub(super) fn record(bestand: &dyn Bestand, entity: Entity, seen: Revision) -> Ruling {
    let reference = entity.reference();
    match bestand.stand(reference) {
        Some(stand) if stand.entity == entity => return Ok(Verdict::nothing()),
        // Not `!=`: after a restore from a backup a thing stands at an earlier revision than was seen.
        Some(stand) if stand.revision > seen => return Err(Refusal::Outdated),
        _ => {}
    }
    Ok(Verdict::one(reference, Event::Recorded(Box::new(entity))))
}

pub(super) fn akte(bestand: &dyn Bestand, create: &CreateAkte, stamp: Stamp) -> Ruling {
    begin(
        bestand,
        Entity::Akte(Akte {
            id: create.akte,
            aktenzeichen: create.aktenzeichen.clone(),
            betreff: create.betreff.clone(),
            aktenplaneintrag: create.aktenplaneintrag,
            einheit: create.einheit,
            angelegt: stamp,
            felder: Felder::default(),
            extra: Extra::default(),
        }),
    )
}

pub(super) fn vorgang(bestand: &dyn Bestand, create: &CreateVorgang, stamp: Stamp) -> Ruling {
    begin(
        bestand,
        Entity::Vorgang(Box::new(Vorgang {
            id: create.vorgang,
            einheit: create.einheit,
            betreff: create.betreff.clone(),
            status: Status::Offen,
            zuweisung: None,
            akte: None,
            leistung: create.leistung.clone(),
            angelegt: stamp,
            notizen: BTreeMap::new(),
            wiedervorlagen: BTreeMap::new(),
            fristen: BTreeMap::new(),
            schriftstuecke: BTreeMap::new(),
            felder: Felder::default(),
            extra: Extra::default(),
        })),
    )
}

pub(super) fn begin(bestand: &dyn Bestand, entity: Entity) -> Ruling {
    let reference = entity.reference();
    match bestand.stand(reference) {
        Some(stand) if stand.entity == entity => Ok(Verdict::nothing()),
        Some(_) => Err(Refusal::IdTaken),
        None => Ok(Verdict::one(reference, Event::Recorded(Box::new(entity)))),
    }
}
