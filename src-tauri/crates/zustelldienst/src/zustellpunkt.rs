//! Zustellpunkte: logical inboxes with their keys.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::jwk::{JwkError, PublicKey};

/// What somebody registers: `CreateDestination` of the `OpenAPI`, with an id for whoever wants to choose it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Zustellpunkt {
    /// Its id; the service chooses one if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination_id: Option<Uuid>,
    /// Who answers for it.
    #[serde(default)]
    pub contact_information: Value,
    /// What it takes.
    pub services: Vec<Service>,
    /// Whom to tell about news.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<Callback>,
    /// Which key senders use.
    pub encryption_kid: String,
    /// That key.
    pub encryption_public_key: Value,
    /// The key that checks its events.
    pub signing_public_key: Value,
    /// How it can answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_channels: Option<Value>,
    /// Versions of the metadata it reads.
    pub metadata_versions: Vec<String>,
}

/// A service it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// `urn:de:fim:leika:leistung:…`
    pub identifier: String,
    /// `DE` and an ARS or its beginning.
    pub regions: Vec<String>,
    /// Schemas of the form data.
    pub submission_schemas: Vec<Submissionschema>,
}

/// A schema of form data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Submissionschema {
    /// Its name.
    pub schema_uri: String,
    /// `application/json` or `application/xml`.
    pub mime_type: String,
}

/// Whom to tell, and the secret both know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Callback {
    /// Where to. Official ones are https; on loopback http will do.
    pub url: String,
    /// For the HMAC.
    pub secret: String,
}

/// A registered one.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) id: Uuid,
    pub(crate) status: Status,
    pub(crate) is: Zustellpunkt,
    /// Every key ever added, as it came.
    pub(crate) keys: BTreeMap<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    Created,
    Active,
    Inactive,
    Decommissioned,
}

/// What a change may name.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Patch {
    status: Option<Status>,
    contact_information: Option<Value>,
    services: Option<Vec<Service>>,
    callback: Option<Callback>,
    encryption_kid: Option<String>,
    reply_channels: Option<Value>,
    metadata_versions: Option<Vec<String>>,
}

impl Registered {
    /// Checks both keys.
    pub(crate) fn new(id: Uuid, is: Zustellpunkt, status: Status) -> Result<Self, JwkError> {
        let encryption = PublicKey::from_jwk(&is.encryption_public_key, "wrapKey")?;
        let signing = PublicKey::from_jwk(&is.signing_public_key, "verify")?;
        if encryption.kid != is.encryption_kid {
            return Err(JwkError::Field("encryptionKid"));
        }
        let keys = BTreeMap::from([
            (encryption.kid, is.encryption_public_key.clone()),
            (signing.kid, is.signing_public_key.clone()),
        ]);
        Ok(Self { id, status, is, keys })
    }

    pub(crate) fn add_key(&mut self, jwk: Value) -> Result<String, JwkError> {
        let key = PublicKey::from_jwk(&jwk, "wrapKey")
            .or_else(|_| PublicKey::from_jwk(&jwk, "verify"))?;
        self.keys.insert(key.kid.clone(), jwk);
        Ok(key.kid)
    }

    pub(crate) fn patch(&mut self, patch: Patch) -> Result<(), JwkError> {
        if let Some(kid) = patch.encryption_kid {
            let jwk = self.keys.get(&kid).ok_or(JwkError::Field("encryptionKid"))?;
            PublicKey::from_jwk(jwk, "wrapKey")?;
            self.is.encryption_kid = kid;
        }
        set(&mut self.status, patch.status);
        set(&mut self.is.contact_information, patch.contact_information);
        set(&mut self.is.services, patch.services);
        set(&mut self.is.metadata_versions, patch.metadata_versions);
        self.is.callback = patch.callback.or_else(|| self.is.callback.take());
        self.is.reply_channels = patch.reply_channels.or_else(|| self.is.reply_channels.take());
        Ok(())
    }

    /// The keys that check its events.
    pub(crate) fn signing_keys(&self) -> BTreeMap<String, PublicKey> {
        let keys = self.keys.values().filter_map(|jwk| PublicKey::from_jwk(jwk, "verify").ok());
        keys.map(|key| (key.kid.clone(), key)).collect()
    }

    /// What everybody may see.
    pub(crate) fn public(&self) -> Map<String, Value> {
        let mut shown = Map::from_iter([
            ("destinationId".to_owned(), json!(self.id)),
            ("status".to_owned(), json!(self.status)),
            ("services".to_owned(), json!(self.is.services)),
            ("encryptionKid".to_owned(), json!(self.is.encryption_kid)),
            ("metadataVersions".to_owned(), json!(self.is.metadata_versions)),
        ]);
        if let Some(channels) = &self.is.reply_channels {
            shown.insert("replyChannels".to_owned(), channels.clone());
        }
        shown
    }

    /// What its keeper sees as well; the callback's secret is never shown.
    pub(crate) fn private(&self) -> Map<String, Value> {
        let mut shown = self.public();
        shown.insert("contactInformation".to_owned(), self.is.contact_information.clone());
        if let Some(callback) = &self.is.callback {
            shown.insert("callback".to_owned(), json!({ "url": callback.url }));
        }
        shown
    }
}

fn set<T>(slot: &mut T, new: Option<T>) {
    if let Some(new) = new {
        *slot = new;
    }
}
