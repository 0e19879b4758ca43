//! Events that a subscriber sends.

use http::StatusCode;
use serde_json::Value;
use uuid::Uuid;

use crate::client::Grant;
use crate::dienst::{Book, Dienst, EVENTS, Stand};
use crate::key;
use crate::problem::Problem;

/// 2020-01-01, before which no event was made.
const IAT_MIN: i64 = 1_577_833_200;
/// Seconds by which clocks may differ.
const SKEW: i64 = 300;

/// Takes an event into the log of `vorgang`; the id of the Einreichung it is about.
pub(crate) fn take(
    dienst: &Dienst,
    vorgang: Uuid,
    (token, grant): (&str, &Grant),
) -> Result<Uuid, Problem> {
    let mut book = dienst.book();
    let mut concerned = book.einreichungen.values().filter(|it| it.vorgang == vorgang).peekable();
    if concerned.peek().is_none() {
        return Err(Problem::missing("case-not-found"));
    }
    let allowed = concerned.any(|it| grant.may_subscribe(it.zustellpunkt));
    Grant::demand(allowed, "answer in this case")?;
    let payload = verified(&book, token)?;
    let id = subject(&book, vorgang, &payload)?;
    let jti = text(&payload, "jti")?.to_owned();
    let iat = payload["iat"].as_i64().ok_or_else(|| wrong("iat is missing"))?;
    if iat < IAT_MIN || iat > dienst.clock.now() + SKEW {
        return Err(wrong("iat is out of range"));
    }
    if payload["$schema"].as_str() != Some(&dienst.set_schema) {
        return Err(wrong("Payload Schema not supported"));
    }
    let (name, said) = only_event(&payload)?;
    if book.taken.contains(&jti) {
        return Err(conflict("this event is in the log already"));
    }
    let Some(it) = book.einreichungen.get_mut(&id) else {
        return Err(Problem::missing("submission-not-found"));
    };
    if !it.can_be_fetched() {
        return Err(conflict("the submission is not waiting any more"));
    }
    let stand = match name {
        "accept-submission" if said["authenticationTags"] == it.tags() => Stand::Accepted,
        "accept-submission" => {
            return Err(wrong("the authentication tags are not those submitted"));
        }
        "reject-submission" => {
            problems(said)?;
            Stand::Rejected
        }
        "forward-submission" => Stand::Forwarded,
        _ => return Err(wrong("a subscriber may not send this event")),
    };
    (it.stand, it.since) = (stand, dienst.clock.now());
    book.taken.insert(jti);
    book.logs.entry(vorgang).or_default().push(token.to_owned());
    Ok(id)
}

/// The payload, if the Zustellpunkt that it names as its issuer signed it.
fn verified(book: &Book, token: &str) -> Result<Value, Problem> {
    let claimed =
        token.split('.').nth(1).and_then(unsigned).ok_or_else(|| wrong("no compact JWS"))?;
    let issuer = claimed["iss"].as_str().and_then(|iss| iss.parse::<Uuid>().ok());
    let zustellpunkt = issuer.and_then(|id| book.zustellpunkte.get(&id));
    let keys = zustellpunkt.ok_or_else(|| wrong("iss is no destination"))?.signing_keys();
    key::verify(token, &keys).map_err(|forged| wrong(&forged.to_string()))
}

fn unsigned(part: &str) -> Option<Value> {
    use base64::Engine as _;
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).ok()?;
    serde_json::from_slice(&bytes).ok()
}

/// The Einreichung it is about: one of this Vorgang, at the Zustellpunkt that issued it.
fn subject(book: &Book, vorgang: Uuid, payload: &Value) -> Result<Uuid, Problem> {
    let uuid = |name, prefix: &str| -> Result<Uuid, Problem> {
        let id = text(payload, name)?.strip_prefix(prefix).and_then(|id| id.parse().ok());
        id.ok_or_else(|| wrong(&format!("{name} is not {prefix}<uuid>")))
    };
    if uuid("txn", "case:")? != vorgang {
        return Err(wrong("txn is another case"));
    }
    let (id, issuer) = (uuid("sub", "submission:")?, uuid("iss", "")?);
    let it = book.einreichungen.get(&id).filter(|it| it.vorgang == vorgang);
    match it {
        Some(it) if it.zustellpunkt == issuer => Ok(id),
        _ => Err(wrong("sub is no submission of this destination in this case")),
    }
}

fn only_event(payload: &Value) -> Result<(&str, &Value), Problem> {
    let events = payload["events"].as_object().ok_or_else(|| wrong("events is missing"))?;
    let mut events = events.iter();
    match (events.next(), events.next()) {
        (Some((uri, said)), None) => {
            let name = uri.strip_prefix(EVENTS).ok_or_else(|| wrong("the event is not known"))?;
            Ok((name, said))
        }
        _ => Err(wrong("there must be exactly one event")),
    }
}

fn problems(said: &Value) -> Result<(), Problem> {
    let problems = said["problems"].as_array().filter(|problems| !problems.is_empty());
    let problems = problems.ok_or_else(|| wrong("problems is missing"))?;
    for problem in problems {
        text(problem, "type")?;
        text(problem, "instance")?;
    }
    Ok(())
}

fn text<'a>(value: &'a Value, name: &str) -> Result<&'a str, Problem> {
    value[name].as_str().ok_or_else(|| wrong(&format!("{name} is missing")))
}

fn wrong(detail: &str) -> Problem {
    Problem::unprocessable("invalid-event", detail)
}

fn conflict(detail: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, "invalid-state-transition", detail)
}
