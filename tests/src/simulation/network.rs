//! The hostile network: every workstation's port, in one place.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{HeaderValue, Request, Response, StatusCode, header};
use kontor_domain::{Entry, IntentId};
use kontor_sync::{Desk, Port, Reply, Unreachable};
use kontor_wire::{Outcome, PushRequest, PushResponse, PushResult, path};

use super::checks::foresight::Foresight;
use super::dice::Dice;
use super::promise::Broken;
use super::sabotage::Sabotage;
use super::tally::Tally;
use super::zentrale::{Zentrale, answer};

/// Copies that are still on their way; the oldest is dropped beyond this.
const BAG_MAX: usize = 24;

/// What happens to one call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Fine,
    RequestLost,
    AnswerLost,
    Doubled,
    /// Nothing arrives now, a copy much later.
    Delayed,
    /// It arrives, and a copy of it again much later.
    Echoed,
    RequestHalved,
    AnswerHalved,
    /// A proxy answers in place of the Zentrale.
    Garbage,
}

pub(super) struct Network {
    pub(super) zentrale: Zentrale,
    dice: Dice,
    /// One call in so many meets something bad; `None` on a calm day.
    pub(super) trouble_one_in: Option<usize>,
    pub(super) lines: Vec<Line>,
    bag: VecDeque<(usize, Request<Bytes>)>,
    /// Final results by intent, as they were first seen to leave the Zentrale.
    pub(super) results: BTreeMap<IntentId, String>,
    /// Intents that reached the Zentrale at least once, with or without an answer.
    pub(super) offered: BTreeSet<IntentId>,
    /// The Zentrale has told somebody that its feed reaches this far.
    pub(super) told_seq: u64,
    pub(super) tally: Tally,
    pub(super) broken: Option<Broken>,
    pub(super) sabotage: Option<Sabotage>,
}

/// What the network knows about one workstation.
pub(super) struct Line {
    token: String,
    pub(super) desk: Weak<Mutex<Desk>>,
    pub(super) calls: u64,
    /// Bad things that happened on it.
    pub(super) troubles: u64,
    /// End of the feed when things, and not only rows, were last sent to it.
    pub(super) fetched_at: u64,
}

/// One workstation's door to the Zentrale.
pub(super) struct Door {
    pub(super) network: Arc<Mutex<Network>>,
    pub(super) who: usize,
}

impl Port for Door {
    fn call(&self, request: Request<Bytes>) -> Reply<'_> {
        Box::pin(carry(&self.network, self.who, request))
    }
}

