//! The payload of an event.

use std::collections::BTreeMap;

use kontor_domain::Moment;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use uuid::Uuid;

use super::{AuthenticationTags, Event, Issuer, Set, SetError};
use crate::vocabulary::Vocabulary;

/// Nothing was signed before 2020 (schema of the payload).
const OLDEST_IAT: i64 = 1_577_833_200;
/// The end of the year 9999, so that milliseconds fit.
const NEWEST_IAT: i64 = 253_402_300_799;

#[derive(Deserialize)]
pub(super) struct Claims {
    #[serde(rename = "$schema")]
    schema: Option<String>,
    jti: Uuid,
    pub(super) iss: String,
    iat: i64,
    sub: String,
    txn: String,
    events: BTreeMap<String, Value>,
}

impl Claims {
    pub(super) fn parse(payload: &[u8]) -> Result<Self, SetError> {
        serde_json::from_slice(payload).map_err(|_| SetError::Claim("payload"))
    }

    pub(super) fn into_set(self, issuer: Issuer, words: &Vocabulary) -> Result<Set, SetError> {
        if !(OLDEST_IAT..=NEWEST_IAT).contains(&self.iat) {
            return Err(SetError::Claim("iat"));
        }
        let einreichung = match self.sub.split_once(':') {
            Some(("submission", id)) => Some(id.parse().map_err(|_| SetError::Claim("sub"))?),
            Some(("reply", _)) => None,
            _ => return Err(SetError::Claim("sub")),
        };
        let vorgang = self.txn.strip_prefix("case:").and_then(|id| id.parse().ok());
        let mut events = self.events.into_iter();
        let (Some((uri, content)), None) = (events.next(), events.next()) else {
            return Err(SetError::Claim("events"));
        };
        Ok(Set {
            schema: self.schema,
            jti: self.jti,
            issuer,
            issued: Moment::from_unix_ms(self.iat * 1000),
            einreichung,
            vorgang: vorgang.ok_or(SetError::Claim("txn"))?,
            event: event(&uri, content, words)?,
        })
    }
}

fn event(uri: &str, content: Value, words: &Vocabulary) -> Result<Event, SetError> {
    #[derive(Deserialize)]
    struct Submitted {
        #[serde(rename = "authenticationTags")]
        tags: AuthenticationTags,
    }
    let event = match uri.strip_prefix(&words.events) {
        Some("submit-submission") => {
            let submitted: Submitted = serde_json::from_value(content)
                .map_err(|_| SetError::Claim("authenticationTags"))?;
            Event::Submit(submitted.tags)
        }
        Some("accept-submission") => Event::Accept,
        Some("reject-submission") => Event::Reject,
        Some("delete-submission") => Event::Delete,
        _ => Event::Other(uri.chars().take(200).collect()),
    };
    Ok(event)
}

/// An Einreichung without Anlagen names none, in one of three ways.
pub(super) fn null_is_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}
