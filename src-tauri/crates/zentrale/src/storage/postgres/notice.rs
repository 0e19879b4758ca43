//! Instances tell each other that a feed has moved.
//!
//! A notice is a hint and may get lost; the heads are looked at every second besides. It is sent after
//! the commit: inside the transaction it would make all commits of the whole server queue up.

use std::collections::BTreeMap;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::{self, BoxStream};
use kontor_domain::MandantId;
use kontor_wire::Position;
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, sleep};
use tokio_postgres::{AsyncMessage, Client};

use super::PostgresStorage;
use super::connect::Server;
use crate::storage::{Notice, StorageError, columns};

const CHANNEL: &str = "kontor_feed";
/// How often the heads are looked at, and how long a lost connection is left alone.
const PULSE: Duration = Duration::from_secs(1);
/// Notices that wait for a slow reader.
const WAITING_MAX: usize = 256;

impl PostgresStorage {
    /// What any instance writes from now on, this one included; first where the feeds stand. Goes on
    /// through lost connections until it is dropped.
    pub(super) fn listen_to_all(&self) -> BoxStream<'static, Notice> {
        let (sender, receiver) = mpsc::channel(WAITING_MAX);
        tokio::spawn(follow(self.server.clone(), sender));
        let next = async |mut receiver: mpsc::Receiver<Notice>| {
            receiver.recv().await.map(|notice| (notice, receiver))
        };
        stream::unfold(receiver, next).boxed()
    }
}

/// Tells everybody who listens. The commit of a notice waits for no disk.
pub(super) fn statement(mandant: MandantId, seq: Position) -> String {
    format!(
        "BEGIN; SET LOCAL synchronous_commit = off; NOTIFY {CHANNEL}, '{mandant} {}'; COMMIT",
        seq.0
    )
}

fn parse(payload: &str) -> Option<Notice> {
    let (mandant, seq) = payload.split_once(' ')?;
    Some(Notice { mandant: mandant.parse().ok()?, seq: Position(seq.parse().ok()?) })
}

async fn follow(server: Server, notices: mpsc::Sender<Notice>) {
    let mut told = Told { notices, heads: BTreeMap::new() };
    while !told.notices.is_closed() {
        if let Err(error) = listen(&server, &mut told).await {
            tracing::warn!(%error, "the notices of other instances are interrupted");
        }
        sleep(PULSE).await;
    }
}

/// Listens until the connection ends or nobody wants to know any more.
async fn listen(server: &Server, told: &mut Told) -> Result<(), StorageError> {
    let (client, mut connection) = server.listen().await?;
    let (heard, mut inbox) = mpsc::unbounded_channel();
    // Ends with the client, or with the connection.
    tokio::spawn(async move {
        let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = messages.next().await {
            if let AsyncMessage::Notification(notice) = message
                && let Some(notice) = parse(notice.payload())
                && heard.send(notice).is_err()
            {
                break;
            }
        }
    });
    client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
    let mut pulse = interval(PULSE);
    pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            notice = inbox.recv() => match notice {
                Some(notice) => told.tell(notice).await,
                None => return Ok(()),
            },
            _ = pulse.tick() => look(&client, told).await?,
            () = told.notices.closed() => return Ok(()),
        }
    }
}

/// What the notices may have missed.
async fn look(client: &Client, told: &mut Told) -> Result<(), StorageError> {
    for row in client.query("SELECT mandant, seq FROM feed_head", &[]).await? {
        let mandant = MandantId::new(row.try_get(0)?);
        told.tell(Notice { mandant, seq: Position(columns::unsigned(row.try_get(1)?)?) }).await;
    }
    Ok(())
}

struct Told {
    notices: mpsc::Sender<Notice>,
    heads: BTreeMap<MandantId, Position>,
}

impl Told {
    /// Once for each end of a feed; a late notice of an earlier one is no news.
    async fn tell(&mut self, notice: Notice) {
        if self.heads.get(&notice.mandant).is_some_and(|head| *head >= notice.seq) {
            return;
        }
        self.heads.insert(notice.mandant, notice.seq);
        // Whoever dropped the stream does not want to know.
        let _ = self.notices.send(notice).await;
    }
}
