//! Einreichungen: announce, submit, list, fetch.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use bytes::Bytes;
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Page, body, id, media_type, unsupported};
use crate::callback::{self, News};
use crate::client::Grant;
use crate::dienst::{Dienst, Stand};
use crate::einreichung::Einreichung;
use crate::jwe;
use crate::problem::Problem;
use crate::zustellpunkt::{Callback, Status};

/// Anlagen of one Einreichung.
const ANLAGEN_MAX: usize = 100;
const MISSING: &str = "submission-not-found";

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Create {
    destination_id: Uuid,
    announced_attachments: BTreeSet<Uuid>,
    case_id: Option<Uuid>,
    service_type: ServiceType,
    callback: Option<Callback>,
}

#[derive(Deserialize, serde::Serialize)]
struct ServiceType {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    identifier: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Submit {
    encrypted_metadata: String,
    encrypted_data: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Where {
    destination_id: Option<Uuid>,
}

pub(super) async fn list(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Query(place): Query<Where>,
    Query(page): Query<Page>,
) -> Result<Json<Value>, Problem> {
    let allowed = match place.destination_id {
        Some(id) => grant.may_subscribe(id),
        None => grant.may_subscribe_anything(),
    };
    Grant::demand(allowed, "fetch from this destination")?;
    let book = dienst.book();
    let mut waiting: Vec<&Einreichung> = book
        .einreichungen
        .values()
        .filter(|it| it.stand == Stand::Submitted && grant.may_subscribe(it.zustellpunkt))
        .filter(|it| place.destination_id.is_none_or(|id| id == it.zustellpunkt))
        .collect();
    waiting.sort_by_key(|it| it.number);
    Ok(Json(page.of("submissions", waiting.into_iter().map(Einreichung::named).collect())?))
}

pub(super) async fn create(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let wanted: Create = body(&bytes)?;
    let mut book = dienst.book();
    let zustellpunkt = book.zustellpunkte.get(&wanted.destination_id);
    let zustellpunkt = zustellpunkt.ok_or_else(|| Problem::missing("destination-not-found"))?;
    let allowed =
        grant.may_send_to(zustellpunkt) && grant.may_send_for(&wanted.service_type.identifier);
    Grant::demand(allowed, "send to this destination")?;
    if zustellpunkt.status != Status::Active {
        let detail = "the destination is not active";
        return Err(Problem::unprocessable("destination-state-invalid", detail));
    }
    if wanted.announced_attachments.len() > ANLAGEN_MAX {
        return Err(super::too_large());
    }
    let known = wanted.case_id.is_none_or(|vorgang| book.logs.contains_key(&vorgang));
    if !known {
        return Err(Problem::unprocessable("case-not-found", "there is no such case"));
    }
    let id = dienst.ids.next();
    let vorgang = wanted.case_id.unwrap_or_else(|| dienst.ids.next());
    let einreichung = Einreichung {
        id,
        zustellpunkt: wanted.destination_id,
        vorgang,
        client: grant.client,
        service: json!(wanted.service_type),
        announced: wanted.announced_attachments,
        anlagen: BTreeMap::new(),
        metadata: String::new(),
        data: None,
        callback: wanted.callback,
        stand: Stand::Created,
        since: dienst.clock.now(),
        told: 0,
        number: 0,
    };
    let shown = einreichung.named();
    book.einreichungen.insert(id, einreichung);
    dienst
        .log(&mut book, (id, "create-submission"), json!({}))
        .map_err(|error| Problem::internal(&error))?;
    Ok((StatusCode::CREATED, Json(shown)))
}

pub(super) async fn submit(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    (Path(name), headers): (Path<String>, http::HeaderMap),
    bytes: Bytes,
) -> Result<(StatusCode, Json<Value>), Problem> {
    if media_type(&headers) != "application/json" {
        return Err(unsupported());
    }
    let Submit { encrypted_metadata, encrypted_data } = body(&bytes)?;
    if [Some(&encrypted_metadata), encrypted_data.as_ref()]
        .iter()
        .flatten()
        .any(|jwe| jwe::tag(jwe).is_none())
    {
        return Err(Problem::bad("metadata and data must be compact JWEs"));
    }
    let (id, shown) = {
        let mut book = dienst.book();
        let number = book.submitted + 1;
        let it = own(&mut book.einreichungen, &grant, &name)?;
        if it.announced.iter().any(|anlage| !it.anlagen.contains_key(anlage)) {
            let detail = "announced attachments are missing";
            return Err(Problem::unprocessable("attachments-missing", detail));
        }
        (it.metadata, it.data) = (encrypted_metadata, encrypted_data);
        (it.stand, it.since, it.number) = (Stand::Submitted, dienst.clock.now(), number);
        let (id, shown) = (it.id, it.reduced());
        let said = json!({ "authenticationTags": it.tags() });
        book.submitted = number;
        dienst
            .log(&mut book, (id, "submit-submission"), said)
            .map_err(|error| Problem::internal(&error))?;
        (id, shown)
    };
    callback::tell(&dienst, id, News::Einreichung);
    Ok((StatusCode::ACCEPTED, Json(shown.into())))
}

pub(super) async fn fetch(
    State(dienst): State<Arc<Dienst>>,
    grant: Grant,
    Path(name): Path<String>,
) -> Result<Json<Value>, Problem> {
    let book = dienst.book();
    let it = book.einreichungen.get(&id(&name, MISSING)?);
    let it = it.ok_or_else(|| Problem::missing(MISSING))?;
    Grant::demand(grant.may_subscribe(it.zustellpunkt), "fetch from this destination")?;
    if !it.can_be_fetched() {
        return Err(Problem::missing(MISSING));
    }
    Ok(Json(it.whole().into()))
}

/// One that this client sends and has not submitted.
pub(super) fn own<'a>(
    all: &'a mut BTreeMap<Uuid, Einreichung>,
    grant: &Grant,
    name: &str,
) -> Result<&'a mut Einreichung, Problem> {
    let it = all.get_mut(&id(name, MISSING)?).ok_or_else(|| Problem::missing(MISSING))?;
    Grant::demand(it.client == grant.client, "send this submission")?;
    if it.stand == Stand::Created {
        Ok(it)
    } else {
        Err(Problem::bad("the submission has been submitted"))
    }
}
