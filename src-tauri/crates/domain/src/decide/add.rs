//! Lists grow: Notizen, Wiedervorlagen, Schriftstuecke, Fassungen. Adding is never in anybody's way,
//! so it also works on a closed Vorgang: late paper does arrive.

use super::{Ruling, Verdict, change};
use crate::{
    AddFassung, AddNotiz, AddSchriftstueck, AddWiedervorlage, Bestand, CompleteWiedervorlage,
    Entry, Event, Fassung, Feldaenderung, Feldwert, Notiz, Refusal, Schriftstueck, Stamp, Vorgang,
    Wiedervorlage,
};

/// What one list of a thing holds; far beyond any real one.
const LIST_MAX: usize = 2_000;

pub(super) fn room_for_one_more(length: usize) -> Result<(), Refusal> {
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
    let wiedervorlage =
        Wiedervorlage { am: add.am, grund: add.grund.clone(), angelegt: stamp, erledigt: None };
    match vorgang.wiedervorlagen.get(&add.wiedervorlage) {
        Some(there) if *there == wiedervorlage => return Ok(Verdict::nothing()),
        Some(_) => return Err(Refusal::IdTaken),
        None => room_for_one_more(vorgang.wiedervorlagen.len())?,
    }
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

pub(super) fn schriftstueck(bestand: &dyn Bestand, add: &AddSchriftstueck, stamp: Stamp) -> Ruling {
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    let schriftstueck = stamped(&add.schriftstueck, stamp)?;
    match vorgang.schriftstuecke.get(&schriftstueck.id) {
        Some(there) if *there == schriftstueck => return Ok(Verdict::nothing()),
        Some(_) => return Err(Refusal::IdTaken),
        None => room_for_one_more(vorgang.schriftstuecke.len())?,
    }
    Ok(Verdict::one(add.vorgang, Event::SchriftstueckAdded(Box::new(schriftstueck))))
}

/// The bytes are always kept; which Fassung counts is a field, and can be contested.
pub(super) fn fassung(bestand: &dyn Bestand, add: &AddFassung, entry: &Entry) -> Ruling {
    let stand = bestand.stand(add.vorgang.into()).ok_or(Refusal::Unknown)?;
    let vorgang = bestand.vorgang(add.vorgang).ok_or(Refusal::Unknown)?;
    let schriftstueck = vorgang.schriftstuecke.get(&add.schriftstueck).ok_or(Refusal::Unknown)?;
    let fassung = stamped_fassung(&add.fassung, entry.stamp())?;
    match schriftstueck.fassungen.get(&fassung.id) {
        Some(there) if *there == fassung => return Ok(Verdict::nothing()),
        Some(_) => return Err(Refusal::IdTaken),
        None => room_for_one_more(schriftstueck.fassungen.len())?,
    }
    let counts = Feldaenderung::new(
        Feldwert::Fassung(add.schriftstueck, add.from),
        Feldwert::Fassung(add.schriftstueck, fassung.id),
    )
    .ok_or(Refusal::ChangeUnfit)?;
    let mut verdict = change::one_by_one(stand, &[counts], entry)?;
    let added = Event::FassungAdded(add.schriftstueck, fassung);
    verdict.events.entry(add.vorgang.into()).or_default().insert(0, added);
    Ok(verdict)
}

/// The Schriftstueck as it is kept: its versions have files, one of them counts, and all bear the
/// author and time of the entry that brought them, whatever they say themselves.
pub(super) fn stamped(
    schriftstueck: &Schriftstueck,
    stamp: Stamp,
) -> Result<Schriftstueck, Refusal> {
    if schriftstueck.fassungen.len() > LIST_MAX
        || !schriftstueck.fassungen.contains_key(&schriftstueck.aktuell)
        || schriftstueck.fassungen.iter().any(|(id, fassung)| *id != fassung.id)
    {
        return Err(Refusal::ChangeUnfit);
    }
    let fassungen = schriftstueck
        .fassungen
        .iter()
        .map(|(id, fassung)| Ok((*id, stamped_fassung(fassung, stamp)?)))
        .collect::<Result<_, Refusal>>()?;
    Ok(Schriftstueck {
        id: schriftstueck.id,
        betreff: schriftstueck.betreff.clone(),
        fassungen,
        aktuell: schriftstueck.aktuell,
    })
}

fn stamped_fassung(fassung: &Fassung, stamp: Stamp) -> Result<Fassung, Refusal> {
    if (1..=Fassung::FORMATE_MAX).contains(&fassung.formate.len()) {
        Ok(Fassung { id: fassung.id, angelegt: stamp, formate: fassung.formate.clone() })
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
