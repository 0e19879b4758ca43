//! Something arrives, and becomes part of a Vorgang.

use std::collections::BTreeMap;

use super::{Ruling, Verdict, add, create};
use crate::{
    AssignEingang, Bestand, Eingang, Entity, Event, Extra, Felder, Intent, RecordEingang, Refusal,
    Stamp, Verbleib,
};

pub(super) fn record(bestand: &dyn Bestand, record: &RecordEingang, stamp: Stamp) -> Ruling {
    if record.schriftstuecke.len() > Intent::PARTS_MAX {
        return Err(Refusal::Full);
    }
    let schriftstuecke = record
        .schriftstuecke
        .iter()
        .map(|schriftstueck| Ok((schriftstueck.id, add::stamped(schriftstueck, stamp)?)))
        .collect::<Result<BTreeMap<_, _>, Refusal>>()?;
    if schriftstuecke.len() < record.schriftstuecke.len() {
        return Err(Refusal::IdTaken);
    }
    create::begin(
        bestand,
        Entity::Eingang(Eingang {
            id: record.eingang,
            einheit: record.einheit,
            kanal: record.kanal,
            betreff: record.betreff.clone(),
            erfasst: stamp,
            verbleib: Verbleib::Offen,
            schriftstuecke,
            felder: Felder::default(),
            extra: Extra::default(),
        }),
    )
}

/// The first assignment stands. A second one is refused with the reason, so its author can decide
/// anew; nothing is overwritten, and the documents lie in exactly one Vorgang.
pub(super) fn assign(bestand: &dyn Bestand, assign: AssignEingang) -> Ruling {
    let eingang = bestand.eingang(assign.eingang).ok_or(Refusal::Unknown)?;
    let vorgang = bestand.vorgang(assign.vorgang).ok_or(Refusal::Unknown)?;
    match eingang.verbleib {
        Verbleib::Zugeordnet(there) if there == assign.vorgang => return Ok(Verdict::nothing()),
        Verbleib::Zugeordnet(_) => return Err(Refusal::AlreadyAssigned),
        Verbleib::Offen => add::room_for(vorgang, eingang.schriftstuecke.len())?,
    }
    if eingang.schriftstuecke.keys().any(|id| vorgang.schriftstuecke.contains_key(id)) {
        return Err(Refusal::IdTaken);
    }
    let documents: Vec<Event> = eingang
        .schriftstuecke
        .values()
        .map(|schriftstueck| Event::SchriftstueckAdded(Box::new(schriftstueck.clone())))
        .collect();
    let mut verdict = Verdict::one(assign.eingang, Event::EingangAssigned(assign.vorgang));
    if !documents.is_empty() {
        verdict.events.insert(assign.vorgang.into(), documents);
    }
    Ok(verdict)
}
