//! Zustellpunkte and their keys.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CACHE_CONTROL, LOCATION};
use serde_json::Value;

use super::{Page, body, id};
use crate::Zustellpunkt;
use crate::client::Grant;
use crate::dienst::Dienst;
use crate::jwk::JwkError;
use crate::problem::Problem;
use crate::zustellpunkt::{Patch, Registered, Status};

type Answer = Result<Response, Problem>;

pub(super) async fn list(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Query(page): Query<Page>,
) -> Answer {
    let book = dienst.book();
    let own = book.zustellpunkte.values();
    let own = own.filter(|it| grant.may_manage(it.id) || grant.may_subscribe(it.id));
    let shown = own.map(|it| Value::Object(it.private())).collect();
    Ok(uncached(page.of("destinations", shown)?))
}

pub(super) async fn create(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    bytes: Bytes,
) -> Answer {
    Grant::demand(grant.may_create(), "register a destination")?;
    let wanted: Zustellpunkt = body(&bytes)?;
    let id = dienst.ids.next();
    let registered =
        Registered::new(id, wanted, Status::Created).map_err(|error| refused(&error))?;
    let shown = registered.private();
    let mut book = dienst.book();
    book.zustellpunkte.insert(id, registered);
    let scopes = ["subscribe", "manage"].map(|what| format!("{what}:destination:{id}"));
    if let Some(client) = book.clients.get_mut(&grant.client) {
        client.scopes.extend(scopes);
    }
    let location = [(LOCATION, format!("/destinations/{id}"))];
    Ok((StatusCode::CREATED, location, uncached(shown.into())).into_response())
}

pub(super) async fn show(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path(name): Path<String>,
) -> Answer {
    let book = dienst.book();
    let found = book.zustellpunkte.get(&id(&name, "destination-not-found")?);
    let found = found.ok_or_else(|| Problem::missing("destination-not-found"))?;
    if grant.may_manage(found.id) || grant.may_subscribe(found.id) {
        return Ok(uncached(found.private().into()));
    }
    Grant::demand(grant.may_send_to(found), "see this destination")?;
    Ok(uncached(found.public().into()))
}

pub(super) async fn change(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path(name): Path<String>,
    bytes: Bytes,
) -> Answer {
    let mut book = dienst.book();
    let found = managed(&mut book.zustellpunkte, &grant, &name)?;
    found.patch(body::<Patch>(&bytes)?).map_err(|error| refused(&error))?;
    Ok(uncached(found.private().into()))
}

pub(super) async fn add_key(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path(name): Path<String>,
    bytes: Bytes,
) -> Answer {
    let mut book = dienst.book();
    let found = managed(&mut book.zustellpunkte, &grant, &name)?;
    let kid = found.add_key(body(&bytes)?).map_err(|error| refused(&error))?;
    let location = [(LOCATION, format!("/destinations/{}/keys/{kid}", found.id))];
    Ok((StatusCode::CREATED, location).into_response())
}

/// Nobody needs a token to see a public key.
pub(super) async fn key(
    State(dienst): State<Arc<Dienst>>,
    Path((name, kid)): Path<(String, String)>,
) -> Answer {
    let book = dienst.book();
    let found = book.zustellpunkte.get(&id(&name, "destination-not-found")?);
    let jwk = found.and_then(|it| it.keys.get(&kid));
    Ok(uncached(jwk.ok_or_else(|| Problem::missing("key-not-found"))?.clone()))
}

fn managed<'a>(
    all: &'a mut std::collections::BTreeMap<uuid::Uuid, Registered>,
    grant: &Grant,
    name: &str,
) -> Result<&'a mut Registered, Problem> {
    let found = all.get_mut(&id(name, "destination-not-found")?);
    let found = found.ok_or_else(|| Problem::missing("destination-not-found"))?;
    Grant::demand(grant.may_manage(found.id), "change this destination")?;
    Ok(found)
}

fn uncached(shown: Value) -> Response {
    ([(CACHE_CONTROL, "no-cache")], Json(shown)).into_response()
}

fn refused(error: &JwkError) -> Problem {
    Problem::bad(error.to_string())
}
