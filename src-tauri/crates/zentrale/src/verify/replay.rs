//! Doing again what the feed says was done.

use std::collections::BTreeMap;

use kontor_domain::{
    ApplyError, DocumentHash, Entity, EntityRef, Event, Schriftstueck, Stand, apply,
};
use kontor_wire::{FeedRow, StateHash, Step};

/// What the feed has made of a thing so far.
pub(super) struct Replayed {
    pub(super) stand: Stand,
    pub(super) hash: StateHash,
}

/// Carries one row out. Fails if it does not lead to what the row itself names; the thing then stays
/// as it was.
pub(super) fn replay(
    things: &mut BTreeMap<EntityRef, Replayed>,
    row: &FeedRow,
) -> Result<(), ApplyError> {
    let before = things.get(&row.entity).map(|replayed| replayed.stand.clone());
    let scope_before = before.as_ref().map(|stand| stand.entity.scope());
    // What leaves a scope arrives in another one by the next row, which brings the events.
    if row.step == Step::Exit {
        return if scope_before == Some(row.scope) { Ok(()) } else { Err(ApplyError) };
    }
    let moved = scope_before.is_some_and(|before| before != row.scope);
    let events: Vec<Event> = serde_json::from_str(row.events.get()).map_err(|_| ApplyError)?;
    let stand = apply(before, &events)?;
    let json = serde_json::to_vec(&stand.entity).map_err(|_| ApplyError)?;
    let hash = StateHash::of(&json);
    let as_told = stand.entity.reference() == row.entity
        && (stand.revision, stand.entity.scope(), hash) == (row.revision, row.scope, row.state)
        && (row.step == Step::Enter) == moved;
    if !as_told {
        return Err(ApplyError);
    }
    things.insert(row.entity, Replayed { stand, hash });
    Ok(())
}

/// Documents a thing refers to.
pub(super) fn documents_of(entity: &Entity) -> Vec<DocumentHash> {
    let schriftstuecke = match entity {
        Entity::Eingang(eingang) => &eingang.schriftstuecke,
        Entity::Vorgang(vorgang) => &vorgang.schriftstuecke,
        Entity::Einheit(_)
        | Entity::Person(_)
        | Entity::Aktenplaneintrag(_)
        | Entity::Leistungspaket(_)
        | Entity::Akte(_) => return Vec::new(),
    };
    schriftstuecke.values().flat_map(Schriftstueck::hashes).collect()
}
