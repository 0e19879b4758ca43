//! Waiting for news: a stream of hints, or one answer held back.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use bytes::Bytes;
use futures_util::{Stream, stream};
use kontor_domain::{Akteur, MandantId, Rolle, Scope};
use kontor_wire::{Position, ProblemCode};
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{broadcast, watch};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};

use super::Answer;
use crate::Zentrale;
use crate::auth::Caller;
use crate::gate::Pass;
use crate::live::Commit;
use crate::storage::FeedQuery;

/// A comment line: keeps proxies from closing the connection and tells the workstation it is alive.
const HEARTBEAT: &[u8] = b":\n\n";

/// A stream of events named `hint`, the first at once. Ends when the caller's rights may have
/// changed: whoever comes back gets those of that moment.
pub(crate) async fn live(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
) -> Answer<Response> {
    let place = zentrale.live_places().enter(caller.akteur.person).ok_or(ProblemCode::Busy)?;
    let (news, head) = News::of(&zentrale, &caller).await?;
    zentrale.metrics().live.inc();
    let period = Duration::from_secs(zentrale.limits().heartbeat_seconds.max(1));
    let mut heartbeat = interval_at(Instant::now() + period, period);
    heartbeat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let connection = Connection {
        news,
        heartbeat,
        first: Some(head),
        ended: false,
        mandant: caller.mandant,
        zentrale,
        _place: place,
    };
    let mut response = Body::from_stream(connection.events()).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // Asks nginx not to collect events before handing them on.
    headers.insert("x-accel-buffering", HeaderValue::from_static("no"));
    Ok(response)
}

#[derive(Debug, Deserialize)]
pub(crate) struct After {
    after: u64,
}

/// For networks whose proxies swallow streams: answers once there is something after `after`.
pub(crate) async fn poll(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    query: Result<Query<After>, axum::extract::rejection::QueryRejection>,
) -> Answer<Json<Position>> {
    let Query(After { after }) = query.map_err(|_| ProblemCode::Malformed)?;
    let _place = zentrale.live_places().enter(caller.akteur.person).ok_or(ProblemCode::Busy)?;
    let (mut news, head) = News::of(&zentrale, &caller).await?;
    let query = FeedQuery {
        after: Position(after),
        scopes: caller.akteur.scopes(),
        pins: Vec::new(),
        rows_max: 1,
    };
    // A position beyond the end is for `pull` to refuse; here it only means that there is news.
    if after > head.0
        || news.sees_all && head.0 > after
        || !zentrale.storage().feed(caller.mandant, &query).await?.rows.is_empty()
    {
        return Ok(Json(head));
    }
    let seconds = Duration::from_secs(zentrale.limits().poll_seconds);
    match timeout(seconds, news.next()).await {
        Ok(Some(Hint::At(position) | Hint::LastAt(position))) => Ok(Json(position)),
        Ok(Some(Hint::Everything)) => {
            Ok(Json(zentrale.storage().feed_state(caller.mandant).await?.head.seq))
        }
        Ok(None) | Err(_) => Ok(Json(Position(after))),
    }
}

/// What a waiting workstation is told.
enum Hint {
    At(Position),
    /// The same, and rights may have changed with it.
    LastAt(Position),
    /// It could not follow: there may be anything.
    Everything,
}

/// Commits that concern one caller.
struct News {
    commits: broadcast::Receiver<Arc<Commit>>,
    stopping: watch::Receiver<bool>,
    akteur: Akteur,
    scopes: BTreeSet<Scope>,
    sees_all: bool,
}

impl News {
    /// From now on; with the feed's end at this moment.
    async fn of(zentrale: &Zentrale, caller: &Caller) -> Answer<(Self, Position)> {
        let stopping = zentrale.live().stopping();
        if *stopping.borrow() {
            return Err(ProblemCode::Unavailable.into());
        }
        // Listen first, look second: nothing falls in between.
        let commits = zentrale.live().subscribe(caller.mandant);
        let head = zentrale.storage().feed_state(caller.mandant).await?.head.seq;
        zentrale.live().begin(caller.mandant, head);
        let news = Self {
            commits,
            stopping,
            akteur: caller.akteur.clone(),
            scopes: caller.akteur.scopes().into_iter().collect(),
            sees_all: caller.akteur.rollen.contains(&Rolle::Revision),
        };
        Ok((news, head))
    }

    /// The next commit that concerns the caller; `None` when the Zentrale stops.
    async fn next(&mut self) -> Option<Hint> {
        loop {
            let commit = tokio::select! {
                biased;
                _ = self.stopping.wait_for(|stopping| *stopping) => return None,
                commit = self.commits.recv() => commit,
            };
            match commit {
                Ok(commit) if commit.people.contains(&self.akteur.person) => {
                    return Some(Hint::LastAt(commit.head));
                }
                Ok(commit) if self.sees_all || !commit.scopes.is_disjoint(&self.scopes) => {
                    return Some(Hint::At(commit.head));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(Hint::Everything),
                Err(RecvError::Closed) => return None,
            }
        }
    }
}

/// One live connection. Kept small: a thousand of them lie idle all day.
struct Connection {
    news: News,
    heartbeat: Interval,
    first: Option<Position>,
    ended: bool,
    mandant: MandantId,
    zentrale: Zentrale,
    _place: Pass,
}

impl Connection {
    fn events(self) -> impl Stream<Item = Result<Bytes, std::convert::Infallible>> {
        stream::unfold(Box::new(self), |mut connection| async move {
            let bytes = connection.next().await?;
            Some((Ok(bytes), connection))
        })
    }

    async fn next(&mut self) -> Option<Bytes> {
        if let Some(head) = self.first.take() {
            return Some(event(head));
        }
        if self.ended {
            return None;
        }
        let hint = tokio::select! {
            biased;
            hint = self.news.next() => hint?,
            _ = self.heartbeat.tick() => return Some(Bytes::from_static(HEARTBEAT)),
        };
        self.heartbeat.reset();
        match hint {
            Hint::At(position) => Some(event(position)),
            Hint::LastAt(position) => {
                self.ended = true;
                Some(event(position))
            }
            Hint::Everything => {
                let feed = self.zentrale.storage().feed_state(self.mandant).await.ok()?;
                Some(event(feed.head.seq))
            }
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.zentrale.metrics().live.dec();
    }
}

fn event(position: Position) -> Bytes {
    Bytes::from(format!("event: hint\ndata: {}\n\n", position.0))
}
