//! I12: the Zentrale says what the workstation foresaw, if nothing foreign came in between.

use std::collections::BTreeSet;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use kontor_domain::{Akteur, EntityRef, IntentId, Refusal, Scope};
use kontor_store::mirror::Fetched;
use kontor_store::work::Fate;
use kontor_sync::{Desk, Forecast};
use kontor_wire::{Outcome, Position, PushRequest, PushResponse, PushResult};

use super::super::network::Network;
use super::super::office::MANDANT;
use super::super::promise::{Kept, keep};
use super::super::zentrale::at_once;

/// What a workstation foresees for the entries of a request that is about to arrive.
pub(in crate::simulation) struct Foresight(Vec<(IntentId, Forecast)>);

impl Foresight {
    /// Notes the forecasts; also that these intents have been offered.
    pub(in crate::simulation) fn of(
        network: &Network,
        who: usize,
        request: &Request<Bytes>,
    ) -> Option<Self> {
        let request: PushRequest = serde_json::from_slice(request.body()).ok()?;
        let entries = request.entries.iter();
        let sent: Vec<(IntentId, bool)> =
            entries.filter_map(|sent| Some((id(sent.entry.get())?, sent.withdrawn))).collect();
        let desk = network.lines[who].desk.upgrade()?;
        let desk = desk.try_lock().ok()?;
        if !sees_everything(network, &desk)? {
            return None;
        }
        // Taken back while the request was on its way: the Zentrale has the last word.
        let changed = |(id, withdrawn): &(IntentId, bool)| {
            desk.entry(*id).is_none_or(|entry| entry.withdrawn != *withdrawn)
        };
        if sent.iter().any(changed) {
            return None;
        }
        let batch: BTreeSet<IntentId> = sent.iter().map(|(id, _)| *id).collect();
        // Taken back after it may have been decided: what came of it is not known here.
        let in_doubt = |entry: &kontor_sync::Folded| {
            entry.withdrawn && network.offered.contains(&entry.entry.id)
        };
        if desk.entries().any(in_doubt) {
            return None;
        }
        let left_out: BTreeSet<EntityRef> = desk
            .entries()
            .filter(|entry| entry.fate == Fate::Waiting && !batch.contains(&entry.entry.id))
            .flat_map(|entry| entry.entry.intent.entities())
            .collect();
        let forecasts = batch
            .iter()
            .filter(|id| !network.offered.contains(id))
            .filter_map(|id| desk.entry(*id))
            .filter(|it| it.entry.intent.entities().iter().all(|one| !left_out.contains(one)))
            // What was handed to this person in a unit that is not theirs, only the Zentrale sees.
            .filter(|it| it.forecast != Forecast::Refused(Refusal::Unknown))
            .map(|it| (it.entry.id, it.forecast.clone()))
            .collect();
        Some(Self(forecasts))
    }

    /// Compares with what the Zentrale answered.
    pub(in crate::simulation) fn compare(&self, answer: &Response<Bytes>) -> Kept {
        if answer.status() != StatusCode::OK {
            return Ok(());
        }
        let Ok(response) = serde_json::from_slice::<PushResponse>(answer.body()) else {
            return Ok(());
        };
        for raw in &response.results {
            let Ok(result) = serde_json::from_str::<PushResult>(raw.get()) else { continue };
            // The view took it for done, and with it whatever was entered after it.
            if matches!(result.outcome, Outcome::Deferred { .. }) {
                break;
            }
            let Some((_, forecast)) = self.0.iter().find(|(id, _)| *id == result.id) else {
                continue;
            };
            let is_same = match (forecast, &result.outcome) {
                (Forecast::Fine, Outcome::Accepted { .. } | Outcome::Merged { .. })
                | (Forecast::Withdrawn, Outcome::Rejected { .. }) => true,
                (Forecast::Contested(foreseen), Outcome::Conflict { conflict, .. }) => {
                    foreseen == conflict
                }
                (Forecast::Refused(foreseen), Outcome::Rejected { refusal }) => foreseen == refusal,
                _ => false,
            };
            keep!(
                "I12",
                is_same,
                "{} foreseen as {forecast:?}, but {:?}",
                result.id,
                result.outcome
            );
        }
        Ok(())
    }
}

fn id(entry: &str) -> Option<IntentId> {
    serde_json::from_str::<kontor_domain::Entry>(entry).ok().map(|entry| entry.id)
}

/// Whether the desk's mirror and its own entries are all there is to know for its person.
fn sees_everything(network: &Network, desk: &Desk) -> Option<bool> {
    let zentrale = network.zentrale.running()?;
    let akteur = desk.akteur().ok()??;
    let person = network.zentrale.person(akteur.person)?;
    let now = Akteur { person: person.id, rollen: person.rollen, einheiten: person.einheiten };
    let complete: BTreeSet<Scope> = desk
        .mirror()
        .scopes()
        .ok()?
        .into_iter()
        .filter(|row| row.fetched == Fetched::Complete)
        .map(|row| row.scope)
        .collect();
    let allowed: BTreeSet<Scope> = akteur.scopes().into_iter().collect();
    if akteur != now || complete != allowed || !desk.mirror().needs().ok()?.is_empty() {
        return Some(false);
    }
    let seq = desk.mirror().place().ok()??.seq;
    let rows = at_once(zentrale.storage().chain(MANDANT, Position(seq), 1_000)).ok()?;
    Some(rows.iter().all(|row| desk.entry(row.row.intent).is_some()))
}
