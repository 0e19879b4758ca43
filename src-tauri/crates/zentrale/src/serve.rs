//! A listening Zentrale: connections, time limits, what happens on the side, and the end.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use futures_util::StreamExt as _;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use kontor_domain::Moment;
use kontor_wire::ProblemCode;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval, sleep, timeout};

use crate::live::Commit;
use crate::refused::Refused;
use crate::storage::StorageError;
use crate::{Zentrale, router};

/// How long things may take, and how many connections there may be.
#[derive(Debug, Clone, Copy)]
pub struct Serving {
    /// Until an answer begins.
    pub request: Duration,
    /// Until a request's head is complete; also how long a connection may lie idle. Longer than HTTP
    /// clients keep theirs (90 s), so that none is closed just when it is used.
    pub head: Duration,
    /// For requests under way when the Zentrale stops.
    pub stop: Duration,
    /// Between two looks for commits that no notice told of: of operator's commands, above all.
    pub follow: Duration,
    /// Until unfinished uploads are forgotten.
    pub upload: Duration,
    /// Connections at once; further ones wait to be accepted.
    pub connections_max: usize,
}

impl Default for Serving {
    fn default() -> Self {
        Self {
            request: Duration::from_mins(2),
            head: Duration::from_mins(2),
            stop: Duration::from_secs(10),
            follow: Duration::from_secs(2),
            upload: Duration::from_hours(7 * 24),
            connections_max: 25_000,
        }
    }
}

/// Of each connection, at most; also the longest head of a request. Small, because most connections
/// wait in silence.
const BUFFER_BYTES_MAX: usize = 64 << 10;
const CLEAN_UP: Duration = Duration::from_hours(1);
/// After a failure to accept, such as too many open files.
const PAUSE: Duration = Duration::from_millis(100);

/// Answers on `listener` until `stop`; then ends live connections at once, lets requests under way
/// finish, and returns.
///
/// # Errors
/// None of a single connection; only if the listener itself cannot be used.
pub async fn serve(
    listener: TcpListener,
    zentrale: Zentrale,
    serving: Serving,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    listener.local_addr()?;
    let router = limited(&zentrale, &serving);
    let mut aside = JoinSet::new();
    aside.spawn(follow(zentrale.clone(), serving.follow));
    aside.spawn(clean_up(zentrale.clone(), serving.upload));
    let mut connections = Connections {
        router,
        head: serving.head,
        places: Arc::new(Semaphore::new(serving.connections_max)),
        graceful: GracefulShutdown::new(),
        running: JoinSet::new(),
    };
    tokio::select! {
        biased;
        () = stop => {}
        never = connections.accept(&listener) => match never {},
    }
    drop(listener);
    zentrale.stop();
    connections.finish(serving.stop).await;
    aside.shutdown().await;
    Ok(())
}

fn limited(zentrale: &Zentrale, serving: &Serving) -> Router {
    // A long-poll is no slow request.
    let poll = Duration::from_secs(zentrale.limits().poll_seconds) + Duration::from_secs(5);
    let limit = serving.request.max(poll);
    router(zentrale.clone()).layer(from_fn_with_state(limit, within))
}

async fn within(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    match timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Refused::from(ProblemCode::Unavailable).into_response(),
    }
}

struct Connections {
    router: Router,
    head: Duration,
    places: Arc<Semaphore>,
    graceful: GracefulShutdown,
    running: JoinSet<()>,
}

enum Never {}

impl Connections {
    async fn accept(&mut self, listener: &TcpListener) -> Never {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                continue;
            };
            match listener.accept().await {
                Ok((stream, _)) => self.begin(stream, place),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    sleep(PAUSE).await;
                }
            }
            while self.running.try_join_next().is_some() {}
        }
    }

    fn begin(&mut self, stream: TcpStream, place: OwnedSemaphorePermit) {
        // Answers are small and somebody waits for them.
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.head)
            .max_buf_size(BUFFER_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(self.router.clone()));
        let connection = self.graceful.watch(connection);
        self.running.spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended");
            }
            drop(place);
        });
    }

    async fn finish(mut self, limit: Duration) {
        if timeout(limit, self.graceful.shutdown()).await.is_err() {
            tracing::warn!("some requests did not finish in time");
        }
        self.running.shutdown().await;
    }
}

/// Announces commits that no request of this process made: of other instances on the same database,
/// of operator's commands, and of requests whose caller went away in the middle.
async fn follow(zentrale: Zentrale, period: Duration) {
    let mut ticks = interval(period);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut notices = zentrale.storage().notices();
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            Some(_) = notices.next() => {}
        }
        if let Err(error) = announce_missed(&zentrale).await {
            tracing::warn!(%error, "could not look for news");
        }
    }
}

async fn announce_missed(zentrale: &Zentrale) -> Result<(), StorageError> {
    const ROWS_MAX: usize = 1_000;
    for (mandant, announced) in zentrale.live().awaited() {
        if zentrale.storage().feed_state(mandant).await?.head.seq <= announced {
            continue;
        }
        let rows = zentrale.storage().chain(mandant, announced, ROWS_MAX).await?;
        if let Some(last) = rows.last() {
            let commit = Commit::of(last.row.seq, rows.iter().map(|chained| &chained.row));
            zentrale.live().announce(mandant, commit);
        }
    }
    Ok(())
}

async fn clean_up(zentrale: Zentrale, age: Duration) {
    let mut ticks = interval(CLEAN_UP);
    loop {
        ticks.tick().await;
        let age_ms = i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let before = zentrale.world().now().unix_ms().saturating_sub(age_ms);
        match zentrale.documents().expire(Moment::from_unix_ms(before)).await {
            Ok(0) => {}
            Ok(chunks) => tracing::info!(chunks, "forgot chunks of abandoned uploads"),
            Err(error) => tracing::warn!(%error, "could not clean up uploads"),
        }
    }
}
