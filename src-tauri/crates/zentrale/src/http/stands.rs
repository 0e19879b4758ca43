//! Single things, and a scope page by page.

use axum::Extension;
use axum::extract::State;
use kontor_domain::{Entity, EntityRef, may_read};
use kontor_wire::{ProblemCode, ScopePage, ScopeRequest, StandRow, StandsRequest, StandsResponse};

use super::Answer;
use super::body::Json;
use crate::Zentrale;
use crate::auth::Caller;
use crate::storage::StorageError;

/// Things read from the database at once.
const PIECE_ROWS: usize = 1_000;
/// No further piece once an answer is this long.
const ANSWER_BYTES: usize = 16 << 20;

pub(crate) async fn stands(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    Json(request): Json<StandsRequest>,
) -> Answer<axum::Json<StandsResponse>> {
    if request.entities.len() > zentrale.limits().rows_max {
        return Err(ProblemCode::TooLarge.into());
    }
    let mut entities = request.entities;
    entities.sort_unstable();
    entities.dedup();
    let stands = readable(&zentrale, &caller, entities).await?;
    Ok(axum::Json(StandsResponse { stands }))
}

/// Those of the things that exist and that the caller may read.
pub(super) async fn readable(
    zentrale: &Zentrale,
    caller: &Caller,
    entities: Vec<EntityRef>,
) -> Answer<Vec<StandRow>> {
    let mut readable = Vec::new();
    for piece in entities.chunks(PIECE_ROWS) {
        for stand in zentrale.storage().stands(caller.mandant, piece).await? {
            let entity: Entity = serde_json::from_str(stand.state.get())
                .map_err(|_| StorageError::Damaged("a thing is no thing"))?;
            if may_read(&caller.akteur, &entity) {
                readable.push(stand);
            }
        }
    }
    Ok(readable)
}

pub(crate) async fn scope(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    Json(request): Json<ScopeRequest>,
) -> Answer<axum::Json<ScopePage>> {
    if !caller.akteur.scopes().contains(&request.scope) {
        return Err(ProblemCode::NotFound.into());
    }
    let rows_max = request.rows_max.clamp(1, zentrale.limits().rows_max);
    let mut after = request.after;
    let mut stands: Vec<StandRow> = Vec::new();
    let mut bytes = 0;
    while stands.len() < rows_max && bytes < ANSWER_BYTES {
        let wanted = PIECE_ROWS.min(rows_max - stands.len());
        // One more than wanted tells whether more follow.
        let mut piece =
            zentrale.storage().scope_page(caller.mandant, request.scope, after, wanted + 1).await?;
        let more = piece.len() > wanted;
        piece.truncate(wanted);
        bytes += piece.iter().map(|stand| stand.state.get().len()).sum::<usize>();
        stands.append(&mut piece);
        if !more {
            return Ok(axum::Json(ScopePage { stands, more }));
        }
        after = stands.last().map(|stand| stand.entity);
    }
    Ok(axum::Json(ScopePage { stands, more: true }))
}
