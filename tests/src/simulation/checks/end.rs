//! What must hold once everything is quiet: I2, I3, I5, I9, I13, I18.

use std::collections::BTreeMap;

use kontor_domain::{IntentId, Refusal};
use kontor_store::documents::DocumentError;
use kontor_store::work::Fate;
use kontor_wire::{Outcome, PushResult};

use super::super::history::wishes;
use super::super::ledger::Known;
use super::super::office::MANDANT;
use super::super::promise::{Broken, Kept, keep};
use super::super::scene::{Scene, lock};
use super::super::zentrale::at_once;

impl Scene {
    /// Everything that only the end can show.
    pub(in crate::simulation) fn check_end(&mut self) -> Kept {
        self.read_feed()?;
        self.check_audit()?;
        for _ in 0..8 {
            self.check_tampering()?;
        }
        self.check_outboxes()?;
        self.check_entries()?;
        for who in 0..self.desks.len() {
            let whole = self.check_mirror(who)?;
            keep!("I9", whole, "desk {who} does not stand at one point of the feed");
            self.check_desk(who)?;
        }
        self.check_documents()
    }

    /// I2, I3, I5: each entry has one result, the same on both sides, and did what it says.
    fn check_entries(&self) -> Kept {
        let stored = self.stored_results()?;
        for (id, known) in self.ledger.iter().filter(|(_, known)| known.is_saved) {
            keep!("I2", known.fate != Fate::Waiting, "{id} has no result");
            let there = stored.get(id);
            keep!(
                "I2",
                there == Some(&known.result),
                "{id}: {} here, {there:?} there",
                known.result
            );
            let result = serde_json::from_str::<PushResult>(&known.result);
            let outcome =
                result.map_err(|_| Broken::new("I2", format!("{id}: no result")))?.outcome;
            self.check_outcome(*id, known, &outcome)?;
        }
        let foreign = stored.keys().find(|id| self.ledger.get(**id).is_none_or(|it| !it.is_saved));
        keep!("I3", foreign.is_none(), "{foreign:?} was decided and nobody has it");
        Ok(())
    }

    fn check_outcome(&self, id: IntentId, known: &Known, outcome: &Outcome) -> Kept {
        let effect = self.history.effect(id);
        let (fate, seq) = match outcome {
            Outcome::Accepted { seq } => (Fate::Accepted, seq.0),
            Outcome::Merged { seq } => (Fate::Merged, seq.0),
            Outcome::Conflict { seq, .. } => (Fate::Conflict, seq.0),
            Outcome::Rejected { refusal } => {
                keep!("I3", effect.is_none(), "{id} was refused and took effect");
                keep!("I2", *refusal != Refusal::WrongAuthor, "{id} has lost its author");
                (Fate::Refused, 0)
            }
            Outcome::Deferred { .. } => {
                return Err(Broken::new("I2", format!("{id} was deferred for good")));
            }
        };
        keep!("I2", known.fate == fate, "{id}: {:?} and {outcome:?}", known.fate);
        if fate == Fate::Refused {
            return Ok(());
        }
        let last = effect.map(|effect| effect.last_seq);
        keep!("I3", last == Some(seq), "{id} ended at {seq}, its effect at {last:?}");
        let Some(effect) = effect else { return Ok(()) };
        for wert in wishes(&known.intent) {
            let accounted = effect.accounts_for(&wert);
            keep!("I5", accounted, "{id}: {wert:?} is neither set nor contested nor refused");
        }
        let told = match outcome {
            Outcome::Conflict { conflict, .. } => Some(conflict),
            _ => None,
        };
        keep!("I6", effect.conflict.as_ref() == told, "{id}: told {told:?}");
        Ok(())
    }

    /// Results as the Zentrale stores them, without those of the operator.
    fn stored_results(&self) -> Kept<BTreeMap<IntentId, String>> {
        let network = self.net();
        let zentrale =
            network.zentrale.running().ok_or(Broken::new("I9", "the Zentrale is down"))?;
        let entries =
            at_once(zentrale.storage().entries(MANDANT, None, 100_000)).map_err(|error| {
                Broken::new("I9", format!("the Zentrale cannot be read: {error:?}"))
            })?;
        let ours = entries
            .into_iter()
            .filter(|stored| stored.entry.author != super::super::office::ADMINISTRATION);
        Ok(ours.map(|stored| (stored.entry.id, stored.entry.result.get().to_owned())).collect())
    }

    /// I9, I13: the desk shows what the Zentrale holds, nothing more and nothing less.
    fn check_desk(&self, who: usize) -> Kept {
        let Some(desk) = self.desk(who) else {
            return Err(Broken::new("I9", format!("desk {who} does not open")));
        };
        let desk = lock(&desk)?;
        let scopes =
            desk.mirror().scopes().map_err(|error| Broken::new("I9", format!("{error:?}")))?;
        let allowed = desk.akteur().ok().flatten().map(|akteur| akteur.scopes().len());
        keep!("I9", allowed == Some(scopes.len()), "desk {who} mirrors {} scopes", scopes.len());
        keep!("I9", desk.entries().next().is_none(), "desk {who} still shows an entry of its own");
        for entity in self.history.entities() {
            let expected = self.history.at(entity, u64::MAX);
            let shown =
                desk.stand(entity).map_err(|error| Broken::new("I9", format!("{error:?}")))?;
            let state = shown
                .map(|it| (it.revision, serde_json::to_string(&it.entity).unwrap_or_default()));
            let expected = expected.map(|it| (it.revision, it.state.clone()));
            // At the end everybody may see everything.
            keep!(
                "I9",
                state == expected,
                "desk {who} shows {entity} as {state:?}, it is {expected:?}"
            );
        }
        Ok(())
    }

    /// I18: bytes hash to their names, at the Zentrale and at every desk.
    fn check_documents(&self) -> Kept {
        let network = self.net();
        for hash in &self.history.documents {
            keep!("I18", network.zentrale.has_document(*hash), "{hash} is not at the Zentrale");
        }
        drop(network);
        for who in 0..self.desks.len() {
            let Some(desk) = self.desk(who) else { continue };
            let desk = lock(&desk)?;
            for hash in &self.history.documents {
                match desk.documents().verify(*hash) {
                    Ok(()) => {}
                    // Turned bits are found, and said.
                    Err(DocumentError::Damaged { .. })
                        if self.desks[who].disk.counts().bits_flipped > 0 => {}
                    Err(error) => {
                        return Err(Broken::new("I18", format!("desk {who}: {error}")));
                    }
                }
            }
        }
        Ok(())
    }
}