/// The network, whoever panicked while holding it.
pub(super) fn lock(network: &Mutex<Network>) -> MutexGuard<'_, Network> {
    network.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Network {
    pub(super) fn new(zentrale: Zentrale, dice: Dice, tokens: Vec<String>) -> Self {
        let line = |token| Line { token, desk: Weak::new(), calls: 0, troubles: 0, fetched_at: 0 };
        Self {
            zentrale,
            dice,
            trouble_one_in: None,
            lines: tokens.into_iter().map(line).collect(),
            bag: VecDeque::new(),
            results: BTreeMap::new(),
            offered: BTreeSet::new(),
            told_seq: 0,
            tally: Tally::default(),
            broken: None,
            sabotage: None,
        }
    }

    /// Takes a copy out of the bag.
    pub(super) fn late_copy(&mut self) -> Option<(usize, Request<Bytes>)> {
        let place = self.dice.below(self.bag.len());
        self.bag.remove(place)
    }

    pub(super) fn forget_copies(&mut self) {
        self.bag.clear();
    }

    fn keep_copy(&mut self, who: usize, request: &Request<Bytes>) {
        if self.bag.len() == BAG_MAX {
            self.bag.pop_front();
        }
        self.bag.push_back((who, request.clone()));
    }

    fn choose_fate(&mut self, who: usize) -> Fate {
        self.lines[who].calls += if self.sabotage == Some(Sabotage::Chatter) { 10_000 } else { 1 };
        self.tally.count("call");
        let Some(one_in) = self.trouble_one_in else { return Fate::Fine };
        if !self.dice.one_in(one_in) {
            return Fate::Fine;
        }
        self.lines[who].troubles += 1;
        let (fate, name) = match self.dice.below(8) {
            0 => (Fate::RequestLost, "network: request lost"),
            1 => (Fate::AnswerLost, "network: answer lost"),
            2 => (Fate::Doubled, "network: doubled"),
            3 => (Fate::Delayed, "network: delayed"),
            4 => (Fate::Echoed, "network: delivered again later"),
            5 => (Fate::RequestHalved, "network: request halved"),
            6 => (Fate::AnswerHalved, "network: answer halved"),
            _ => (Fate::Garbage, "network: garbage"),
        };
        self.tally.count(name);
        fate
    }

    fn halve(&mut self, bytes: &Bytes) -> Bytes {
        bytes.slice(..self.dice.below(bytes.len()))
    }

    fn pauses(&mut self) -> usize {
        self.dice.below(3)
    }

    /// Looks at an answer as it leaves the Zentrale, before the network gets hold of it.
    fn witness(&mut self, who: usize, path: &str, answer: &Response<Bytes>) {
        if answer.status().is_server_error() {
            self.lines[who].troubles += 1;
        }
        if answer.status() != StatusCode::OK {
            return;
        }
        if [path::SCOPE, path::STANDS, path::PULL].contains(&path) {
            let head = self.feed_end();
            self.lines[who].fetched_at = self.lines[who].fetched_at.max(head);
        }
        if path == path::PUSH
            && let Ok(response) = serde_json::from_slice::<PushResponse>(answer.body())
        {
            for raw in &response.results {
                self.witness_result(raw.get());
            }
        }
    }

    fn witness_result(&mut self, raw: &str) {
        let Ok(result) = serde_json::from_str::<PushResult>(raw) else {
            self.broken = Some(Broken::new("I4", format!("a result that cannot be read: {raw}")));
            return;
        };
        let seq = match result.outcome {
            Outcome::Deferred { .. } => return self.tally.count("outcome: deferred"),
            Outcome::Accepted { seq } | Outcome::Merged { seq } | Outcome::Conflict { seq, .. } => {
                seq.0
            }
            Outcome::Rejected { .. } => 0,
        };
        self.told_seq = self.told_seq.max(seq);
        match self.results.get(&result.id) {
            Some(first) if first == raw => self.tally.count("outcome: repeated"),
            Some(first) => {
                let what = format!("first {first}, then {raw}");
                self.broken = Some(Broken::new("I4", what));
            }
            None => {
                self.results.insert(result.id, raw.to_owned());
                self.tally.count(match result.outcome {
                    Outcome::Accepted { .. } => "outcome: accepted",
                    Outcome::Merged { .. } => "outcome: merged",
                    Outcome::Conflict { .. } => "outcome: conflict",
                    Outcome::Rejected { .. } => "outcome: refused",
                    Outcome::Deferred { .. } => "outcome: deferred",
                });
            }
        }
    }

    /// Where the end of the feed could not be asked, it was at most where it is now.
    pub(super) fn bound_fetched(&mut self) {
        let end = self.feed_end();
        for line in &mut self.lines {
            line.fetched_at = line.fetched_at.min(end);
        }
    }

    fn feed_end(&self) -> u64 {
        let Some(zentrale) = self.zentrale.running() else { return u64::MAX };
        let state = super::zentrale::at_once(zentrale.storage().feed_state(super::office::MANDANT));
        state.map_or(u64::MAX, |state| state.head.seq.0)
    }
}

