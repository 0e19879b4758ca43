use axum::Extension;
use axum::extract::State;
use kontor_wire::{ProblemCode, PushRequest, PushResponse, PushResult};

use super::Answer;
use super::body::Json;
use crate::Zentrale;
use crate::auth::Caller;
use crate::live::Commit;
use crate::push::{self, Push, PushError};
use crate::refused::Refused;
use crate::world::random;

pub(crate) async fn push(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
    Json(request): Json<PushRequest>,
) -> Answer<axum::Json<PushResponse>> {
    if request.entries.len() > zentrale.limits().push_entries_max {
        return Err(ProblemCode::TooLarge.into());
    }
    let _place = zentrale.pushes().enter(caller.akteur.person).ok_or(ProblemCode::Busy)?;
    let results = carry_out(&zentrale, &caller, &request).await?;
    Ok(axum::Json(PushResponse { results }))
}

/// Decides, counts, and tells who waits.
pub(crate) async fn carry_out(
    zentrale: &Zentrale,
    caller: &Caller,
    request: &PushRequest,
) -> Answer<Vec<Box<serde_json::value::RawValue>>> {
    let push = Push {
        mandant: caller.mandant,
        akteur: &caller.akteur,
        received: zentrale.world().now(),
        seed: random(zentrale.world()),
        request,
    };
    let sealed = push::push(zentrale.storage(), &push).await?;
    for result in &sealed.results {
        if let Ok(result) = serde_json::from_str::<PushResult>(result.get()) {
            zentrale.metrics().entry(&result.outcome);
        }
    }
    if !sealed.rows.is_empty() {
        zentrale.metrics().rows.inc_by(sealed.rows.len() as u64);
        let commit = Commit::of(sealed.head.seq, sealed.rows.iter().map(|chained| &chained.row));
        zentrale.live().announce(caller.mandant, commit);
    }
    Ok(sealed.results)
}

impl From<PushError> for Refused {
    fn from(error: PushError) -> Self {
        match error {
            PushError::Malformed => ProblemCode::Malformed.into(),
            PushError::Storage(error) => error.into(),
        }
    }
}
