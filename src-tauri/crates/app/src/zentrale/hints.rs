//! Hints that there is news: a stream, or, where something on the way swallows streams, one answer
//! held back.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, StatusCode};
use kontor_sync::Unreachable;
use kontor_sync::calls::CallError;
use kontor_wire::{Limits, Position, Problem, path};
use tokio::time::{Instant, timeout};

use super::HttpPort;
use super::http::{read, unreachable};

/// A stream that says nothing, not even its heartbeat, for so many intervals is swallowed.
const SILENT_INTERVALS: u32 = 2;
/// After that a stream is tried again.
const POLLING: Duration = Duration::from_mins(10);
/// A poll is answered at the latest this long after it was promised.
const GRACE: Duration = Duration::from_secs(10);
/// A line of the stream; ours have some twenty bytes.
const LINE_BYTES_MAX: usize = 4 << 10;

/// What the Zentrale hints at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// A connection begins: rights are those of this moment.
    Began,
    /// The feed reaches this far.
    At(Position),
    /// The connection ended as announced; rights may have changed.
    Ended,
}

/// Where hints come from. [`next`](Self::next) keeps its place here, and may be dropped at any await.
#[derive(Debug)]
pub(super) struct Hints {
    port: HttpPort,
    limits: Limits,
    after: Position,
    stream: Option<Stream>,
    /// Until when polling is preferred.
    polling: Option<Instant>,
}

impl Hints {
    pub(super) fn new(port: HttpPort, limits: Limits, after: Position) -> Self {
        Self { port, limits, after, stream: None, polling: None }
    }

    /// The next hint, however long it takes.
    pub(super) async fn next(&mut self) -> Result<Hint, CallError> {
        if self.polling.is_some_and(|until| Instant::now() >= until) {
            self.polling = None;
        }
        loop {
            if self.polling.is_some() {
                return self.poll().await;
            }
            let Some(stream) = &mut self.stream else {
                self.stream = Some(Stream::open(&self.port).await?);
                return Ok(Hint::Began);
            };
            let silence = Duration::from_secs(self.limits.heartbeat_seconds.max(1));
            match timeout(silence * SILENT_INTERVALS, stream.next()).await {
                Ok(Ok(Sign::Alive)) => {}
                Ok(Ok(Sign::At(position))) => {
                    self.after = self.after.max(position);
                    return Ok(Hint::At(position));
                }
                Ok(Ok(Sign::End)) => {
                    self.stream = None;
                    return Ok(Hint::Ended);
                }
                Ok(Err(error)) => {
                    self.stream = None;
                    return Err(error.into());
                }
                Err(_) => {
                    tracing::info!("the live connection is silent, polling instead");
                    self.stream = None;
                    self.polling = Some(Instant::now() + POLLING);
                }
            }
        }
    }

    async fn poll(&mut self) -> Result<Hint, CallError> {
        let limit = Duration::from_secs(self.limits.poll_seconds) + GRACE;
        loop {
            let request = Request::builder()
                .uri(format!("{}?after={}", path::LIVE_POLL, self.after.0))
                .body(Bytes::new())
                .map_err(|_| CallError::Garbled)?;
            let response = self.port.call_within(request, limit).await?;
            let body = response.body();
            if !response.status().is_success() {
                return Err(refusal(response.status(), body));
            }
            let position: Position =
                serde_json::from_slice(body).map_err(|_| CallError::Garbled)?;
            if position != self.after {
                self.after = position;
                return Ok(Hint::At(position));
            }
            if self.polling.is_none_or(|until| Instant::now() >= until) {
                return Ok(Hint::Ended);
            }
        }
    }
}

/// A stream of server-sent events.
#[derive(Debug)]
struct Stream {
    response: reqwest::Response,
    unread: BytesMut,
}

/// What a stream says.
#[derive(Debug)]
enum Sign {
    /// Nothing new.
    Alive,
    /// The feed reaches this far.
    At(Position),
    /// No more.
    End,
}

impl Stream {
    async fn open(port: &HttpPort) -> Result<Self, CallError> {
        let response = port.open(path::LIVE).await?;
        if response.status().is_success() {
            return Ok(Self { response, unread: BytesMut::new() });
        }
        let response = read(response).await?;
        Err(refusal(response.status(), response.body()))
    }

    /// The next line, whatever it says.
    async fn next(&mut self) -> Result<Sign, Unreachable> {
        loop {
            if let Some(end) = self.unread.iter().position(|byte| *byte == b'\n') {
                let line = self.unread.split_to(end + 1);
                return Ok(position_in(&line).map_or(Sign::Alive, Sign::At));
            }
            if self.unread.len() > LINE_BYTES_MAX {
                return Err(Unreachable("a line without end".to_owned()));
            }
            match self.response.chunk().await.map_err(unreachable)? {
                Some(piece) => self.unread.extend_from_slice(&piece),
                None => return Ok(Sign::End),
            }
        }
    }
}

/// `data: 17`. Names of events and heartbeats say nothing that the position does not say.
fn position_in(line: &[u8]) -> Option<Position> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    line.strip_prefix("data:")?.trim_start().parse().ok().map(Position)
}

fn refusal(status: StatusCode, body: &[u8]) -> CallError {
    match serde_json::from_slice::<Problem>(body) {
        Ok(problem) => CallError::Refused(problem),
        Err(_) if status.is_server_error() => Unreachable(status.to_string()).into(),
        Err(_) => CallError::Garbled,
    }
}

#[cfg(test)]
mod tests;