/// One call from a workstation to the Zentrale and back. Others get their turn before and after.
async fn carry(
    network: &Mutex<Network>,
    who: usize,
    mut request: Request<Bytes>,
) -> Result<Response<Bytes>, Unreachable> {
    let lost = || Err(Unreachable("lost on the way".to_owned()));
    let (fate, before, after) = {
        let mut network = lock(network);
        (network.choose_fate(who), network.pauses(), network.pauses())
    };
    breathe(before).await;
    match fate {
        Fate::RequestLost => return lost(),
        Fate::Delayed => {
            lock(network).keep_copy(who, &request);
            return lost();
        }
        Fate::Garbage => {
            let page = Bytes::from_static(b"<html>502 Bad Gateway</html>");
            let mut response = Response::new(page);
            *response.status_mut() = StatusCode::BAD_GATEWAY;
            return Ok(response);
        }
        Fate::Echoed => lock(network).keep_copy(who, &request),
        Fate::RequestHalved => *request.body_mut() = lock(network).halve(request.body()),
        Fate::Doubled => {
            let _ = deliver(network, who, request.clone()).await;
            breathe(after).await;
        }
        Fate::Fine | Fate::AnswerLost | Fate::AnswerHalved => {}
    }
    let response = deliver(network, who, request).await;
    breathe(after).await;
    match (fate, response) {
        (Fate::AnswerLost, _) | (_, None) => lost(),
        (Fate::AnswerHalved, Some(mut response)) => {
            *response.body_mut() = lock(network).halve(response.body());
            Ok(response)
        }
        (_, Some(response)) => Ok(response),
    }
}

/// Lets the Zentrale answer one request. `None` if it is down, or dies on the way.
pub(super) async fn deliver(
    network: &Mutex<Network>,
    who: usize,
    mut request: Request<Bytes>,
) -> Option<Response<Bytes>> {
    let path = request.uri().path().to_owned();
    let (router, foresight) = {
        let mut network = lock(network);
        let Some(router) = network.zentrale.router() else {
            network.lines[who].troubles += 1;
            return None;
        };
        let sabotage = network.sabotage;
        if let Some(forged) = sabotage.and_then(|it| it.forge_answer(&path, request.body())) {
            return Some(forged);
        }
        let token = format!("Bearer {}", network.lines[who].token);
        let token = HeaderValue::try_from(token).ok()?;
        request.headers_mut().insert(header::AUTHORIZATION, token);
        let foresight =
            if path == path::PUSH { Foresight::of(&network, who, &request) } else { None };
        network.offered.extend(offered(&path, &request));
        if let Some(sabotage) = sabotage {
            sabotage.spoil_request(&path, &mut request);
        }
        (router, foresight)
    };
    let mut answer = answer(router, request).await;
    let mut network = lock(network);
    // Whoever dies does not answer any more, whatever was done.
    if network.zentrale.disk.is_down() {
        network.lines[who].troubles += 1;
        return None;
    }
    if let (Some(sabotage), Some(answer)) = (network.sabotage, &mut answer) {
        sabotage.spoil_answer(&path, answer, &network.results);
    }
    if let Some(answer) = &answer {
        if let Some(broken) = foresight.and_then(|foresight| foresight.compare(answer).err()) {
            network.broken.get_or_insert(broken);
        }
        network.witness(who, &path, answer);
    }
    answer
}

/// Intents that a request brings to the Zentrale.
fn offered(path: &str, request: &Request<Bytes>) -> Vec<IntentId> {
    let parsed = (path == path::PUSH).then(|| serde_json::from_slice(request.body()));
    let Some(Ok(push)) = parsed else { return Vec::new() };
    let push: PushRequest = push;
    let entries = push.entries.iter();
    entries
        .filter_map(|sent| serde_json::from_str::<Entry>(sent.entry.get()).ok())
        .map(|it| it.id)
        .collect()
}

/// Gives way so many times.
async fn breathe(times: usize) {
    for _ in 0..times {
        Breath(false).await;
    }
}

struct Breath(bool);

impl Future for Breath {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}
