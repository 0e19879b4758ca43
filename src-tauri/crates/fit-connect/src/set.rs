//! Security event tokens: the signed entries of an event log (facts § 2.4, § 3.3).

mod claims;
mod write;

use std::collections::BTreeMap;

use kontor_domain::Moment;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::jwe::AuthTag;
use crate::jwk::{Kid, PublicJwk};
use crate::jws::{Jws, JwsError};
use crate::vocabulary::Vocabulary;
use crate::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};

pub use write::{Occasion, accept, reject};

/// A verified entry of an event log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The schema it names; ours must name the same one.
    pub schema: Option<String>,
    /// Its own id.
    pub jti: Uuid,
    /// Who signed it.
    pub issuer: Issuer,
    /// When, by the issuer's clock; whole seconds.
    pub issued: Moment,
    /// The Einreichung it is about; `None` for replies.
    pub einreichung: Option<EinreichungId>,
    /// The thread it belongs to.
    pub vorgang: Vorgangsreferenz,
    /// What happened.
    pub event: Event,
}

/// Who signed an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issuer {
    /// The Zustelldienst.
    Zustelldienst,
    /// Our Zustellpunkt, so ourselves.
    Zustellpunkt,
}

/// What happened to an Einreichung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The sender delivered it.
    Submit(AuthenticationTags),
    /// The receiver took it.
    Accept,
    /// The receiver, or after 14 days the service, refused it.
    Reject,
    /// The sender or the service deleted it.
    Delete,
    /// Anything else: created, notified, forwarded, replies, what a later version brings.
    Other(String),
}

/// The tags of everything encrypted in an Einreichung.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationTags {
    /// Of the metadata.
    pub metadata: AuthTag,
    /// Of the Fachdaten; metadata 2.x allow them to travel as an Anlage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<AuthTag>,
    /// Of each Anlage, or of each fragment.
    #[serde(default, deserialize_with = "claims::null_is_empty")]
    pub attachments: BTreeMap<AnlageId, AuthTag>,
}

/// Whose signatures count.
#[derive(Debug, Clone, Copy)]
pub struct Trust<'a> {
    /// What the Zustelldienst calls itself as `iss`; configured, never taken from a token.
    pub issuer: &'a str,
    /// Its published keys.
    pub zustelldienst: &'a [PublicJwk],
    /// Our Zustellpunkt.
    pub zustellpunkt: ZustellpunktId,
    /// Our signature keys, old ones included.
    pub own: &'a [PublicJwk],
}

/// Why an entry of an event log does not count.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SetError {
    /// Not signed as it must be.
    #[error("the event is not signed as it must be")]
    Jws(#[from] JwsError),
    /// A required claim is missing or unreadable.
    #[error("a claim of the event is missing or unreadable: {0}")]
    Claim(&'static str),
    /// Signed by somebody who has no say here.
    #[error("the event is by somebody else")]
    Issuer,
    /// The issuer's keys at hand do not include this one. They may have changed: fetch them again.
    #[error("the signature key is not among those of the issuer")]
    UnknownKey(Kid),
    /// Something only the Zustelldienst may say, said by another.
    #[error("the event may not come from this issuer")]
    NotEntitled,
}

impl Set {
    /// Reads an entry and verifies its signature.
    pub fn verify(raw: &str, trust: Trust<'_>, vocabulary: &Vocabulary) -> Result<Self, SetError> {
        let jws = Jws::parse(raw)?;
        // The issuer chooses among keys we already trust; nothing is fetched on a token's word.
        let claimed = claims::Claims::parse(&jws.unverified_payload()?)?;
        let (issuer, keys) = if claimed.iss == trust.issuer {
            (Issuer::Zustelldienst, trust.zustelldienst)
        } else if claimed.iss.parse() == Ok(trust.zustellpunkt) {
            (Issuer::Zustellpunkt, trust.own)
        } else {
            return Err(SetError::Issuer);
        };
        let key = keys
            .iter()
            .find(|key| key.kid() == jws.kid())
            .ok_or_else(|| SetError::UnknownKey(jws.kid().clone()))?;
        let set = claims::Claims::parse(&jws.verify(key)?)?.into_set(issuer, vocabulary)?;
        let by_service_only = matches!(set.event, Event::Submit(_) | Event::Delete);
        if by_service_only && issuer != Issuer::Zustelldienst {
            return Err(SetError::NotEntitled);
        }
        Ok(set)
    }
}

#[cfg(test)]
mod tests;
