//! Carries events out, the same on both sides.

use crate::{Entity, Event, Revision, Stand, Verbleib, Vorgang};

/// The events do not fit what they are applied to. Never happens with events that
/// [`decide`](crate::decide()) gave for the same stand; a mirror that sees it asks for the thing anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the events do not fit the thing")]
pub struct ApplyError;

/// The stand after all `events` of one intent: one revision further.
///
/// `stand` is `None` for a thing that does not exist yet; the first event must then record it.
pub fn apply(stand: Option<Stand>, events: &[Event]) -> Result<Stand, ApplyError> {
    let revision = stand.as_ref().map_or(Revision::NONE, |stand| stand.revision).next();
    let mut entity = stand.map(|stand| stand.entity);
    for event in events {
        entity = Some(apply_one(entity, event)?);
    }
    Ok(Stand { revision, entity: entity.ok_or(ApplyError)? })
}

fn apply_one(entity: Option<Entity>, event: &Event) -> Result<Entity, ApplyError> {
    if let Event::Recorded(recorded) = event {
        return Ok(Entity::clone(recorded));
    }
    let mut entity = entity.ok_or(ApplyError)?;
    match event {
        Event::Recorded(_) | Event::Grund(_) => {}
        Event::Set { wert, stamp } => {
            entity.set(wert.clone())?;
            entity.felder_mut().ok_or(ApplyError)?.gesetzt.insert(wert.feld(), *stamp);
        }
        Event::ConflictOpened(id, conflict) => {
            entity.felder_mut().ok_or(ApplyError)?.conflicts.insert(*id, conflict.clone());
        }
        Event::ConflictClosed(id) => {
            entity.felder_mut().ok_or(ApplyError)?.conflicts.remove(id).ok_or(ApplyError)?;
        }
        Event::EingangAssigned(vorgang) => match &mut entity {
            Entity::Eingang(eingang) => eingang.verbleib = Verbleib::Zugeordnet(*vorgang),
            _ => return Err(ApplyError),
        },
        Event::NotizAdded(..)
        | Event::WiedervorlageAdded(..)
        | Event::WiedervorlageCompleted(..)
        | Event::SchriftstueckAdded(_)
        | Event::FassungAdded(..) => match &mut entity {
            Entity::Vorgang(vorgang) => vorgang.grow(event)?,
            _ => return Err(ApplyError),
        },
    }
    Ok(entity)
}

impl Vorgang {
    fn grow(&mut self, event: &Event) -> Result<(), ApplyError> {
        match event {
            Event::NotizAdded(id, notiz) => {
                self.notizen.insert(*id, notiz.clone());
            }
            Event::WiedervorlageAdded(id, wiedervorlage) => {
                self.wiedervorlagen.insert(*id, wiedervorlage.clone());
            }
            Event::WiedervorlageCompleted(id, stamp) => {
                self.wiedervorlagen.get_mut(id).ok_or(ApplyError)?.erledigt = Some(*stamp);
            }
            Event::SchriftstueckAdded(schriftstueck) => {
                self.schriftstuecke.insert(schriftstueck.id, (**schriftstueck).clone());
            }
            Event::FassungAdded(id, fassung) => {
                let schriftstueck = self.schriftstuecke.get_mut(id).ok_or(ApplyError)?;
                schriftstueck.fassungen.insert(fassung.id, fassung.clone());
            }
            _ => return Err(ApplyError),
        }
        Ok(())
    }
}
