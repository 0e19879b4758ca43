//! Event logs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;

use super::{Page, id, media_type};
use crate::callback::{self, News};
use crate::client::Grant;
use crate::dienst::Dienst;
use crate::event;
use crate::problem::Problem;

const MISSING: &str = "case-not-found";

pub(super) async fn list(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path(name): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Problem> {
    let vorgang = id(&name, MISSING)?;
    let book = dienst.book();
    let log = book.logs.get(&vorgang).ok_or_else(|| Problem::missing(MISSING))?;
    let allowed = book.einreichungen.values().filter(|it| it.vorgang == vorgang).any(|it| {
        it.client == grant.client
            || grant.may_subscribe(it.zustellpunkt)
            || grant.may_manage(it.zustellpunkt)
    });
    Grant::demand(allowed, "read this event log")?;
    let log = log.iter().map(|token| Value::from(token.as_str())).collect();
    Ok(Json(page.of("eventLog", log)?))
}

pub(super) async fn send(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    (Path(name), headers): (Path<String>, http::HeaderMap),
    bytes: Bytes,
) -> Result<StatusCode, Problem> {
    if media_type(&headers) != "application/jose" {
        // 415 is not among the answers of this one.
        return Err(Problem::bad("an event is application/jose"));
    }
    let token = std::str::from_utf8(&bytes).map_err(|_| Problem::bad("this is no compact JWS"))?;
    let submission = event::take(&dienst, id(&name, MISSING)?, (token, &grant))?;
    callback::tell(&dienst, submission, News::Event);
    Ok(StatusCode::NO_CONTENT)
}
