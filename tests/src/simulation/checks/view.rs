//! I10, I11: what a clerk sees.

use std::collections::BTreeMap;

use kontor_domain::{Entity, EntityRef, Intent, IntentId, Stand, Verbleib, Vorgang};
use kontor_store::work::Fate;
use kontor_sync::{Desk, DeskError, Forecast};

use super::super::ledger::Ledger;
use super::super::promise::{Broken, Kept, keep};

/// Read your writes: what was just entered is there to be seen.
pub(in crate::simulation) fn shows(desk: &Desk, id: IntentId, intent: &Intent) -> Kept {
    let Some(entry) = desk.entry(id) else {
        return Err(Broken::new("I10", format!("{id} is not among the waiting entries")));
    };
    let Ok(stand) = desk.stand(intent.target()) else { return Ok(()) };
    keep!("I10", stand.is_some(), "{id}: {} is not there", intent.target());
    let Some(stand) = stand else { return Ok(()) };
    match &entry.forecast {
        Forecast::Fine => {
            keep!("I10", adds(&stand.entity, intent), "{id} does not show in {}", intent.target());
            for wert in super::super::history::wishes(intent) {
                let now = stand.entity.feldwert(wert.feld());
                keep!("I10", now.as_ref() == Some(&wert), "{id}: {wert:?} does not show");
            }
            if let Intent::ResolveConflict(resolve) = intent {
                let gone = stand
                    .entity
                    .felder()
                    .is_some_and(|it| !it.conflicts.contains_key(&resolve.conflict));
                keep!("I10", gone, "{id}: the conflict still shows");
            }
        }
        Forecast::Contested(conflict) => {
            let shown = stand.entity.felder().and_then(|felder| felder.conflicts.get(&id));
            keep!("I6", shown == Some(conflict), "{id}: the conflict does not show");
        }
        Forecast::Refused(_) | Forecast::Withdrawn => {}
    }
    Ok(())
}

/// Whatever somebody entered at this desk shows as long as the thing itself shows, whether it waits,
/// is on its way, or came back with the feed. `is_whole`: the mirror stands at one point of the feed.
pub(in crate::simulation) fn own_writes(
    desk: &Desk,
    ledger: &Ledger,
    who: usize,
    is_whole: bool,
) -> Kept {
    let mut stands: BTreeMap<EntityRef, Option<Stand>> = BTreeMap::new();
    for (id, known) in ledger.saved_at(who) {
        let counts = match desk.entry(*id) {
            Some(entry) => {
                // What was decided may build on things that a fresh mirror does not hold yet.
                (is_whole || entry.fate == Fate::Waiting)
                    && !entry.withdrawn
                    && matches!(entry.forecast, Forecast::Fine | Forecast::Contested(_))
            }
            None => matches!(known.fate, Fate::Accepted | Fate::Merged | Fate::Conflict),
        };
        if !counts {
            continue;
        }
        for entity in known.intent.entities() {
            if let std::collections::btree_map::Entry::Vacant(vacant) = stands.entry(entity) {
                let Ok(stand) = desk.stand(entity) else { return Ok(()) };
                vacant.insert(stand);
            }
        }
        let at = |entity| stands.get(&entity).and_then(Option::as_ref);
        let Some(target) = at(known.intent.target()) else { continue };
        keep!("I10", adds(&target.entity, &known.intent), "{id} shows no more");
        if let (Intent::AssignEingang(assign), true) = (&known.intent, is_whole)
            && let Some(Entity::Vorgang(vorgang)) = at(assign.vorgang.into()).map(|it| &it.entity)
        {
            let whole = holds_all(vorgang, &target.entity);
            keep!("I10", whole, "{id} shows in the Eingang and not in the Vorgang");
        }
    }
    Ok(())
}

/// Whether what an intent adds to its target is there.
fn adds(entity: &Entity, intent: &Intent) -> bool {
    match (entity, intent) {
        (Entity::Vorgang(vorgang), Intent::AddNotiz(add)) => {
            vorgang.notizen.get(&add.notiz).is_some_and(|it| it.text == add.text)
        }
        (Entity::Vorgang(vorgang), Intent::AddWiedervorlage(add)) => {
            vorgang.wiedervorlagen.contains_key(&add.wiedervorlage)
        }
        (Entity::Vorgang(vorgang), Intent::CompleteWiedervorlage(complete)) => vorgang
            .wiedervorlagen
            .get(&complete.wiedervorlage)
            .is_some_and(|it| it.erledigt.is_some()),
        (Entity::Vorgang(vorgang), Intent::AddSchriftstueck(add)) => {
            vorgang.schriftstuecke.contains_key(&add.schriftstueck.id)
        }
        (Entity::Vorgang(vorgang), Intent::AddFassung(add)) => vorgang
            .schriftstuecke
            .get(&add.schriftstueck)
            .is_some_and(|it| it.fassungen.contains_key(&add.fassung.id)),
        (Entity::Eingang(eingang), Intent::AssignEingang(assign)) => {
            eingang.verbleib == Verbleib::Zugeordnet(assign.vorgang)
        }
        _ => true,
    }
}

fn holds_all(vorgang: &Vorgang, eingang: &Entity) -> bool {
    let Entity::Eingang(eingang) = eingang else { return true };
    eingang.schriftstuecke.keys().all(|id| vorgang.schriftstuecke.contains_key(id))
}

/// I11: the view folded bit by bit is the view folded at once.
pub(in crate::simulation) fn folds_the_same(desk: &mut Desk, all: &[EntityRef]) -> Kept {
    let (Ok(before), Ok(()), Ok(after)) = (look(desk, all), desk.fold_all(), look(desk, all))
    else {
        // The disk failed; that is another check's business.
        return Ok(());
    };
    for (one, other) in before.iter().zip(&after) {
        keep!("I11", one == other, "folded bit by bit {one}, at once {other}");
    }
    let (long, short) = if before.len() > after.len() { (before, after) } else { (after, before) };
    keep!("I11", long.len() == short.len(), "folded one way only: {:?}", long.get(short.len()));
    Ok(())
}

/// Everything the view says, as text.
fn look(desk: &Desk, all: &[EntityRef]) -> Result<Vec<String>, DeskError> {
    let mut looks = Vec::new();
    for entity in all {
        if let Some(stand) = desk.stand(*entity)? {
            let state = serde_json::to_string(&stand.entity).unwrap_or_default();
            looks.push(format!("{entity} at {:?}: {state}", stand.revision));
        }
    }
    looks.extend(desk.entries().map(|entry| {
        let withdrawn = entry.withdrawn;
        format!("entry {} {:?} {withdrawn} {:?}", entry.number, entry.fate, entry.forecast)
    }));
    Ok(looks)
}
