//! Whoever runs the Zentrale enters data like everybody else: as entries of a person, through the
//! one write path.

use kontor_domain::{
    Akteur, Entity, EntityRef, Entry, InstanceId, Intent, IntentId, MandantId, Moment, Person,
    PersonId, Refusal, Revision, Rolle, Scope,
};
use kontor_wire::{Outcome, PushEntry, PushRequest, PushResult};
use serde_json::value::to_raw_value;

use crate::auth::Caller;
use crate::http::push::carry_out;
use crate::refused::Refused;
use crate::storage::{Storage, StorageError};
use crate::world::new_id;
use crate::{Zentrale, auth};

/// Why an operator's entry did not happen.
#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    /// The person has no right to it, or the rules say no.
    #[error("the entry was refused: {0}")]
    Refused(Refusal),
    /// It was not decided, or two versions stand side by side now.
    #[error("the entry did not simply happen")]
    Undecided,
    /// The request as a whole was refused.
    #[error("the request was refused: {:?}", .0.code())]
    Request(Refused),
    /// Nobody active has the role Administration.
    #[error("nobody may do this")]
    Nobody,
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Somebody entering data at the Zentrale itself.
#[derive(Debug)]
pub struct Operator {
    zentrale: Zentrale,
    caller: Caller,
    instance: InstanceId,
    number: u64,
}

/// One thing to enter.
#[derive(Debug)]
pub struct NewEntry {
    /// Its id: the same again is the same entry.
    pub id: IntentId,
    /// When.
    pub at: Moment,
    /// What.
    pub intent: Intent,
}

impl Operator {
    /// Acts as somebody with given rights: for the very first entries, when nobody is known yet.
    pub fn with_rights(zentrale: &Zentrale, mandant: MandantId, akteur: Akteur) -> Self {
        let instance = InstanceId::new(new_id(zentrale.world()));
        let caller = Caller { mandant, akteur };
        Self { zentrale: zentrale.clone(), caller, instance, number: 0 }
    }

    /// Acts as `person`, or as the first who keeps units and people.
    pub async fn acting_as(
        zentrale: &Zentrale,
        mandant: MandantId,
        person: Option<PersonId>,
    ) -> Result<Self, OperatorError> {
        let storage = zentrale.storage();
        let found = match person {
            Some(id) => auth::person(storage, mandant, id).await?,
            None => people(storage, mandant)
                .await?
                .into_iter()
                .find(|person| person.aktiv && person.rollen.contains(&Rolle::Administration)),
        };
        let akteur = found.and_then(auth::akteur).ok_or(OperatorError::Nobody)?;
        Ok(Self::with_rights(zentrale, mandant, akteur))
    }

    /// Enters something now, under a new id.
    pub async fn enter(&mut self, intent: Intent) -> Result<(), OperatorError> {
        let world = self.zentrale.world();
        let (id, at) = (IntentId::new(new_id(world)), world.now());
        self.enter_as(NewEntry { id, at, intent }).await
    }

    /// Enters something under a given id and time.
    pub async fn enter_as(&mut self, new: NewEntry) -> Result<(), OperatorError> {
        let seen = revision(self.zentrale.storage(), self.caller.mandant, new.intent.target());
        let entry = Entry {
            id: new.id,
            author: self.caller.akteur.person,
            at: new.at,
            seen: seen.await?,
            intent: new.intent,
        };
        self.number += 1;
        let entry = to_raw_value(&entry).map_err(|_| StorageError::Damaged("an entry as JSON"))?;
        let entry = PushEntry { number: self.number, parents: Vec::new(), withdrawn: false, entry };
        let request = PushRequest { instance: self.instance, entries: vec![entry] };
        let results = carry_out(&self.zentrale, &self.caller, &request)
            .await
            .map_err(OperatorError::Request)?;
        let outcome = results
            .first()
            .and_then(|result| serde_json::from_str::<PushResult>(result.get()).ok())
            .map(|result| result.outcome);
        match outcome {
            Some(Outcome::Accepted { .. } | Outcome::Merged { .. }) => Ok(()),
            Some(Outcome::Rejected { refusal }) => Err(OperatorError::Refused(refusal)),
            Some(Outcome::Conflict { .. } | Outcome::Deferred { .. }) | None => {
                Err(OperatorError::Undecided)
            }
        }
    }
}

async fn revision(
    storage: &dyn Storage,
    mandant: MandantId,
    entity: EntityRef,
) -> Result<Revision, StorageError> {
    let stands = storage.stands(mandant, &[entity]).await?;
    Ok(stands.first().map_or(Revision::NONE, |stand| stand.revision))
}

/// Everybody the office knows, in the order of their ids.
pub async fn people(
    storage: &dyn Storage,
    mandant: MandantId,
) -> Result<Vec<Person>, StorageError> {
    let stammdaten = stammdaten(storage, mandant).await?.into_iter();
    Ok(stammdaten
        .filter_map(|entity| match entity {
            Entity::Person(person) => Some(person),
            _ => None,
        })
        .collect())
}

/// Units, people and the Aktenplan.
pub async fn stammdaten(
    storage: &dyn Storage,
    mandant: MandantId,
) -> Result<Vec<Entity>, StorageError> {
    const ROWS: usize = 1_000;
    let mut all = Vec::new();
    let mut after = None;
    loop {
        let page = storage.scope_page(mandant, Scope::Stammdaten, after, ROWS).await?;
        for stand in &page {
            let entity = serde_json::from_str(stand.state.get())
                .map_err(|_| StorageError::Damaged("a thing is no thing"))?;
            all.push(entity);
        }
        if page.len() < ROWS {
            return Ok(all);
        }
        after = page.last().map(|stand| stand.entity);
    }
}
