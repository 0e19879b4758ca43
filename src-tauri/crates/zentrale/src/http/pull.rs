//! The next rows of the feed for a mirror.

use std::collections::{BTreeMap, BTreeSet};

use axum::Extension;
use axum::extract::State;
use kontor_domain::{EntityRef, Scope};
use kontor_wire::{FeedRow, Head, Position, ProblemCode, PullRequest, PullResponse, Step};

use super::Answer;
use super::body::Json;
use super::stands;
use crate::Zentrale;
use crate::auth::Caller;
use crate::refused::Refused;
use crate::storage::{FeedQuery, FeedSlice};

/// Rows read from the database at once; an answer is made of several pieces.
const PIECE_ROWS: usize = 1_000;
/// No further piece once an answer is this long, so that nobody can make us hold gigabytes.
const ANSWER_BYTES: usize = 16 << 20;

pub(crate) async fn pull(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    Json(request): Json<PullRequest>,
) -> Answer<axum::Json<PullResponse>> {
    if request.scopes.len().max(request.pins.len()) > zentrale.limits().rows_max {
        return Err(ProblemCode::TooLarge.into());
    }
    check_history(&zentrale, &caller, &request).await?;
    let allowed = caller.akteur.scopes();
    let scopes: BTreeSet<Scope> =
        request.scopes.iter().copied().filter(|scope| allowed.contains(scope)).collect();
    let asked: BTreeSet<EntityRef> = request.pins.iter().copied().collect();
    let pins = stands::readable(&zentrale, &caller, asked.iter().copied().collect()).await?;
    let pins: BTreeSet<EntityRef> = pins.into_iter().map(|stand| stand.entity).collect();
    let query = FeedQuery {
        after: request.after,
        scopes: scopes.iter().copied().collect(),
        pins: pins.iter().copied().collect(),
        rows_max: 0,
    };
    let slice = rows(&zentrale, &caller, query).await?;
    let entered = entered(&slice.rows, &scopes);
    Ok(axum::Json(PullResponse {
        stands: stands::readable(&zentrale, &caller, entered).await?,
        rows: slice.rows,
        to: slice.to,
        head: slice.head,
        scopes: allowed,
        lost_pins: asked.difference(&pins).copied().collect(),
        digests: slice.digests,
    }))
}

/// Whether the mirror's past is the feed's past. After a restore from a backup it is not: then the
/// mirror is built anew.
async fn check_history(zentrale: &Zentrale, caller: &Caller, request: &PullRequest) -> Answer<()> {
    let feed = zentrale.storage().feed_state(caller.mandant).await?;
    if feed.epoch != request.epoch {
        return Err(ProblemCode::EpochChanged.into());
    }
    if request.after > feed.head.seq {
        return Err(contradiction(zentrale, request.after));
    }
    match request.witness {
        Some(Head { seq: Position(0), .. }) | None => Ok(()),
        Some(witness) => {
            let ours = if witness == feed.head {
                Some(feed.head.hash)
            } else {
                zentrale.storage().chain_at(caller.mandant, witness.seq).await?
            };
            if ours == Some(witness.hash) {
                Ok(())
            } else {
                Err(contradiction(zentrale, witness.seq))
            }
        }
    }
}

fn contradiction(zentrale: &Zentrale, at: Position) -> Refused {
    zentrale.metrics().contradictions.inc();
    tracing::error!(at = at.0, "a workstation remembers another feed");
    ProblemCode::EpochChanged.into()
}

/// Pieces of the feed until there are enough rows, enough bytes, or no more.
async fn rows(zentrale: &Zentrale, caller: &Caller, mut query: FeedQuery) -> Answer<FeedSlice> {
    let rows_max = zentrale.limits().rows_max;
    let mut rows: Vec<FeedRow> = Vec::new();
    let mut bytes = 0;
    loop {
        query.rows_max = PIECE_ROWS.min(rows_max - rows.len());
        let mut slice = zentrale.storage().feed(caller.mandant, &query).await?;
        bytes += slice.rows.iter().map(|row| row.events.get().len()).sum::<usize>();
        rows.append(&mut slice.rows);
        let at_end = slice.to >= slice.head.seq;
        if at_end || rows.len() >= rows_max || bytes >= ANSWER_BYTES || slice.to <= query.after {
            return Ok(FeedSlice { rows, ..slice });
        }
        query.after = slice.to;
    }
}

/// Things that came into one of `scopes`, each once.
fn entered(rows: &[FeedRow], scopes: &BTreeSet<Scope>) -> Vec<EntityRef> {
    let last: BTreeMap<EntityRef, Step> = rows
        .iter()
        .filter(|row| scopes.contains(&row.scope) && row.step != Step::Change)
        .map(|row| (row.entity, row.step))
        .collect();
    last.into_iter().filter(|(_, step)| *step == Step::Enter).map(|(entity, _)| entity).collect()
}
