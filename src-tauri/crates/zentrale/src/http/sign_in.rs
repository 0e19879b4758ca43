use axum::Json;
use axum::extract::State;
use kontor_wire::SignIn;

use crate::Zentrale;

pub(crate) async fn sign_in(State(zentrale): State<Zentrale>) -> Json<SignIn> {
    Json(zentrale.providers().sign_in())
}
