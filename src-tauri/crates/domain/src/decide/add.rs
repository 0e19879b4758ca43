//! Lists grow: Notizen, Wiedervorlagen, Schriftstuecke, Fassungen. Adding is never in anybody's way,
//! so it also works on a closed Vorgang: late paper does arrive.

use super::{Ruling, Verdict, change};
use crate::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, Bestand, CompleteWiedervorlage,
    Entry, Event, Fassung, Feldaenderung, Feldwert, Notiz, Refusal, Schriftstueck, Stamp, Vorgang,
    Wiedervorlage,
};

/// What one list of a Vorgang holds; far beyond any real one.
const LIST_MAX: usize = 2_000;

fn room_for_one_more(length: usize) -> Result<(), Refusal> {
    if length < LIST_MAX { Ok(()) } else { Err(Refusal::Full) }
}

pub(super) fn notiz(bestand: &dyn Bestand, add: &AddNotiz, stamp: Stamp) -> Ruling {
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    let notiz = Notiz { text: add.text.clone(), angelegt: stamp };
    match vorgang.notizen.get(&add.notiz) {
        Some(there) if *there == notiz => return Ok(Verdict::nothing()),
        Some(_) => return Err(Refusal::IdTaken),
        None => room_for_one_more(vorgang.notizen.len())?,
    }
    Ok(Verdict::one(add.vorgang, Event::NotizAdded(add.notiz, notiz)))
}

pub(super) fn wiedervorlage(bestand: &dyn Bestand, add: &AddWiedervorlage, stamp: Stamp) -> Ruling {
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    if vorgang.wiedervorlagen.contains_key(&add.wiedervorlage) {
        return Err(Refusal::IdTaken);
    }
    room_for_one_more(vorgang.wiedervorlagen.len())?;
    let wiedervorlage =
        Wiedervorlage { am: add.am, grund: add.grund.clone(), angelegt: stamp, erledigt: None };
    Ok(Verdict::one(add.vorgang, Event::WiedervorlageAdded(add.wiedervorlage, wiedervorlage)))
}

/// Two people ticking off the same Wiedervorlage agree with each other.
pub(super) fn completed_wiedervorlage(
    bestand: &dyn Bestand,
    complete: CompleteWiedervorlage,
    stamp: Stamp,
) -> Ruling {
    let vorgang = bestand.vorgang(complete.vorgang).ok_or(Refusal::Unknown)?;
    let wiedervorlage =
        vorgang.wiedervorlagen.get(&complete.wiedervorlage).ok_or(Refusal::Unknown)?;
    if wiedervorlage.erledigt.is_some() {
        return Ok(Verdict::nothing());
    }
    let event = Event::WiedervorlageCompleted(complete.wiedervorlage, stamp);
    Ok(Verdict::one(complete.vorgang, event))
}

pub(super) fn schriftstueck(bestand: &dyn Bestand, add: &AddSchriftstueck) -> Ruling {
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    well_formed(&add.schriftstueck)?;
    match vorgang.schriftstuecke.get(&add.schriftstueck.id) {
        Some(there) if *there == add.schriftstueck => return Ok(Verdict::nothing()),
        Some(_) => return Err(Refusal::IdTaken),
        None => room_for_one_more(vorgang.schriftstuecke.len())?,
    }
    let event = Event::SchriftstueckAdded(Box::new(add.schriftstueck.clone()));
    Ok(Verdict::one(add.vorgang, event))
}

/// The bytes are always kept; which Fassung counts is a field, and can be contested.
pub(super) fn fassung(bestand: &dyn Bestand, add: &AddFassung, entry: &Entry) -> Ruling {
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    let schriftstueck = vorgang.schriftstuecke.get(&add.schriftstueck).ok_or(Refusal::Unknown)?;
    well_formed_fassung(&add.fassung)?;
    if schriftstueck.fassungen.contains_key(&add.fassung.id) {
        return Err(Refusal::IdTaken);
    }
    room_for_one_more(schriftstueck.fassungen.len())?;
    let counts = Feldaenderung::new(
        Feldwert::Fassung(add.schriftstueck, add.from),
        Feldwert::Fassung(add.schriftstueck, add.fassung.id),
    )
    .ok_or(Refusal::ChangeUnfit)?;
    let mut verdict = change::one_by_one(bestand, add.vorgang.into(), &[counts], entry)?;
    let added = Event::FassungAdded(add.schriftstueck, add.fassung.clone());
    verdict.events.entry(add.vorgang.into()).or_default().insert(0, added);
    Ok(verdict)
}

/// A Schriftstueck is entered with versions that have files, one of which counts.
pub(super) fn well_formed(schriftstueck: &Schriftstueck) -> Result<(), Refusal> {
    if schriftstueck.fassungen.len() > LIST_MAX
        || !schriftstueck.fassungen.contains_key(&schriftstueck.aktuell)
    {
        return Err(Refusal::ChangeUnfit);
    }
    schriftstueck.fassungen.values().try_for_each(well_formed_fassung)
}

fn well_formed_fassung(fassung: &Fassung) -> Result<(), Refusal> {
    if (1..=Fassung::FORMATE_MAX).contains(&fassung.formate.len()) {
        Ok(())
    } else {
        Err(Refusal::ChangeUnfit)
    }
}

/// How much room a Vorgang has for the documents of an Eingang.
pub(super) fn room_for(vorgang: &Vorgang, schriftstuecke: usize) -> Result<(), Refusal> {
    if vorgang.schriftstuecke.len() + schriftstuecke <= LIST_MAX {
        Ok(())
    } else {
        Err(Refusal::Full)
    }
}
