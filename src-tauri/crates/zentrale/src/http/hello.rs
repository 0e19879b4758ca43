use axum::extract::State;
use axum::{Extension, Json};
use kontor_wire::Hello;

use super::Answer;
use crate::Zentrale;
use crate::auth::Caller;
use crate::router::PROTOCOLS;

pub(crate) async fn hello(
    State(zentrale): State<Zentrale>,
    Extension(caller): Extension<Caller>,
) -> Answer<Json<Hello>> {
    let feed = zentrale.storage().feed_state(caller.mandant).await?;
    Ok(Json(Hello {
        protocols: PROTOCOLS,
        mandant: zentrale.mandant(caller.mandant).await?,
        scopes: caller.akteur.scopes(),
        akteur: caller.akteur,
        epoch: feed.epoch,
        head: feed.head,
        limits: *zentrale.limits(),
    }))
}
