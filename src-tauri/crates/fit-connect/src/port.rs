//! The one port to the Zustelldienst: what a subscriber asks of it, in no API generation's words.
//!
//! Left out on purpose: creating and deleting Zustellpunkte, which people do in the self-service
//! portal, and replies, whose bodies are not published where we could read them.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::BoxStream;

use crate::jwk::{Kid, PublicJwk};
use crate::metadata::SubmissionSchema;
use crate::{AnlageId, EinreichungId, Vorgangsreferenz, ZustellpunktId};

/// A Zustelldienst.
#[async_trait]
pub trait Zustelldienst: Debug + Send + Sync {
    /// What waits for a Zustellpunkt, from the beginning of the list. The list shrinks with every
    /// acceptance, so whoever wants more asks again instead of counting on.
    async fn waiting(&self, zustellpunkt: ZustellpunktId) -> Result<Waiting, CallError>;

    /// One Einreichung without its Anlagen, with the answer's bytes for the evidence.
    async fn einreichung(&self, id: EinreichungId) -> Result<(Fetched, Bytes), CallError>;

    /// One Anlage or fragment, encrypted, as it comes.
    async fn anlage(
        &self,
        einreichung: EinreichungId,
        anlage: AnlageId,
    ) -> Result<BoxStream<'static, Result<Bytes, CallError>>, CallError>;

    /// The whole event log of a thread, oldest first.
    async fn events(&self, vorgang: Vorgangsreferenz) -> Result<Vec<String>, CallError>;

    /// Adds an event of ours to the log of a thread.
    async fn send_event(&self, vorgang: Vorgangsreferenz, event: &str) -> Result<(), CallError>;

    /// What a Zustellpunkt offers.
    async fn zustellpunkt(&self, id: ZustellpunktId) -> Result<Zustellpunkt, CallError>;

    /// The keys the Zustelldienst signs with.
    async fn keys(&self) -> Result<Vec<PublicJwk>, CallError>;

    /// Adds a public key to a Zustellpunkt; the same again changes nothing.
    async fn publish_key(&self, id: ZustellpunktId, key: &PublicJwk) -> Result<(), CallError>;

    /// Names the key senders encrypt to from now on.
    async fn make_current(&self, id: ZustellpunktId, kid: &Kid) -> Result<(), CallError>;
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The Zustellpunkt it is for.
    pub zustellpunkt: ZustellpunktId,
    /// The Einreichung.
    pub einreichung: EinreichungId,
    /// Its thread.
    pub vorgang: Vorgangsreferenz,
}

/// The beginning of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its first lines.
    pub listed: Vec<Listed>,
    /// How many wait in all.
    pub total: u64,
}

/// An Einreichung as fetched; everything in it is encrypted or unproved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The Zustellpunkt it is for.
    pub zustellpunkt: ZustellpunktId,
    /// Which.
    pub einreichung: EinreichungId,
    /// Its thread.
    pub vorgang: Vorgangsreferenz,
    /// Anlagen or fragments to fetch.
    pub anlagen: Vec<AnlageId>,
    /// The Leistung (URN).
    pub service: String,
    /// `DE` and a regional key, where the API says so.
    pub region: Option<String>,
    /// The metadata, encrypted.
    pub metadata: Option<String>,
    /// The Fachdaten, encrypted.
    pub data: Option<String>,
}

/// What a Zustellpunkt offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zustellpunkt {
    /// Its id.
    pub id: ZustellpunktId,
    /// Whether it takes anything.
    pub active: bool,
    /// The key senders encrypt to.
    pub encryption_kid: Kid,
    /// Leistungen.
    pub services: Vec<Service>,
    /// Ways back; none means letters.
    pub reply_channels: BTreeSet<String>,
    /// Versions of the metadata it takes.
    pub metadata_versions: Vec<String>,
}

/// A Leistung a Zustellpunkt offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Its URN.
    pub identifier: String,
    /// Where: `DE` and the beginning of a regional key.
    pub regions: Vec<String>,
    /// With which schemas.
    pub schemas: Vec<SubmissionSchema>,
}

/// Why a call did not succeed, by what is to be done (facts § 2.6).
#[derive(Debug, thiserror::Error)]
pub enum CallError {
    /// Network, overload, maintenance: later again.
    #[error("the Zustelldienst is not available")]
    Unavailable {
        /// Not before.
        after: Option<Duration>,
    },
    /// The client's name or secret is wrong, or the token is refused twice.
    #[error("the Zustelldienst does not know this client")]
    NotSignedIn,
    /// The client is not connected with the Zustellpunkt, or lacks a scope.
    #[error("the Zustelldienst forbids it")]
    Forbidden,
    /// Not there: accepted, rejected, deleted, or never ours. The event log knows.
    #[error("not at the Zustelldienst")]
    Gone,
    /// Not in this state. The event log knows.
    #[error("not allowed in this state")]
    State,
    /// Our request is wrong; the same again fails again.
    #[error("the Zustelldienst refuses the request ({status})")]
    Refused {
        /// HTTP status.
        status: u16,
    },
    /// The answer is not what the specification says.
    #[error("the Zustelldienst's answer cannot be read: {0}")]
    Unreadable(&'static str),
}

impl CallError {
    /// Whether the same call may succeed later.
    pub const fn is_transient(&self) -> bool {
        matches!(self, Self::Unavailable { .. })
    }
}
