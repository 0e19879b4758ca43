//! What happened to one thing.

use axum::Extension;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use kontor_domain::EntityRef;
use kontor_wire::{Position, ProblemCode, VerlaufPage, VerlaufRow};
use serde::Deserialize;

use super::{Answer, stands};
use crate::Zentrale;
use crate::auth::Caller;

/// Rows read from the database at once.
const PIECE_ROWS: usize = 500;
/// No further piece once an answer is this long.
const ANSWER_BYTES: usize = 4 << 20;

#[derive(Debug, Deserialize)]
pub(crate) struct Before {
    before: u64,
}

/// Whoever may read a thing may read how it came to be so, wherever it was meanwhile.
pub(crate) async fn verlauf(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    path: Result<Path<(String, String)>, PathRejection>,
    query: Result<Query<Before>, QueryRejection>,
) -> Answer<axum::Json<VerlaufPage>> {
    let Path((kind, id)) = path.map_err(|_| ProblemCode::NotFound)?;
    let Query(Before { before }) = query.map_err(|_| ProblemCode::Malformed)?;
    let entity: EntityRef = format!("{kind}/{id}").parse().map_err(|_| ProblemCode::NotFound)?;
    if stands::readable(&zentrale, &caller, vec![entity]).await?.is_empty() {
        return Err(ProblemCode::NotFound.into());
    }
    let rows_max = zentrale.limits().rows_max;
    let mut before = Position(before);
    let mut rows: Vec<VerlaufRow> = Vec::new();
    let mut bytes = 0;
    while rows.len() < rows_max && bytes < ANSWER_BYTES {
        let wanted = PIECE_ROWS.min(rows_max - rows.len());
        // One more than wanted tells whether more follow.
        let mut piece =
            zentrale.storage().verlauf(caller.mandant, entity, before, wanted + 1).await?;
        let more = piece.len() > wanted;
        piece.truncate(wanted);
        bytes += piece.iter().map(|row| row.events.get().len()).sum::<usize>();
        rows.append(&mut piece);
        if !more {
            return Ok(axum::Json(VerlaufPage { rows, more }));
        }
        before = rows.last().map_or(before, |row| row.seq);
    }
    Ok(axum::Json(VerlaufPage { rows, more: true }))
}
