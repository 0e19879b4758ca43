//! The lists in memory, in step with the desk whenever somebody looks.

use std::collections::BTreeSet;
use std::sync::{MutexGuard, PoisonError};

use kontor_domain::{EntityRef, PersonId};
use kontor_store::work::Fate;
use kontor_sync::Desk;

use super::Office;
use crate::register::Register;
use crate::{Answer, AppError};

/// What is not in the rows: it changes without them.
pub(crate) struct Marks {
    /// Whoever works here.
    pub(crate) person: Option<PersonId>,
    /// Things about which something waits for the Zentrale.
    waiting: BTreeSet<EntityRef>,
}

impl Marks {
    pub(crate) fn waits(&self, entity: impl Into<EntityRef>) -> bool {
        self.waiting.contains(&entity.into())
    }
}

impl Office {
    /// Makes the lists ready, so that whoever asks for one first does not wait for that.
    ///
    /// # Errors
    /// Those of the group „The machine and the profile“.
    pub fn prepare_lists(&self) -> Result<(), AppError> {
        self.register().map(|_| ())
    }

    /// The lists as they are now.
    pub(crate) fn register(&self) -> Result<(MutexGuard<'_, Register>, Marks), AppError> {
        // The desk first, as everywhere.
        let mut desk = self.desk()?;
        let mut register = self.register.lock().unwrap_or_else(PoisonError::into_inner);
        register.follow(&mut desk)?;
        let waiting = desk.entries().filter(|entry| entry.fate == Fate::Waiting);
        let marks = Marks {
            person: desk.akteur()?.map(|akteur| akteur.person),
            waiting: waiting.map(|entry| entry.entry.intent.target()).collect(),
        };
        Ok((register, marks))
    }

    /// Looks at the desk and the lists as they are now, without anything coming between.
    pub(crate) fn look<T>(
        &self,
        look: impl FnOnce(&mut Desk, &Register) -> Result<T, AppError>,
    ) -> Result<T, AppError> {
        // The desk first, as everywhere.
        let mut desk = self.desk()?;
        let mut register = self.register.lock().unwrap_or_else(PoisonError::into_inner);
        register.follow(&mut desk)?;
        look(&mut desk, &register)
    }

    /// Notes that a thing was opened on this desk.
    pub(crate) fn see(&self, entity: EntityRef) -> Result<Answer<()>, AppError> {
        let is_new = self.desk()?.work_mut().see(entity)?;
        self.register.lock().unwrap_or_else(PoisonError::into_inner).see(entity);
        Ok(Answer { answer: (), changed: is_new.then_some(entity).into_iter().collect() })
    }
}
