//! What the instance says about itself.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::dienst::Dienst;

pub(super) async fn info() -> Json<Value> {
    Json(json!({ "version": { "major": 1, "minor": 1, "patch": 3 } }))
}

pub(super) async fn jwks(State(dienst): State<Arc<Dienst>>) -> Json<Value> {
    Json(json!({ "keys": [dienst.key.public.to_jwk("verify")] }))
}
