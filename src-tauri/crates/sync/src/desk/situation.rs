//! Where things stand, for the plan.

use std::collections::BTreeSet;

use kontor_domain::{EntityRef, Intent, IntentId};
use kontor_store::work::Fate;
use kontor_wire::Hello;

use super::{Desk, DeskError};
use crate::fold::Folded;
use crate::plan::{Open, Situation, Tried, Waiting};

/// How many documents are looked up for one plan.
const ABSENT_MAX: u32 = 64;

impl Desk {
    pub(crate) fn situation(
        &self,
        hello: &Hello,
        head: u64,
        tried: &Tried,
    ) -> Result<Situation, DeskError> {
        let place = self.mirror.place()?;
        let mut waiting = Vec::new();
        for entry in self.fold.entries().filter(|entry| entry.fate == Fate::Waiting) {
            waiting.push(self.waiting(entry)?);
        }
        let mut needs: BTreeSet<EntityRef> = self.mirror.needs()?.into_keys().collect();
        for pin in self.work.pins()? {
            if self.mirror.thing(pin)?.is_none() {
                needs.insert(pin);
            }
        }
        Ok(Situation {
            limits: hello.limits,
            waiting,
            uploads: self.work.open_uploads()?.into_iter().map(|upload| upload.hash).collect(),
            allowed: hello.scopes.iter().copied().collect(),
            scopes: self.mirror.scopes()?,
            seq: place.map_or(0, |place| place.seq),
            head,
            checked: place.is_some_and(|place| place.checked),
            needs,
            verlaeufe: self.wanted_verlaeufe.clone(),
            absent: self.mirror.absent_documents(ABSENT_MAX)?.into_iter().collect(),
            tried: tried.clone(),
        })
    }

    fn waiting(&self, entry: &Folded) -> Result<Waiting, DeskError> {
        let mut open_parents = Vec::new();
        // What was taken back builds on nothing.
        let parents = if entry.withdrawn { &[] } else { entry.parents.as_slice() };
        for parent in parents {
            open_parents.extend(self.open_parent(*parent, &entry.entry.intent)?);
        }
        Ok(Waiting {
            number: entry.number,
            id: entry.entry.id,
            open_parents,
            documents: if entry.withdrawn { Vec::new() } else { entry.entry.intent.hashes() },
            bytes: entry.body.len(),
        })
    }

    /// Whether, and how, a parent stands in the way. A decision between two versions needs its parent
    /// to have met the contradiction, not to be rid of it.
    pub(super) fn open_parent(
        &self,
        parent: IntentId,
        of: &Intent,
    ) -> Result<Option<Open>, DeskError> {
        if let Some(folded) = self.fold.entry(parent)
            && folded.fate == Fate::Waiting
        {
            return Ok(Some(Open::Waits(parent)));
        }
        let Some(stored) = self.work.entry(parent)? else { return Ok(Some(Open::Held(parent))) };
        let held = match stored.fate {
            Fate::Waiting => return Ok(Some(Open::Waits(parent))),
            Fate::Accepted | Fate::Merged => false,
            Fate::Refused => true,
            Fate::Conflict if of.decided_conflict() == Some(parent) => false,
            Fate::Conflict => self.is_contested(&stored.body, parent)?,
        };
        Ok(held.then_some(Open::Held(parent)))
    }

    /// Whether the conflict an entry met is still undecided, as far as is known here.
    fn is_contested(&self, body: &str, id: IntentId) -> Result<bool, DeskError> {
        let entry: kontor_domain::Entry =
            serde_json::from_str(body).map_err(|_| DeskError::Unreadable("an entry"))?;
        let mirrored = crate::fold::mirrored(&self.mirror, entry.intent.target())?;
        let felder = mirrored.as_ref().and_then(|stand| stand.entity.felder());
        Ok(felder.is_none_or(|felder| felder.conflicts.contains_key(&id)))
    }
}
